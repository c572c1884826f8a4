/* Texts of Python's as they are looked at here: bytes in UTF-8, and characters in them. */
#ifndef DATELINE_SEARCH_TEXT_H
#define DATELINE_SEARCH_TEXT_H

#include "kernel.h"

/* What a character is to snippets. */
enum {
    BLANK = 1, /* white space, but no line break */
    WIDE = 2,
};

/* Traits of the characters U+0000 to U+FFFF, as Python's patterns have them. */
extern uint8_t character_traits[0x10000];

typedef struct {
    const uint8_t *bytes;
    size_t size, count;
    uint32_t *starts; /* the byte at which each character begins, and the size; NULL for ASCII */
} Text;

/* 1; 0 for a text that has no UTF-8 or is too long for us; -1 with an error set. */
int look_at(Text *text, PyObject *object);
void leave(Text *text);

/* The code of the character that begins at a byte, and how many bytes it takes. */
static inline uint32_t decoded(const uint8_t *bytes, size_t *width)
{
    uint32_t first = bytes[0];
    if (first < 0x80) {
        *width = 1;
        return first;
    }
    if (first < 0xE0) {
        *width = 2;
        return (first & 0x1F) << 6 | (bytes[1] & 0x3Fu);
    }
    if (first < 0xF0) {
        *width = 3;
        return (first & 0x0F) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu);
    }
    *width = 4;
    return (first & 0x07) << 18 | (bytes[1] & 0x3Fu) << 12 | (bytes[2] & 0x3Fu) << 6 |
           (bytes[3] & 0x3Fu);
}

static inline size_t byte_of(const Text *text, size_t character)
{
    return text->starts ? text->starts[character] : character;
}

static inline uint32_t code_at(const Text *text, size_t character)
{
    size_t width;
    return decoded(text->bytes + byte_of(text, character), &width);
}

static inline int has_trait(uint32_t code, uint8_t trait)
{
    return code < 0x10000 && character_traits[code] & trait;
}

static inline int all_ascii(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t at = 0; at < size; at++)
        any |= bytes[at];
    return any < 0x80;
}

/* A stretch of a text, in characters, and the part of the query that it answers. */
typedef struct {
    int32_t start, end, clause;
} Span;

#endif
