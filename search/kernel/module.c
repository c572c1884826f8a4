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
    FAST(unite_parts, "Documents of any of some sets, scores added or the highest taken."),
    FAST(keep_documents, "Found documents that other sets hold too, or do not hold."),
    FAST(match_phrase, "Documents in which words stand one after the other."),
    FAST(mark_documents, "The documents of packed terms, marked in a row of bits."),
    FAST(marked_documents, "The places of the bits that are 1."),
    FAST(unpack_postings, "A term's documents and frequencies from their bytes."),
    FAST(spread_frequencies, "A term's frequencies put into a row over all documents."),
    FAST(near_words, "Words of a dictionary that differ in few letters."),
    FAST(first_places, "Places of the highest scores, equal ones by rank."),
    FAST(sift_documents, "Found documents of chosen values and days."),
    FAST(count_values, "How many documents have each value of a column."),
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
