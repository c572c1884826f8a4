"""Postings of many terms to few bytes, and back; `index.codec.packing` says how."""

cdef extern from *:  # every other bit, or two, or four of a number
    uint64_t ONES_APART "0x5555555555555555", TWOS_APART "0x3333333333333333"
    uint64_t FOURS_APART "0x0f0f0f0f0f0f0f0f"
cdef enum:
    DELTA8, DELTA16, WHOLE32, BITS
cdef enum Stream:
    DOCUMENTS, FREQUENCIES, POSITIONS
cdef enum:
    ONES, NIBBLES, FREQ8, FREQ32
ctypedef fused Unpacked:
    uint8_t
    uint32_t


@cython.boundscheck(False)  # counts add up to the numbers, sizes to the bytes
def pack(const uint32_t[::1] numbers, const int64_t[::1] counts, Stream stream):
    """The numbers of terms, documents ascending: bytes, bytes a term (int64), modes (uint8)."""
    check_counts(counts, numbers.shape[0])
    sizes, modes = longs(counts.shape[0]), zeros(counts.shape[0], 1)
    cdef int64_t[::1] size = sizes
    cdef uint8_t[::1] mode = modes, to
    cdef Py_ssize_t term, first = 0, total = 0
    with nogil:
        for term in range(counts.shape[0]):
            if stream == DOCUMENTS:
                size[term] = documents_size(&numbers[first], counts[term], &mode[term])
            else:
                mode[term] = narrowest(&numbers[first], counts[term], stream)
                size[term] = fixed_size(counts[term], width(stream, mode[term]))
            total += size[term]
            first += counts[term]
    packed = zeros(total, 1)
    to = packed
    with nogil:
        first = total = 0
        for term in range(counts.shape[0]):
            if stream == DOCUMENTS:
                put_documents(&to[total], &numbers[first], counts[term], mode[term])
            else:
                put_fixed(&to[total], &numbers[first], counts[term], width(stream, mode[term]))
            total += size[term]
            first += counts[term]
    return packed, sizes, modes


@cython.boundscheck(False)  # counts add up to the numbers, sizes to the bytes
def unpack(const uint8_t[::1] packed, const int64_t[::1] sizes, const uint8_t[::1] modes,
           const int64_t[::1] counts, uint32_t[::1] to, Stream stream):
    """What `pack` was given, written to an array of its own; ValueError if damaged."""
    cdef Py_ssize_t term, first = 0, at = 0, terms = counts.shape[0]
    cdef bint whole = True
    if sizes.shape[0] != terms or modes.shape[0] != terms:
        raise ValueError("a size, a mode and a count for each term expected")
    check_counts(counts, to.shape[0])
    check_counts(sizes, packed.shape[0])
    with nogil:
        for term in range(terms):
            if stream == DOCUMENTS:
                whole = get_documents(&packed[at], sizes[term], modes[term], &to[first],
                                      counts[term])
            else:
                whole = modes[term] <= (FREQ32 if stream == FREQUENCIES else 1) and get_fixed(
                    &packed[at], sizes[term], width(stream, modes[term]), &to[first], counts[term])
            if not whole:
                break
            first += counts[term]
            at += sizes[term]
    if not whole:
        raise ValueError("packed numbers are damaged")


@cython.boundscheck(False)  # terms lie within the bytes, their documents within the marks
def mark_documents(const uint8_t[::1] packed, const int64_t[::1] starts, const int64_t[::1] ends,
                   const uint8_t[::1] modes, const int64_t[::1] counts, uint8_t[::1] marks,
                   int64_t[::1] marked):
    """Marks the documents of some terms; or, where there is an array for it, puts there how many
    of each term's bear a mark already. Each term lies between its start and end in `packed`."""
    cdef Py_ssize_t term, most = 0, terms = counts.shape[0]
    cdef int64_t found
    if not starts.shape[0] == ends.shape[0] == modes.shape[0] == terms or (
            marked is not None and marked.shape[0] != terms) or not marks.shape[0]:
        raise ValueError("a place, a mode and a count for each term, and marks, expected")
    for term in range(terms):
        if not 0 <= starts[term] <= ends[term] <= packed.shape[0] or counts[term] < 0:
            raise ValueError("terms begin and end beyond their bytes")
        if modes[term] > DELTA16:
            most = max(most, counts[term])
    cdef uint32_t[::1] room = unset(most, 4).cast("I")
    with nogil:
        for term in range(terms):
            found = visit(&packed[starts[term]], ends[term] - starts[term], modes[term],
                          counts[term], marks, marked is None, &room[0])
            if found < 0:
                raise ValueError("packed numbers are damaged, or a document is beyond the index")
            if marked is not None:
                marked[term] = found


@cython.boundscheck(False)  # the sizes are handed on
def unpack_postings(const uint8_t[::1] documents, const uint8_t[::1] packed, int coding,
                    uint32_t[::1] doc_ids, uint8_t[::1] frequencies):
    """Fills `doc_ids` and `frequencies`, which must be below 256, of one term."""
    cdef Py_ssize_t count = doc_ids.shape[0]
    if frequencies.shape[0] != count:
        raise ValueError("a frequency of every document expected")
    with nogil:
        if not get_documents(&documents[0], documents.shape[0], coding & 3, &doc_ids[0], count):
            raise ValueError("a term has fewer documents than it should")
        if not get_fixed(&packed[0], packed.shape[0], width(FREQUENCIES, coding >> 2 & 3),
                         &frequencies[0], count):
            raise ValueError("a term has fewer frequencies than it should, or larger ones")


# From here on, memory is as large as the functions above say: `count` numbers; of bytes `size`,
# or what `documents_size` and `fixed_size` gave.
cdef int64_t documents_size(const uint32_t *numbers, int64_t count, uint8_t *mode) except -1 nogil:
    """The fewest bytes for the documents of one term, and the way that takes so many."""
    cdef int64_t over8 = 0, over16 = 0, size, at
    cdef uint32_t before = 0, delta
    cdef bint repeats = False
    if not count:
        return 0
    for at in range(count):
        if numbers[at] < before:
            raise ValueError("the documents of a term do not ascend")
        delta = numbers[at] - before
        repeats |= not delta and at > 0
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
    if not repeats and 5 + (before - numbers[0]) // 8 < size:
        size = 5 + (before - numbers[0]) // 8
        mode[0] = BITS
    return size


cdef void put_documents(uint8_t *to, const uint32_t *numbers, int64_t count,
                        uint8_t mode) noexcept nogil:
    """Writes the documents of one term; all bytes are 0 before."""
    cdef int64_t at
    cdef uint32_t delta
    if mode == DELTA8:
        put_deltas(to, numbers, count, 1)
    elif mode == DELTA16:
        put_deltas(to, numbers, count, 2)
    elif mode == WHOLE32:
        memcpy(to, numbers, 4 * count)
    else:
        memcpy(to, numbers, 4)
        for at in range(count):
            delta = numbers[at] - numbers[0]
            to[4 + delta // 8] |= <uint8_t>(128 >> (delta % 8))


cdef inline void put_deltas(uint8_t *to, const uint32_t *numbers, int64_t count,
                            int unit) noexcept nogil:
    """The differences in 1 or 2 bytes; the highest one means: add it and go on."""
    cdef uint32_t before = 0, delta, top = top_of(unit)
    cdef int64_t at
    for at in range(count):
        delta = numbers[at] - before
        before = numbers[at]
        while delta >= top:
            memcpy(to, &top, unit)
            to += unit
            delta -= top
        memcpy(to, &delta, unit)
        to += unit


cdef bint get_documents(const uint8_t *packed, int64_t size, uint8_t mode, uint32_t *to,
                        int64_t count) noexcept nogil:
    """Reads the documents of one term; false where the bytes hold fewer."""
    if mode == DELTA8:
        return get_deltas(packed, size, 1, to, count)
    if mode == DELTA16:
        return get_deltas(packed, size // 2, 2, to, count)
    if mode == WHOLE32:
        return get_fixed(packed, size, 32, to, count)
    return mode == BITS and get_bits(packed, size, to, count)


cdef inline bint get_deltas(const uint8_t *packed, int64_t size, int unit, uint32_t *to,
                            int64_t count) noexcept nogil:
    cdef uint32_t document = 0, delta
    cdef int64_t at = 0, done = 0
    while at < size and done < count:
        delta = delta_at(packed, at, unit)
        document += delta
        to[done] = document
        done += delta != top_of(unit)
        at += 1
    return done == count


cdef bint get_bits(const uint8_t *packed, int64_t size, uint32_t *to, int64_t count) noexcept nogil:
    """From one set bit to the next, of 64: to look at each took 2.5 times as long where every
    seventh is set, and two thirds of it where nearly all are."""
    cdef uint32_t document
    cdef uint64_t bits
    cdef int64_t at = 4, done = 0
    if size < 4:
        return count == 0
    memcpy(&document, packed, 4)
    while at < size and done < count:
        bits = 0
        if size - at < 8:
            memcpy(&bits, packed + at, size - at)
        else:
            memcpy(&bits, packed + at, 8)
        # The first document of a byte is its highest bit: now it becomes the lowest.
        bits = bits >> 1 & ONES_APART | (bits & ONES_APART) << 1
        bits = bits >> 2 & TWOS_APART | (bits & TWOS_APART) << 2
        bits = bits >> 4 & FOURS_APART | (bits & FOURS_APART) << 4
        while bits and done < count:
            to[done] = document + <uint32_t>ctzll(bits)
            bits &= bits - 1
            done += 1
        document += 64
        at += 8
    return done == count


cdef inline int64_t visit(const uint8_t *packed, int64_t size, uint8_t mode, int64_t count,
                          uint8_t[::1] marks, bint marking, uint32_t *room) noexcept nogil:
    """Marks the documents of one term, or counts those that bear a mark; -1 for damaged ones."""
    cdef int64_t at, found = 0
    if mode == DELTA8:
        return visit_deltas(packed, size, 1, count, &marks[0], marks.shape[0] - 1, marking)
    if mode == DELTA16:
        return visit_deltas(packed, size // 2, 2, count, &marks[0], marks.shape[0] - 1, marking)
    if not get_documents(packed, size, mode, room, count):
        return -1
    for at in range(count):
        if room[at] >= marks.shape[0]:
            return -1
        found += marks[room[at]]
        marks[room[at]] |= marking
    return found


cdef inline int64_t visit_deltas(const uint8_t *packed, int64_t size, int unit, int64_t count,
                                 uint8_t *marks, uint64_t last, bint marking) noexcept nogil:
    """Documents are looked at as they come: where all were unpacked first, 4.9 million postings of
    45,000 terms took 8.0 milliseconds, so 5.8. In 64 bits no sum of differences begins anew."""
    cdef uint64_t document = 0
    cdef uint32_t delta
    cdef int64_t at = 0, done = 0, found = 0
    while at < size and done < count:
        delta = delta_at(packed, at, unit)
        document += delta
        if marking:
            marks[min(document, last)] |= delta != top_of(unit)
        else:
            found += marks[min(document, last)] & (delta != top_of(unit))
        done += delta != top_of(unit)
        at += 1
    return found if done == count and document <= last else -1


cdef inline uint32_t delta_at(const uint8_t *packed, int64_t at, int unit) noexcept nogil:
    cdef uint16_t two
    if unit == 1:
        return packed[at]
    memcpy(&two, packed + 2 * at, 2)
    return two


cdef inline uint32_t top_of(int unit) noexcept nogil:
    """What stands for "add it and go on"."""
    return 255 if unit == 1 else 65535


cdef inline uint8_t narrowest(const uint32_t *numbers, int64_t count, Stream stream) noexcept nogil:
    """The mode in which all numbers of a term have room."""
    cdef uint32_t highest = 0
    cdef int64_t at
    for at in range(count):
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


cdef inline int64_t fixed_size(int64_t count, int bits) noexcept nogil:
    return (count + 1) // 2 if bits == 4 else count * (bits // 8)


cdef void put_fixed(uint8_t *to, const uint32_t *numbers, int64_t count, int bits) noexcept nogil:
    """Writes numbers of so many bits; all bytes are 0 before."""
    cdef int64_t at
    if bits == 4:
        for at in range(count):
            to[at // 2] |= <uint8_t>(numbers[at] << (4 * (at % 2)))
    elif bits == 8:
        for at in range(count):
            to[at] = <uint8_t>numbers[at]
    elif bits == 16:
        for at in range(count):
            memcpy(to + 2 * at, &numbers[at], 2)
    elif bits == 32:
        memcpy(to, numbers, 4 * count)


cdef bint get_fixed(const uint8_t *packed, int64_t size, int bits, Unpacked *to,
                    int64_t count) noexcept nogil:
    """Reads numbers of so many bits; false where the bytes hold fewer, or they have no room."""
    cdef int64_t at
    cdef uint16_t half
    if size < fixed_size(count, bits) or bits > 8 * <int>sizeof(Unpacked):
        return False
    if bits == 0:
        for at in range(count):
            to[at] = 1
    elif bits == 4:
        for at in range(count):
            to[at] = packed[at // 2] >> (4 * (at % 2)) & 15
    elif bits == 8:
        for at in range(count):
            to[at] = packed[at]
    elif bits == 16:
        for at in range(count):
            memcpy(&half, packed + 2 * at, 2)
            to[at] = <Unpacked>half
    elif count:
        memcpy(to, packed, 4 * count)
    return True
