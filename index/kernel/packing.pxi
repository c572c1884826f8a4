"""Postings of many terms to few bytes, and back; `index.codec.packing` says how."""

cdef enum:
    DELTA8, DELTA16, WHOLE32, BITS
cdef enum Stream:
    DOCUMENTS, FREQUENCIES, POSITIONS
cdef enum:
    ONES, NIBBLES, FREQ8, FREQ32


def pack_documents(const uint32_t[::1] numbers, const int64_t[::1] counts):
    """Documents, ascending in each term: bytes, bytes a term (int64), mode of each (uint8)."""
    return pack(numbers, counts, DOCUMENTS)


def pack_frequencies(const uint32_t[::1] numbers, const int64_t[::1] counts):
    """Frequencies, as `pack_documents`."""
    return pack(numbers, counts, FREQUENCIES)


def pack_positions(const uint32_t[::1] numbers, const int64_t[::1] counts):
    """Positions, as `pack_documents`."""
    return pack(numbers, counts, POSITIONS)


cdef object pack(const uint32_t[::1] numbers, const int64_t[::1] counts, Stream stream):
    check_counts(counts, numbers.shape[0])
    sizes, modes = longs(counts.shape[0]), octets(counts.shape[0])
    cdef int64_t[::1] size = sizes
    cdef uint8_t[::1] mode = modes, to
    cdef Py_ssize_t term, first = 0, last, total = 0
    with nogil:
        for term in range(counts.shape[0]):
            last = first + counts[term]
            if stream == DOCUMENTS:
                size[term] = documents_size(numbers, first, last, &mode[term])
            else:
                mode[term] = narrowest(numbers, first, last, stream)
                size[term] = fixed_size(counts[term], stream, mode[term])
            total += size[term]
            first = last
    packed = octets(total)
    to = packed
    with nogil:
        first = total = 0
        for term in range(counts.shape[0]):
            last = first + counts[term]
            if stream == DOCUMENTS:
                put_documents(to, total, numbers, first, last, mode[term])
            else:
                put_fixed(to, total, numbers, first, last, width(stream, mode[term]))
            total += size[term]
            first = last
    return packed, sizes, modes


def unpack_documents(const uint8_t[::1] packed, const int64_t[::1] sizes, const uint8_t[::1] modes,
                     const int64_t[::1] counts, uint32_t[::1] to):
    """What `pack_documents` was given, written to an array of its own; ValueError if damaged."""
    unpack(packed, sizes, modes, counts, to, DOCUMENTS)


def unpack_frequencies(const uint8_t[::1] packed, const int64_t[::1] sizes,
                       const uint8_t[::1] modes, const int64_t[::1] counts, uint32_t[::1] to):
    """What `pack_frequencies` was given, as `unpack_documents`."""
    unpack(packed, sizes, modes, counts, to, FREQUENCIES)


def unpack_positions(const uint8_t[::1] packed, const int64_t[::1] sizes, const uint8_t[::1] modes,
                     const int64_t[::1] counts, uint32_t[::1] to):
    """What `pack_positions` was given, as `unpack_documents`."""
    unpack(packed, sizes, modes, counts, to, POSITIONS)


cdef int unpack(const uint8_t[::1] packed, const int64_t[::1] sizes, const uint8_t[::1] modes,
                const int64_t[::1] counts, uint32_t[::1] to, Stream stream) except -1:
    cdef Py_ssize_t term, first = 0, at = 0, terms = counts.shape[0]
    cdef bint whole = True
    if sizes.shape[0] != terms or modes.shape[0] != terms:
        raise ValueError("a size, a mode and a count for each term expected")
    check_counts(counts, to.shape[0])
    check_counts(sizes, packed.shape[0])
    with nogil:
        for term in range(terms):
            if stream == DOCUMENTS:
                whole = get_documents(to, first, first + counts[term], packed, at,
                                      at + sizes[term], modes[term])
            elif modes[term] > (FREQ32 if stream == FREQUENCIES else 1):
                whole = False
            elif fixed_size(counts[term], stream, modes[term]) > sizes[term]:
                whole = False
            else:
                get_fixed(to, first, first + counts[term], packed, at, width(stream, modes[term]))
            if not whole:
                break
            first += counts[term]
            at += sizes[term]
    if not whole:
        raise ValueError("packed numbers are damaged")
    return 0


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


cdef inline uint32_t get_whole(const uint8_t[::1] packed, Py_ssize_t at,
                               int size) except? 0xffffffff nogil:
    cdef uint32_t number = 0
    cdef int byte
    for byte in range(size):
        number |= <uint32_t>packed[at + byte] << (8 * byte)
    return number


cdef inline bint get_documents(uint32_t[::1] to, Py_ssize_t place, Py_ssize_t last,
                               const uint8_t[::1] packed, Py_ssize_t at, Py_ssize_t end,
                               uint8_t mode) except -1 nogil:
    """Reads the documents of one term; false where the bytes hold fewer."""
    cdef uint32_t document = 0, bit
    if mode == DELTA8:
        while at < end and place < last:
            document += packed[at]
            to[place] = document
            place += packed[at] != 255
            at += 1
    elif mode == DELTA16:
        while at + 2 <= end and place < last:
            document += get_whole(packed, at, 2)
            to[place] = document
            place += packed[at] & packed[at + 1] != 255
            at += 2
    elif mode == WHOLE32:
        while at + 4 <= end and place < last:
            to[place] = get_whole(packed, at, 4)
            place += 1
            at += 4
    elif mode == BITS and at + 4 <= end:
        document = get_whole(packed, at, 4)
        for at in range(at + 4, end):
            if packed[at]:
                for bit in range(8):
                    if packed[at] & 128 >> bit and place < last:
                        to[place] = document + bit
                        place += 1
            document += 8
    return place == last


cdef inline uint8_t narrowest(const uint32_t[::1] numbers, Py_ssize_t first, Py_ssize_t last,
                              Stream stream) except? 99 nogil:
    """The mode in which all numbers of a term have room."""
    cdef uint32_t highest = 0
    cdef Py_ssize_t at
    for at in range(first, last):
        highest = max(highest, numbers[at])
    if stream == POSITIONS:
        return highest > 0xffff
    if highest <= 15:
        return ONES if highest <= 1 else NIBBLES
    return FREQ8 if highest <= 255 else FREQ32


cdef inline int width(Stream stream, uint8_t mode) noexcept nogil:
    """Bits of each number."""
    if stream == POSITIONS:
        return 32 if mode else 16
    return 0 if mode == ONES else 4 if mode == NIBBLES else 8 if mode == FREQ8 else 32


cdef inline int64_t fixed_size(int64_t count, Stream stream, uint8_t mode) noexcept nogil:
    cdef int64_t bits = width(stream, mode)
    return (count + 1) // 2 if bits == 4 else count * (bits // 8)


cdef inline int put_fixed(uint8_t[::1] to, Py_ssize_t place, const uint32_t[::1] numbers,
                          Py_ssize_t first, Py_ssize_t last, int bits) except -1 nogil:
    cdef Py_ssize_t at
    if bits == 4:
        for at in range(last - first):
            to[place + at // 2] |= <uint8_t>(numbers[first + at] << (4 * (at % 2)))
    elif bits == 8:
        for at in range(last - first):
            to[place + at] = <uint8_t>numbers[first + at]
    elif bits == 16:
        for at in range(last - first):
            put_whole(to, place + 2 * at, numbers[first + at], 2)
    elif bits == 32:
        for at in range(last - first):
            put_whole(to, place + 4 * at, numbers[first + at], 4)
    return 0


cdef inline int get_fixed(uint32_t[::1] to, Py_ssize_t first, Py_ssize_t last,
                          const uint8_t[::1] packed, Py_ssize_t at, int bits) except -1 nogil:
    cdef Py_ssize_t place
    if bits == 0:
        for place in range(first, last):
            to[place] = 1
    elif bits == 4:
        for place in range(last - first):
            to[first + place] = packed[at + place // 2] >> (4 * (place % 2)) & 15
    elif bits == 8:
        for place in range(last - first):
            to[first + place] = packed[at + place]
    elif bits == 16:
        for place in range(last - first):
            to[first + place] = get_whole(packed, at + 2 * place, 2)
    else:
        for place in range(last - first):
            to[first + place] = get_whole(packed, at + 4 * place, 4)
    return 0
