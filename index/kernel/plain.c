/* Whether JSON gives a value back as it is; texts as they are compared; memory that is kept. */
#include "kernel.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define KEPT (1 << 28)

static int plain(PyObject *value);

static int plain_list(PyObject *list)
{
    Py_ssize_t size = PyList_Size(list);
    for (Py_ssize_t at = 0; at < size; at++) {
        int is = plain(PyList_GetItem(list, at));
        if (is <= 0)
            return is;
    }
    return 1;
}

static int plain_dict(PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t place = 0;
    while (PyDict_Next(dict, &place, &key, &value)) {
        int is = PyUnicode_CheckExact(key) ? plain(value) : 0;
        if (is <= 0)
            return is;
    }
    return 1;
}

/* 1, 0, or -1 with an error set: where values hold each other too deeply. */
static int plain(PyObject *value)
{
    if (PyUnicode_CheckExact(value) || PyLong_CheckExact(value) || PyFloat_CheckExact(value) ||
        PyBool_Check(value) || value == Py_None)
        return 1;
    if (!PyList_CheckExact(value) && !PyDict_CheckExact(value))
        return 0;
    if (Py_EnterRecursiveCall(" while looking at a document"))
        return -1;
    int is = PyList_CheckExact(value) ? plain_list(value) : plain_dict(value);
    Py_LeaveRecursiveCall();
    return is;
}

PyObject *is_plain(PyObject *self, PyObject *value)
{
    (void)self;
    int is = plain(value);
    return is < 0 ? NULL : PyBool_FromLong(is);
}

/* What `index.release` compares of a text of ASCII: small letters, without white space; None for
   other texts. */
PyObject *without_space(PyObject *self, PyObject *text)
{
    (void)self;
    Py_ssize_t size;
    const char *from = PyUnicode_AsUTF8AndSize(text, &size);
    if (!from) {
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return NULL;
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    PyObject *result = PyBytes_FromStringAndSize(NULL, size);
    if (!result)
        return NULL;
    char *start = PyBytes_AsString(result), *to = start;
    unsigned char any = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        unsigned char byte = (unsigned char)from[at];
        any |= byte;
        *to = (char)(byte == '`' ? '\'' : byte | ((unsigned char)(byte - 'A') < 26 ? 32 : 0));
        to += !(byte == ' ' || (byte >= 9 && byte <= 13) || (byte >= 28 && byte <= 31));
    }
    if (any >= 0x80) {
        Py_DECREF(result);
        Py_RETURN_NONE;
    }
    PyObject *cut = PyBytes_FromStringAndSize(start, to - start);
    Py_DECREF(result);
    return cut;
}

/* Memory that is freed stays with the process: batch after batch needs the same, and to get it anew
   costs a page fault for every 4 KB. */
PyObject *keep_freed_memory(PyObject *self, PyObject *nothing)
{
    (void)self;
    (void)nothing;
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, KEPT);
    mallopt(M_TRIM_THRESHOLD, KEPT);
#endif
    Py_RETURN_NONE;
}
