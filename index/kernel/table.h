/* Byte strings, each with a number: a hash table that keeps what it was given. */
#ifndef DATELINE_TABLE_H
#define DATELINE_TABLE_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t secret;   /* drawn for each table: nobody can prepare strings that collide */
    uint64_t *hashes;  /* by slot; 0 where it is empty */
    int32_t *slots;    /* by slot: which of the strings, in the order in which they came */
    size_t capacity;   /* of slots, a power of two */
    size_t count;      /* of strings */
    char *bytes;       /* all strings, joined */
    size_t *starts;    /* count + 1: where each begins */
    size_t bytes_room, starts_room;
} Table;

/* An empty table, or NULL where memory is short. */
Table *table_new(uint64_t secret);

void table_free(Table *table);

/* The number of a string, which is new if it equals the count there was before; -1 for no memory. */
int32_t table_number(Table *table, const char *text, size_t size);

#endif
