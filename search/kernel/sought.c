/* What a query looks for, made once and asked for every raw token of every text shown. */
#include "sought.h"

#define NAME "search._kernel.sought"
#define CHARACTERS 0x2000
#define LONGEST 128

#define TEN(first) first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, \
                   first + 7, first + 8, first + 9
#define LETTERS TEN(11), TEN(21), 31, 32, 33, 34, 35, 36

const uint8_t letter_codes[256] = {
    [0x30] = TEN(1),
    [0x41] = LETTERS,
    [0x61] = LETTERS,
};

static void free_sought(Sought *sought)
{
    if (!sought)
        return;
    free(sought->beginnings);
    free(sought->starts);
    free(sought->characters);
    free(sought->phrases);
    free(sought->words);
    free(sought);
}

static void free_capsule(PyObject *capsule)
{
    free_sought(PyCapsule_GetPointer(capsule, NAME));
}

const Sought *sought_of(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, NAME);
}

static int invalid(const char *message)
{
    PyErr_SetString(PyExc_ValueError, message);
    return 0;
}

/* One beginning as codes; 0 with an error set where it holds anything else, or is out of order. */
static int add_beginning(Sought *sought, const char *text, size_t size)
{
    if (!size || size > LONGEST)
        return invalid("a beginning has 1 to 128 letters and digits");
    size_t at = sought->starts[sought->count];
    uint8_t *codes = sought->beginnings + at;
    for (size_t each = 0; each < size; each++)
        if (!(codes[each] = letter_codes[(unsigned char)text[each]]))
            return invalid("a beginning has letters and digits alone");
    if (sought->count) {
        size_t before = at - sought->starts[sought->count - 1];
        if (memcmp(codes - before, codes, before < size ? before : size) >= 0)
            return invalid("beginnings ascend, and none begins another");
    }
    sought->starts[++sought->count] = (uint32_t)(at + size);
    if (size > sought->longest)
        sought->longest = size;
    uint8_t *pairs = sought->pairs + codes[0] * CODES;
    if (size == 1)
        memset(pairs, 1, CODES);
    else
        pairs[codes[1]] = 1;
    return 1;
}

static int take_beginnings(Sought *sought, PyObject *list)
{
    Py_ssize_t length = PyList_Size(list), total = 0;
    char *text;
    Py_ssize_t size;
    for (Py_ssize_t at = 0; at < length; at++) {
        if (PyBytes_AsStringAndSize(PyList_GetItem(list, at), &text, &size) < 0)
            return 0;
        total += size;
    }
    if (length < 0)
        return 0;
    if (total > INT32_MAX)
        return invalid("too many beginnings");
    sought->beginnings = malloc((size_t)total + 1);
    sought->starts = calloc((size_t)length + 1, sizeof *sought->starts);
    if (!sought->beginnings || !sought->starts)
        return PyErr_NoMemory() != NULL;
    for (Py_ssize_t at = 0; at < length; at++)
        if (PyBytes_AsStringAndSize(PyList_GetItem(list, at), &text, &size) < 0 ||
            !add_beginning(sought, text, (size_t)size))
            return 0;
    return 1;
}

static int take_characters(Sought *sought, PyObject *bits)
{
    char *data;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(bits, &data, &size) < 0)
        return 0;
    if (!size)
        return 1;
    if (size != CHARACTERS)
        return invalid("a bit for each of 65,536 characters expected");
    if (!(sought->characters = malloc(CHARACTERS)))
        return PyErr_NoMemory() != NULL;
    memcpy(sought->characters, data, CHARACTERS);
    return 1;
}

/* Phrases as Python gives them: slop, clause, number of words, then the words. */
static int read_phrases(Sought *sought, const int32_t *numbers, Py_ssize_t count)
{
    for (Py_ssize_t at = 0; at < count;) {
        if (count - at < 4 || numbers[at + 2] < 1 || numbers[at + 2] > count - at - 3)
            return invalid("a phrase has slop, clause, and its words counted");
        Phrase *phrase = &sought->phrases[sought->phrase_count++];
        *phrase = (Phrase){numbers[at], numbers[at + 1], sought->word_count, numbers[at + 2]};
        at += 3;
        for (int32_t word = 0; word < phrase->size; word++, at++) {
            if (numbers[at] < 0 || numbers[at] >= sought->stems)
                return invalid("a phrase's word has no such stem");
            sought->words[sought->word_count++] = numbers[at];
        }
    }
    return 1;
}

static int take_phrases(Sought *sought, PyObject *array)
{
    Buffers buffers = {0};
    Py_ssize_t count;
    const int32_t *numbers = take(&buffers, array, 4, &count, 0);
    int done = 0;
    if (numbers && count > INT32_MAX) {
        invalid("too many phrases");
    } else if (numbers) {
        sought->phrases = malloc(((size_t)count + 1) * sizeof *sought->phrases);
        sought->words = malloc(((size_t)count + 1) * sizeof *sought->words);
        if (sought->phrases && sought->words)
            done = read_phrases(sought, numbers, count);
        else
            PyErr_NoMemory();
    }
    release_all(&buffers);
    return done;
}

/* (beginnings, characters, everything, phrases int32, number of stems, most starts of a phrase). */
PyObject *make_sought(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 6))
        return NULL;
    Sought *sought = calloc(1, sizeof *sought);
    if (!sought)
        return PyErr_NoMemory();
    long stems = PyLong_AsLong(given_[4]), most = PyLong_AsLong(given_[5]);
    sought->everything = PyObject_IsTrue(given_[2]);
    if (!PyErr_Occurred() && (stems < 0 || stems > INT32_MAX || most < 0 || most > INT32_MAX))
        invalid("numbers of stems and of starts are from 0");
    sought->stems = (int32_t)stems;
    sought->most_starts = (int32_t)most;
    PyObject *capsule = NULL;
    if (!PyErr_Occurred() && take_beginnings(sought, given_[0]) &&
        take_characters(sought, given_[1]) && take_phrases(sought, given_[3]))
        capsule = PyCapsule_New(sought, NAME, free_capsule);
    if (!capsule)
        free_sought(sought);
    return capsule;
}

/* The last beginning that is not behind these codes, if the codes begin with it. */
static int has_beginning(const Sought *sought, const uint8_t *codes, size_t size)
{
    size_t low = 0, high = sought->count;
    while (low < high) {
        size_t middle = (low + high) / 2, start = sought->starts[middle];
        size_t length = sought->starts[middle + 1] - start;
        int order = memcmp(sought->beginnings + start, codes, length < size ? length : size);
        if (order > 0 || (order == 0 && length > size))
            high = middle;
        else if (order == 0)
            return 1;
        else
            low = middle + 1;
    }
    return 0;
}

int begins_wanted(const Sought *sought, const uint8_t *bytes, size_t at, size_t end)
{
    size_t next = at + 1;
    while (next < end && !letter_codes[bytes[next]])
        next++;
    uint8_t first = letter_codes[bytes[at]], second = next < end ? letter_codes[bytes[next]] : 0;
    if (!sought->pairs[first * CODES + second])
        return 0;
    uint8_t codes[LONGEST];
    size_t size = 0;
    for (; at < end && size < sought->longest; at++)
        if ((codes[size] = letter_codes[bytes[at]]))
            size++;
    return has_beginning(sought, codes, size);
}
