/* Whole numbers in few bytes, term by term: `index/codec/packing.py` says how, and does the
   same. */
#ifndef DATELINE_PACKING_H
#define DATELINE_PACKING_H

#include <stddef.h>
#include <stdint.h>

enum { DELTA8, DELTA16, WHOLE32, BITS };
enum { ONES, NIBBLES, FREQ8, FREQ32 };

/* Bytes and way of one term's documents, then the bytes themselves. */
size_t documents_size(const uint32_t *documents, size_t count, uint8_t *mode);
void put_documents(uint8_t *to, const uint32_t *documents, size_t count, size_t size, uint8_t mode);

/* One term's documents; 0 where the bytes do not hold as many. */
int get_documents(uint32_t *to, size_t count, const uint8_t *from, size_t size, uint8_t mode);

size_t frequencies_size(const uint32_t *frequencies, size_t count, uint8_t *mode);
void put_frequencies(uint8_t *to, const uint32_t *frequencies, size_t count, size_t size,
                     uint8_t mode);
int get_frequencies(uint32_t *to, size_t count, const uint8_t *from, size_t size, uint8_t mode);

size_t positions_size(const uint32_t *positions, size_t count, uint8_t *mode);
void put_positions(uint8_t *to, const uint32_t *positions, size_t count, size_t size, uint8_t mode);
int get_positions(uint32_t *to, size_t count, const uint8_t *from, size_t size, uint8_t mode);

#endif
