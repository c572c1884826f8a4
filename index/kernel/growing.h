/* Memory that grows, and becomes a bytes object of Python's. */
#ifndef DATELINE_GROWING_H
#define DATELINE_GROWING_H

#include "arguments.h"

typedef struct {
    char *data;
    size_t used, room;
} Growing;

/* Room for so many bytes more, at the end; NULL only where memory is short. Needs no lock. */
static inline void *more(Growing *growing, size_t size)
{
    if (growing->used + size >= growing->room) {
        size_t room = (growing->used + size) * 2 + 256;
        char *data = realloc(growing->data, room);
        if (!data)
            return NULL;
        growing->data = data;
        growing->room = room;
    }
    void *place = growing->data + growing->used;
    growing->used += size;
    return place;
}

/* A result, or NULL with an error set: that memory is short where nothing else is said. */
static inline PyObject *result_or_error(PyObject *result)
{
    if (!result && !PyErr_Occurred())
        PyErr_NoMemory();
    return result;
}

static inline PyObject *as_bytes(const Growing *growing)
{
    return PyBytes_FromStringAndSize(growing->data, (Py_ssize_t)growing->used);
}

static inline void drop(Growing *growing)
{
    free(growing->data);
    growing->data = NULL;
}

#endif
