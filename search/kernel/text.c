/* Texts and what their characters are: the tables, filled from Python, and the way in. */
#include "text.h"
#include "../../index/kernel/tokens.h"

uint8_t character_traits[0x10000];

/* (classes, traits): what each character U+0000 to U+FFFF is, a byte each. */
PyObject *set_characters(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 2))
        return NULL;
    uint8_t *tables[] = {character_classes, character_traits};
    for (int at = 0; at < 2; at++) {
        char *data;
        Py_ssize_t size;
        if (PyBytes_AsStringAndSize(given_[at], &data, &size) < 0)
            return NULL;
        if (size != 0x10000) {
            PyErr_SetString(PyExc_ValueError, "a byte for each of 65,536 characters expected");
            return NULL;
        }
        memcpy(tables[at], data, (size_t)size);
    }
    Py_RETURN_NONE;
}

static int find_starts(Text *text)
{
    text->starts = malloc((text->size + 1) * sizeof *text->starts);
    if (!text->starts) {
        PyErr_NoMemory();
        return -1;
    }
    size_t count = 0;
    for (size_t at = 0; at < text->size; at++)
        if ((text->bytes[at] & 0xC0) != 0x80)
            text->starts[count++] = (uint32_t)at;
    text->starts[count] = (uint32_t)text->size;
    text->count = count;
    return 1;
}

int look_at(Text *text, PyObject *object)
{
    Py_ssize_t size;
    text->starts = NULL;
    text->bytes = (const uint8_t *)PyUnicode_AsUTF8AndSize(object, &size);
    if (!text->bytes) {
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    if (size >= INT32_MAX)
        return 0;
    text->size = text->count = (size_t)size;
    return all_ascii(text->bytes, text->size) ? 1 : find_starts(text);
}

void leave(Text *text)
{
    free(text->starts);
    text->starts = NULL;
}
