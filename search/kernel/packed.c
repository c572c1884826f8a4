/* The documents of many terms at once, straight from the bytes in which they are packed. */
#include "../../index/kernel/packing.h"
#include "kernel.h"

typedef struct {
    const uint8_t *bytes, *coding;
    const int64_t *at, *counts; /* (terms + 1,) where each begins in `bytes`; (terms,) documents */
    size_t size, terms;
} Packed;

typedef struct {
    uint32_t *at;
    size_t room;
} Scratch;

static const char *mark_term(const uint32_t *ids, size_t count, uint64_t *bits, size_t words)
{
    for (size_t at = 0; at < count; at++) {
        if (ids[at] / 64 >= words)
            return "a document beyond the index";
        bits[ids[at] / 64] |= (uint64_t)1 << ids[at] % 64;
    }
    return NULL;
}

static const char *mark(const Packed *packed, Scratch *scratch, uint64_t *bits, size_t words)
{
    for (size_t term = 0; term < packed->terms; term++) {
        int64_t begin = packed->at[term] - packed->at[0];
        int64_t end = packed->at[term + 1] - packed->at[0];
        int64_t count = packed->counts[term];
        /* A document takes a bit at the least. */
        if (begin < 0 || end < begin || (size_t)end > packed->size || count < 0 ||
            count > 8 * (end - begin))
            return "terms and their bytes do not fit together";
        if ((size_t)count > scratch->room) {
            uint32_t *at = realloc(scratch->at, 2 * (size_t)count * sizeof *at);
            if (!at)
                return "no memory for the documents of a term";
            *scratch = (Scratch){at, 2 * (size_t)count};
        }
        if (!get_documents(scratch->at, (size_t)count, packed->bytes + begin,
                           (size_t)(end - begin), packed->coding[term] & 3))
            return "a term has fewer documents than it should";
        const char *problem = mark_term(scratch->at, (size_t)count, bits, words);
        if (problem)
            return problem;
    }
    return NULL;
}

static int take_packed(Packed *packed, Buffers *buffers, Arguments given_)
{
    Py_ssize_t size, starts, coding, counts;
    packed->bytes = take(buffers, given_[0], 1, &size, 0);
    packed->at = packed->bytes ? take(buffers, given_[1], 8, &starts, 0) : NULL;
    packed->coding = packed->at ? take(buffers, given_[2], 1, &coding, 0) : NULL;
    packed->counts = packed->coding ? take(buffers, given_[3], 8, &counts, 0) : NULL;
    if (!packed->counts)
        return 0;
    if (starts != coding + 1 || counts != coding) {
        PyErr_SetString(PyExc_ValueError, "a start, a coding and a count of every term expected");
        return 0;
    }
    packed->size = (size_t)size;
    packed->terms = (size_t)coding;
    return 1;
}

/* (bytes, where each term begins in them, codings, counts, bits): the bits of the terms' documents,
   64 in each number, the lowest first, become 1. */
PyObject *mark_documents(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 5))
        return NULL;
    Buffers buffers = {.count = 0};
    Packed packed = {0};
    Scratch scratch = {0};
    Py_ssize_t words;
    PyObject *result = NULL;
    uint64_t *bits = take_packed(&packed, &buffers, given_)
                         ? take(&buffers, given_[4], 8, &words, 1) : NULL;
    if (bits) {
        const char *problem;
        Py_BEGIN_ALLOW_THREADS
        problem = mark(&packed, &scratch, bits, (size_t)words);
        Py_END_ALLOW_THREADS
        if (problem)
            PyErr_SetString(PyExc_ValueError, problem);
        else
            result = Py_NewRef(Py_None);
    }
    free(scratch.at);
    release_all(&buffers);
    return result;
}

/* How many documents are marked and fit; they are written. SIZE_MAX where there is no room. */
static size_t write_marked(const uint64_t *bits, size_t words, uint32_t *ids, size_t room)
{
    size_t found = 0;
    for (size_t word = 0; word < words; word++) {
        if (room - found < 64 && room - found < (size_t)__builtin_popcountll(bits[word]))
            return SIZE_MAX;
        for (uint64_t left = bits[word]; left; left &= left - 1)
            ids[found++] = (uint32_t)(word * 64 + (size_t)__builtin_ctzll(left));
    }
    return found;
}

/* (bits, room for ids) -> how many bits are 1; their places go to the room. */
PyObject *marked_documents(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 2))
        return NULL;
    Buffers buffers = {.count = 0};
    Py_ssize_t words, room;
    PyObject *result = NULL;
    const uint64_t *bits = take(&buffers, given_[0], 8, &words, 0);
    uint32_t *ids = bits ? take(&buffers, given_[1], 4, &room, 1) : NULL;
    if (ids) {
        size_t found;
        Py_BEGIN_ALLOW_THREADS
        found = write_marked(bits, (size_t)words, ids, (size_t)room);
        Py_END_ALLOW_THREADS
        if (found == SIZE_MAX)
            PyErr_SetString(PyExc_ValueError, "more documents than there is room for");
        else
            result = PyLong_FromSize_t(found);
    }
    release_all(&buffers);
    return result;
}

/* Frequencies below 256 as bytes. 0 where there are fewer bytes than they take, or other ones. */
static int small_frequencies(uint8_t *to, size_t count, const uint8_t *from, size_t size,
                             uint8_t way)
{
    if (way == FREQ32 || size < (way == ONES ? 0 : way == NIBBLES ? (count + 1) / 2 : count))
        return 0;
    if (way == ONES)
        memset(to, 1, count);
    else if (way == FREQ8)
        memcpy(to, from, count);
    else
        for (size_t at = 0; at < count; at++)
            to[at] = from[at / 2] >> (at % 2 ? 4 : 0) & 15;
    return 1;
}

/* (bytes of a term's documents, of its frequencies, coding, room for ids, for frequencies of one
   byte): both are filled. The frequencies must be below 256. */
PyObject *unpack_postings(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 5))
        return NULL;
    Buffers buffers = {.count = 0};
    Py_ssize_t size, frequency_size, room, frequency_room;
    unsigned long coding = PyLong_AsUnsignedLong(given_[2]);
    const uint8_t *documents = PyErr_Occurred() ? NULL : take(&buffers, given_[0], 1, &size, 0);
    const uint8_t *packed = documents ? take(&buffers, given_[1], 1, &frequency_size, 0) : NULL;
    uint32_t *ids = packed ? take(&buffers, given_[3], 4, &room, 1) : NULL;
    uint8_t *frequencies = ids ? take(&buffers, given_[4], 1, &frequency_room, 1) : NULL;
    int fits = frequencies && room == frequency_room;
    if (fits) {
        uint8_t way = coding >> 2 & 3;
        Py_BEGIN_ALLOW_THREADS
        fits = get_documents(ids, (size_t)room, documents, (size_t)size, coding & 3) &&
               small_frequencies(frequencies, (size_t)room, packed, (size_t)frequency_size, way);
        Py_END_ALLOW_THREADS
    }
    if (frequencies && !fits)
        PyErr_SetString(PyExc_ValueError, "a term and its bytes do not fit together");
    release_all(&buffers);
    return fits ? Py_NewRef(Py_None) : NULL;
}

/* (ids, a frequency of a byte for each, a byte for every document): the documents' bytes are
   set. */
PyObject *spread_frequencies(PyObject *self, Arguments given_, Py_ssize_t count)
{
    (void)self;
    if (!given(count, 3))
        return NULL;
    Buffers buffers = {.count = 0};
    Py_ssize_t ids_count, frequency_count, documents;
    const uint32_t *ids = take(&buffers, given_[0], 4, &ids_count, 0);
    const uint8_t *frequencies = ids ? take(&buffers, given_[1], 1, &frequency_count, 0) : NULL;
    uint8_t *row = frequencies ? take(&buffers, given_[2], 1, &documents, 1) : NULL;
    int fits = row && ids_count == frequency_count;
    for (Py_ssize_t at = 0; fits && at < ids_count; at++) {
        fits = ids[at] < (size_t)documents;
        if (fits)
            row[ids[at]] = frequencies[at];
    }
    if (row && !fits)
        PyErr_SetString(PyExc_ValueError, "a document beyond the index, or without a frequency");
    release_all(&buffers);
    return fits ? Py_NewRef(Py_None) : NULL;
}
