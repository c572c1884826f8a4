/* Snippets: what `search.show.fragments` does, and says why, over texts in UTF-8. */
#include "html.h"

#define MAX_CLAUSES 64
#define MOST_CHOSEN 16
#define WITHOUT_LOCK 16384 /* bytes from which other threads may run meanwhile */

typedef struct {
    int64_t low, high;
} Stretch;

/* A single-spaced text with its spans, and what of it is shown. */
typedef struct {
    Text text;
    const Span *spans;
    size_t count, starts; /* spans, and those that a stretch may begin with */
    int64_t length;
    uint64_t *clauses; /* of the stretch that begins with each span, as bits */
    uint8_t *taken;
    Stretch chosen[MOST_CHOSEN];
    size_t chosen_count;
} Shown;

/* Spans as `find_spans` gives them; 0 with an error set where they are no such thing. */
static int take_spans(PyObject *array, const Text *text, const Span **spans, size_t *count)
{
    char *data;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(array, &data, &size) < 0)
        return 0;
    *spans = (const Span *)data;
    *count = (size_t)size / sizeof **spans;
    int32_t before = 0;
    for (size_t at = 0; at < *count; at++) {
        const Span *span = *spans + at;
        if (span->start < before || span->end <= span->start || (size_t)span->end > text->count) {
            PyErr_SetString(PyExc_ValueError, "spans ascend, and lie inside of the text");
            return 0;
        }
        before = span->start;
    }
    return 1;
}

static PyObject *as_text(const Html *html)
{
    if (html->failed)
        return NULL;
    return PyUnicode_DecodeUTF8(html->bytes.data ? html->bytes.data : "",
                                (Py_ssize_t)html->bytes.used, "strict");
}

/* (text, spans) -> the text as HTML, each stretch that spans cover in one mark. */
PyObject *marked(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    Text text = {0};
    Html html = {0};
    const Span *spans;
    size_t spans_count;
    PyObject *result = NULL;
    int able = given(count, 2) ? look_at(&text, given_[0]) : -1;
    if (able == 0)
        return Py_NewRef(Py_None);
    if (able > 0 && take_spans(given_[1], &text, &spans, &spans_count)) {
        add_marked(&html, &text, 0, text.count, spans, spans_count);
        result = as_text(&html);
    }
    leave(&text);
    drop(&html.bytes);
    return result;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define BLOCK 8

static uint64_t block_at(const uint8_t *bytes)
{
    uint64_t block;
    memcpy(&block, bytes, BLOCK);
    return block;
}

/* Whether eight plain characters hold no control and no space behind another; one is before
   them. */
static int is_usual(const uint8_t *bytes)
{
    uint64_t block = block_at(bytes);
    uint64_t no_pair = (block ^ EACH(' ')) | (block_at(bytes - 1) ^ EACH(' '));
    uint64_t pairs = (no_pair - EACH(1)) & ~no_pair, controls = (block - EACH(' ')) & ~block;
    return !((pairs | controls) & EACH(0x80));
}

/* ASCII, most of it in blocks that stay as they are. */
static size_t squeezed_ascii(const Text *text, uint8_t *to)
{
    const uint8_t *bytes = text->bytes;
    size_t used = 0, at = 0, size = text->size;
    uint8_t before = 0;
    while (at < size) {
        while (at && size - at >= BLOCK && !(before && bytes[at] == ' ') && is_usual(bytes + at)) {
            memcpy(to + used, bytes + at, BLOCK);
            used += BLOCK;
            at += BLOCK;
            before = bytes[at - 1] == ' ';
        }
        for (size_t end = size - at < BLOCK ? size : at + BLOCK; at < end; at++) {
            uint8_t blank = character_traits[bytes[at]] & BLANK;
            to[used] = blank ? ' ' : bytes[at];
            used += !(blank & before);
            before = blank;
        }
    }
    return used;
}

/* How many bytes of a text are left with each run of blanks one space. */
static size_t squeezed(const Text *text, uint8_t *to)
{
    size_t used = 0;
    uint8_t before = 0;
    if (!text->starts)
        return squeezed_ascii(text, to);
    size_t width;
    for (size_t at = 0; at < text->size; at += width) {
        uint8_t blank = has_trait(decoded(text->bytes + at, &width), BLANK) ? 1 : 0;
        if (!blank) {
            memcpy(to + used, text->bytes + at, width);
            used += width;
        } else if (!before) {
            to[used++] = ' ';
        }
        before = blank;
    }
    return used;
}

PyObject *single_spaced(PyObject *self, PyObject *object)
{
    (void)self;
    Text text;
    int able = look_at(&text, object);
    if (able <= 0)
        return able ? NULL : Py_NewRef(Py_None);
    PyObject *result = NULL;
    uint8_t *to = malloc(text.size + 1);
    size_t used = 0;
    if (!to) {
        PyErr_NoMemory();
    } else if (text.size < WITHOUT_LOCK) {
        used = squeezed(&text, to);
    } else {
        Py_BEGIN_ALLOW_THREADS
        used = squeezed(&text, to);
        Py_END_ALLOW_THREADS
    }
    if (to && used == text.size && memcmp(to, text.bytes, used) == 0)
        result = Py_NewRef(object);
    else if (to)
        result = PyUnicode_DecodeUTF8((const char *)to, (Py_ssize_t)used, "strict");
    leave(&text);
    free(to);
    return result;
}

static uint8_t byte_at(const Text *text, int64_t at)
{
    return text->bytes[byte_of(text, (size_t)at)];
}

static int is_space(const Text *text, int64_t at)
{
    uint8_t byte = byte_at(text, at);
    return byte == ' ' || byte == '\n';
}

static int is_wide(const Text *text, int64_t at)
{
    return text->starts && has_trait(code_at(text, (size_t)at), WIDE);
}

static int64_t smaller(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int64_t larger(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

/* Characters of a stretch: half as many where many are wide. */
static int64_t length_for(const Text *text, int64_t usual)
{
    size_t sample = text->count < 400 ? text->count : 400, wide = 0;
    for (size_t at = 0; text->starts && at < sample; at++)
        wide += is_wide(text, (int64_t)at) ? 1 : 0;
    return wide * 3 > sample ? usual / 2 : usual;
}

static int64_t word_start(const Text *text, int64_t at, int64_t limit)
{
    if (at == 0 || is_space(text, at - 1) || is_wide(text, at))
        return at;
    for (int64_t next = at; next < smaller(at + 40, limit); next++)
        if (is_space(text, next))
            return next + 1;
    return limit - at > 40 ? at : limit;
}

static int64_t word_end(const Text *text, int64_t at, int64_t limit)
{
    if (at >= (int64_t)text->count || is_space(text, at) || is_wide(text, at))
        return at;
    for (int64_t last = at - 1; last >= larger(limit, at - 40); last--)
        if (is_space(text, last))
            return last;
    return at - limit > 40 ? at : limit;
}

/* Where the spans end that a stretch from one of them on reaches. */
static size_t reach(const Shown *shown, size_t first)
{
    size_t at = first;
    int64_t most = shown->spans[first].start + shown->length - 20;
    while (at < shown->count && shown->spans[at].start <= most)
        at++;
    return at;
}

/* About `length` characters around spans, cut on words, not over other stretches. */
static Stretch around(const Shown *shown, size_t index)
{
    const Text *text = &shown->text;
    int64_t length = shown->length, first = shown->spans[index].start;
    int64_t last = 0, low_limit = 0, high_limit = (int64_t)text->count;
    for (size_t at = index, end = reach(shown, index); at < end; at++)
        if (shown->spans[at].end - first <= length)
            last = larger(last, shown->spans[at].end);
    if (!last)
        last = shown->spans[index].end;
    for (size_t at = 0; at < shown->chosen_count; at++) {
        if (shown->chosen[at].high <= first)
            low_limit = larger(low_limit, shown->chosen[at].high);
        if (shown->chosen[at].low >= last)
            high_limit = smaller(high_limit, shown->chosen[at].low);
    }
    int64_t start = larger(first - larger(length - (last - first), 0) / 3, low_limit);
    int64_t end = smaller(larger(start + length, last), high_limit);
    start = larger(smaller(start, end - length), low_limit);
    for (int64_t at = first - 2; at >= start; at--)
        if (byte_at(text, at) == '\n' && byte_at(text, at + 1) == '\n') {
            start = at + 2;
            end = smaller(larger(start + length, last), high_limit);
            break;
        }
    return (Stretch){word_start(text, start, first), word_end(text, end, last)};
}

static int ones(uint64_t bits)
{
    return __builtin_popcountll(bits);
}

/* The span that begins the best stretch of those free: new clauses, all, early; or `starts`. */
static size_t best(const Shown *shown, uint64_t all, uint64_t seen)
{
    size_t found = shown->starts;
    int most_new = -1, most = -1;
    for (size_t at = 0; at < shown->starts; at++) {
        if (shown->taken[at])
            continue;
        int fresh = ones(shown->clauses[at] & ~seen), every = ones(shown->clauses[at]);
        if (fresh > most_new || (fresh == most_new && every > most)) {
            found = at, most_new = fresh, most = every;
            if (fresh == ones(all & ~seen) && every == ones(all))
                break;
        }
    }
    return found;
}

static void choose(Shown *shown, size_t most, uint64_t all)
{
    uint64_t seen = 0;
    while (shown->chosen_count < most) {
        size_t index = best(shown, all, seen);
        if (index == shown->starts)
            return;
        Stretch stretch = around(shown, index);
        shown->chosen[shown->chosen_count++] = stretch;
        seen |= shown->clauses[index];
        for (size_t at = 0; at < shown->starts; at++)
            if (shown->spans[at].end > stretch.low - 10 &&
                shown->spans[at].start < stretch.high + 10)
                shown->taken[at] = 1;
    }
}

/* The clauses of every stretch, and of all spans; 0 where one has no bit. */
static int gather(Shown *shown, uint64_t *all)
{
    *all = 0;
    for (size_t at = 0; at < shown->count; at++) {
        if (shown->spans[at].clause < 0 || shown->spans[at].clause >= MAX_CLAUSES)
            return 0;
        *all |= (uint64_t)1 << shown->spans[at].clause;
    }
    for (size_t first = 0; first < shown->starts; first++)
        for (size_t at = first, end = reach(shown, first);
             at < end && shown->clauses[first] != *all; at++)
            shown->clauses[first] |= (uint64_t)1 << shown->spans[at].clause;
    return 1;
}

static int compare(const void *one, const void *other)
{
    const Stretch *a = one, *b = other;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return (a->high > b->high) - (a->high < b->high);
}

/* 1; 0 for what only Python can do; -1 with an error set. */
static int stretches(Shown *shown, int64_t length, size_t most, size_t most_starts)
{
    const Text *text = &shown->text;
    shown->length = length_for(text, length);
    if ((int64_t)text->count * 2 <= shown->length * 3) {
        shown->chosen[0] = (Stretch){0, (int64_t)text->count};
        shown->chosen_count = 1;
        return 1;
    }
    shown->starts = shown->count < most_starts ? shown->count : most_starts;
    shown->clauses = calloc(shown->starts + 1, sizeof *shown->clauses);
    shown->taken = calloc(shown->starts + 1, 1);
    if (!shown->clauses || !shown->taken) {
        PyErr_NoMemory();
        return -1;
    }
    uint64_t all;
    if (!gather(shown, &all))
        return 0;
    choose(shown, most, all);
    qsort(shown->chosen, shown->chosen_count, sizeof *shown->chosen, compare);
    return 1;
}

static int is_blank(const Text *text, int64_t low, int64_t high)
{
    while (low < high && is_space(text, low))
        low++;
    return low == high;
}

/* One stretch on one line, with an ellipsis where text was cut away. */
static PyObject *cut(const Shown *shown, const Stretch *stretch, Html *html)
{
    const Text *text = &shown->text;
    html->bytes.used = 0;
    if (!is_blank(text, 0, stretch->low))
        ADD(html, "… ");
    html->begun = 0;
    html->one_line = 1;
    add_marked(html, text, (size_t)stretch->low, (size_t)stretch->high, shown->spans,
               shown->count);
    html->space = 0;
    if (!is_blank(text, stretch->high, (int64_t)text->count))
        ADD(html, " …");
    return as_text(html);
}

static PyObject *cut_all(const Shown *shown)
{
    Html html = {0};
    PyObject *result = PyTuple_New((Py_ssize_t)shown->chosen_count);
    for (size_t at = 0; result && at < shown->chosen_count; at++) {
        PyObject *each = cut(shown, &shown->chosen[at], &html);
        if (!each || PyTuple_SetItem(result, (Py_ssize_t)at, each) < 0)
            Py_CLEAR(result);
    }
    drop(&html.bytes);
    return result;
}

/* (single-spaced text, spans, characters of a snippet, most snippets, most spans to begin with)
   -> the snippets; None for a text without UTF-8 and for more than 64 clauses. */
PyObject *snippets(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 5))
        return NULL;
    Py_ssize_t length = PyLong_AsSsize_t(given_[2]), most = PyLong_AsSsize_t(given_[3]);
    Py_ssize_t most_starts = PyLong_AsSsize_t(given_[4]);
    if (PyErr_Occurred())
        return NULL;
    if (length < 0 || length > INT32_MAX || most < 0 || most > MOST_CHOSEN || most_starts < 0) {
        PyErr_SetString(PyExc_ValueError, "numbers out of range");
        return NULL;
    }
    Shown shown = {0};
    PyObject *result = NULL;
    int able = look_at(&shown.text, given_[0]);
    if (able > 0 && !take_spans(given_[1], &shown.text, &shown.spans, &shown.count))
        able = -1;
    if (able > 0 && shown.count)
        able = stretches(&shown, length, (size_t)most, (size_t)most_starts);
    if (able > 0)
        result = cut_all(&shown);
    else if (able == 0)
        result = Py_NewRef(Py_None);
    leave(&shown.text);
    free(shown.clauses);
    free(shown.taken);
    return result;
}
