"""A term's postings from the bytes in which they are packed; `index.codec.packing` says how."""


def unpack_postings(const uint8_t[::1] documents, const uint8_t[::1] packed, int coding,
                    uint32_t[::1] doc_ids, uint8_t[::1] frequencies):
    """Fills `doc_ids` and `frequencies`, which must be below 256, of one term."""
    if frequencies.shape[0] != doc_ids.shape[0]:
        raise ValueError("a frequency of every document expected")
    with nogil:
        unpack_doc_ids(documents, coding & 3, doc_ids)
        unpack_small(packed, coding >> 2 & 3, frequencies)


cdef int unpack_doc_ids(const uint8_t[::1] packed, int way, uint32_t[::1] to) except -1 nogil:
    cdef Py_ssize_t done
    if way == BITS:
        done = unpack_bits(packed, to)
    elif way == WHOLE32:
        done = min(to.shape[0], packed.shape[0] // 4)
        if done:
            memcpy(&to[0], &packed[0], 4 * done)
    else:
        done = unpack_deltas(packed, 1 if way == DELTA8 else 2, to)
    if done < to.shape[0]:
        raise ValueError("a term has fewer documents than it should")
    return 0


@cython.boundscheck(False)  # `at` is below the bytes' number, `done` below that of documents
cdef Py_ssize_t unpack_deltas(const uint8_t[::1] packed, int unit,
                              uint32_t[::1] to) noexcept nogil:
    """How many documents there are; the highest difference means: add it and go on."""
    cdef uint32_t document = 0, delta, more = 255 if unit == 1 else 65535
    cdef Py_ssize_t at = 0, done = 0, size = packed.shape[0] // unit * unit, count = to.shape[0]
    while at < size and done < count:
        delta = packed[at]
        if unit == 2:
            delta |= <uint32_t>packed[at + 1] << 8
        document += delta
        to[done] = document
        done += delta != more
        at += unit
    return done


@cython.boundscheck(False)  # the same
cdef Py_ssize_t unpack_bits(const uint8_t[::1] packed, uint32_t[::1] to) noexcept nogil:
    """How many documents there are: the first, in 4 bytes, and a bit for each from there on."""
    cdef uint32_t document
    cdef Py_ssize_t at = 4, done = 0, count = to.shape[0]
    cdef int bit
    if packed.shape[0] < 4:
        return 0
    memcpy(&document, &packed[0], 4)
    while at < packed.shape[0] and done < count:
        for bit in range(8):
            if done < count:
                to[done] = document + bit
                done += packed[at] >> (7 - bit) & 1
        document += 8
        at += 1
    return done


@cython.boundscheck(False)  # the bytes that are read are counted first
cdef int unpack_small(const uint8_t[::1] packed, int way, uint8_t[::1] to) except -1 nogil:
    cdef Py_ssize_t at, count = to.shape[0]
    cdef Py_ssize_t needed = 0 if way == ONES else (count + 1) // 2 if way == NIBBLES else count
    if way == FREQ32 or packed.shape[0] < needed:
        raise ValueError("a term has fewer frequencies than it should, or larger ones")
    for at in range(count):
        if way == ONES:
            to[at] = 1
        elif way == NIBBLES:
            to[at] = packed[at // 2] >> (4 * (at & 1)) & 15
        else:
            to[at] = packed[at]
    return 0
