#include "kernel.h"
#include "../../index/kernel/version.h"

#define FAST(name, text) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, text}
#define ONE(name, text) {#name, name, METH_O, text}

static PyMethodDef functions[] = {
    FAST(set_characters, "What each character U+0000 to U+FFFF is, in two tables."),
    FAST(make_sought, "What a query looks for in a text."),
    FAST(find_spans, "Where a text holds what is sought; None if unable."),
    ONE(single_spaced, "A text with runs of blanks as one space; None if unable."),
    FAST(marked, "A text as HTML with marks; None if unable."),
    FAST(snippets, "Stretches of a text as HTML with marks; None if unable."),
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "search._kernel",
    .m_doc = "Inner loops of searching, compiled; search/_kernel.pyi says what each takes.",
    .m_size = 0,
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__c_kernel(void)
{
    return PyModuleDef_Init(&module);
}
