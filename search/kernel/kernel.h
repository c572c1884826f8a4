/* The functions of the module `search._kernel`, by the file that holds them. */
#ifndef DATELINE_SEARCH_KERNEL_H
#define DATELINE_SEARCH_KERNEL_H

#include "../../index/kernel/arguments.h"

typedef PyObject *const *Arguments;

/* text.c */
PyObject *set_characters(PyObject *self, Arguments given_, Py_ssize_t count);

/* sought.c */
PyObject *make_sought(PyObject *self, Arguments given_, Py_ssize_t count);

/* spans.c */
PyObject *find_spans(PyObject *self, Arguments given_, Py_ssize_t count);

/* snippets.c */
PyObject *single_spaced(PyObject *self, PyObject *text);
PyObject *marked(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *snippets(PyObject *self, Arguments given_, Py_ssize_t count);

#endif
