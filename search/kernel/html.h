/* HTML that is written piece by piece: text escaped, marks put in. */
#ifndef DATELINE_SEARCH_HTML_H
#define DATELINE_SEARCH_HTML_H

#include "../../index/kernel/growing.h"
#include "text.h"

typedef struct {
    Growing bytes;
    int one_line; /* runs of white space become one space; none at the beginning and the end */
    int begun;    /* something stands on the line */
    int space;    /* a space waits for what comes */
    int failed;   /* memory is short, and an error set */
} Html;

/* Bytes as they are, without white space to look at. */
void add_plain(Html *html, const char *bytes, size_t size);

/* A stretch of a text, in characters, with what its spans cover in marks; the spans ascend. */
void add_marked(Html *html, const Text *text, size_t start, size_t end, const Span *spans,
                size_t count);

#define ADD(html, literal) add_plain(html, literal, sizeof literal - 1)

#endif
