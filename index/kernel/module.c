#include "kernel.h"
#include "version.h"

#define FAST(name, text) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, text}
#define ONE(name, text) {#name, name, METH_O, text}

static PyMethodDef functions[] = {
    ONE(set_classes, "What each character U+0000 to U+FFFF is: 65,536 bytes."),
    ONE(token_bounds, "Start, end and whether followed, of each raw token; None if unable."),
    ONE(make_table, "An empty table of strings, with a secret number of its own."),
    ONE(table_size, "How many strings a table holds."),
    FAST(string_numbers, "The numbers of byte strings in a table, new ones put in."),
    FAST(words_of, "The numbers of the words of texts in a table, new ones put in."),
    FAST(ordered_strings, "Numbers in the order of their strings, and the strings."),
    FAST(inverted, "Words of texts to places by term."),
    FAST(by_term, "Places sorted by term."),
    FAST(grouped, "Sorted places to documents, frequencies and positions."),
    FAST(pack_documents, "Document numbers to bytes."),
    FAST(unpack_documents, "Bytes to document numbers."),
    FAST(pack_frequencies, "Frequencies to bytes."),
    FAST(unpack_frequencies, "Bytes to frequencies."),
    FAST(pack_positions, "Positions to bytes."),
    FAST(unpack_positions, "Bytes to positions."),
    ONE(merge_terms, "The sorted terms of several segments as one dictionary."),
    FAST(merge_postings, "The postings of several segments as those of one."),
    ONE(is_plain, "Whether JSON gives a value back as it is."),
    ONE(without_space, "A text of ASCII in small letters without white space."),
    {"keep_freed_memory", keep_freed_memory, METH_NOARGS, "Give no freed memory back."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "index._kernel",
    .m_doc = "Inner loops of indexing, compiled; index/_kernel.pyi says what each takes and gives.",
    .m_size = 0,
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__c_kernel(void)
{
    return PyModuleDef_Init(&module);
}
