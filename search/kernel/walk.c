/* Walking a text. Most raw tokens are runs of letters, whose ends are found by bits, 64 at a
   time. */
#include "walk.h"
#include "../../index/kernel/tokens.h"

#define WITHOUT_LOCK 16384 /* characters from which other threads may run meanwhile */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define GATHER UINT64_C(0x0102040810204080) /* brings the lowest bits of eight bytes together */

/* Eight bytes as a number, the first byte its lowest. */
static uint64_t eight(const uint8_t *bytes)
{
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    number = __builtin_bswap64(number);
#endif
    return number;
}

/* The lowest bits of eight bytes, the first byte's lowest. */
static uint64_t gathered(uint64_t bytes)
{
    return ((bytes & EACH(1)) * GATHER) >> 56;
}

/* `classes` has zeros behind the text, up to a whole word of bits. */
static void gather_bits(Walk *walk)
{
    for (size_t word = 0; word + 1 < walk->words; word++) {
        uint64_t letters = 0, unspaced = 0;
        for (size_t each = 0; each < 8; each++) {
            uint64_t bytes = eight(walk->classes + word * 64 + each * 8);
            letters |= gathered(bytes) << (8 * each);
            unspaced |= gathered(bytes >> 2) << (8 * each);
        }
        walk->letters[word] = letters;
        walk->firsts[word] = letters | unspaced;
    }
    walk->letters[walk->words - 1] = walk->firsts[walk->words - 1] = 0;
}

/* Where the first bit is set from a place on; behind all words if none is. */
static size_t next_set(const Walk *walk, const uint64_t *bits, size_t at)
{
    size_t word = at / 64;
    uint64_t rest = bits[word] >> (at % 64);
    if (rest)
        return at + (size_t)__builtin_ctzll(rest);
    while (++word < walk->words)
        if (bits[word])
            return word * 64 + (size_t)__builtin_ctzll(bits[word]);
    return word * 64;
}

/* Where the first bit is clear from a place on: in the last word at the latest. */
static size_t next_clear(const uint64_t *bits, size_t at)
{
    size_t word = at / 64;
    uint64_t rest = ~bits[word] >> (at % 64);
    if (rest)
        return at + (size_t)__builtin_ctzll(rest);
    while (!~bits[++word])
        ;
    return word * 64 + (size_t)__builtin_ctzll(~bits[word]);
}

/* What `next_token` gives, mostly without asking it; `plain` tells whether it is letters alone. */
static int next_raw(const Walk *walk, size_t at, RawToken *token, int *plain)
{
    const uint8_t *classes = walk->classes;
    size_t count = walk->text.count, start = next_set(walk, walk->firsts, at);
    *plain = 0;
    if (start >= count)
        return 0;
    if (!(classes[start] & LETTER) || classes[start] & DIGIT)
        return next_token(classes, count, start, token);
    size_t end = next_clear(walk->letters, start);
    if ((classes[end] & JOINT && classes[end + 1] & LETTER) ||
        (classes[end] & DOT && end == start + 1))
        return next_token(classes, count, start, token);
    *plain = 1;
    *token = (RawToken){start, end, 0};
    return 1;
}

/* Joined words count as many positions as parts; of a number or an acronym there is one. */
static uint32_t parts_of(const Walk *walk, const RawToken *token)
{
    const uint8_t *classes = walk->classes;
    uint32_t parts = 1;
    for (size_t at = token->start; at < token->end; at++) {
        if (classes[at] & LETTER)
            continue;
        if (!(classes[at] & JOINT))
            return 1;
        parts++;
    }
    if (parts > 1 && token->end - token->start > 2) {
        uint32_t joint = code_at(&walk->text, token->end - 2);
        uint32_t last = code_at(&walk->text, token->end - 1);
        if ((joint == '\'' || joint == 0x2019) && (last == 's' || last == 'S'))
            parts--;
    }
    return parts;
}

static int has_foreign_letter(const Walk *walk, const RawToken *token)
{
    const Text *text = &walk->text;
    if (text->starts[token->end] - text->starts[token->start] == token->end - token->start)
        return 0;
    for (size_t at = token->start; at < token->end; at++)
        if (walk->classes[at] & LETTER && text->bytes[text->starts[at]] >= 0x80)
            return 1;
    return 0;
}

static int holds_wanted(const Sought *sought, const uint8_t *bytes, size_t at, size_t end)
{
    uint8_t before = 0;
    for (; at < end; at++) {
        uint8_t code = letter_codes[bytes[at]];
        if (code && !before && begins_wanted(sought, bytes, at, end))
            return 1;
        before = code;
    }
    return 0;
}

/* Whether a raw token may give something wanted; a plain one is a run of letters. */
static int is_candidate(const Walk *walk, const Sought *sought, const RawToken *token, int plain)
{
    const Text *text = &walk->text;
    if (sought->everything)
        return 1;
    if (walk->classes[token->start] & UNSPACED)
        return is_character_wanted(sought, code_at(text, token->start));
    if (text->starts && has_foreign_letter(walk, token))
        return 1;
    size_t start = byte_of(text, token->start), end = byte_of(text, token->end);
    return plain ? begins_wanted(sought, text->bytes, start, end)
                 : holds_wanted(sought, text->bytes, start, end);
}

/* 0 where the text holds characters that have no class. */
static int walk_tokens(Walk *walk, const Sought *sought)
{
    const Text *text = &walk->text;
    if (classify((const char *)text->bytes, text->size, walk->classes, text->starts) < 0)
        return 0;
    memset(walk->classes + text->count, 0, walk->words * 64 - text->count);
    gather_bits(walk);
    RawToken token = {0};
    uint32_t skipped = 0;
    int plain;
    while (next_raw(walk, token.end, &token, &plain)) {
        if (is_candidate(walk, sought, &token, plain)) {
            uint32_t end = (uint32_t)(token.end + (token.followed ? 1 : 0));
            walk->candidates[walk->count++] = (Candidate){(uint32_t)token.start, end, skipped};
            skipped = 0;
        } else if (sought->phrase_count) {
            skipped += plain ? 1 : parts_of(walk, &token);
        }
    }
    return 1;
}

int walk_text(Walk *walk, PyObject *object, const Sought *sought)
{
    int able = look_at(&walk->text, object);
    if (able <= 0)
        return able;
    size_t count = walk->text.count;
    walk->words = count / 64 + 2;
    walk->classes = malloc(walk->words * 64);
    walk->letters = malloc(walk->words * sizeof *walk->letters);
    walk->firsts = malloc(walk->words * sizeof *walk->firsts);
    walk->candidates = malloc((count + 1) * sizeof *walk->candidates);
    if (!walk->classes || !walk->letters || !walk->firsts || !walk->candidates) {
        PyErr_NoMemory();
        return -1;
    }
    if (count < WITHOUT_LOCK)
        return walk_tokens(walk, sought);
    Py_BEGIN_ALLOW_THREADS
    able = walk_tokens(walk, sought);
    Py_END_ALLOW_THREADS
    return able;
}

void leave_walk(Walk *walk)
{
    leave(&walk->text);
    free(walk->classes);
    free(walk->letters);
    free(walk->firsts);
    free(walk->candidates);
}
