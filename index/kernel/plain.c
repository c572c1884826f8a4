/* Whether JSON gives a value back as it is. */
#include "kernel.h"

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
