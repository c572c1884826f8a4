/* Where a text holds what is sought: its raw tokens walked once, those that may be wanted asked
   for.

   What a raw token gives is looked up in a dictionary of Python's, which finds it out for new ones:
   int32 numbers, first how many positions it takes and how many spans of terms it has; then each
   span (start, end, clause); then each of its terms that is in a phrase (number of the stem,
   offset of its position, start, end). Places are in characters from the token's start. */
#include "../../index/kernel/growing.h"
#include "walk.h"

/* A term of a phrase in the text. */
typedef struct {
    int32_t stem, position, start, end;
} Occurrence;

/* What Python knows of a raw token: a new reference to bytes, or NULL with an error set. */
static PyObject *expansion_of(const Walk *walk, const Candidate *candidate, PyObject *known)
{
    size_t start = byte_of(&walk->text, candidate->start);
    size_t end = byte_of(&walk->text, candidate->end);
    PyObject *raw = PyUnicode_DecodeUTF8((const char *)walk->text.bytes + start,
                                         (Py_ssize_t)(end - start), "strict");
    if (!raw)
        return NULL;
    PyObject *expansion = PyDict_GetItemWithError(known, raw);
    if (expansion)
        Py_INCREF(expansion);
    else if (!PyErr_Occurred())
        expansion = PyObject_GetItem(known, raw);
    Py_DECREF(raw);
    return expansion;
}

static int wrong_expansion(void)
{
    PyErr_SetString(PyExc_ValueError, "the numbers of a raw token do not fit it");
    return 0;
}

/* Adds what one token gives; 0 with an error set where its numbers are no such thing. */
static int add_expansion(const int32_t *numbers, size_t count, const Candidate *candidate,
                         const Sought *sought, int64_t *position, Growing *spans, Growing *found)
{
    int32_t length = (int32_t)(candidate->end - candidate->start), base = (int32_t)candidate->start;
    if (count < 2 || numbers[0] < 0 || numbers[1] < 0 || (size_t)numbers[1] > (count - 2) / 3 ||
        (count - 2 - 3 * (size_t)numbers[1]) % 4)
        return wrong_expansion();
    const int32_t *at = numbers + 2, *terms = at + 3 * numbers[1];
    for (; at < terms; at += 3) {
        if (at[0] < 0 || at[1] <= at[0] || at[1] > length)
            return wrong_expansion();
        Span *span = more(spans, sizeof *span);
        if (!span)
            return 0;
        *span = (Span){base + at[0], base + at[1], at[2]};
    }
    for (; at < numbers + count; at += 4) {
        if (at[0] < 0 || at[0] >= sought->stems || at[1] < 0 || at[2] < 0 || at[3] <= at[2] ||
            at[3] > length || *position + at[1] > INT32_MAX)
            return wrong_expansion();
        Occurrence *occurrence = more(found, sizeof *occurrence);
        if (!occurrence)
            return 0;
        int32_t there = (int32_t)*position + at[1];
        *occurrence = (Occurrence){at[0], there, base + at[2], base + at[3]};
    }
    *position += numbers[0];
    return 1;
}

static int add_candidates(const Walk *walk, const Sought *sought, PyObject *known, Growing *spans,
                          Growing *found)
{
    int64_t position = 0;
    for (size_t at = 0; at < walk->count; at++) {
        const Candidate *candidate = &walk->candidates[at];
        PyObject *expansion = expansion_of(walk, candidate, known);
        char *numbers;
        Py_ssize_t size;
        position += candidate->skipped;
        int added = expansion && PyBytes_AsStringAndSize(expansion, &numbers, &size) == 0 &&
                    add_expansion((const int32_t *)numbers, (size_t)size / 4, candidate, sought,
                                  &position, spans, found);
        Py_XDECREF(expansion);
        if (!added)
            return 0;
    }
    return 1;
}

/* Occurrences by stem, in order: those of stem n are from `starts[n]` to `starts[n + 1]`. */
typedef struct {
    Occurrence *sorted;
    size_t *starts;
} ByStem;

static int sort_by_stem(ByStem *by_stem, const Growing *found, int32_t stems)
{
    const Occurrence *occurrences = (const Occurrence *)found->data;
    size_t count = found->used / sizeof *occurrences, slots = (size_t)stems + 2;
    by_stem->sorted = malloc((count + 1) * sizeof *by_stem->sorted);
    by_stem->starts = calloc(slots, sizeof *by_stem->starts);
    if (!by_stem->sorted || !by_stem->starts)
        return PyErr_NoMemory() != NULL;
    for (size_t at = 0; at < count; at++)
        by_stem->starts[occurrences[at].stem + 2]++;
    for (size_t at = 1; at < slots; at++)
        by_stem->starts[at] += by_stem->starts[at - 1];
    for (size_t at = 0; at < count; at++)
        by_stem->sorted[by_stem->starts[occurrences[at].stem + 1]++] = occurrences[at];
    return 1;
}

/* The nearest occurrence behind a position, or NULL. */
static const Occurrence *nearest(const ByStem *by_stem, int32_t stem, int32_t position)
{
    size_t low = by_stem->starts[stem], high = by_stem->starts[stem + 1], end = high;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (by_stem->sorted[middle].position > position)
            high = middle;
        else
            low = middle + 1;
    }
    return low < end ? &by_stem->sorted[low] : NULL;
}

/* The spans of the phrase that begins with one occurrence, if it goes on; 0 with an error set. */
static int add_run(const ByStem *by_stem, const Sought *sought, const Phrase *phrase,
                   const Occurrence *first, Growing *spans)
{
    size_t used = spans->used;
    const int32_t *words = sought->words + phrase->first;
    const Occurrence *at = first;
    for (int32_t word = 0; word < phrase->size; word++) {
        if (word) {
            const Occurrence *next = nearest(by_stem, words[word], at->position);
            if (!next || next->position > (int64_t)at->position + phrase->slop) {
                spans->used = used;
                return 1;
            }
            at = next;
        }
        if (phrase->slop == 1 && word)
            ((Span *)(spans->data + used))->end = at->end;
        else {
            Span *span = more(spans, sizeof *span);
            if (!span)
                return 0;
            *span = (Span){at->start, at->end, phrase->clause};
        }
    }
    return 1;
}

static int add_phrases(const Sought *sought, const Growing *found, Growing *spans)
{
    ByStem by_stem = {0};
    int done = sort_by_stem(&by_stem, found, sought->stems);
    for (int32_t at = 0; done && at < sought->phrase_count; at++) {
        const Phrase *phrase = &sought->phrases[at];
        int32_t stem = sought->words[phrase->first];
        size_t first = by_stem.starts[stem], end = by_stem.starts[stem + 1];
        if (end - first > (size_t)sought->most_starts)
            end = first + (size_t)sought->most_starts;
        for (; done && first < end; first++)
            done = add_run(&by_stem, sought, phrase, &by_stem.sorted[first], spans);
    }
    free(by_stem.sorted);
    free(by_stem.starts);
    return done;
}

static int compare(const void *one, const void *other)
{
    const Span *a = one, *b = other;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return (a->clause > b->clause) - (a->clause < b->clause);
}

static void sort_and_unite(Growing *growing)
{
    Span *spans = (Span *)growing->data;
    size_t count = growing->used / sizeof *spans, kept = 1;
    if (count < 2)
        return;
    qsort(spans, count, sizeof *spans, compare);
    for (size_t at = 1; at < count; at++)
        if (compare(&spans[at], &spans[kept - 1]))
            spans[kept++] = spans[at];
    growing->used = kept * sizeof *spans;
}

/* (text, sought, known) -> start, end and clause of each span (int32), in order, none twice; None
   for a text with characters beyond U+FFFF or without UTF-8. */
PyObject *find_spans(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    const Sought *sought = given(count, 3) ? sought_of(given_[1]) : NULL;
    if (!sought)
        return NULL;
    if (!PyDict_Check(given_[2])) {
        PyErr_SetString(PyExc_TypeError, "a dictionary of raw tokens expected");
        return NULL;
    }
    Walk walk = {0};
    Growing spans = {0}, found = {0};
    PyObject *result = NULL;
    int able = walk_text(&walk, given_[0], sought);
    if (able == 0)
        result = Py_NewRef(Py_None);
    else if (able > 0 && add_candidates(&walk, sought, given_[2], &spans, &found) &&
             (!found.used || add_phrases(sought, &found, &spans))) {
        if (sought->phrase_count)
            sort_and_unite(&spans);
        result = as_bytes(&spans);
    }
    leave_walk(&walk);
    drop(&spans);
    drop(&found);
    return result;
}
