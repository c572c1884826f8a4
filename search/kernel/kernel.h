/* The functions of the module `search._kernel`, by the file that holds them. */
#ifndef DATELINE_SEARCH_KERNEL_H
#define DATELINE_SEARCH_KERNEL_H

#include "../../index/kernel/arguments.h"

typedef PyObject *const *Arguments;

#endif
