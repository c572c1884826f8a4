/* Byte strings, each with a number: a hash table that keeps what it was given. */
#ifndef DATELINE_TABLE_H
#define DATELINE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define LONGEST ((1u << 24) - 2)

typedef struct {
    uint64_t hash;
    int32_t number; /* of the string, in the order in which they came */
    uint32_t kind;  /* size of the string and 1 more, its tag above; 0 where the slot is empty */
} Slot;

typedef struct {
    uint64_t secret;   /* drawn for each table: nobody can prepare strings that collide */
    Slot *slots;
    size_t capacity;   /* of slots, a power of two */
    size_t count;      /* of strings */
    char *bytes;       /* all strings, joined */
    size_t *starts;    /* count + 1: where each begins */
    size_t bytes_room, starts_room;
} Table;

/* An empty table, or NULL where memory is short. */
Table *table_new(uint64_t secret);

void table_free(Table *table);

/* The number of a string with a tag, which is new if it equals the count there was before. -1 where
   memory is short, or the string longer than `LONGEST`. */
int32_t table_number(Table *table, const char *text, size_t size, uint8_t tag);

#endif
