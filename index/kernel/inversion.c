/* Words in texts to postings: terms in their places, sorted by counting, grouped by document. */
#include "kernel.h"

#define PLACE_BITS 24
#define TEXT_BITS 16

/* What words stand for: `single[word]` is a term, or ~run of terms, each with its offset. */
typedef struct {
    const int32_t *single, *parts, *run_terms, *run_offsets;
    const int64_t *run_starts;
    Py_ssize_t words, runs;
} Emissions;

/* Terms beside the words: (n) places in the stream of words, ascending, and their terms. */
typedef struct {
    const int64_t *at;
    const int32_t *terms;
    Py_ssize_t count, next;
} Extras;

/* Where the terms of a stream are written: arrays that have room for all of them. */
typedef struct {
    int32_t *terms;
    uint64_t *places;
} Stream;

static void put(Stream *stream, int32_t term, uint64_t place)
{
    *stream->terms++ = term;
    *stream->places++ = place;
}

/* How many terms a word stands for, or -1 with an error set. */
static int64_t terms_of(const Emissions *of, int32_t word)
{
    if (word >= 0 && word < of->words) {
        int32_t term = of->single[word];
        if (term >= 0)
            return 1;
        if (~term < of->runs)
            return of->run_starts[~term + 1] - of->run_starts[~term];
    }
    PyErr_SetString(PyExc_IndexError, "no such word, or a word without terms");
    return -1;
}

/* All terms of some words, or -1 with an error set. */
static Py_ssize_t terms_of_all(const Emissions *of, const int32_t *words, Py_ssize_t count)
{
    Py_ssize_t sum = 0;
    for (Py_ssize_t at = 0; at < count; at++) {
        int64_t own = terms_of(of, words[at]);
        if (own < 0)
            return -1;
        sum += own;
    }
    return sum;
}

static void put_run(Stream *stream, const Emissions *of, int32_t run, uint64_t place)
{
    for (int64_t at = of->run_starts[run]; at < of->run_starts[run + 1]; at++)
        put(stream, of->run_terms[at], place + (uint64_t)of->run_offsets[at]);
}

static void put_text(Stream *stream, const Emissions *of, Extras *extras, const int32_t *words,
                     int64_t first, int64_t last, uint64_t place)
{
    for (int64_t at = first; at < last; at++) {
        for (; extras->next < extras->count && extras->at[extras->next] == at; extras->next++)
            put(stream, extras->terms[extras->next], place);
        int32_t term = of->single[words[at]];
        if (term >= 0)
            put(stream, term, place);
        else
            put_run(stream, of, ~term, place);
        place += (uint64_t)of->parts[words[at]];
    }
}

/* Checks that the words of texts are as many as there are, and extras ascend among them. */
static int fit(const int32_t *counts, Py_ssize_t texts, Py_ssize_t total, const Extras *extras)
{
    int64_t sum = 0, before = 0;
    for (Py_ssize_t text = 0; text < texts; text++) {
        if (counts[text] < 0)
            return 0;
        sum += counts[text];
    }
    for (Py_ssize_t at = 0; at < extras->count; at++) {
        if (extras->at[at] < before || extras->at[at] >= total)
            return 0;
        before = extras->at[at];
    }
    return sum == total;
}

/* (words, counts, text numbers, parts, single, run starts, run terms, run offsets, extra places,
   extra terms) -> terms (int32) and places (uint64: text << 24 | position), in order of place. */
PyObject *emitted(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Buffers buffers = {0};
    Emissions of = {0};
    Extras extras = {0};
    PyObject *terms = NULL, *places = NULL, *result = NULL;
    Py_ssize_t total, texts, others, sizes[6];
    if (!given(count, 10))
        return NULL;
    const int32_t *words = take(&buffers, given_[0], 4, &total, 0);
    const int32_t *counts = words ? take(&buffers, given_[1], 4, &texts, 0) : NULL;
    const int64_t *numbers = counts ? take(&buffers, given_[2], 8, &others, 0) : NULL;
    of.parts = numbers ? take(&buffers, given_[3], 4, &sizes[0], 0) : NULL;
    of.single = of.parts ? take(&buffers, given_[4], 4, &sizes[1], 0) : NULL;
    of.run_starts = of.single ? take(&buffers, given_[5], 8, &sizes[2], 0) : NULL;
    of.run_terms = of.run_starts ? take(&buffers, given_[6], 4, &sizes[3], 0) : NULL;
    of.run_offsets = of.run_terms ? take(&buffers, given_[7], 4, &sizes[4], 0) : NULL;
    extras.at = of.run_offsets ? take(&buffers, given_[8], 8, &sizes[5], 0) : NULL;
    extras.terms = extras.at ? take(&buffers, given_[9], 4, &extras.count, 0) : NULL;
    if (!extras.terms)
        goto done;
    of.words = sizes[0] < sizes[1] ? sizes[0] : sizes[1];
    of.runs = sizes[2] - 1;
    if (texts != others || sizes[5] != extras.count || sizes[3] != sizes[4] || of.runs < 0 ||
        of.run_starts[of.runs] > sizes[3] || !fit(counts, texts, total, &extras)) {
        PyErr_SetString(PyExc_ValueError, "words, texts and terms do not fit together");
        goto done;
    }
    Py_ssize_t size = terms_of_all(&of, words, total);
    if (size < 0 || !(terms = PyBytes_FromStringAndSize(NULL, (size + extras.count) * 4)) ||
        !(places = PyBytes_FromStringAndSize(NULL, (size + extras.count) * 8)))
        goto done;
    Stream stream = {(int32_t *)PyBytes_AsString(terms), (uint64_t *)PyBytes_AsString(places)};
    int64_t first = 0;
    for (Py_ssize_t text = 0; text < texts; first += counts[text++])
        put_text(&stream, &of, &extras, words, first, first + counts[text],
                 (uint64_t)numbers[text] << PLACE_BITS);
    result = Py_BuildValue("(OO)", terms, places);
done:
    Py_XDECREF(terms);
    Py_XDECREF(places);
    release_all(&buffers);
    return result;
}

/* (terms, places, number of terms) -> where each term begins (int64, one more than terms), and the
   places by term; those of a term stay in their order. */
PyObject *by_term(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Buffers buffers = {0};
    PyObject *starts = NULL, *sorted = NULL, *result = NULL;
    Py_ssize_t length, same, size = given(count, 3) ? PyLong_AsSsize_t(given_[2]) : -1;
    if (size < 0)
        return NULL;
    const int32_t *terms = take(&buffers, given_[0], 4, &length, 0);
    const uint64_t *places = terms ? take(&buffers, given_[1], 8, &same, 0) : NULL;
    if (!places || !(starts = PyBytes_FromStringAndSize(NULL, (size + 1) * 8)) ||
        !(sorted = PyBytes_FromStringAndSize(NULL, length * 8)))
        goto done;
    int64_t *ends = (int64_t *)PyBytes_AsString(starts);
    uint64_t *to = (uint64_t *)PyBytes_AsString(sorted);
    memset(ends, 0, (size_t)(size + 1) * 8);
    for (Py_ssize_t at = 0; at < length; at++) {
        if (terms[at] < 0 || terms[at] >= size || length != same) {
            PyErr_SetString(PyExc_IndexError, "no such term");
            goto done;
        }
        ends[terms[at]]++;
    }
    for (Py_ssize_t term = 0, sum = 0; term <= size; term++) {
        int64_t own = ends[term];
        ends[term] = sum;
        sum += own;
    }
    for (Py_ssize_t at = 0; at < length; at++)
        to[ends[terms[at]]++] = places[at];
    memmove(ends + 1, ends, (size_t)size * 8);
    ends[0] = 0;
    result = Py_BuildValue("(OO)", starts, sorted);
done:
    Py_XDECREF(starts);
    Py_XDECREF(sorted);
    release_all(&buffers);
    return result;
}

/* Where postings are written: arrays that have room for one of each for every place. */
typedef struct {
    int64_t *counts;
    uint32_t *documents, *frequencies, *positions;
} Groups;

/* One term's places, ascending, to its postings. */
static void group(Groups *to, const uint64_t *places, int64_t length)
{
    uint64_t before = UINT64_MAX;
    int64_t documents = 0;
    for (int64_t at = 0; at < length; at++) {
        uint64_t text = places[at] >> PLACE_BITS;
        if (to->positions)
            *to->positions++ = (uint32_t)(places[at] & ((1u << PLACE_BITS) - 1));
        if (text != before) {
            to->documents[documents] = (uint32_t)(text & ((1u << TEXT_BITS) - 1));
            to->frequencies[documents++] = 0;
            before = text;
        }
        to->frequencies[documents - 1]++;
    }
    *to->counts++ = documents;
    to->documents += documents;
    to->frequencies += documents;
}

/* Occurrences of some terms, or -1 with an error set. */
static Py_ssize_t occurrences(const int64_t *starts, Py_ssize_t terms, const int32_t *order,
                              Py_ssize_t wanted, Py_ssize_t length)
{
    Py_ssize_t sum = 0;
    for (Py_ssize_t at = 0; at < wanted; at++) {
        int32_t term = order[at];
        if (term < 0 || term + 1 >= terms || starts[term] < 0 || starts[term + 1] > length ||
            starts[term + 1] < starts[term]) {
            PyErr_SetString(PyExc_IndexError, "no such term");
            return -1;
        }
        sum += starts[term + 1] - starts[term];
    }
    return sum;
}

static PyObject *part(const uint32_t *from, const uint32_t *to)
{
    return PyBytes_FromStringAndSize((const char *)from, (to - from) * 4);
}

/* (places by term, starts, order of terms int32, whether positions are wanted) -> documents a term
   (int64), documents, frequencies, positions (uint32 each), term after term in that order. */
PyObject *grouped(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Buffers buffers = {0};
    PyObject *counts = NULL, *positions = NULL, *result = NULL;
    uint32_t *documents = NULL, *frequencies = NULL;
    Py_ssize_t length, terms, wanted;
    if (!given(count, 4))
        return NULL;
    const uint64_t *places = take(&buffers, given_[0], 8, &length, 0);
    const int64_t *starts = places ? take(&buffers, given_[1], 8, &terms, 0) : NULL;
    const int32_t *order = starts ? take(&buffers, given_[2], 4, &wanted, 0) : NULL;
    int with_positions = order ? PyObject_IsTrue(given_[3]) : -1;
    Py_ssize_t size = with_positions < 0 ? -1 : occurrences(starts, terms, order, wanted, length);
    if (size < 0 || !(counts = PyBytes_FromStringAndSize(NULL, wanted * 8)) ||
        !(positions = PyBytes_FromStringAndSize(NULL, with_positions ? size * 4 : 0)))
        goto done;
    documents = malloc((size_t)size * 4 + 4);
    frequencies = malloc((size_t)size * 4 + 4);
    if (!documents || !frequencies) {
        PyErr_NoMemory();
        goto done;
    }
    Groups to = {(int64_t *)PyBytes_AsString(counts), documents, frequencies,
                 with_positions ? (uint32_t *)PyBytes_AsString(positions) : NULL};
    for (Py_ssize_t at = 0; at < wanted; at++)
        group(&to, places + starts[order[at]], starts[order[at] + 1] - starts[order[at]]);
    result = Py_BuildValue("(ONNO)", counts, part(documents, to.documents),
                           part(frequencies, to.frequencies), positions);
done:
    free(documents);
    free(frequencies);
    Py_XDECREF(counts);
    Py_XDECREF(positions);
    release_all(&buffers);
    return result;
}
