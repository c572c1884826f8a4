/* Texts to numbers of words: cut, lowered, and looked up in one pass. */
#include "growing.h"
#include "kernel.h"
#include "table.h"
#include "tokens.h"

#define TABLE "index._kernel.table"
#define MAX_KEY (1 << 16)

/* A text as it is looked at: its bytes, and what each character is. */
typedef struct {
    const char *bytes;
    size_t size, count;
    Growing classes, starts, lowered;
    int ascii;
} View;

PyObject *set_classes(PyObject *self, PyObject *classes)
{
    (void)self;
    char *data;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(classes, &data, &size) < 0)
        return NULL;
    if (size != sizeof character_classes) {
        PyErr_SetString(PyExc_ValueError, "a class for each of 65,536 characters expected");
        return NULL;
    }
    memcpy(character_classes, data, sizeof character_classes);
    Py_RETURN_NONE;
}

static int all_ascii(const char *bytes, size_t size)
{
    unsigned char any = 0;
    for (size_t at = 0; at < size; at++)
        any |= (unsigned char)bytes[at];
    return any < 0x80;
}

static int out_of_memory(void)
{
    PyErr_NoMemory();
    return -1;
}

/* 1; 0 for a text that only Python's regular expression can cut; -1 with an error set. */
static int look_at(View *view, PyObject *text)
{
    Py_ssize_t size;
    view->bytes = PyUnicode_AsUTF8AndSize(text, &size);
    if (!view->bytes) {
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    if ((size_t)size >= UINT32_MAX)
        return 0;
    view->size = (size_t)size;
    view->ascii = all_ascii(view->bytes, view->size);
    view->classes.used = view->starts.used = 0;
    uint8_t *classes = more(&view->classes, view->size + 1);
    uint32_t *starts = NULL;
    if (!classes)
        return out_of_memory();
    if (!view->ascii && !(starts = more(&view->starts, (view->size + 1) * sizeof *starts)))
        return out_of_memory();
    ptrdiff_t count = classify(view->bytes, view->size, classes, starts);
    view->count = count < 0 ? 0 : (size_t)count;
    return count >= 0;
}

/* The text in small letters, once it is known to be of ASCII alone; NULL where memory is short. */
static const char *lowered(View *view)
{
    view->lowered.used = 0;
    char *to = more(&view->lowered, view->size + 1);
    for (size_t at = 0; to && at < view->size; at++) {
        unsigned char byte = (unsigned char)view->bytes[at];
        to[at] = (char)(byte | ((unsigned char)(byte - 'A') < 26 ? 32 : 0));
    }
    return to;
}

static void drop_view(View *view)
{
    drop(&view->lowered);
    drop(&view->classes);
    drop(&view->starts);
}

static size_t byte_of(const View *view, size_t character)
{
    return view->ascii ? character : ((const uint32_t *)view->starts.data)[character];
}

PyObject *token_bounds(PyObject *self, PyObject *text)
{
    (void)self;
    View view = {0};
    Growing bounds = {0};
    PyObject *result = NULL;
    int able = look_at(&view, text);
    if (able > 0) {
        RawToken token = {0};
        while (next_token((uint8_t *)view.classes.data, view.count, token.end, &token)) {
            int32_t *three = more(&bounds, 3 * sizeof *three);
            if (!three)
                goto done;
            three[0] = (int32_t)token.start;
            three[1] = (int32_t)token.end;
            three[2] = token.followed;
        }
        result = as_bytes(&bounds);
    } else if (able == 0) {
        result = Py_NewRef(Py_None);
    }
done:
    drop_view(&view);
    drop(&bounds);
    return result_or_error(result);
}

static void free_table(PyObject *capsule)
{
    table_free(PyCapsule_GetPointer(capsule, TABLE));
}

PyObject *make_table(PyObject *self, PyObject *secret)
{
    (void)self;
    uint64_t number = PyLong_AsUnsignedLongLong(secret);
    if (PyErr_Occurred())
        return NULL;
    Table *table = table_new(number);
    if (!table)
        return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(table, TABLE, free_table);
    if (!capsule)
        table_free(table);
    return capsule;
}

PyObject *table_size(PyObject *self, PyObject *capsule)
{
    (void)self;
    Table *table = PyCapsule_GetPointer(capsule, TABLE);
    return table ? PyLong_FromSize_t(table->count) : NULL;
}

/* (table, list of byte strings, their tag) -> the number of each (int32). */
PyObject *string_numbers(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Table *table = given(count, 3) ? PyCapsule_GetPointer(given_[0], TABLE) : NULL;
    Py_ssize_t length = table ? PyList_Size(given_[1]) : -1;
    uint8_t tag = length < 0 ? 0 : (uint8_t)PyLong_AsLong(given_[2]);
    if (length < 0 || PyErr_Occurred())
        return NULL;
    PyObject *result = PyBytes_FromStringAndSize(NULL, length * 4);
    if (!result)
        return NULL;
    int32_t *numbers = (int32_t *)PyBytes_AsString(result);
    for (Py_ssize_t at = 0; at < length; at++) {
        Py_ssize_t size;
        char *text;
        PyObject *each = PyList_GetItem(given_[1], at);
        int able = each && PyBytes_AsStringAndSize(each, &text, &size) == 0;
        numbers[at] = able ? table_number(table, text, (size_t)size, tag) : -1;
        if (numbers[at] < 0) {
            if (!PyErr_Occurred())
                PyErr_NoMemory();
            Py_DECREF(result);
            return NULL;
        }
    }
    return result_or_error(result);
}

/* The bytes of a token, in small letters if they are of ASCII alone; `key` has room for
   `MAX_KEY`. */
static const char *key_of(const char *bytes, size_t size, char *key)
{
    unsigned char any = 0;
    for (size_t at = 0; at < size; at++) {
        unsigned char byte = (unsigned char)bytes[at];
        any |= byte;
        key[at] = (char)(byte | ((unsigned char)(byte - 'A') < 26 ? 32 : 0));
    }
    return any < 0x80 ? key : bytes;
}

typedef struct {
    Table *table;
    PyObject *fresh; /* a list of new words, each with its language */
    Py_ssize_t most;
    Growing numbers;
    char key[MAX_KEY];
} Looking;

static int add_fresh(PyObject *fresh, const char *key, size_t size, uint8_t language)
{
    PyObject *text = PyUnicode_DecodeUTF8(key, (Py_ssize_t)size, "strict");
    PyObject *pair = text ? Py_BuildValue("(Ni)", text, language) : NULL;
    int added = pair ? PyList_Append(fresh, pair) : -1;
    Py_XDECREF(pair);
    return added;
}

/* Adds the words of one text; gives how many, or -1: with an error set, or for Python to cut. */
static Py_ssize_t look_up(Looking *looking, View *view, uint8_t language)
{
    Py_ssize_t found = 0;
    size_t used = looking->numbers.used;
    RawToken token = {0};
    const uint8_t *classes = (const uint8_t *)view->classes.data;
    const char *text = view->ascii ? lowered(view) : view->bytes;
    while (text && found < looking->most &&
           next_token(classes, view->count, token.end, &token)) {
        size_t start = byte_of(view, token.start);
        size_t size = byte_of(view, token.end + (token.followed ? 1 : 0)) - start;
        if (size > MAX_KEY) {
            looking->numbers.used = used;
            return -1;
        }
        const char *key = text + start;
        if (!view->ascii)
            key = key_of(key, size, looking->key);
        size_t before = looking->table->count;
        int32_t number = table_number(looking->table, key, size, language);
        int32_t *place = more(&looking->numbers, sizeof *place);
        if (number < 0 || !place)
            return out_of_memory();
        *place = number;
        found++;
        if (looking->table->count > before &&
            add_fresh(looking->fresh, key, size, language) < 0)
            return -1;
    }
    return text ? found : out_of_memory();
}

/* (table, texts, language of each text as a byte, most words of a text) -> numbers of words
   (int32), how many each text has (int32; -1 where only Python can cut it), and the new words,
   each with its language, in the order of their numbers. */
PyObject *words_of(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Table *table = given(count, 4) ? PyCapsule_GetPointer(given_[0], TABLE) : NULL;
    Looking *looking = table ? calloc(1, sizeof *looking) : NULL;
    if (!looking)
        return table ? PyErr_NoMemory() : NULL;
    View view = {0};
    Growing counts = {0};
    PyObject *result = NULL, *fresh = looking->fresh = PyList_New(0);
    looking->table = table;
    looking->most = PyLong_AsSsize_t(given_[3]);
    Py_ssize_t texts = PyErr_Occurred() ? -1 : PyList_Size(given_[1]), same;
    char *languages;
    if (texts < 0 || !fresh || PyBytes_AsStringAndSize(given_[2], &languages, &same) < 0)
        goto done;
    if (same != texts) {
        PyErr_SetString(PyExc_ValueError, "a language for each text expected");
        goto done;
    }
    for (Py_ssize_t at = 0; at < texts; at++) {
        int able = look_at(&view, PyList_GetItem(given_[1], at));
        int32_t *place = able < 0 ? NULL : more(&counts, sizeof *place);
        Py_ssize_t found = able > 0 && place ? look_up(looking, &view, (uint8_t)languages[at]) : -1;
        if (!place || PyErr_Occurred())
            goto done;
        *place = (int32_t)found;
    }
    result = Py_BuildValue("(NNO)", as_bytes(&looking->numbers), as_bytes(&counts), fresh);
done:
    Py_XDECREF(fresh);
    drop(&looking->numbers);
    drop(&counts);
    drop_view(&view);
    free(looking);
    return result_or_error(result);
}

typedef struct {
    uint64_t head; /* the first eight bytes, so that most comparisons look no further */
    int32_t number;
} Sorted;

static uint64_t head_of(const char *text, size_t size)
{
    uint64_t head = 0;
    for (size_t byte = 0; byte < 8; byte++)
        head = head << 8 | (byte < size ? (unsigned char)text[byte] : 0);
    return head;
}

static const char *string_of(const Table *table, int32_t number, size_t *size)
{
    size_t start = table->starts[number];
    *size = table->starts[number + 1] - start;
    return table->bytes + start;
}

static int is_after(const Table *table, const Sorted *one, const Sorted *other)
{
    size_t a, b;
    const char *first = string_of(table, one->number, &a);
    const char *second = string_of(table, other->number, &b);
    int order = memcmp(first, second, a < b ? a : b);
    return order ? order > 0 : a > b;
}

/* One pass of a radix sort: stable, by one byte of the heads. */
static void sort_by_byte(const Sorted *from, Sorted *to, size_t length, int shift)
{
    size_t places[257] = {0};
    for (size_t at = 0; at < length; at++)
        places[(from[at].head >> shift & 255) + 1]++;
    for (int byte = 0; byte < 256; byte++)
        places[byte + 1] += places[byte];
    for (size_t at = 0; at < length; at++)
        to[places[from[at].head >> shift & 255]++] = from[at];
}

/* Puts strings with the same head in order: heaps of a few, most often. */
static void sort_alike(const Table *table, Sorted *run, size_t length)
{
    for (size_t gap = length / 2; gap; gap = gap == 2 ? 1 : gap * 5 / 11)
        for (size_t at = gap; at < length; at++) {
            Sorted moved = run[at];
            size_t to = at;
            for (; to >= gap && is_after(table, &run[to - gap], &moved); to -= gap)
                run[to] = run[to - gap];
            run[to] = moved;
        }
}

/* The strings of these numbers in order, or NULL where memory is short. */
static Sorted *sorted_strings(const Table *table, const int32_t *numbers, size_t length)
{
    Sorted *sorted = malloc((length + 1) * sizeof *sorted);
    Sorted *other = malloc((length + 1) * sizeof *other);
    if (!sorted || !other) {
        free(sorted);
        free(other);
        return NULL;
    }
    for (size_t at = 0; at < length; at++) {
        size_t size;
        const char *text = string_of(table, numbers[at], &size);
        sorted[at] = (Sorted){head_of(text, size), numbers[at]};
    }
    for (int shift = 0; shift < 64; shift += 16) {
        sort_by_byte(sorted, other, length, shift);
        sort_by_byte(other, sorted, length, shift + 8);
    }
    free(other);
    for (size_t at = 0, end; at < length; at = end) {
        for (end = at + 1; end < length && sorted[end].head == sorted[at].head;)
            end++;
        sort_alike(table, sorted + at, end - at);
    }
    return sorted;
}

/* (table, numbers int32) -> the numbers in the order of their strings, the strings joined, and
   the size of each (int32). */
PyObject *ordered_strings(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Buffers buffers = {0};
    Growing order = {0}, sizes = {0}, joined = {0};
    Sorted *sorted = NULL;
    PyObject *result = NULL;
    Py_ssize_t length = 0;
    Table *table = given(count, 2) ? PyCapsule_GetPointer(given_[0], TABLE) : NULL;
    const int32_t *numbers = table ? take(&buffers, given_[1], 4, &length, 0) : NULL;
    if (!numbers)
        goto done;
    for (Py_ssize_t at = 0; at < length; at++)
        if (numbers[at] < 0 || (size_t)numbers[at] >= table->count) {
            PyErr_SetString(PyExc_IndexError, "the table has no such string");
            goto done;
        }
    if (!(sorted = sorted_strings(table, numbers, (size_t)length))) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t at = 0; at < length; at++) {
        size_t bytes;
        const char *text = string_of(table, sorted[at].number, &bytes);
        int32_t *place = more(&order, sizeof *place), *size = more(&sizes, sizeof *size);
        char *to = more(&joined, bytes);
        if (!place || !size || !to)
            goto done;
        *place = sorted[at].number;
        *size = (int32_t)bytes;
        memcpy(to, text, bytes);
    }
    result = Py_BuildValue("(NNN)", as_bytes(&order), as_bytes(&joined), as_bytes(&sizes));
done:
    free(sorted);
    drop(&order);
    drop(&sizes);
    drop(&joined);
    release_all(&buffers);
    return result_or_error(result);
}
