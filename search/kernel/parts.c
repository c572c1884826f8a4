/* Reading sets of documents from Python's arguments. */
#include "parts.h"

#define CODES 256

void *take_sized(Buffers *buffers, PyObject *object, size_t *size, size_t *count)
{
    if (buffers->count == MAX_BUFFERS) {
        PyErr_SetString(PyExc_ValueError, "too many arrays");
        return NULL;
    }
    Py_buffer *view = &buffers->views[buffers->count];
    if (PyObject_GetBuffer(object, view, PyBUF_CONTIG_RO) < 0)
        return NULL;
    buffers->count++;
    if (view->itemsize != 1 && view->itemsize != 2 && view->itemsize != 4 && view->itemsize != 8) {
        PyErr_SetString(PyExc_ValueError, "elements of 1, 2, 4 or 8 bytes expected");
        return NULL;
    }
    *size = (size_t)view->itemsize;
    *count = (size_t)(view->len / view->itemsize);
    return view->buf ? view->buf : (void *)buffers;
}

/* An array of so many elements, or NULL for None; 0 with an error set. */
static int take_row(Part *part, PyObject *object, Py_ssize_t size, size_t wanted, const void **to)
{
    Py_ssize_t count;
    *to = NULL;
    if (object == Py_None)
        return 1;
    *to = take(&part->held, object, size, &count, 0);
    if (*to && (size_t)count != wanted) {
        PyErr_Format(PyExc_ValueError, "%zd elements expected, not %zd", (Py_ssize_t)wanted, count);
        return 0;
    }
    return *to != NULL;
}

static int take_frequencies(Part *part, PyObject *object)
{
    size_t size, count;
    const void *data = take_sized(&part->held, object, &size, &count);
    if (!data)
        return 0;
    if (count != part->count || (size != 1 && size != 4)) {
        PyErr_SetString(PyExc_ValueError, "a frequency of 1 or 4 bytes for each document expected");
        return 0;
    }
    if (size == 1)
        part->frequencies8 = data;
    else
        part->frequencies32 = data;
    return 1;
}

static int take_term(Part *part, PyObject *tuple, size_t documents)
{
    double *numbers[] = {&part->idf, &part->k1, &part->scale, &part->boost};
    part->is_term = 1;
    if (!take_frequencies(part, PyTuple_GetItem(tuple, 1)) ||
        !take_row(part, PyTuple_GetItem(tuple, 2), 1, documents, (const void **)&part->row) ||
        !take_row(part, PyTuple_GetItem(tuple, 3), 1, documents, (const void **)&part->codes) ||
        !take_row(part, PyTuple_GetItem(tuple, 4), 8, CODES, (const void **)&part->divisors))
        return 0;
    for (int at = 0; at < 4; at++) {
        *numbers[at] = PyFloat_AsDouble(PyTuple_GetItem(tuple, 5 + at));
        if (*numbers[at] == -1.0 && PyErr_Occurred())
            return 0;
    }
    if (part->codes && !part->divisors) {
        PyErr_SetString(PyExc_ValueError, "lengths need divisors");
        return 0;
    }
    return 1;
}

static int part_from(Part *part, PyObject *tuple, size_t documents)
{
    Py_ssize_t items = PyTuple_Check(tuple) ? PyTuple_Size(tuple) : 0, count;
    if (items != 2 && items != 9) {
        PyErr_SetString(PyExc_TypeError, "a part is a tuple of 2 or of 9");
        return 0;
    }
    part->ids = take(&part->held, PyTuple_GetItem(tuple, 0), 4, &count, 0);
    if (!part->ids)
        return 0;
    part->count = (size_t)count;
    if (items == 9)
        return take_term(part, tuple, documents);
    return take_row(part, PyTuple_GetItem(tuple, 1), 8, part->count, (const void **)&part->scores);
}

int parts_from(Parts *parts, PyObject *list, Py_ssize_t documents)
{
    *parts = (Parts){0};
    if (!PyList_Check(list) || documents < 0 || documents > UINT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "a list of parts and a number of documents expected");
        return 0;
    }
    size_t count = (size_t)PyList_Size(list);
    parts->documents = (size_t)documents;
    parts->all = calloc(count ? count : 1, sizeof *parts->all);
    if (!parts->all) {
        PyErr_NoMemory();
        return 0;
    }
    for (size_t at = 0; at < count; at++) {
        parts->count++;
        if (!part_from(&parts->all[at], PyList_GetItem(list, (Py_ssize_t)at), parts->documents))
            return 0;
    }
    return 1;
}

void parts_release(Parts *parts)
{
    for (size_t at = 0; at < parts->count; at++)
        release_all(&parts->all[at].held);
    free(parts->all);
    *parts = (Parts){0};
}

size_t parts_total(const Parts *parts)
{
    size_t total = 0;
    for (size_t at = 0; at < parts->count; at++)
        total += parts->all[at].count;
    return total;
}

int take_output(Output *output, Buffers *buffers, PyObject *ids, PyObject *scores)
{
    Py_ssize_t room, score_room;
    *output = (Output){0};
    output->ids = take(buffers, ids, 4, &room, 1);
    if (!output->ids)
        return 0;
    output->room = (size_t)room;
    if (scores == Py_None)
        return 1;
    output->scores = take(buffers, scores, 8, &score_room, 1);
    if (output->scores && score_room != room)
        PyErr_SetString(PyExc_ValueError, "as many scores as documents expected");
    return output->scores && score_room == room;
}

PyObject *count_or_error(const Output *output, const char *problem)
{
    if (!problem)
        return PyLong_FromSize_t(output->count);
    PyErr_SetString(PyExc_ValueError, problem);
    return NULL;
}
