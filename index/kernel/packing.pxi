"""Postings of many terms to few bytes, and back; `index.codec.packing` says how."""

cdef enum:
    DELTA8, DELTA16, WHOLE32, BITS
cdef enum:
    ONES, NIBBLES, FREQ8, FREQ32


def pack_documents(const uint32_t[::1] numbers, const int64_t[::1] counts):
    """Documents, ascending in each term: their bytes, bytes a term (int64), way of each (uint8)."""
    check_counts(counts, numbers.shape[0])
    sizes, modes = longs(counts.shape[0]), octets(counts.shape[0])
    cdef int64_t[::1] size = sizes
    cdef uint8_t[::1] mode = modes, to
    cdef Py_ssize_t term, first = 0
    cdef int64_t total = 0
    with nogil:
        for term in range(counts.shape[0]):
            size[term] = documents_size(numbers, first, first + counts[term], &mode[term])
            total += size[term]
            first += counts[term]
    packed = octets(total)
    to = packed
    with nogil:
        first = total = 0
        for term in range(counts.shape[0]):
            put_documents(to, total, numbers, first, first + counts[term], mode[term])
            total += size[term]
            first += counts[term]
    return packed, sizes, modes


cdef inline int64_t documents_size(const uint32_t[::1] numbers, Py_ssize_t first, Py_ssize_t last,
                                   uint8_t *mode) except -1 nogil:
    """The fewest bytes for the documents of one term, and the way that takes so many."""
    cdef int64_t count = last - first, over8 = 0, over16 = 0, size
    cdef uint32_t before = 0, delta
    cdef bint repeats = False
    cdef Py_ssize_t at
    if not count:
        return 0
    for at in range(first, last):
        if numbers[at] < before:
            raise ValueError("the documents of a term do not ascend")
        delta = numbers[at] - before
        repeats |= not delta and at > first
        before = numbers[at]
        if delta >= 255:
            over8 += delta // 255
            over16 += delta // 65535
    size = count + over8
    mode[0] = DELTA8
    if 2 * (count + over16) < size:
        size = 2 * (count + over16)
        mode[0] = DELTA16
    if 4 * count < size:
        size = 4 * count
        mode[0] = WHOLE32
    if not repeats and 5 + (before - numbers[first]) // 8 < size:
        size = 5 + (before - numbers[first]) // 8
        mode[0] = BITS
    return size


cdef inline int put_documents(uint8_t[::1] to, Py_ssize_t place, const uint32_t[::1] numbers,
                              Py_ssize_t first, Py_ssize_t last, uint8_t mode) except -1 nogil:
    """Writes the documents of one term; all bytes are 0 before."""
    cdef Py_ssize_t at
    cdef uint32_t before = 0, delta, bit
    if mode == BITS:
        before = numbers[first]
        put_whole(to, place, before, 4)
    for at in range(first, last):
        delta = numbers[at] - before
        if mode == DELTA8:
            while delta >= 255:
                to[place] = 255
                place += 1
                delta -= 255
            to[place] = <uint8_t>delta
            place += 1
            before = numbers[at]
        elif mode == DELTA16:
            while delta >= 65535:
                put_whole(to, place, 65535, 2)
                place += 2
                delta -= 65535
            put_whole(to, place, delta, 2)
            place += 2
            before = numbers[at]
        elif mode == WHOLE32:
            put_whole(to, place, numbers[at], 4)
            place += 4
        else:
            to[place + 4 + delta // 8] |= <uint8_t>(128 >> (delta % 8))
    return 0


cdef inline int put_whole(uint8_t[::1] to, Py_ssize_t place, uint32_t number,
                          int size) except -1 nogil:
    cdef int byte
    for byte in range(size):
        to[place + byte] = <uint8_t>(number >> (8 * byte))
    return 0
