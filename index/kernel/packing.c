#include "packing.h"

#include <string.h>

static uint32_t delta_of(const uint32_t *documents, size_t at)
{
    return at ? documents[at] - documents[at - 1] : documents[0];
}

size_t documents_size(const uint32_t *documents, size_t count, uint8_t *mode)
{
    size_t over8 = 0, over16 = 0;
    int repeats = 0;
    for (size_t at = 0; at < count; at++) {
        uint32_t delta = delta_of(documents, at);
        if (delta >= 255) {
            over8 += delta / 255;
            over16 += delta / 65535;
        }
        repeats |= at && !delta;
    }
    size_t span = (size_t)((int64_t)documents[count - 1] - (int64_t)documents[0]);
    size_t sizes[] = {count + over8, 2 * (count + over16), 4 * count,
                      repeats ? (size_t)1 << 40 : 4 + span / 8 + 1};
    *mode = DELTA8;
    for (uint8_t way = DELTA16; way <= BITS; way++)
        if (sizes[way] < sizes[*mode])
            *mode = way;
    return sizes[*mode];
}

static void put_deltas8(uint8_t *to, const uint32_t *documents, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        uint32_t delta = delta_of(documents, at);
        for (; delta >= 255; delta -= 255)
            *to++ = 255;
        *to++ = (uint8_t)delta;
    }
}

static void put_deltas16(uint8_t *to, const uint32_t *documents, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        uint32_t delta = delta_of(documents, at);
        for (; delta >= 65535; delta -= 65535, to += 2)
            to[0] = to[1] = 255;
        *to++ = (uint8_t)delta;
        *to++ = (uint8_t)(delta >> 8);
    }
}

static void put_whole(uint8_t *to, uint32_t number)
{
    for (int byte = 0; byte < 4; byte++)
        to[byte] = (uint8_t)(number >> 8 * byte);
}

void put_documents(uint8_t *to, const uint32_t *documents, size_t count, size_t size, uint8_t mode)
{
    if (mode == DELTA8) {
        put_deltas8(to, documents, count);
    } else if (mode == DELTA16) {
        put_deltas16(to, documents, count);
    } else if (mode == WHOLE32) {
        for (size_t at = 0; at < count; at++)
            put_whole(to + 4 * at, documents[at]);
    } else {
        memset(to, 0, size);
        put_whole(to, documents[0]);
        for (size_t at = 0; at < count; at++) {
            uint32_t bit = documents[at] - documents[0];
            to[4 + bit / 8] |= (uint8_t)(128 >> bit % 8);
        }
    }
}

static size_t get_deltas8(uint32_t *to, size_t count, const uint8_t *from, size_t size)
{
    uint32_t document = 0;
    size_t done = 0;
    for (size_t at = 0; at < size && done < count; at++) {
        document += from[at];
        to[done] = document;
        done += from[at] != 255;
    }
    return done;
}

static size_t get_deltas16(uint32_t *to, size_t count, const uint8_t *from, size_t size)
{
    uint32_t document = 0;
    size_t done = 0;
    for (size_t at = 0; at + 1 < size && done < count; at += 2) {
        uint32_t delta = from[at] | (uint32_t)from[at + 1] << 8;
        document += delta;
        to[done] = document;
        done += delta != 65535;
    }
    return done;
}

static uint32_t whole(const uint8_t *from)
{
    return from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

static size_t get_bits(uint32_t *to, size_t count, const uint8_t *from, size_t size)
{
    if (size < 4)
        return 0;
    uint32_t document = whole(from);
    size_t done = 0;
    for (size_t at = 4; at < size; at++, document += 8) {
        unsigned bits = from[at];
        while (bits && done < count) {
            int first = __builtin_clz(bits) - 24;
            to[done++] = document + (uint32_t)first;
            bits &= ~(128u >> first);
        }
    }
    return done;
}

int get_documents(uint32_t *to, size_t count, const uint8_t *from, size_t size, uint8_t mode)
{
    if (mode == DELTA8)
        return get_deltas8(to, count, from, size) == count;
    if (mode == DELTA16)
        return get_deltas16(to, count, from, size) == count;
    if (mode == BITS)
        return get_bits(to, count, from, size) == count;
    if (size < 4 * count)
        return 0;
    for (size_t at = 0; at < count; at++)
        to[at] = whole(from + 4 * at);
    return 1;
}

static uint32_t highest_of(const uint32_t *numbers, size_t count)
{
    uint32_t highest = 0;
    for (size_t at = 0; at < count; at++)
        highest = numbers[at] > highest ? numbers[at] : highest;
    return highest;
}

size_t frequencies_size(const uint32_t *frequencies, size_t count, uint8_t *mode)
{
    uint32_t highest = highest_of(frequencies, count);
    *mode = highest <= 1 ? ONES : highest <= 15 ? NIBBLES : highest <= 255 ? FREQ8 : FREQ32;
    size_t sizes[] = {0, (count + 1) / 2, count, 4 * count};
    return sizes[*mode];
}

void put_frequencies(uint8_t *to, const uint32_t *frequencies, size_t count, size_t size,
                     uint8_t mode)
{
    (void)size;
    for (size_t at = 0; at < count; at++) {
        if (mode == NIBBLES) {
            uint8_t half = (uint8_t)frequencies[at];
            to[at / 2] = at % 2 ? (uint8_t)(to[at / 2] | half << 4) : half;
        } else if (mode == FREQ8) {
            to[at] = (uint8_t)frequencies[at];
        } else if (mode == FREQ32) {
            put_whole(to + 4 * at, frequencies[at]);
        }
    }
}

int get_frequencies(uint32_t *to, size_t count, const uint8_t *from, size_t size, uint8_t mode)
{
    size_t sizes[] = {0, (count + 1) / 2, count, 4 * count};
    if (size < sizes[mode])
        return 0;
    for (size_t at = 0; at < count; at++) {
        if (mode == ONES)
            to[at] = 1;
        else if (mode == NIBBLES)
            to[at] = from[at / 2] >> (at % 2 ? 4 : 0) & 15;
        else if (mode == FREQ8)
            to[at] = from[at];
        else
            to[at] = whole(from + 4 * at);
    }
    return 1;
}

size_t positions_size(const uint32_t *positions, size_t count, uint8_t *mode)
{
    *mode = highest_of(positions, count) > 0xFFFF;
    return count * (*mode ? 4 : 2);
}

void put_positions(uint8_t *to, const uint32_t *positions, size_t count, size_t size, uint8_t mode)
{
    (void)size;
    int unit = mode ? 4 : 2;
    for (size_t at = 0; at < count; at++)
        for (int byte = 0; byte < unit; byte++)
            *to++ = (uint8_t)(positions[at] >> 8 * byte);
}

int get_positions(uint32_t *to, size_t count, const uint8_t *from, size_t size, uint8_t mode)
{
    size_t unit = mode ? 4 : 2;
    if (mode > 1 || size < unit * count)
        return 0;
    for (size_t at = 0; at < count; at++, from += unit) {
        to[at] = from[0] | (uint32_t)from[1] << 8;
        if (mode)
            to[at] |= (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
    }
    return 1;
}
