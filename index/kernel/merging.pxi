"""The terms and postings of several segments to those of one."""


def merge_terms(const uint8_t[::1] text, const int64_t[::1] starts, const int64_t[::1] bounds):
    """The sorted terms of several segments as one dictionary.

    :param text: the terms of all segments; `starts`: where each begins, and where the last ends.
    :param bounds: the number of the first term of each segment, and of all terms.
    :returns: the place of each term among the merged ones (int32); these joined, as a memoryview;
        the size of each (int64).
    """
    cdef Py_ssize_t segments = bounds.shape[0] - 1, terms = starts.shape[0] - 1, found
    if segments < 0 or terms < 0 or terms > 0x7fffffff:
        raise ValueError("a beginning and an end of terms and of segments expected")
    check_ascend(starts, text.shape[0])
    check_ascend(bounds, terms)
    places, merged, sizes = ints(terms), zeros(text.shape[0], 1), longs(terms)
    cdef int32_t[::1] place = places
    cdef uint8_t[::1] to = merged
    cdef int64_t[::1] size = sizes, following = longs(segments)
    cdef uint64_t[::1] heads = unsigned_longs(segments)
    cdef Py_ssize_t each, used = 0
    for each in range(segments):
        following[each] = bounds[each]
        if bounds[each] < bounds[each + 1]:
            heads[each] = head_of(text, starts, bounds[each])
    with nogil:
        found = merge(text, starts, bounds, following, heads, place, to, size)
    for each in range(found):
        used += size[each]
    return places, merged[:used], sizes[:found]


cdef Py_ssize_t merge(const uint8_t[::1] text, const int64_t[::1] starts, const int64_t[::1] bounds,
                      int64_t[::1] following, uint64_t[::1] heads, int32_t[::1] places,
                      uint8_t[::1] merged, int64_t[::1] sizes) except -1 nogil:
    """Takes the lowest of all next terms, and goes on behind it wherever it stands."""
    cdef Py_ssize_t each, found = 0, used = 0, at, lowest, segments = following.shape[0]
    while True:
        lowest = -1
        for each in range(segments):
            if following[each] < bounds[each + 1] and (lowest < 0 or is_before(
                    text, starts, following[each], heads[each], following[lowest], heads[lowest])):
                lowest = each
        if lowest < 0:
            return found
        at = following[lowest]
        sizes[found] = starts[at + 1] - starts[at]
        for each in range(starts[at], starts[at + 1]):
            merged[used] = text[each]
            used += 1
        for each in range(segments - 1, -1, -1):
            if each == lowest or (following[each] < bounds[each + 1]
                                  and heads[each] == heads[lowest]
                                  and not is_before(text, starts, at, heads[lowest],
                                                    following[each], heads[each])):
                places[following[each]] = <int32_t>found
                following[each] += 1
                if following[each] < bounds[each + 1] and each != lowest:
                    heads[each] = head_of(text, starts, following[each])
        if following[lowest] < bounds[lowest + 1]:
            heads[lowest] = head_of(text, starts, following[lowest])
        found += 1


cdef inline uint64_t head_of(const uint8_t[::1] text, const int64_t[::1] starts,
                             Py_ssize_t term) except? 1 nogil:
    """The first eight bytes, so that most comparisons look no further."""
    cdef uint64_t head = 0
    cdef Py_ssize_t at, size = starts[term + 1] - starts[term]
    for at in range(8):
        head = head << 8 | (text[starts[term] + at] if at < size else 0)
    return head


cdef inline bint is_before(const uint8_t[::1] text, const int64_t[::1] starts, Py_ssize_t one,
                           uint64_t head, Py_ssize_t other, uint64_t other_head) except -1 nogil:
    cdef Py_ssize_t at, size, other_size
    if head != other_head:
        return head < other_head
    size, other_size = starts[one + 1] - starts[one], starts[other + 1] - starts[other]
    for at in range(min(size, other_size)):
        if text[starts[one] + at] != text[starts[other] + at]:
            return text[starts[one] + at] < text[starts[other] + at]
    return size < other_size


def place_runs(uint32_t[::1] to, const int64_t[::1] firsts, const int64_t[::1] counts,
               const uint32_t[::1] numbers):
    """Runs of numbers, one after the other, each to its first place in an array."""
    cdef Py_ssize_t run, at, place, done = 0
    if firsts.shape[0] != counts.shape[0]:
        raise ValueError("a place for each run expected")
    check_counts(counts, numbers.shape[0])
    with nogil:
        for run in range(counts.shape[0]):
            place = firsts[run]
            if place < 0 or counts[run] > to.shape[0] - place:
                raise ValueError("a run that lies outside of the array")
            for at in range(counts[run]):
                to[place + at] = numbers[done + at]
            done += counts[run]
