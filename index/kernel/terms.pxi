"""Terms by number, and the order of their bytes."""


cdef class TermTable:
    """Numbers from 0 for byte strings, each new one the next number."""
    cdef dict known
    cdef list texts

    def __cinit__(self):
        self.known, self.texts = {}, []

    def __len__(self):
        return len(self.texts)

    def numbers(self, list texts):
        """The numbers of some strings (int32)."""
        cdef Py_ssize_t at
        cdef bytes text
        found = ints(len(texts))
        cdef int32_t[::1] to = found
        for at in range(len(texts)):
            text = texts[at]
            number = self.known.get(text)
            if number is None:
                number = self.known[text] = len(self.texts)
                self.texts.append(text)
            to[at] = number
        return found

    def ordered(self, const int32_t[::1] numbers):
        """Numbers in the order of their strings (int32), these, and the size of each (int64)."""
        cdef Py_ssize_t count = numbers.shape[0], at, end
        cdef bytes text
        orders, sizes = ints(count), longs(count)
        cdef int32_t[::1] order = orders, other = ints(count)
        cdef uint64_t[::1] heads = unsigned_longs(count), other_heads = unsigned_longs(count)
        cdef int64_t[::1] size = sizes
        cdef int shift
        for at in range(count):
            if numbers[at] < 0:
                raise ValueError("a number that no term has")
            order[at], heads[at] = numbers[at], first_eight(self.texts[numbers[at]])
        with nogil:
            for shift in range(0, 64, 16):
                sort_by_byte(heads, order, other_heads, other, shift)
                sort_by_byte(other_heads, other, heads, order, shift + 8)
        at = 0
        while at < count:
            end = at + 1
            while end < count and heads[end] == heads[at]:
                end += 1
            self.sort_alike(order[at:end])
            at = end
        joined = []
        for at in range(count):
            text = self.texts[order[at]]
            size[at] = len(text)
            joined.append(text)
        return orders, b"".join(joined), sizes

    cdef int sort_alike(self, int32_t[::1] order) except -1:
        """Sorts a few strings that begin alike, at falling distances."""
        cdef Py_ssize_t gap = order.shape[0] // 2, at, to
        cdef int32_t moved
        while gap:
            for at in range(gap, order.shape[0]):
                moved, to = order[at], at
                while to >= gap and is_after(self.texts[order[to - gap]], self.texts[moved]):
                    order[to] = order[to - gap]
                    to -= gap
                order[to] = moved
            gap = 1 if gap == 2 else gap * 5 // 11
        return 0


cdef uint64_t first_eight(bytes text) except? 1:
    """The first eight bytes, so that most comparisons look no further."""
    cdef const uint8_t *byte = text
    cdef uint64_t head = 0
    cdef Py_ssize_t at, size = len(text)
    for at in range(8):
        head = head << 8 | (byte[at] if at < size else 0)
    return head


cdef bint is_after(bytes one, bytes other) except -1:
    cdef int order = memcmp(<const char *>one, <const char *>other, min(len(one), len(other)))
    return order > 0 if order else len(one) > len(other)


cdef int sort_by_byte(const uint64_t[::1] heads, const int32_t[::1] order, uint64_t[::1] to_heads,
                      int32_t[::1] to, int shift) except -1 nogil:
    """A pass of a radix sort: stable, by one byte."""
    cdef Py_ssize_t places[256], at, own, total = 0
    for at in range(256):
        places[at] = 0
    for at in range(heads.shape[0]):
        places[heads[at] >> shift & 255] += 1
    for at in range(256):
        own = places[at]
        places[at] = total
        total += own
    for at in range(heads.shape[0]):
        own = places[heads[at] >> shift & 255]
        places[heads[at] >> shift & 255] += 1
        to_heads[own], to[own] = heads[at], order[at]
    return 0
