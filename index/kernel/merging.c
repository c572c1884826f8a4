/* Postings of several segments to those of one: term after term, nothing is analysed again. */
#include "growing.h"
#include "kernel.h"
#include "packing.h"

#define MAX_SOURCES 4096
#define PIECES 12

/* A stream of packed numbers of one segment, read from its first term on. */
typedef struct {
    const uint8_t *packed, *modes;
    const int64_t *sizes;
    Py_ssize_t left;
} Packs;

/* One segment's part: the merged terms that it holds, and the new numbers of its documents. */
typedef struct {
    Buffers buffers;
    const int32_t *places;
    const int64_t *counts, *numbers;
    Packs documents, frequencies, positions;
    Py_ssize_t terms, next, size;
} Source;

typedef struct {
    Growing packed, sizes, modes;
} Written;

/* One term's postings while they are gathered, and all that was written. */
typedef struct {
    Growing documents, frequencies, positions;
    Written packed[3];
    Growing counts, totals;
    int with_positions;
    const char *fault; /* what is wrong with the segments; NULL for no memory */
} Merge;

static int take_packs(Source *source, PyObject *tuple, Py_ssize_t at, Packs *packs)
{
    Py_ssize_t sizes, modes;
    Buffers *buffers = &source->buffers;
    PyObject *size = PyTuple_GetItem(tuple, at + 1), *mode = PyTuple_GetItem(tuple, at + 2);
    packs->packed = take(buffers, PyTuple_GetItem(tuple, at), 1, &packs->left, 0);
    packs->sizes = packs->packed ? take(buffers, size, 8, &sizes, 0) : NULL;
    packs->modes = packs->sizes ? take(buffers, mode, 1, &modes, 0) : NULL;
    if (!packs->modes)
        return 0;
    if (sizes == source->terms && modes == source->terms)
        return 1;
    PyErr_SetString(PyExc_ValueError, "a size and a way for each term expected");
    return 0;
}

static int take_source(Source *source, PyObject *tuple)
{
    Py_ssize_t counts;
    Buffers *buffers = &source->buffers;
    if (PyTuple_Size(tuple) != PIECES) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "%d arrays a segment expected", PIECES);
        return 0;
    }
    PyObject *count = PyTuple_GetItem(tuple, 1), *number = PyTuple_GetItem(tuple, 2);
    source->places = take(buffers, PyTuple_GetItem(tuple, 0), 4, &source->terms, 0);
    source->counts = source->places ? take(buffers, count, 8, &counts, 0) : NULL;
    source->numbers = source->counts ? take(buffers, number, 8, &source->size, 0) : NULL;
    if (!source->numbers)
        return 0;
    if (counts != source->terms) {
        PyErr_SetString(PyExc_ValueError, "a count for each term expected");
        return 0;
    }
    return take_packs(source, tuple, 3, &source->documents) &&
           take_packs(source, tuple, 6, &source->frequencies) &&
           take_packs(source, tuple, 9, &source->positions);
}

static int damaged(Merge *merge)
{
    merge->fault = "packed numbers are damaged";
    return 0;
}

typedef int (*Unpack)(uint32_t *, size_t, const uint8_t *, size_t, uint8_t);

/* The next term's numbers, at the end of what was gathered; NULL where that fails. */
static uint32_t *unpacked(Merge *merge, Packs *packs, Py_ssize_t term, size_t count, Growing *to,
                          Unpack unpack)
{
    int64_t size = packs->sizes[term];
    uint32_t *numbers = more(to, count * sizeof *numbers);
    if (!numbers)
        return NULL;
    if (size < 0 || size > packs->left || packs->modes[term] > BITS ||
        !unpack(numbers, count, packs->packed, (size_t)size, packs->modes[term])) {
        damaged(merge);
        return NULL;
    }
    packs->packed += size;
    packs->left -= size;
    return numbers;
}

/* Gives documents their new numbers and takes out those that go, with all that is theirs. */
static int renumber(Merge *merge, const Source *source, uint32_t *documents, uint32_t *frequencies,
                    size_t count, uint32_t *positions)
{
    size_t kept = 0;
    uint32_t *to = positions;
    for (size_t at = 0; at < count; at++) {
        if (documents[at] >= (size_t)source->size)
            return damaged(merge);
        int64_t number = source->numbers[documents[at]];
        uint32_t frequency = frequencies[at];
        if (number >= 0) {
            documents[kept] = (uint32_t)number;
            frequencies[kept++] = frequency;
            if (positions && to != positions)
                memmove(to, positions, frequency * sizeof *to);
            to = positions ? to + frequency : NULL;
        }
        if (positions)
            positions += frequency;
    }
    merge->documents.used -= (count - kept) * sizeof *documents;
    merge->frequencies.used -= (count - kept) * sizeof *frequencies;
    merge->positions.used -= (size_t)(positions - to) * sizeof *to;
    return 1;
}

static int gather(Merge *merge, Source *source)
{
    Py_ssize_t term = source->next++;
    if (source->counts[term] < 0 || source->counts[term] > source->documents.left * 8)
        return damaged(merge);
    size_t count = (size_t)source->counts[term], total = 0;
    uint32_t *frequencies = unpacked(merge, &source->frequencies, term, count, &merge->frequencies,
                                     get_frequencies);
    uint32_t *documents = frequencies ? unpacked(merge, &source->documents, term, count,
                                                 &merge->documents, get_documents)
                                      : NULL;
    uint32_t *positions = NULL;
    if (!documents)
        return 0;
    for (size_t at = 0; at < count; at++)
        total += frequencies[at];
    if (merge->with_positions) {
        if (total > (size_t)source->positions.left)
            return damaged(merge);
        positions = unpacked(merge, &source->positions, term, total, &merge->positions,
                             get_positions);
        if (!positions)
            return 0;
    }
    return renumber(merge, source, documents, frequencies, count, positions);
}

typedef size_t (*Measure)(const uint32_t *, size_t, uint8_t *);
typedef void (*Put)(uint8_t *, const uint32_t *, size_t, size_t, uint8_t);

static int write_packed(Written *to, const Growing *numbers, Measure measure, Put put)
{
    size_t count = numbers->used / 4;
    int64_t *size = more(&to->sizes, sizeof *size);
    uint8_t *mode = size ? more(&to->modes, 1) : NULL;
    if (!mode)
        return 0;
    *mode = 0;
    *size = count ? (int64_t)measure((uint32_t *)numbers->data, count, mode) : 0;
    uint8_t *place = more(&to->packed, (size_t)*size);
    if (place && count)
        put(place, (uint32_t *)numbers->data, count, (size_t)*size, *mode);
    return place != NULL;
}

static int write_term(Merge *merge)
{
    int64_t *count = more(&merge->counts, sizeof *count);
    int64_t *total = count ? more(&merge->totals, sizeof *total) : NULL;
    if (!total)
        return 0;
    *count = (int64_t)(merge->documents.used / 4);
    *total = 0;
    for (int64_t at = 0; at < *count; at++)
        *total += ((uint32_t *)merge->frequencies.data)[at];
    Written *to = merge->packed;
    return write_packed(&to[0], &merge->documents, documents_size, put_documents) &&
           write_packed(&to[1], &merge->frequencies, frequencies_size, put_frequencies) &&
           write_packed(&to[2], &merge->positions, positions_size, put_positions);
}

static int merge_all(Merge *merge, Source *sources, Py_ssize_t count, Py_ssize_t terms)
{
    for (Py_ssize_t term = 0; term < terms; term++) {
        merge->documents.used = merge->frequencies.used = merge->positions.used = 0;
        for (Py_ssize_t at = 0; at < count; at++) {
            Source *source = &sources[at];
            if (source->next < source->terms && source->places[source->next] == term &&
                !gather(merge, source))
                return 0;
        }
        if (!write_term(merge))
            return 0;
    }
    for (Py_ssize_t at = 0; at < count; at++)
        if (sources[at].next < sources[at].terms) {
            merge->fault = "the terms of a segment do not ascend";
            return 0;
        }
    return 1;
}

static PyObject *written(const Written *packed)
{
    return Py_BuildValue("(NNN)", as_bytes(&packed->packed), as_bytes(&packed->sizes),
                         as_bytes(&packed->modes));
}

static void drop_merge(Merge *merge)
{
    drop(&merge->documents);
    drop(&merge->frequencies);
    drop(&merge->positions);
    drop(&merge->counts);
    drop(&merge->totals);
    for (int at = 0; at < 3; at++) {
        drop(&merge->packed[at].packed);
        drop(&merge->packed[at].sizes);
        drop(&merge->packed[at].modes);
    }
}

/* (segments, number of terms, whether there are positions) -> documents a term, occurrences a term
   (int64 each), then documents, frequencies and positions as the packing functions give them.

   A segment: places among the merged terms (int32), counts (int64), new number of each document
   (int64, -1 if it goes), then three arrays each (packed, sizes, ways) for its documents, its
   frequencies and its positions. */
PyObject *merge_postings(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Merge merge = {0};
    PyObject *result = NULL;
    Py_ssize_t segments = given(count, 3) ? PyList_Size(given_[0]) : -1, taken = 0;
    Py_ssize_t terms = segments < 0 ? -1 : PyLong_AsSsize_t(given_[1]);
    merge.with_positions = terms < 0 ? -1 : PyObject_IsTrue(given_[2]);
    if (merge.with_positions < 0)
        return NULL;
    if (segments > MAX_SOURCES)
        return PyErr_Format(PyExc_ValueError, "%d segments at the most", MAX_SOURCES);
    Source *sources = calloc((size_t)segments + 1, sizeof *sources);
    if (!sources)
        return PyErr_NoMemory();
    while (taken < segments && take_source(&sources[taken], PyList_GetItem(given_[0], taken)))
        taken++;
    int merged = 0;
    if (taken == segments) {
        Py_BEGIN_ALLOW_THREADS
        merged = merge_all(&merge, sources, segments, terms);
        Py_END_ALLOW_THREADS
        if (!merged && merge.fault)
            PyErr_SetString(PyExc_ValueError, merge.fault);
    }
    if (merged)
        result = Py_BuildValue("(NNNNN)", as_bytes(&merge.counts), as_bytes(&merge.totals),
                               written(&merge.packed[0]), written(&merge.packed[1]),
                               written(&merge.packed[2]));
    for (Py_ssize_t at = 0; at < segments; at++)
        release_all(&sources[at].buffers);
    free(sources);
    drop_merge(&merge);
    return result_or_error(result);
}
