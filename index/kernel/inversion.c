/* Words in texts to postings: terms in their places, sorted by counting, grouped by document. */
#include "growing.h"
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

typedef struct {
    Growing terms, places;
} Stream;

static int put(Stream *stream, int32_t term, uint64_t place)
{
    int32_t *to = more(&stream->terms, sizeof *to);
    uint64_t *at = more(&stream->places, sizeof *at);
    if (!to || !at)
        return 0;
    *to = term;
    *at = place;
    return 1;
}

static int put_run(Stream *stream, const Emissions *of, int32_t run, uint64_t place)
{
    if (run < 0 || run >= of->runs) {
        PyErr_SetString(PyExc_IndexError, "a word stands for no such run of terms");
        return 0;
    }
    for (int64_t at = of->run_starts[run]; at < of->run_starts[run + 1]; at++)
        if (!put(stream, of->run_terms[at], place + (uint64_t)of->run_offsets[at]))
            return 0;
    return 1;
}

static int emit_text(Stream *stream, const Emissions *of, Extras *extras, const int32_t *words,
                     int64_t first, int64_t last, uint64_t place)
{
    for (int64_t at = first; at < last; at++) {
        int32_t word = words[at];
        if (word < 0 || word >= of->words) {
            PyErr_SetString(PyExc_IndexError, "no such word");
            return 0;
        }
        for (; extras->next < extras->count && extras->at[extras->next] == at; extras->next++)
            if (!put(stream, extras->terms[extras->next], place))
                return 0;
        int32_t term = of->single[word];
        if (term >= 0 ? !put(stream, term, place) : !put_run(stream, of, ~term, place))
            return 0;
        place += (uint64_t)of->parts[word];
    }
    return 1;
}

/* (words, counts, text numbers, parts, single, run starts, run terms, run offsets, extra places,
   extra terms) -> terms (int32) and places (uint64: text << 24 | position), in order of place. */
PyObject *emitted(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Buffers buffers = {0};
    Stream stream = {0};
    Emissions of = {0};
    Extras extras = {0};
    PyObject *result = NULL;
    Py_ssize_t total, texts, other, ends;
    if (!given(count, 10))
        return NULL;
    const int32_t *words = take(&buffers, given_[0], 4, &total, 0);
    const int32_t *counts = words ? take(&buffers, given_[1], 4, &texts, 0) : NULL;
    const int64_t *numbers = counts ? take(&buffers, given_[2], 8, &other, 0) : NULL;
    of.parts = numbers ? take(&buffers, given_[3], 4, &of.words, 0) : NULL;
    of.single = of.parts ? take(&buffers, given_[4], 4, &of.words, 0) : NULL;
    of.run_starts = of.single ? take(&buffers, given_[5], 8, &of.runs, 0) : NULL;
    of.run_terms = of.run_starts ? take(&buffers, given_[6], 4, &ends, 0) : NULL;
    of.run_offsets = of.run_terms ? take(&buffers, given_[7], 4, &ends, 0) : NULL;
    extras.at = of.run_offsets ? take(&buffers, given_[8], 8, &extras.count, 0) : NULL;
    extras.terms = extras.at ? take(&buffers, given_[9], 4, &extras.count, 0) : NULL;
    if (!extras.terms)
        goto done;
    of.runs--;
    int64_t first = 0;
    for (Py_ssize_t text = 0; text < texts; text++) {
        int64_t last = first + counts[text];
        if (last > total || text >= other) {
            PyErr_SetString(PyExc_IndexError, "texts have more words than there are");
            goto done;
        }
        if (!emit_text(&stream, &of, &extras, words, first, last,
                       (uint64_t)numbers[text] << PLACE_BITS))
            goto done;
        first = last;
    }
    result = Py_BuildValue("(NN)", as_bytes(&stream.terms), as_bytes(&stream.places));
done:
    drop(&stream.terms);
    drop(&stream.places);
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

typedef struct {
    Growing counts, documents, frequencies, positions;
} Groups;

/* One term's places, ascending, to its postings. */
static int group(Groups *groups, const uint64_t *places, int64_t length, int positions)
{
    int64_t *documents = more(&groups->counts, sizeof *documents);
    uint32_t *at = positions ? more(&groups->positions, (size_t)length * 4) : NULL;
    if (!documents || (positions && !at))
        return 0;
    *documents = 0;
    uint32_t *frequency = NULL;
    for (int64_t i = 0; i < length; i++) {
        if (positions)
            at[i] = (uint32_t)(places[i] & ((1u << PLACE_BITS) - 1));
        if (i && places[i] >> PLACE_BITS == places[i - 1] >> PLACE_BITS) {
            ++*frequency;
            continue;
        }
        uint32_t *document = more(&groups->documents, sizeof *document);
        frequency = document ? more(&groups->frequencies, sizeof *frequency) : NULL;
        if (!frequency)
            return 0;
        *document = (uint32_t)(places[i] >> PLACE_BITS & ((1u << TEXT_BITS) - 1));
        *frequency = 1;
        ++*documents;
    }
    return 1;
}

/* (places by term, starts, order of terms int32, whether positions are wanted) -> documents a term
   (int64), documents, frequencies, positions (uint32 each), term after term in that order. */
PyObject *grouped(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Buffers buffers = {0};
    Groups groups = {0};
    PyObject *result = NULL;
    Py_ssize_t length, terms, wanted;
    if (!given(count, 4))
        return NULL;
    const uint64_t *places = take(&buffers, given_[0], 8, &length, 0);
    const int64_t *starts = places ? take(&buffers, given_[1], 8, &terms, 0) : NULL;
    const int32_t *order = starts ? take(&buffers, given_[2], 4, &wanted, 0) : NULL;
    int positions = PyObject_IsTrue(given_[3]);
    if (!order || positions < 0)
        goto done;
    for (Py_ssize_t at = 0; at < wanted; at++) {
        int32_t term = order[at];
        if (term < 0 || term + 1 >= terms || starts[term + 1] > length) {
            PyErr_SetString(PyExc_IndexError, "no such term");
            goto done;
        }
        if (!group(&groups, places + starts[term], starts[term + 1] - starts[term], positions))
            goto done;
    }
    result = Py_BuildValue("(NNNN)", as_bytes(&groups.counts), as_bytes(&groups.documents),
                           as_bytes(&groups.frequencies), as_bytes(&groups.positions));
done:
    drop(&groups.counts);
    drop(&groups.documents);
    drop(&groups.frequencies);
    drop(&groups.positions);
    release_all(&buffers);
    return result;
}
