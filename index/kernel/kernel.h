/* The functions of the module `index._kernel`, by the file that holds them. */
#ifndef DATELINE_KERNEL_H
#define DATELINE_KERNEL_H

#include "arguments.h"

typedef PyObject *const *Arguments;

/* words.c */
PyObject *set_classes(PyObject *self, PyObject *classes);
PyObject *token_bounds(PyObject *self, PyObject *text);
PyObject *make_table(PyObject *self, PyObject *secret);
PyObject *table_size(PyObject *self, PyObject *table);
PyObject *string_numbers(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *words_of(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *ordered_strings(PyObject *self, Arguments given_, Py_ssize_t count);

/* inversion.c */
PyObject *inverted(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *by_term(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *grouped(PyObject *self, Arguments given_, Py_ssize_t count);

/* postings.c */
PyObject *pack_documents(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *unpack_documents(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *pack_frequencies(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *unpack_frequencies(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *pack_positions(PyObject *self, Arguments given_, Py_ssize_t count);
PyObject *unpack_positions(PyObject *self, Arguments given_, Py_ssize_t count);

/* dictionary.c */
PyObject *merge_terms(PyObject *self, PyObject *list);

/* merging.c */
PyObject *merge_postings(PyObject *self, Arguments given_, Py_ssize_t count);

/* plain.c */
PyObject *is_plain(PyObject *self, PyObject *value);
PyObject *without_space(PyObject *self, PyObject *text);
PyObject *keep_freed_memory(PyObject *self, PyObject *nothing);

#endif
