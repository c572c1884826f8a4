/* Counting documents by their values in columns. */
#include "kernel.h"

#define WAYS 4 /* tables that take turns: equal values in a row do not wait for each other */
#define LONG 10000

static int tally(const uint32_t *ids, size_t count, const int32_t *column, size_t documents,
                 uint32_t *counts, size_t values)
{
    for (size_t at = 0; at < count; at++) {
        uint32_t id = ids[at];
        if (id >= documents)
            return 0;
        uint32_t value = (uint32_t)column[id];
        if (value >= values)
            return 0;
        counts[at % WAYS * values + value]++;
    }
    for (size_t value = 0; value < values; value++)
        for (size_t way = 1; way < WAYS; way++)
            counts[value] += counts[way * values + value];
    return 1;
}

static PyObject *tallied(const uint32_t *ids, size_t count, const int32_t *column, size_t documents,
                         size_t values)
{
    PyObject *result = NULL;
    uint32_t *counts = values < SIZE_MAX / 64 ? calloc(values * WAYS + 1, sizeof *counts) : NULL;
    if (!counts)
        return PyErr_NoMemory();
    int fits;
    if (count < LONG) {
        fits = tally(ids, count, column, documents, counts, values);
    } else {
        Py_BEGIN_ALLOW_THREADS
        fits = tally(ids, count, column, documents, counts, values);
        Py_END_ALLOW_THREADS
    }
    if (fits)
        result = PyBytes_FromStringAndSize((char *)counts, (Py_ssize_t)(values * sizeof *counts));
    else
        PyErr_SetString(PyExc_IndexError, "a document or a value that there is not");
    free(counts);
    return result;
}

/* (ids, a value of every document, number of values) -> how many have each value (uint32). */
PyObject *count_values(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 3))
        return NULL;
    Buffers buffers = {.count = 0};
    Py_ssize_t ids_count, documents;
    PyObject *result = NULL;
    size_t values = PyLong_AsSize_t(given_[2]);
    const uint32_t *ids = PyErr_Occurred() ? NULL : take(&buffers, given_[0], 4, &ids_count, 0);
    const int32_t *column = ids ? take(&buffers, given_[1], 4, &documents, 0) : NULL;
    if (column)
        result = tallied(ids, (size_t)ids_count, column, (size_t)documents, values);
    release_all(&buffers);
    return result;
}
