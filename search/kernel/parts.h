/* Sets of documents, each with scores at hand or the numbers that give them. */
#ifndef DATELINE_PARTS_H
#define DATELINE_PARTS_H

#include "kernel.h"

/* A term's postings with its BM25 numbers, or documents that were found, with their scores.

   `ids` ascend. A search never trusts that they do: what does not ascend gives a wrong answer, but
   nothing is read or written outside of an array. */
typedef struct {
    const uint32_t *ids;
    size_t count, at;              /* `at`: where a walk from left to right has come to */
    const double *scores;          /* of found documents */
    const uint8_t *frequencies8;   /* of a term: one of the two */
    const uint32_t *frequencies32;
    const uint8_t *row;            /* of a frequent term: its frequency in every document */
    const uint8_t *codes;          /* every document's length, as a byte */
    const double *divisors;        /* by code */
    double idf, k1, scale, boost;
    int is_term;
    Buffers held;
} Part;

typedef struct {
    Part *all;
    size_t count, documents;
} Parts;

/* From a list of (ids, scores or None) and of terms: (ids, frequencies, row or None, codes or None,
   divisors or None, idf, k1, scale, boost). 0 with an error set where something does not fit. */
int parts_from(Parts *parts, PyObject *list, Py_ssize_t documents);

void parts_release(Parts *parts);

/* Documents in all parts together. */
size_t parts_total(const Parts *parts);

/* An array of numbers of 1, 2, 4 or 8 bytes; their size is given with it. */
void *take_sized(Buffers *buffers, PyObject *object, size_t *size, size_t *count);

/* Where results are written: ids, and scores unless NULL. */
typedef struct {
    uint32_t *ids;
    double *scores; /* NULL where nobody asks for them */
    size_t count, room;
} Output;

/* Room for results: ids, and scores of the same number or None; 0 with an error set. */
int take_output(Output *output, Buffers *buffers, PyObject *ids, PyObject *scores);

/* How many results were written; NULL with an error set where there was a problem. */
PyObject *count_or_error(const Output *output, const char *problem);

/* The first place from `at` on whose document is not below `id`; `count` where there is none. */
static inline size_t place_of(const uint32_t *ids, size_t count, size_t at, uint32_t id)
{
    size_t step = 1;
    if (at >= count || ids[at] >= id)
        return at;
    while (step < count - at && ids[at + step] < id) {
        at += step;
        step *= 2;
    }
    size_t above = step < count - at ? at + step : count;
    for (at++; at < above;) {
        size_t middle = at + (above - at) / 2;
        if (ids[middle] < id)
            at = middle + 1;
        else
            above = middle;
    }
    return at;
}

static inline uint32_t frequency_at(const Part *part, size_t at)
{
    return part->frequencies8 ? part->frequencies8[at] : part->frequencies32[at];
}

/* BM25 as Whoosh computes it, in the order of `search.match.postings.Scorer`. */
static inline double score_of(const Part *part, uint32_t frequency, uint32_t id)
{
    double weight = frequency * part->scale;
    if (!part->codes)
        return weight * part->boost;
    double divisor = weight + part->divisors[part->codes[id]];
    return part->idf * ((weight * (part->k1 + 1)) / divisor) * part->boost;
}

static inline double score_at(const Part *part, size_t at, uint32_t id)
{
    if (part->is_term)
        return score_of(part, frequency_at(part, at), id);
    return part->scores ? part->scores[at] : 0.0;
}

#endif
