/* The version of what the compiled loops of both packages take and give: raised with every change,
   together with `index.compiled.VERSION`, so that old ones are left aside. */
#ifndef DATELINE_VERSION_H
#define DATELINE_VERSION_H

#include "arguments.h"

#define KERNEL_VERSION 2

static int add_version(PyObject *module)
{
    return PyModule_AddIntConstant(module, "VERSION", KERNEL_VERSION);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)add_version},
    {0, NULL},
};

#endif
