/* Phrases: documents in which words stand one after the other, found by walking through the
   postings of all words side by side. Positions are read where they lie in the file. */
#include "parts.h"

#define LONG 10000

/* A distinct word of a phrase. */
typedef struct {
    Part *part;
    const char *positions; /* of all documents, one after the other, each of 2 or 4 bytes */
    size_t wide, count;    /* their size, and how many there are */
    size_t summed, before; /* how many stand before the document at place `summed` */
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
    Reached reached, following;
} Phrase;

typedef struct {
    uint32_t *ids;
    double *scores;
    double boost;
    size_t count, room;
} Matches;

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
    return word->before + frequency_at(word->part, word->part->at);
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

/* The positions of `word` that come 1 to `slop` after a reached one; of the last word, the first. */
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

/* The same for two words in a row, the usual case, without a copy of the first one's positions. */
static int side_by_side(const Word *first, const Word *second)
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

static void put_match(const Phrase *phrase, Matches *matches, uint32_t id)
{
    matches->ids[matches->count] = id;
    if (matches->scores) {
        double sum = 0.0;
        for (size_t at = 0; at < phrase->length; at++) {
            const Part *part = phrase->words[phrase->order[at]].part;
            sum += score_at(part, part->at, id);
        }
        matches->scores[matches->count] = sum * matches->boost;
    }
    matches->count++;
}

static const char *match(Phrase *phrase, Matches *matches)
{
    Part *rarest = phrase->words[0].part;
    const Word *first = &phrase->words[phrase->order[0]];
    const Word *second = &phrase->words[phrase->order[phrase->length > 1]];
    int simple = phrase->length == 2 && phrase->slop == 1;
    for (rarest->at = 0; rarest->at < rarest->count; rarest->at++) {
        uint32_t id = rarest->ids[rarest->at];
        if (id >= phrase->documents)
            return "a document beyond the index";
        if (!all_hold(phrase, id))
            continue;
        for (size_t at = 0; at < phrase->distinct; at++)
            if (!count_before(&phrase->words[at]))
                return "fewer positions than the frequencies say";
        int found = simple ? side_by_side(first, second) : in_order(phrase);
        if (found < 0)
            return "no memory for the positions of a document";
        if (found)
            put_match(phrase, matches, id);
    }
    return NULL;
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
    *phrase = (Phrase){.documents = parts->documents, .distinct = parts->count};
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

static int take_matches(Matches *matches, Buffers *buffers, PyObject *ids, PyObject *scores)
{
    Py_ssize_t room, score_room = 0;
    matches->ids = take(buffers, ids, 4, &room, 1);
    if (!matches->ids)
        return 0;
    matches->room = (size_t)room;
    if (scores == Py_None)
        return 1;
    matches->scores = take(buffers, scores, 8, &score_room, 1);
    if (matches->scores && score_room < room)
        PyErr_SetString(PyExc_ValueError, "as many scores as documents expected");
    return matches->scores && score_room >= room;
}

static PyObject *matched(Phrase *phrase, Matches *matches)
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
    if (!problem)
        return PyLong_FromSize_t(matches->count);
    PyErr_SetString(PyExc_ValueError, problem);
    return NULL;
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
    Phrase phrase = {0};
    Matches matches = {.boost = PyFloat_AsDouble(given_[5])};
    PyObject *result = NULL;
    unsigned long slop = PyLong_AsUnsignedLong(given_[3]);
    if (!PyErr_Occurred() && parts_from(&parts, given_[0], PyLong_AsSsize_t(given_[4])) &&
        phrase_from(&phrase, &parts, given_[1], given_[2]) &&
        take_matches(&matches, &buffers, given_[6], given_[7])) {
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
