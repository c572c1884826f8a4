#include "tokens.h"

#include <string.h>

uint8_t character_classes[0x10000];

/* One character of three bytes at the most; the text is valid UTF-8. */
static size_t decoded(const unsigned char *text, uint32_t *code)
{
    if (text[0] < 0x80) {
        *code = text[0];
        return 1;
    }
    if (text[0] < 0xE0) {
        *code = (uint32_t)(text[0] & 0x1F) << 6 | (text[1] & 0x3F);
        return 2;
    }
    if (text[0] < 0xF0) {
        *code = (uint32_t)(text[0] & 0x0F) << 12 | (uint32_t)(text[1] & 0x3F) << 6 |
                (text[2] & 0x3F);
        return 3;
    }
    return 0;
}

ptrdiff_t classify(const char *text, size_t size, uint8_t *classes, uint32_t *starts)
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (!starts) {
        for (size_t at = 0; at < size; at++)
            classes[at] = character_classes[bytes[at]];
        return (ptrdiff_t)size;
    }
    size_t count = 0;
    for (size_t at = 0; at < size; count++) {
        uint32_t code;
        size_t width = decoded(bytes + at, &code);
        if (!width)
            return -1;
        starts[count] = (uint32_t)at;
        classes[count] = character_classes[code];
        at += width;
    }
    starts[count] = (uint32_t)size;
    return (ptrdiff_t)count;
}

static int is(const uint8_t *classes, size_t count, size_t at, uint8_t kind)
{
    return at < count && classes[at] & kind;
}

#define EIGHT(kind) ((kind) * 0x0101010101010101u)

/* The first of eight characters of which the kinds (one bit of each byte) hold. */
static size_t first_of(uint64_t kinds)
{
    return (size_t)__builtin_ctzll(kinds) / 8;
}

/* The end of a run of characters of a kind: eight are looked at in one step, which has no branch
   that goes another way for each word. */
static size_t run(const uint8_t *classes, size_t count, size_t at, uint8_t kind)
{
    for (uint64_t eight; at + 8 <= count; at += 8) {
        memcpy(&eight, classes + at, 8);
        eight = ~eight & EIGHT(kind);
        if (eight)
            return at + first_of(eight);
    }
    while (at < count && classes[at] & kind)
        at++;
    return at;
}

/* The next character that a token may begin with, or `count`. */
static size_t next_start(const uint8_t *classes, size_t count, size_t at)
{
    for (uint64_t eight; at + 8 <= count; at += 8) {
        memcpy(&eight, classes + at, 8);
        eight &= EIGHT(LETTER | UNSPACED);
        if (eight)
            return at + first_of(eight);
    }
    while (at < count && !(classes[at] & (LETTER | UNSPACED)))
        at++;
    return at;
}

static int three_digits(const uint8_t *classes, size_t count, size_t at)
{
    return at + 3 <= count && classes[at] & classes[at + 1] & classes[at + 2] & DIGIT;
}

/* 1 200 or 1,200.50: the end, or 0. */
static size_t thousands(const uint8_t *classes, size_t count, size_t start, size_t digits_end)
{
    if (start && classes[start - 1] & (DIGIT | DOT | COMMA))
        return 0;
    if (digits_end - start > 3)
        return 0;
    size_t end = digits_end;
    while (is(classes, count, end, THOUSANDS) && three_digits(classes, count, end + 1))
        end += 4;
    if (is(classes, count, end, DIGIT))
        end -= 4;
    if (end <= digits_end || end < start)
        return 0;
    if (is(classes, count, end, DOT) && is(classes, count, end + 1, DIGIT))
        end = run(classes, count, end + 1, DIGIT);
    return end;
}

/* 3.5 or 1.2.3: the end, or 0. */
static size_t decimal(const uint8_t *classes, size_t count, size_t digits_end)
{
    size_t end = digits_end;
    while (is(classes, count, end, DOT) && is(classes, count, end + 1, DIGIT))
        end = run(classes, count, end + 1, DIGIT);
    return end > digits_end ? end : 0;
}

/* U.S. or U.N: the end, or 0. */
static size_t acronym(const uint8_t *classes, size_t count, size_t start)
{
    size_t end = start, pairs = 0;
    for (; is(classes, count, end, LETTER) && is(classes, count, end + 1, DOT); pairs++)
        end += 2;
    if (pairs < 2)
        return 0;
    if (!is(classes, count, end, LETTER))
        return end;
    if (!is(classes, count, end + 1, LETTER))
        return end + 1;
    return pairs > 2 ? end - 1 : 0;
}

/* Words and compounds. */
static size_t word(const uint8_t *classes, size_t count, size_t start)
{
    size_t end = run(classes, count, start, LETTER);
    while (is(classes, count, end, JOINT) && is(classes, count, end + 1, LETTER))
        end = run(classes, count, end + 1, LETTER);
    return end;
}

static size_t end_of(const uint8_t *classes, size_t count, size_t start)
{
    if (classes[start] & DIGIT) {
        size_t digits_end = run(classes, count, start, DIGIT);
        size_t end = thousands(classes, count, start, digits_end);
        if (end || (end = decimal(classes, count, digits_end)))
            return end;
    }
    if (is(classes, count, start + 1, DOT)) {
        size_t end = acronym(classes, count, start);
        if (end)
            return end;
    }
    return word(classes, count, start);
}

int next_token(const uint8_t *classes, size_t count, size_t at, RawToken *token)
{
    at = next_start(classes, count, at);
    if (at >= count)
        return 0;
    token->start = at;
    token->followed = 0;
    if (classes[at] & LETTER) {
        token->end = end_of(classes, count, at);
    } else {
        token->end = at + 1;
        token->followed = is(classes, count, at + 1, UNSPACED);
    }
    return 1;
}
