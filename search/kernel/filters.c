/* Found documents under the filters of a search. */
#include "kernel.h"

#define LONG 10000

typedef struct {
    const int32_t *values;       /* every document's value, NULL without a filter by value */
    const uint8_t *chosen;       /* by value, whether it is wanted */
    const int32_t *first, *last; /* every document's days, NULL without a filter by date */
    int32_t low, high;
    int undated;                 /* whether documents without a day pass, 0 in `first` */
    size_t choices, documents;
} Filter;

typedef struct {
    const uint32_t *ids;
    const double *scores;
    size_t count;
    uint32_t *kept;
    double *kept_scores;
} Sieve;

/* Whether a document's days fit, without a branch: which ones do, nobody can foresee. */
static inline size_t within(const Filter *filter, uint32_t id)
{
    int32_t first = filter->first[id];
    int fits = (first >= filter->low) & (filter->last[id] <= filter->high);
    return (size_t)(fits | (filter->undated & (first == 0)));
}

static Py_ssize_t sift(const Filter *filter, Sieve *sieve)
{
    size_t kept = 0;
    for (size_t at = 0; at < sieve->count; at++) {
        uint32_t id = sieve->ids[at];
        size_t passes = 1;
        if (id >= filter->documents)
            return -1;
        if (filter->values) {
            uint32_t value = (uint32_t)filter->values[id];
            if (value >= filter->choices)
                return -1;
            passes = filter->chosen[value] != 0;
        }
        if (filter->first)
            passes &= within(filter, id);
        sieve->kept[kept] = id;
        if (sieve->scores)
            sieve->kept_scores[kept] = sieve->scores[at];
        kept += passes;
    }
    return (Py_ssize_t)kept;
}

static int wrong(const char *problem)
{
    PyErr_SetString(PyExc_ValueError, problem);
    return 0;
}

static int take_sieve(Sieve *sieve, Buffers *buffers, Arguments given_)
{
    Py_ssize_t count, scores, room, score_room;
    if (!(sieve->ids = take(buffers, given_[0], 4, &count, 0)) ||
        !(sieve->kept = take(buffers, given_[9], 4, &room, 1)))
        return 0;
    sieve->count = (size_t)count;
    if (room < count)
        return wrong("room for every document expected");
    if (given_[1] == Py_None)
        return 1;
    if (!(sieve->scores = take(buffers, given_[1], 8, &scores, 0)) ||
        !(sieve->kept_scores = take(buffers, given_[10], 8, &score_room, 1)))
        return 0;
    return (scores == count && score_room >= count) || wrong("a score of every document expected");
}

static int take_filter(Filter *filter, Buffers *buffers, Arguments given_)
{
    Py_ssize_t documents = PY_SSIZE_T_MAX, choices, first, last;
    if (given_[2] != Py_None) {
        if (!(filter->values = take(buffers, given_[2], 4, &documents, 0)) ||
            !(filter->chosen = take(buffers, given_[3], 1, &choices, 0)))
            return 0;
        filter->choices = (size_t)choices;
    }
    if (given_[4] != Py_None) {
        if (!(filter->first = take(buffers, given_[4], 4, &first, 0)) ||
            !(filter->last = take(buffers, given_[5], 4, &last, 0)))
            return 0;
        if (first != last || (filter->values && first != documents))
            return wrong("columns of one length expected");
        documents = first;
    }
    filter->documents = (size_t)documents;
    filter->low = (int32_t)PyLong_AsLong(given_[6]);
    filter->high = PyErr_Occurred() ? 0 : (int32_t)PyLong_AsLong(given_[7]);
    filter->undated = PyErr_Occurred() ? 0 : PyObject_IsTrue(given_[8]);
    return !PyErr_Occurred();
}

static PyObject *sifted(const Filter *filter, Sieve *sieve)
{
    Py_ssize_t kept;
    if (sieve->count < LONG) {
        kept = sift(filter, sieve);
    } else {
        Py_BEGIN_ALLOW_THREADS
        kept = sift(filter, sieve);
        Py_END_ALLOW_THREADS
    }
    if (kept >= 0)
        return PyLong_FromSsize_t(kept);
    PyErr_SetString(PyExc_IndexError, "a document or a value that there is not");
    return NULL;
}

/* (ids, scores or None, values or None, chosen by value, first days or None, last days, low, high,
   undated, room for ids, room for scores or None) -> how many pass and are written: of a chosen
   value, and within the days. */
PyObject *sift_documents(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 11))
        return NULL;
    Buffers buffers = {.count = 0};
    Filter filter = {0};
    Sieve sieve = {0};
    PyObject *result = NULL;
    if (take_filter(&filter, &buffers, given_) && take_sieve(&sieve, &buffers, given_))
        result = sifted(&filter, &sieve);
    release_all(&buffers);
    return result;
}
