/* Arguments from Python: arrays as buffers of a known size of element. */
#ifndef DATELINE_ARGUMENTS_H
#define DATELINE_ARGUMENTS_H

#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BUFFERS 16

/* Buffers of one call, which `release_all` lets go together. */
typedef struct {
    Py_buffer views[MAX_BUFFERS];
    int count;
} Buffers;

/* The data of an array whose elements take `size` bytes, and their number; NULL with an error
   set. */
static inline void *take(Buffers *buffers, PyObject *object, Py_ssize_t size, Py_ssize_t *count,
                         int writable)
{
    if (buffers->count == MAX_BUFFERS) {
        PyErr_SetString(PyExc_ValueError, "too many arrays");
        return NULL;
    }
    Py_buffer *view = &buffers->views[buffers->count];
    int flags = writable ? PyBUF_CONTIG : PyBUF_CONTIG_RO;
    if (PyObject_GetBuffer(object, view, flags) < 0)
        return NULL;
    buffers->count++;
    if (view->itemsize != size) {
        PyErr_Format(PyExc_ValueError, "elements of %zd bytes expected, not of %zd", size,
                     view->itemsize);
        return NULL;
    }
    *count = view->len / size;
    return view->buf ? view->buf : (void *)buffers;
}

static inline void release_all(Buffers *buffers)
{
    while (buffers->count)
        PyBuffer_Release(&buffers->views[--buffers->count]);
}

/* Checks how many arguments a function of METH_FASTCALL was given. */
static inline int given(Py_ssize_t count, Py_ssize_t wanted)
{
    if (count == wanted)
        return 1;
    PyErr_Format(PyExc_TypeError, "%zd arguments expected, not %zd", wanted, count);
    return 0;
}

#endif
