/* Raw tokens: what `index.text.analysis.RAW_TOKEN` matches, found without a regular expression. */
#ifndef DATELINE_TOKENS_H
#define DATELINE_TOKENS_H

#include <stddef.h>
#include <stdint.h>

/* What a character can be. A letter is what words are made of: digits and marks too. */
enum {
    LETTER = 1,
    DIGIT = 2,
    UNSPACED = 4,
    JOINT = 8,
    THOUSANDS = 16,
    DOT = 32,
    COMMA = 64,
};

/* Classes of the characters U+0000 to U+FFFF, as Python's tables have them. */
extern uint8_t character_classes[0x10000];

typedef struct {
    size_t start, end;
    int followed; /* an unspaced character with another one behind it */
} RawToken;

/* The class of each character of a text in UTF-8, and the byte at which each begins.

   `starts` takes one more than there are characters; NULL where the text is ASCII alone.
   Gives the number of characters, or -1 for a text with characters beyond U+FFFF. */
ptrdiff_t classify(const char *text, size_t size, uint8_t *classes, uint32_t *starts);

/* The next raw token from character `at` on; 0 where there is none. */
int next_token(const uint8_t *classes, size_t count, size_t at, RawToken *token);

#endif
