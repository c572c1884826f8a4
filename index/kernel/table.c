#include "table.h"

#include <stdlib.h>
#include <string.h>

#define LEAST 1024
#define EXACT 8
#define MIX 0x9E3779B97F4A7C15u

Table *table_new(uint64_t secret)
{
    Table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->secret = secret | 1;
    table->capacity = LEAST;
    table->slots = calloc(LEAST, sizeof *table->slots);
    table->bytes_room = table->starts_room = LEAST;
    table->bytes = malloc(table->bytes_room);
    table->starts = calloc(table->starts_room, sizeof *table->starts);
    if (table->slots && table->bytes && table->starts)
        return table;
    table_free(table);
    return NULL;
}

void table_free(Table *table)
{
    free(table->slots);
    free(table->bytes);
    free(table->starts);
    free(table);
}

/* This and the steps of `hash_of` can be undone, so that different values stay different. */
static uint64_t mixed(uint64_t value)
{
    value ^= value >> 32;
    value *= MIX;
    return value ^ value >> 29;
}

/* Up to eight bytes as one number; of strings of one size no two give the same. */
static uint64_t packed(const char *text, size_t size)
{
    uint64_t word = 0;
    uint32_t first, last;
    if (size == 8) {
        memcpy(&word, text, 8);
    } else if (size >= 4) {
        memcpy(&first, text, 4);
        memcpy(&last, text + size - 4, 4);
        word = first | (uint64_t)last << 32;
    } else if (size) {
        const unsigned char *bytes = (const unsigned char *)text;
        word = bytes[0] | (uint64_t)bytes[size / 2] << 8 | (uint64_t)bytes[size - 1] << 16;
    }
    return word;
}

/* Strings of up to `EXACT` bytes of one size have the same hash only if they are the same. */
static uint64_t hash_of(const char *text, size_t size, uint64_t secret)
{
    uint64_t hash = secret ^ size * MIX;
    for (; size > 8; text += 8, size -= 8)
        hash = mixed((hash ^ packed(text, 8)) * secret);
    hash = (hash ^ packed(text, size)) * secret;
    return hash ^ hash >> 32;
}

static size_t slot_of(const Table *table, uint64_t hash)
{
    return hash & (table->capacity - 1);
}

static Slot *free_slot(const Table *table, uint64_t hash)
{
    size_t at = slot_of(table, hash);
    while (table->slots[at].kind)
        at = (at + 1) & (table->capacity - 1);
    return &table->slots[at];
}

static int grow_slots(Table *table)
{
    size_t old_capacity = table->capacity;
    Slot *old = table->slots, *slots = calloc(old_capacity * 2, sizeof *slots);
    if (!slots)
        return 0;
    table->slots = slots;
    table->capacity = old_capacity * 2;
    for (size_t at = 0; at < old_capacity; at++)
        if (old[at].kind)
            *free_slot(table, old[at].hash) = old[at];
    free(old);
    return 1;
}

static int make_room(Table *table, size_t size)
{
    size_t end = table->starts[table->count];
    if (end + size > table->bytes_room) {
        size_t room = (end + size) * 2;
        char *bytes = realloc(table->bytes, room);
        if (!bytes)
            return 0;
        table->bytes = bytes;
        table->bytes_room = room;
    }
    if (table->count + 2 > table->starts_room) {
        size_t room = table->starts_room * 2;
        size_t *starts = realloc(table->starts, room * sizeof *starts);
        if (!starts)
            return 0;
        table->starts = starts;
        table->starts_room = room;
    }
    return table->count * 2 < table->capacity || grow_slots(table);
}

int32_t table_number(Table *table, const char *text, size_t size, uint8_t tag)
{
    uint32_t kind = (uint32_t)(size + 1) | (uint32_t)tag << 24;
    uint64_t hash = hash_of(text, size, table->secret ^ (uint64_t)tag << 1);
    size_t at = slot_of(table, hash);
    for (; table->slots[at].kind; at = (at + 1) & (table->capacity - 1)) {
        const Slot *slot = &table->slots[at];
        if (slot->hash == hash && slot->kind == kind &&
            (size <= EXACT ||
             memcmp(table->bytes + table->starts[slot->number], text, size) == 0))
            return slot->number;
    }
    if (table->count >= INT32_MAX - 1 || size > LONGEST || !make_room(table, size))
        return -1;
    int32_t number = (int32_t)table->count++;
    size_t start = table->starts[number];
    memcpy(table->bytes + start, text, size);
    table->starts[number + 1] = start + size;
    *free_slot(table, hash) = (Slot){hash, number, kind};
    return number;
}
