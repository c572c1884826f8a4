/* Phrases: documents in which words stand one after the other, found by walking through the
   postings of all words side by side. Positions are read where they lie in the file. */
#include "parts.h"

#define LONG 10000
#define LANES 8
#define MAX_ROWS 8
#define DENSE_FROM 4 /* rows are walked through where one of so many documents has every word */

/* Eight positions, compared at once. */
typedef uint16_t Lanes __attribute__((vector_size(2 * LANES)));
static const Lanes PLACES = {0, 1, 2, 3, 4, 5, 6, 7};

/* A distinct word of a phrase. */
typedef struct {
    Part *part;
    const char *positions;    /* of all documents, one after the other, each of 2 or 4 bytes */
    size_t wide, count;       /* their size, and how many there are */
    size_t summed;            /* the place up to which frequencies are summed up in `before` */
    size_t before, frequency; /* positions before those of the document now, and in it */
} Word;

/* Positions in one document at which the words so far can end, ascending. */
typedef struct {
    uint32_t *at;
    size_t count, room;
} Reached;

typedef struct {
    Word *words;   /* distinct, the rarest first */
    size_t *order; /* the phrase, as places in `words` */
    size_t distinct, length, documents;
    uint32_t slop;
    double boost;
    Reached reached, following;
} Phrase;

static inline uint32_t position(const Word *word, size_t at)
{
    uint16_t narrow;
    uint32_t wide;
    if (word->wide == 4) {
        memcpy(&wide, word->positions + 4 * at, 4);
        return wide;
    }
    memcpy(&narrow, word->positions + 2 * at, 2);
    return narrow;
}

static inline size_t end_of(const Word *word)
{
    return word->before + word->frequency;
}

/* Sums up how many positions stand before those of the document now; 0 where they run out. */
static int count_before(Word *word)
{
    const Part *part = word->part;
    size_t sum = 0;
    if (part->frequencies8)
        for (size_t at = word->summed; at < part->at; at++)
            sum += part->frequencies8[at];
    else
        for (size_t at = word->summed; at < part->at; at++)
            sum += part->frequencies32[at];
    word->before += sum;
    word->summed = part->at;
    word->frequency = frequency_at(part, part->at);
    return end_of(word) <= word->count;
}

static int make_room(Reached *reached, size_t wanted)
{
    if (wanted > reached->room) {
        uint32_t *at = realloc(reached->at, wanted * 2 * sizeof *at);
        if (!at)
            return 0;
        reached->at = at;
        reached->room = wanted * 2;
    }
    reached->count = 0;
    return 1;
}

/* The positions of `word` that come 1 to `slop` after a reached one; of the last word, the
   first. */
static void follow(Phrase *phrase, const Word *word, int last)
{
    const Reached *reached = &phrase->reached;
    Reached *following = &phrase->following;
    size_t below = 0, end = end_of(word);
    for (size_t at = word->before; at < end; at++) {
        uint32_t here = position(word, at);
        while (below < reached->count && reached->at[below] < here)
            below++;
        if (!below || here - reached->at[below - 1] > phrase->slop)
            continue;
        following->at[following->count++] = here;
        if (last)
            return;
    }
}

/* Whether the words stand in order in the document at which all of them are; -1 without memory. */
static int in_order(Phrase *phrase)
{
    const Word *first = &phrase->words[phrase->order[0]];
    if (!make_room(&phrase->reached, end_of(first) - first->before))
        return -1;
    for (size_t at = first->before; at < end_of(first); at++)
        phrase->reached.at[phrase->reached.count++] = position(first, at);
    for (size_t next = 1; next < phrase->length && phrase->reached.count; next++) {
        const Word *word = &phrase->words[phrase->order[next]];
        if (!make_room(&phrase->following, end_of(word) - word->before))
            return -1;
        follow(phrase, word, next + 1 == phrase->length);
        Reached done = phrase->reached;
        phrase->reached = phrase->following;
        phrase->following = done;
    }
    return phrase->reached.count != 0;
}

/* The same for two words in a row, by stepping through both. */
static int merged(const Word *first, const Word *second)
{
    size_t a = first->before, b = second->before, end_a = end_of(first), end_b = end_of(second);
    while (a < end_a && b < end_b) {
        uint32_t wanted = position(first, a) + 1, here = position(second, b);
        if (wanted == here)
            return 1;
        a += wanted < here;
        b += here < wanted;
    }
    return 0;
}

/* The same by comparing each position with eight of the other word at once: few positions are
   compared sooner than stepped through, for no branch depends on them. */
static int compared(const Word *first, const Word *second)
{
    Lanes hits = {0};
    for (size_t b = second->before; b < end_of(second); b += LANES) {
        Lanes here, used = PLACES < (uint16_t)(end_of(second) - b);
        if (end_of(second) - b >= LANES)
            used = ~(Lanes){0};
        memcpy(&here, second->positions + 2 * b, sizeof here);
        for (size_t a = first->before; a < end_of(first); a++) {
            uint32_t wanted = position(first, a) + 1;
            if (wanted <= UINT16_MAX)
                hits |= (Lanes)(here == (uint16_t)wanted) & used;
        }
    }
    uint64_t halves[2];
    memcpy(halves, &hits, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

static int side_by_side(const Word *first, const Word *second)
{
    size_t a = end_of(first) - first->before, b = end_of(second) - second->before;
    size_t eights = (b + LANES - 1) / LANES;
    int narrow = first->wide == 2 && second->wide == 2;
    if (narrow && a * eights <= 2 * (a + b) && second->before + eights * LANES <= second->count)
        return compared(first, second);
    return merged(first, second);
}

/* Whether all words are in a document; steps to it, or behind where it would be. */
static int all_hold(Phrase *phrase, uint32_t id)
{
    for (size_t at = 1; at < phrase->distinct; at++) {
        Part *part = phrase->words[at].part;
        if (part->row && !part->row[id])
            return 0;
    }
    for (size_t at = 1; at < phrase->distinct; at++) {
        Part *part = phrase->words[at].part;
        part->at = place_of(part->ids, part->count, part->at, id);
        if (part->at == part->count || part->ids[part->at] != id)
            return 0;
    }
    return 1;
}

static void put_match(const Phrase *phrase, Output *matches, uint32_t id)
{
    matches->ids[matches->count] = id;
    if (matches->scores) {
        double sum = 0.0;
        for (size_t at = 0; at < phrase->length; at++) {
            const Word *word = &phrase->words[phrase->order[at]];
            sum += score_of(word->part, (uint32_t)word->frequency, id);
        }
        matches->scores[matches->count] = sum * phrase->boost;
    }
    matches->count++;
}

/* Whether each two neighbours stand side by side: all that two words need, and what most documents
   of more words do not have. */
static int pairs_fit(const Phrase *phrase)
{
    for (size_t next = 1; next < phrase->length; next++)
        if (!side_by_side(&phrase->words[phrase->order[next - 1]],
                          &phrase->words[phrase->order[next]]))
            return 0;
    return 1;
}

/* What is known of a document that holds all words, whose places are known: 1 where it matches. */
static int fits(Phrase *phrase)
{
    if (phrase->slop == 1 && !pairs_fit(phrase))
        return 0;
    return phrase->slop == 1 && phrase->length == 2 ? 1 : in_order(phrase);
}

/* Puts out a document that holds all words, if it matches. */
static const char *look_at(Phrase *phrase, Output *matches, uint32_t id)
{
    int found = fits(phrase);
    if (found < 0)
        return "no memory for the positions of a document";
    if (found)
        put_match(phrase, matches, id);
    return NULL;
}

/* From document to document of the rarest word. */
static const char *match_by_places(Phrase *phrase, Output *matches)
{
    Part *rarest = phrase->words[0].part;
    const char *problem = NULL;
    for (rarest->at = 0; rarest->at < rarest->count && !problem; rarest->at++) {
        uint32_t id = rarest->ids[rarest->at];
        if (id >= phrase->documents)
            return "a document beyond the index";
        if (!all_hold(phrase, id))
            continue;
        for (size_t at = 0; at < phrase->distinct; at++)
            if (!count_before(&phrase->words[at]))
                return "fewer positions than the frequencies say";
        problem = look_at(phrase, matches, id);
    }
    return problem;
}

/* The frequencies in eight documents, the first in the lowest byte; 0 beyond the last document. */
static inline uint64_t eight(const uint8_t *row, size_t at, size_t documents)
{
    uint64_t bytes = 0;
    size_t left = documents - at;
    memcpy(&bytes, row + at, left < 8 ? left : 8);
    return bytes;
}

static inline size_t sum_of_bytes(uint64_t bytes)
{
    uint64_t pairs = (bytes & 0x00FF00FF00FF00FF) + (bytes >> 8 & 0x00FF00FF00FF00FF);
    return (size_t)(pairs * 0x0001000100010001 >> 48);
}

/* The highest bit of every byte that is not 0. */
static inline uint64_t not_zero(uint64_t bytes)
{
    return (((bytes & 0x7F7F7F7F7F7F7F7F) + 0x7F7F7F7F7F7F7F7F) | bytes) & 0x8080808080808080;
}

static const char *look_at_byte(Phrase *phrase, Output *matches, size_t at, int byte)
{
    size_t before[MAX_ROWS];
    for (size_t each = 0; each < phrase->distinct; each++) {
        Word *word = &phrase->words[each];
        uint64_t bytes = eight(word->part->row, at, phrase->documents);
        before[each] = word->before;
        word->before += sum_of_bytes(bytes & (((uint64_t)1 << 8 * byte) - 1));
        word->frequency = bytes >> 8 * byte & 0xFF;
        if (end_of(word) > word->count)
            return "fewer positions than the frequencies say";
    }
    const char *problem = matches->count == matches->room
                              ? "a row has more documents than its term"
                              : look_at(phrase, matches, (uint32_t)(at + (size_t)byte));
    for (size_t each = 0; each < phrase->distinct; each++)
        phrase->words[each].before = before[each];
    return problem;
}

/* Where all words are frequent: through all documents, eight at a time. */
static const char *match_by_rows(Phrase *phrase, Output *matches)
{
    for (size_t at = 0; at < phrase->documents; at += 8) {
        uint64_t holding = UINT64_MAX;
        for (size_t each = 0; each < phrase->distinct; each++)
            holding &= not_zero(eight(phrase->words[each].part->row, at, phrase->documents));
        for (; holding; holding &= holding - 1) {
            const char *problem = look_at_byte(phrase, matches, at, __builtin_ctzll(holding) / 8);
            if (problem)
                return problem;
        }
        for (size_t each = 0; each < phrase->distinct; each++) {
            Word *word = &phrase->words[each];
            word->before += sum_of_bytes(eight(word->part->row, at, phrase->documents));
        }
    }
    return NULL;
}

static const char *match(Phrase *phrase, Output *matches)
{
    int rows = phrase->distinct <= MAX_ROWS &&
               phrase->words[0].part->count >= phrase->documents / DENSE_FROM;
    for (size_t at = 0; at < phrase->distinct; at++)
        rows = rows && phrase->words[at].part->row;
    return rows ? match_by_rows(phrase, matches) : match_by_places(phrase, matches);
}

static int take_word(Word *word, Part *part, PyObject *positions)
{
    *word = (Word){.part = part};
    word->positions = take_sized(&part->held, positions, &word->wide, &word->count);
    if (!word->positions)
        return 0;
    if (!part->is_term || (word->wide != 2 && word->wide != 4)) {
        PyErr_SetString(PyExc_ValueError, "terms with positions of 2 or 4 bytes expected");
        return 0;
    }
    return 1;
}

/* The words, the rarest of them first, and the phrase as places among them. */
static int phrase_from(Phrase *phrase, Parts *parts, PyObject *positions, PyObject *order)
{
    phrase->documents = parts->documents;
    phrase->distinct = parts->count;
    if (!PyList_Check(positions) || (size_t)PyList_Size(positions) != parts->count ||
        !PyList_Check(order) || !PyList_Size(order) || !parts->count) {
        PyErr_SetString(PyExc_ValueError, "positions of every term, and their order, expected");
        return 0;
    }
    phrase->length = (size_t)PyList_Size(order);
    phrase->words = calloc(parts->count, sizeof *phrase->words);
    phrase->order = calloc(phrase->length, sizeof *phrase->order);
    if (!phrase->words || !phrase->order) {
        PyErr_NoMemory();
        return 0;
    }
    for (size_t at = 0; at < parts->count; at++)
        if (!take_word(&phrase->words[at], &parts->all[at],
                       PyList_GetItem(positions, (Py_ssize_t)at)))
            return 0;
    for (size_t at = 0; at < phrase->length; at++) {
        phrase->order[at] = PyLong_AsSize_t(PyList_GetItem(order, (Py_ssize_t)at));
        if (PyErr_Occurred())
            return 0;
        if (phrase->order[at] >= parts->count) {
            PyErr_SetString(PyExc_IndexError, "no such word");
            return 0;
        }
    }
    return 1;
}

static PyObject *matched(Phrase *phrase, Output *matches)
{
    const char *problem = NULL;
    if (matches->room < phrase->words[0].part->count)
        problem = "room for every document of the rarest word expected";
    else if (phrase->words[0].part->count < LONG / 10) {
        problem = match(phrase, matches);
    } else {
        Py_BEGIN_ALLOW_THREADS
        problem = match(phrase, matches);
        Py_END_ALLOW_THREADS
    }
    return count_or_error(matches, problem);
}

/* (terms, the rarest first; positions of each; the phrase as places among them; slop, documents,
   boost, ids, scores or None) -> how many matches were written to both. */
PyObject *match_phrase(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 8))
        return NULL;
    Buffers buffers = {.count = 0};
    Parts parts = {0};
    Phrase phrase = {.boost = PyFloat_AsDouble(given_[5])};
    Output matches = {0};
    PyObject *result = NULL;
    unsigned long slop = PyLong_AsUnsignedLong(given_[3]);
    if (!PyErr_Occurred() && parts_from(&parts, given_[0], PyLong_AsSsize_t(given_[4])) &&
        phrase_from(&phrase, &parts, given_[1], given_[2]) &&
        take_output(&matches, &buffers, given_[6], given_[7])) {
        phrase.slop = slop < UINT32_MAX ? (uint32_t)slop : UINT32_MAX;
        result = matched(&phrase, &matches);
    }
    free(phrase.words);
    free(phrase.order);
    free(phrase.reached.at);
    free(phrase.following.at);
    parts_release(&parts);
    release_all(&buffers);
    return result;
}
