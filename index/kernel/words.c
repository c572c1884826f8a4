/* Texts to numbers of words: cut, lowered, and looked up in one pass. */
#include "growing.h"
#include "kernel.h"
#include "table.h"
#include "tokens.h"

#define TABLE "index._kernel.table"
#define LONGEST (1 << 16)

/* A text as it is looked at: its bytes, and what each character is. */
typedef struct {
    const char *bytes;
    size_t size, count;
    Growing classes, starts;
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
        return -1;
    if (!view->ascii && !(starts = more(&view->starts, (view->size + 1) * sizeof *starts)))
        return -1;
    ptrdiff_t count = classify(view->bytes, view->size, classes, starts);
    view->count = count < 0 ? 0 : (size_t)count;
    return count >= 0;
}

static void drop_view(View *view)
{
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
    return result;
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

PyObject *string_numbers(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Table *table = given(count, 2) ? PyCapsule_GetPointer(given_[0], TABLE) : NULL;
    if (!table)
        return NULL;
    Py_ssize_t length = PyList_Size(given_[1]);
    if (length < 0)
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
        numbers[at] = able ? table_number(table, text, (size_t)size) : -1;
        if (numbers[at] < 0) {
            if (!PyErr_Occurred())
                PyErr_NoMemory();
            Py_DECREF(result);
            return NULL;
        }
    }
    return result;
}

/* The key of a token: its bytes, plain letters lowered, and the number of its language. 0 where the
   token is so long that Python shall cut the text. */
static size_t key_of(const View *view, const RawToken *token, unsigned char language, char *key)
{
    size_t last = token->followed ? token->end + 1 : token->end;
    size_t start = byte_of(view, token->start), end = byte_of(view, last);
    size_t size = end - start;
    if (size > LONGEST)
        return 0;
    unsigned char any = 0;
    for (size_t at = 0; at < size; at++) {
        unsigned char byte = (unsigned char)view->bytes[start + at];
        any |= byte;
        key[at] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    }
    if (any >= 0x80)
        memcpy(key, view->bytes + start, size);
    key[size] = (char)language;
    return size + 1;
}

typedef struct {
    Table *table;
    unsigned char language;
    Py_ssize_t most;
    Growing numbers;
    char key[LONGEST + 2];
} Looking;

/* Adds the words of one text; gives how many, or -1: with an error set, or for Python to cut. */
static Py_ssize_t look_up(Looking *looking, const View *view, PyObject *fresh)
{
    Py_ssize_t found = 0;
    size_t used = looking->numbers.used;
    RawToken token = {0};
    const uint8_t *classes = (const uint8_t *)view->classes.data;
    while (found < looking->most && next_token(classes, view->count, token.end, &token)) {
        size_t before = looking->table->count;
        size_t size = key_of(view, &token, looking->language, looking->key);
        if (!size) {
            looking->numbers.used = used;
            return -1;
        }
        int32_t number = table_number(looking->table, looking->key, size);
        int32_t *place = more(&looking->numbers, sizeof *place);
        if (number < 0 || !place) {
            PyErr_NoMemory();
            return -1;
        }
        *place = number;
        found++;
        if (looking->table->count > before) {
            PyObject *text = PyUnicode_DecodeUTF8(looking->key, (Py_ssize_t)size - 1, "strict");
            PyObject *pair = text ? Py_BuildValue("(Ni)", text, looking->language) : NULL;
            if (!pair || PyList_Append(fresh, pair) < 0) {
                Py_XDECREF(pair);
                return -1;
            }
            Py_DECREF(pair);
        }
    }
    return found;
}

/* (table, texts, language of each text as a byte, most words of a text) -> numbers of words (int32),
   how many each text has (int32; -1 where only Python can cut it), and the new words, each
   with its language, in the order of their numbers. */
PyObject *words_of(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Table *table = given(count, 4) ? PyCapsule_GetPointer(given_[0], TABLE) : NULL;
    Looking *looking = table ? calloc(1, sizeof *looking) : NULL;
    if (!looking)
        return table ? PyErr_NoMemory() : NULL;
    View view = {0};
    Growing counts = {0};
    PyObject *result = NULL, *fresh = PyList_New(0);
    looking->table = table;
    looking->most = PyLong_AsSsize_t(given_[3]);
    Py_ssize_t texts = PyErr_Occurred() ? -1 : PyList_Size(given_[1]), same;
    char *languages;
    if (texts < 0 || PyBytes_AsStringAndSize(given_[2], &languages, &same) < 0)
        goto done;
    if (same != texts) {
        PyErr_SetString(PyExc_ValueError, "a language for each text expected");
        goto done;
    }
    for (Py_ssize_t at = 0; at < texts; at++) {
        looking->language = (unsigned char)languages[at];
        int able = look_at(&view, PyList_GetItem(given_[1], at));
        int32_t *place = able < 0 ? NULL : more(&counts, sizeof *place);
        Py_ssize_t found = able > 0 && place ? look_up(looking, &view, fresh) : -1;
        if (!place || PyErr_Occurred())
            goto done;
        *place = (int32_t)found;
    }
    if (fresh)
        result = Py_BuildValue("(NNO)", as_bytes(&looking->numbers), as_bytes(&counts), fresh);
done:
    Py_XDECREF(fresh);
    drop(&looking->numbers);
    drop(&counts);
    drop_view(&view);
    free(looking);
    return result;
}

typedef struct {
    uint64_t head; /* the first eight bytes, so that most comparisons look no further */
    const char *text;
    size_t size;
    int32_t place;
} Sorted;

static int compare(const void *one, const void *other)
{
    const Sorted *a = one, *b = other;
    if (a->head != b->head)
        return a->head < b->head ? -1 : 1;
    size_t shorter = a->size < b->size ? a->size : b->size;
    int order = memcmp(a->text, b->text, shorter);
    return order ? order : (a->size > b->size) - (a->size < b->size);
}

static Sorted *sorted_strings(const Table *table, const int32_t *numbers, Py_ssize_t length)
{
    Sorted *sorted = malloc((size_t)(length ? length : 1) * sizeof *sorted);
    for (Py_ssize_t at = 0; sorted && at < length; at++) {
        size_t start = table->starts[numbers[at]];
        Sorted *each = &sorted[at];
        each->text = table->bytes + start;
        each->size = table->starts[numbers[at] + 1] - start;
        each->place = numbers[at];
        each->head = 0;
        for (size_t byte = 0; byte < 8; byte++)
            each->head = each->head << 8 |
                         (byte < each->size ? (unsigned char)each->text[byte] : 0);
    }
    if (sorted)
        qsort(sorted, (size_t)length, sizeof *sorted, compare);
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
    if (!(sorted = sorted_strings(table, numbers, length))) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t at = 0; at < length; at++) {
        int32_t *place = more(&order, sizeof *place), *size = more(&sizes, sizeof *size);
        char *text = more(&joined, sorted[at].size);
        if (!place || !size || !text)
            goto done;
        *place = sorted[at].place;
        *size = (int32_t)sorted[at].size;
        memcpy(text, sorted[at].text, sorted[at].size);
    }
    result = Py_BuildValue("(NNN)", as_bytes(&order), as_bytes(&joined), as_bytes(&sizes));
done:
    free(sorted);
    drop(&order);
    drop(&sizes);
    drop(&joined);
    release_all(&buffers);
    return result;
}
