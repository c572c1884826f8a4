/* What a query looks for in the texts of one field. */
#ifndef DATELINE_SEARCH_SOUGHT_H
#define DATELINE_SEARCH_SOUGHT_H

#include "kernel.h"

#define CODES 37 /* 0 for nothing, then the digits and the letters a to z */

/* A phrase: places of its words in `Sought.words`, whose number is `size`. */
typedef struct {
    int32_t slop, clause, first, size;
} Phrase;

typedef struct {
    uint8_t pairs[CODES * CODES]; /* whether a wanted beginning starts with these two */
    uint8_t *beginnings;          /* codes, one string after the other, ascending */
    uint32_t *starts;
    size_t count, longest;
    uint8_t *characters; /* a bit for each unspaced character that a wanted term may begin with */
    int everything;      /* every raw token may be wanted */
    Phrase *phrases;
    int32_t *words; /* numbers of stems */
    int32_t phrase_count, word_count, stems, most_starts;
} Sought;

/* 1 to 36 for digits and letters, whatever their case; 0 for all else. */
extern const uint8_t letter_codes[256];

/* What Python holds; NULL with an error set. */
const Sought *sought_of(PyObject *capsule);

/* Whether the letters and digits of a token from a byte on begin as something wanted does. */
int begins_wanted(const Sought *sought, const uint8_t *bytes, size_t at, size_t end);

static inline int is_character_wanted(const Sought *sought, uint32_t code)
{
    return sought->characters && code < 0x10000 &&
           sought->characters[code >> 3] >> (code & 7) & 1;
}

#endif
