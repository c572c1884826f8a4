/* The first documents in an order: one pass, with the best so far in a heap whose top is the
   worst. */
#include "kernel.h"

#define LONG 10000

typedef struct {
    double score;
    int32_t rank;   /* among documents of one score: the lower comes first */
    uint32_t place; /* among the matches */
} Entry;

typedef struct {
    Entry *entries;
    size_t count, room;
} Heap;

static inline int before(const Entry *a, const Entry *b)
{
    if (a->score != b->score)
        return a->score > b->score;
    return a->rank != b->rank ? a->rank < b->rank : a->place < b->place;
}

static void sink(Entry *entries, size_t count, size_t at)
{
    Entry sinking = entries[at];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && before(&entries[child], &entries[child + 1]))
            child++;
        if (!before(&sinking, &entries[child]))
            break;
        entries[at] = entries[child];
    }
    entries[at] = sinking;
}

static void offer(Heap *heap, Entry entry)
{
    if (heap->count < heap->room) {
        heap->entries[heap->count++] = entry;
        if (heap->count == heap->room)
            for (size_t at = heap->count / 2; at-- > 0;)
                sink(heap->entries, heap->count, at);
    } else if (before(&entry, heap->entries)) {
        heap->entries[0] = entry;
        sink(heap->entries, heap->count, 0);
    }
}

/* The entries in order, by sorting the heap: its top goes to the end, again and again. */
static void sort(Heap *heap)
{
    if (heap->count < heap->room)
        for (size_t at = heap->count / 2; at-- > 0;)
            sink(heap->entries, heap->count, at);
    for (size_t last = heap->count; last > 1;) {
        Entry worst = heap->entries[0];
        heap->entries[0] = heap->entries[--last];
        heap->entries[last] = worst;
        sink(heap->entries, last, 0);
    }
}

typedef struct {
    const uint32_t *ids;
    const double *scores; /* NULL: all the same */
    const int32_t *ranks;
    size_t count, documents;
} Candidates;

/* Whether the last document comes before the first: then the walk begins there, for whoever comes
   late and is better has to be put in its place. */
static int backwards(const Candidates *among)
{
    uint32_t first = among->ids[0], last = among->ids[among->count - 1];
    return !among->scores && first < among->documents && last < among->documents &&
           among->ranks[last] < among->ranks[first];
}

static int choose(const Candidates *among, Heap *heap)
{
    int turned = backwards(among);
    for (size_t step = 0; step < among->count; step++) {
        size_t at = turned ? among->count - 1 - step : step;
        double score = among->scores ? among->scores[at] : 0.0;
        if (heap->count == heap->room && score < heap->entries[0].score)
            continue;
        if (among->ids[at] >= among->documents)
            return 0;
        offer(heap, (Entry){score, among->ranks[among->ids[at]], (uint32_t)at});
    }
    sort(heap);
    return 1;
}

static int take_candidates(Candidates *among, Buffers *buffers, Arguments given_)
{
    Py_ssize_t count, scores = 0, documents;
    among->ids = take(buffers, given_[0], 4, &count, 0);
    among->ranks = among->ids ? take(buffers, given_[2], 4, &documents, 0) : NULL;
    if (!among->ranks)
        return 0;
    among->count = (size_t)count;
    among->documents = (size_t)documents;
    if (given_[1] == Py_None)
        return count < UINT32_MAX;
    among->scores = take(buffers, given_[1], 8, &scores, 0);
    if (among->scores && scores != count)
        PyErr_SetString(PyExc_ValueError, "a score of every document expected");
    return among->scores && scores == count;
}

static PyObject *places(const Heap *heap)
{
    PyObject *list = PyList_New((Py_ssize_t)heap->count);
    for (size_t at = 0; list && at < heap->count; at++) {
        PyObject *place = PyLong_FromUnsignedLong(heap->entries[at].place);
        if (!place || PyList_SetItem(list, (Py_ssize_t)at, place) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;
}

/* (ids, scores or None, every document's rank, how many) -> places of the first ones: by score, the
   highest first, then by rank, the lowest first. */
PyObject *first_places(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 4))
        return NULL;
    Buffers buffers = {.count = 0};
    Candidates among = {0};
    Heap heap = {0};
    PyObject *result = NULL;
    size_t wanted = PyLong_AsSize_t(given_[3]);
    if (!PyErr_Occurred() && take_candidates(&among, &buffers, given_)) {
        int fits = 1;
        heap.room = wanted < among.count ? wanted : among.count;
        heap.entries = malloc((heap.room + 1) * sizeof *heap.entries);
        if (!heap.entries) {
            PyErr_NoMemory();
        } else if (heap.room && among.count < LONG) {
            fits = choose(&among, &heap);
        } else if (heap.room) {
            Py_BEGIN_ALLOW_THREADS
            fits = choose(&among, &heap);
            Py_END_ALLOW_THREADS
        }
        if (!fits)
            PyErr_SetString(PyExc_IndexError, "a document beyond the ranks");
        else if (heap.entries)
            result = places(&heap);
    }
    free(heap.entries);
    release_all(&buffers);
    return result;
}
