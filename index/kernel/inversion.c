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

/* Terms beside the words: places in the stream of words, ascending, and their terms. */
typedef struct {
    const int64_t *at;
    const int32_t *terms;
    Py_ssize_t count, next;
} Extras;

/* Terms counted, then written by term: `ends` are counts first, then where each term's next place
   goes; `own` counts the terms of one text. */
typedef struct {
    int64_t *ends;
    uint64_t *places;
    Py_ssize_t terms;
    int64_t own;
} Sorting;

static int count_term(Sorting *to, int32_t term)
{
    if (term < 0 || term >= to->terms) {
        PyErr_SetString(PyExc_IndexError, "no such term");
        return 0;
    }
    to->ends[term]++;
    to->own++;
    return 1;
}

/* Counts the terms that a word stands for; 0 with an error set. */
static int count_word(Sorting *to, const Emissions *of, int32_t word)
{
    if (word < 0 || word >= of->words || (of->single[word] < 0 && ~of->single[word] >= of->runs)) {
        PyErr_SetString(PyExc_IndexError, "no such word, or a word without terms");
        return 0;
    }
    if (of->single[word] >= 0)
        return count_term(to, of->single[word]);
    int32_t run = ~of->single[word];
    for (int64_t at = of->run_starts[run]; at < of->run_starts[run + 1]; at++)
        if (!count_term(to, of->run_terms[at]))
            return 0;
    return 1;
}

static int count_texts(Sorting *to, const Emissions *of, const Extras *extras, const int32_t *words,
                       const int32_t *counts, Py_ssize_t texts, int64_t *lengths)
{
    Py_ssize_t extra = 0;
    int64_t at = 0, last = 0;
    for (Py_ssize_t text = 0; text < texts; text++) {
        to->own = 0;
        for (last += counts[text]; at < last; at++) {
            for (; extra < extras->count && extras->at[extra] == at; extra++)
                if (!count_term(to, extras->terms[extra]))
                    return 0;
            if (!count_word(to, of, words[at]))
                return 0;
        }
        lengths[text] = to->own;
    }
    return 1;
}

/* Counts to where each begins; gives their sum. */
static int64_t to_starts(int64_t *counts, Py_ssize_t size)
{
    int64_t sum = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        int64_t own = counts[at];
        counts[at] = sum;
        sum += own;
    }
    counts[size] = sum;
    return sum;
}

static void place_text(Sorting *to, const Emissions *of, Extras *extras, const int32_t *words,
                       int64_t first, int64_t last, uint64_t place)
{
    for (int64_t at = first; at < last; at++) {
        for (; extras->next < extras->count && extras->at[extras->next] == at; extras->next++)
            to->places[to->ends[extras->terms[extras->next]]++] = place;
        int32_t term = of->single[words[at]], run = ~term;
        if (term >= 0) {
            to->places[to->ends[term]++] = place;
        } else {
            for (int64_t each = of->run_starts[run]; each < of->run_starts[run + 1]; each++)
                to->places[to->ends[of->run_terms[each]]++] =
                    place + (uint64_t)of->run_offsets[each];
        }
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

/* Checks that runs of terms follow each other, and end where the terms do. */
static int follow(const int64_t *starts, Py_ssize_t runs, Py_ssize_t terms)
{
    if (runs < 0 || starts[0] < 0)
        return 0;
    for (Py_ssize_t run = 0; run < runs; run++)
        if (starts[run + 1] < starts[run])
            return 0;
    return starts[runs] <= terms;
}

typedef struct {
    Emissions of;
    Extras extras;
    const int32_t *words, *counts;
    const int64_t *numbers;
    Py_ssize_t total, texts;
} Inversion;

/* The arrays of an inversion; 0 with an error set where they do not fit together. */
static int take_inversion(Inversion *from, Arguments given_, Buffers *buffers)
{
    Py_ssize_t others, sizes[6];
    Emissions *of = &from->of;
    Extras *extras = &from->extras;
    from->words = take(buffers, given_[0], 4, &from->total, 0);
    from->counts = from->words ? take(buffers, given_[1], 4, &from->texts, 0) : NULL;
    from->numbers = from->counts ? take(buffers, given_[2], 8, &others, 0) : NULL;
    of->parts = from->numbers ? take(buffers, given_[3], 4, &sizes[0], 0) : NULL;
    of->single = of->parts ? take(buffers, given_[4], 4, &sizes[1], 0) : NULL;
    of->run_starts = of->single ? take(buffers, given_[5], 8, &sizes[2], 0) : NULL;
    of->run_terms = of->run_starts ? take(buffers, given_[6], 4, &sizes[3], 0) : NULL;
    of->run_offsets = of->run_terms ? take(buffers, given_[7], 4, &sizes[4], 0) : NULL;
    extras->at = of->run_offsets ? take(buffers, given_[8], 8, &sizes[5], 0) : NULL;
    extras->terms = extras->at ? take(buffers, given_[9], 4, &extras->count, 0) : NULL;
    if (!extras->terms)
        return 0;
    of->words = sizes[0] < sizes[1] ? sizes[0] : sizes[1];
    of->runs = sizes[2] - 1;
    if (from->texts == others && sizes[5] == extras->count && sizes[3] == sizes[4] &&
        follow(of->run_starts, of->runs, sizes[3]) &&
        fit(from->counts, from->texts, from->total, extras))
        return 1;
    PyErr_SetString(PyExc_ValueError, "words, texts and terms do not fit together");
    return 0;
}

/* (words, counts, text numbers, parts, single, run starts, run terms, run offsets, extra places,
   extra terms, number of terms) -> where each term begins (int64, one more than terms); the places
   by term (uint64: text << 24 | position), ascending in each; terms of each text (int64). */
PyObject *inverted(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Buffers buffers = {0};
    Inversion from = {0};
    Sorting to = {0};
    PyObject *starts = NULL, *places = NULL, *lengths = NULL, *result = NULL;
    to.terms = given(count, 11) ? PyLong_AsSsize_t(given_[10]) : -1;
    if (PyErr_Occurred() || !take_inversion(&from, given_, &buffers) ||
        !(starts = PyBytes_FromStringAndSize(NULL, (to.terms + 1) * 8)) ||
        !(lengths = PyBytes_FromStringAndSize(NULL, from.texts * 8)))
        goto done;
    to.ends = (int64_t *)PyBytes_AsString(starts);
    memset(to.ends, 0, (size_t)(to.terms + 1) * 8);
    if (!count_texts(&to, &from.of, &from.extras, from.words, from.counts, from.texts,
                     (int64_t *)PyBytes_AsString(lengths)))
        goto done;
    int64_t size = to_starts(to.ends, to.terms), first = 0;
    if (!(places = PyBytes_FromStringAndSize(NULL, size * 8)))
        goto done;
    to.places = (uint64_t *)PyBytes_AsString(places);
    for (Py_ssize_t text = 0; text < from.texts; first += from.counts[text++])
        place_text(&to, &from.of, &from.extras, from.words, first, first + from.counts[text],
                   (uint64_t)from.numbers[text] << PLACE_BITS);
    memmove(to.ends + 1, to.ends, (size_t)to.terms * 8);
    to.ends[0] = 0;
    result = Py_BuildValue("(OOO)", starts, places, lengths);
done:
    Py_XDECREF(starts);
    Py_XDECREF(places);
    Py_XDECREF(lengths);
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
    to_starts(ends, size);
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
