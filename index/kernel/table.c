#include "table.h"

#include <stdlib.h>
#include <string.h>

#define LEAST 1024
#define MIX 0x9E3779B97F4A7C15u

Table *table_new(uint64_t secret)
{
    Table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->secret = secret | 1;
    table->capacity = LEAST;
    table->hashes = calloc(LEAST, sizeof *table->hashes);
    table->slots = malloc(LEAST * sizeof *table->slots);
    table->bytes_room = table->starts_room = LEAST;
    table->bytes = malloc(table->bytes_room);
    table->starts = calloc(table->starts_room, sizeof *table->starts);
    if (table->hashes && table->slots && table->bytes && table->starts)
        return table;
    table_free(table);
    return NULL;
}

void table_free(Table *table)
{
    free(table->hashes);
    free(table->slots);
    free(table->bytes);
    free(table->starts);
    free(table);
}

static uint64_t mixed(uint64_t value)
{
    value ^= value >> 32;
    value *= MIX;
    return value ^ value >> 29;
}

static uint64_t hash_of(const char *text, size_t size, uint64_t secret)
{
    uint64_t hash = secret ^ size * MIX, word;
    for (; size >= 8; text += 8, size -= 8) {
        memcpy(&word, text, 8);
        hash = mixed((hash ^ word) * secret);
    }
    word = 0;
    for (size_t at = 0; at < size; at++)
        word |= (uint64_t)(unsigned char)text[at] << 8 * at;
    hash = mixed((hash ^ word) * secret);
    return mixed(hash) | 1;
}

static size_t slot_of(const Table *table, uint64_t hash)
{
    return (hash >> 1) & (table->capacity - 1);
}

static int grow_slots(Table *table)
{
    size_t old_capacity = table->capacity;
    uint64_t *old_hashes = table->hashes;
    int32_t *old_slots = table->slots;
    uint64_t *hashes = calloc(old_capacity * 2, sizeof *hashes);
    int32_t *slots = malloc(old_capacity * 2 * sizeof *slots);
    if (!hashes || !slots) {
        free(hashes);
        free(slots);
        return 0;
    }
    table->hashes = hashes;
    table->slots = slots;
    table->capacity = old_capacity * 2;
    for (size_t old = 0; old < old_capacity; old++) {
        if (!old_hashes[old])
            continue;
        size_t slot = slot_of(table, old_hashes[old]);
        while (hashes[slot])
            slot = (slot + 1) & (table->capacity - 1);
        hashes[slot] = old_hashes[old];
        slots[slot] = old_slots[old];
    }
    free(old_hashes);
    free(old_slots);
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

static int equals(const Table *table, int32_t number, const char *text, size_t size)
{
    size_t start = table->starts[number];
    return table->starts[number + 1] - start == size &&
           memcmp(table->bytes + start, text, size) == 0;
}

int32_t table_number(Table *table, const char *text, size_t size)
{
    uint64_t hash = hash_of(text, size, table->secret);
    size_t slot = slot_of(table, hash);
    for (; table->hashes[slot]; slot = (slot + 1) & (table->capacity - 1))
        if (table->hashes[slot] == hash && equals(table, table->slots[slot], text, size))
            return table->slots[slot];
    if (table->count >= INT32_MAX - 1 || !make_room(table, size))
        return -1;
    for (slot = slot_of(table, hash); table->hashes[slot];)
        slot = (slot + 1) & (table->capacity - 1);
    int32_t number = (int32_t)table->count++;
    size_t start = table->starts[number];
    memcpy(table->bytes + start, text, size);
    table->starts[number + 1] = start + size;
    table->hashes[slot] = hash;
    table->slots[slot] = number;
    return number;
}
