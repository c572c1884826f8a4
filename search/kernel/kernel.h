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

/* sets.c */
PyObject *unite_parts(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *keep_documents(PyObject *self, Arguments given_, Py_ssize_t count);

/* phrases.c */
PyObject *match_phrase(PyObject *self, Arguments given_, Py_ssize_t count);

/* packed.c */
PyObject *mark_documents(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *unpack_postings(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *spread_frequencies(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *marked_documents(PyObject *self, Arguments given_, Py_ssize_t count);

/* near.c */
PyObject *near_words(PyObject *self, Arguments given_, Py_ssize_t count);

/* order.c */
PyObject *first_places(PyObject *self, Arguments given_, Py_ssize_t count);

/* filters.c */
PyObject *sift_documents(PyObject *self, Arguments given_, Py_ssize_t count);

/* counts.c */
PyObject *count_values(PyObject *self, Arguments given_, Py_ssize_t count);

#endif
