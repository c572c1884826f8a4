/* Escaping and marking. */
#include "html.h"

#define LONGEST 6 /* bytes that one byte becomes */
#define PIECE 4096

static uint8_t *room(Html *html, size_t size)
{
    uint8_t *place = html->failed ? NULL : more(&html->bytes, size);
    html->failed = !place;
    return place;
}

void add_plain(Html *html, const char *bytes, size_t size)
{
    size_t space = html->space ? 1 : 0;
    uint8_t *place = room(html, size + space);
    if (!place)
        return;
    if (space)
        *place = ' ';
    memcpy(place + space, bytes, size);
    html->space = 0;
    html->begun = 1;
}

static const char *escaped(uint8_t byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#x27;";
    default:
        return NULL;
    }
}

static void add_piece(Html *html, const uint8_t *bytes, size_t size)
{
    uint8_t *place = room(html, size * LONGEST + 1);
    if (!place)
        return;
    int space = html->space, begun = html->begun, one_line = html->one_line;
    for (size_t at = 0; at < size; at++) {
        uint8_t byte = bytes[at];
        if (one_line && (byte == ' ' || byte == '\n')) {
            space = begun;
            continue;
        }
        if (space)
            *place++ = ' ';
        space = 0;
        begun = 1;
        const char *instead = byte < 0x40 ? escaped(byte) : NULL;
        if (!instead)
            *place++ = byte;
        for (; instead && *instead; instead++)
            *place++ = (uint8_t)*instead;
    }
    html->space = space;
    html->begun = begun;
    html->bytes.used = (size_t)(place - (uint8_t *)html->bytes.data);
}

static void add_text(Html *html, const Text *text, size_t start, size_t end)
{
    size_t at = byte_of(text, start), last = byte_of(text, end);
    for (size_t size; at < last; at += size) {
        size = last - at < PIECE ? last - at : PIECE;
        add_piece(html, text->bytes + at, size);
    }
}

/* The next stretch that spans cover, from one of them on, those that touch made one. */
static int next_mark(const Span *spans, size_t count, size_t *at, size_t *low, size_t *high)
{
    if (*at == count)
        return 0;
    *low = (size_t)spans[*at].start;
    *high = (size_t)spans[*at].end;
    for (++*at; *at < count && (size_t)spans[*at].start <= *high; ++*at)
        if ((size_t)spans[*at].end > *high)
            *high = (size_t)spans[*at].end;
    return 1;
}

void add_marked(Html *html, const Text *text, size_t start, size_t end, const Span *spans,
                size_t count)
{
    size_t at = 0, low, high;
    while (next_mark(spans, count, &at, &low, &high) && low < end) {
        if (high <= start)
            continue;
        if (low > start)
            add_text(html, text, start, low);
        else
            low = start;
        start = high < end ? high : end;
        ADD(html, "<mark>");
        add_text(html, text, low, start);
        ADD(html, "</mark>");
    }
    add_text(html, text, start, end);
}
