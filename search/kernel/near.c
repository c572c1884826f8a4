/* Words of a dictionary that differ from one word in few letters. */
#include "../../index/kernel/growing.h"
#include "kernel.h"

#define MAX_EDITS 3
#define MAX_LETTERS 1024
#define BLOCK 512

typedef struct {
    const uint32_t *letters;
    size_t count;
} Letters;

static inline Letters without(Letters word, size_t letters)
{
    return (Letters){word.letters + letters, word.count - letters};
}

/* Edits that make one word of the other, a swap of neighbours being one; over `most`: `most` + 1.

   Optimal string alignment: equal letters at the beginning may always stay, and the first that
   differ are changed, taken away, put in or swapped. */
static int edits_between(Letters a, Letters b, int most)
{
    while (a.count && b.count && *a.letters == *b.letters) {
        a = without(a, 1);
        b = without(b, 1);
    }
    size_t longer = a.count > b.count ? a.count - b.count : b.count - a.count;
    if (longer > (size_t)most)
        return most + 1;
    if (!a.count || !b.count)
        return (int)longer;
    if (!most)
        return 1;
    int best = most + 1, next = edits_between(without(a, 1), without(b, 1), most - 1);
    best = next + 1 < best ? next + 1 : best;
    next = edits_between(without(a, 1), b, most - 1);
    best = next + 1 < best ? next + 1 : best;
    next = edits_between(a, without(b, 1), most - 1);
    best = next + 1 < best ? next + 1 : best;
    if (a.count > 1 && b.count > 1 && a.letters[0] == b.letters[1] &&
        a.letters[1] == b.letters[0]) {
        next = edits_between(without(a, 2), without(b, 2), most - 1);
        best = next + 1 < best ? next + 1 : best;
    }
    return best;
}

/* The characters of a text in UTF-8; SIZE_MAX for bytes that are none, or for too many. */
static size_t decode(const uint8_t *text, size_t size, uint32_t *letters, size_t room)
{
    size_t count = 0;
    for (size_t at = 0; at < size; count++) {
        uint32_t letter = text[at];
        size_t bytes = letter < 0x80 ? 1 : letter >= 0xF0 ? 4 : letter >= 0xE0 ? 3 : 2;
        if ((letter & 0xC0) == 0x80 || at + bytes > size || count == room)
            return SIZE_MAX;
        if (bytes > 1)
            letter &= 0x7Fu >> bytes;
        for (size_t next = 1; next < bytes; next++)
            letter = letter << 6 | (text[at + next] & 0x3F);
        letters[count] = letter;
        at += bytes;
    }
    return count;
}

/* Whole numbers without a sign, of any size. */
typedef struct {
    const void *data;
    size_t size, count;
} Whole;

static inline uint64_t number(Whole array, size_t at)
{
    switch (array.size) {
    case 1: return ((const uint8_t *)array.data)[at];
    case 2: return ((const uint16_t *)array.data)[at];
    case 4: return ((const uint32_t *)array.data)[at];
    default: return ((const uint64_t *)array.data)[at];
    }
}

/* Some numbers in a row: one look at their size for all of them. */
static void numbers_from(Whole array, size_t first, size_t count, uint64_t *to)
{
    for (size_t at = 0; array.size == 4 && at < count; at++)
        to[at] = ((const uint32_t *)array.data)[first + at];
    for (size_t at = 0; array.size != 4 && at < count; at++)
        to[at] = number(array, first + at);
}

static int take_whole(Whole *array, Buffers *buffers, PyObject *object)
{
    Py_ssize_t count = 0;
    Py_buffer *view = &buffers->views[buffers->count];
    if (PyObject_GetBuffer(object, view, PyBUF_CONTIG_RO) < 0)
        return 0;
    buffers->count++;
    count = view->itemsize ? view->len / view->itemsize : 0;
    *array = (Whole){view->buf, (size_t)view->itemsize, (size_t)count};
    if (view->itemsize == 1 || view->itemsize == 2 || view->itemsize == 4 || view->itemsize == 8)
        return 1;
    PyErr_SetString(PyExc_ValueError, "whole numbers of 1, 2, 4 or 8 bytes expected");
    return 0;
}

typedef struct {
    const uint8_t *text;
    size_t size;
    Whole starts, counts;
    size_t first, last;
    Letters word;
    int most, plain; /* `plain`: the word is ASCII */
    uint64_t over;
} Dictionary;

/* Whether a word of the same first letter can be one edit away: where its second letter differs, it
   is that which the edit changes, and the end is the same. */
static inline int may_be_near(const Dictionary *in, const uint8_t *text, size_t size)
{
    if (in->most != 1 || !in->plain || in->word.count < 4 || size < 4)
        return 1;
    const uint32_t *word = in->word.letters;
    return text[0] != word[0] || text[1] == word[1] || text[size - 1] == word[in->word.count - 1];
}

/* The distance of a word of the dictionary where it is near, else -1. */
static int32_t distance_of(const Dictionary *in, const uint8_t *text, size_t size)
{
    uint32_t letters[2 * MAX_LETTERS];
    size_t count = decode(text, size, letters, in->word.count + (size_t)in->most);
    if (count == SIZE_MAX)
        return -1;
    int edits = edits_between(in->word, (Letters){letters, count}, in->most);
    return edits <= in->most ? edits : -1;
}

static int put_word(Growing *numbers, Growing *distances, size_t number, int32_t distance)
{
    int64_t *to = more(numbers, sizeof *to);
    int32_t *at = more(distances, sizeof *at);
    if (!to || !at)
        return 0;
    *to = (int64_t)number;
    *at = distance;
    return 1;
}

static int look_through(const Dictionary *in, Growing *numbers, Growing *distances)
{
    uint64_t starts[BLOCK + 1];
    size_t shortest = in->word.count > (size_t)in->most ? in->word.count - (size_t)in->most : 0;
    size_t longest = 4 * (in->word.count + (size_t)in->most);
    for (size_t first = in->first; first < in->last; first += BLOCK) {
        size_t count = in->last - first < BLOCK ? in->last - first : BLOCK;
        numbers_from(in->starts, first, count + 1, starts);
        for (size_t at = 0; at < count; at++) {
            size_t size = (size_t)(starts[at + 1] - starts[at]);
            if (size - shortest > longest - shortest || starts[at] > in->size ||
                size > in->size - starts[at] || !may_be_near(in, in->text + starts[at], size))
                continue;
            if (in->over && number(in->counts, first + at) <= in->over)
                continue;
            int32_t distance = distance_of(in, in->text + starts[at], size);
            if (distance >= 0 && !put_word(numbers, distances, first + at, distance))
                return 0;
        }
    }
    return 1;
}

static int dictionary_from(Dictionary *in, Buffers *buffers, Arguments given_, uint32_t *letters)
{
    Py_ssize_t size, word_size;
    const uint8_t *word = take(buffers, given_[4], 1, &word_size, 0);
    in->text = word ? take(buffers, given_[0], 1, &size, 0) : NULL;
    if (!in->text || !take_whole(&in->starts, buffers, given_[1]) ||
        !take_whole(&in->counts, buffers, given_[6]))
        return 0;
    in->size = (size_t)size;
    in->first = PyLong_AsSize_t(given_[2]);
    in->last = PyErr_Occurred() ? 0 : PyLong_AsSize_t(given_[3]);
    in->most = PyErr_Occurred() ? 0 : (int)PyLong_AsLong(given_[5]);
    in->over = PyErr_Occurred() ? 0 : PyLong_AsUnsignedLongLong(given_[7]);
    if (PyErr_Occurred())
        return 0;
    in->word = (Letters){letters, decode(word, (size_t)word_size, letters, MAX_LETTERS)};
    in->plain = in->word.count == (size_t)word_size;
    if (in->word.count == SIZE_MAX || in->most < 0 || in->most > MAX_EDITS ||
        in->last >= in->starts.count || in->last > in->counts.count || in->first > in->last) {
        PyErr_SetString(PyExc_ValueError, "no such stretch of words, or too many letters or edits");
        return 0;
    }
    return 1;
}

/* (text of all words joined, where each starts, first, last, word, most edits, documents of each
   word, over) -> numbers (int64), ascending, and distances (int32) of the words from `first` to
   `last` that stand in more than `over` documents and are near enough. */
PyObject *near_words(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 8))
        return NULL;
    Buffers buffers = {.count = 0};
    Dictionary in = {0};
    Growing numbers = {0}, distances = {0};
    uint32_t letters[MAX_LETTERS];
    PyObject *result = NULL;
    if (dictionary_from(&in, &buffers, given_, letters) &&
        look_through(&in, &numbers, &distances)) {
        PyObject *first = as_bytes(&numbers), *second = as_bytes(&distances);
        result = first && second ? PyTuple_Pack(2, first, second) : NULL;
        Py_XDECREF(first);
        Py_XDECREF(second);
    }
    drop(&numbers);
    drop(&distances);
    release_all(&buffers);
    return result;
}
