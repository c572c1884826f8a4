/* The raw tokens of a text, and which of them may hold something wanted. */
#ifndef DATELINE_SEARCH_WALK_H
#define DATELINE_SEARCH_WALK_H

#include "sought.h"
#include "text.h"

/* A raw token that may hold something wanted, with the character that follows an unspaced one. */
typedef struct {
    uint32_t start, end;
    uint32_t skipped; /* positions of the tokens since the last candidate, if there are phrases */
} Candidate;

typedef struct {
    Text text;
    uint8_t *classes;
    uint64_t *letters, *firsts; /* bits: letters; what a token may begin with */
    size_t words;               /* of 64 bits, the last one 0 */
    Candidate *candidates;
    size_t count;
} Walk;

/* 1; 0 for a text with characters beyond U+FFFF or without UTF-8; -1 with an error set. */
int walk_text(Walk *walk, PyObject *text, const Sought *sought);
void leave_walk(Walk *walk);

#endif
