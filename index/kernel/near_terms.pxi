"""Terms of a dictionary that differ from a word in few letters."""

cdef enum:
    MAX_EDITS = 3
    MAX_LETTERS = 1024


def near_terms(const uint8_t[::1] text, const int64_t[::1] starts, const uint8_t[::1] wanted,
               str word, int most):
    """(place, edits) of the wanted terms that at most `most` edits make of `word`, in their order.

    `text` has all terms one after the other, in UTF-8; `starts` says where each begins, and where
    the last one ends; `most` is up to 3, `word` up to 1,024 letters."""
    cdef uint32_t[MAX_LETTERS] letters
    cdef uint32_t[MAX_LETTERS + MAX_EDITS] others
    cdef Py_ssize_t count = len(word), at, size
    cdef int edits
    cdef bint short = most == 1 and count > 3 and word.isascii()
    if not 0 <= most <= MAX_EDITS or count > MAX_LETTERS or starts.shape[0] != wanted.shape[0] + 1:
        raise ValueError("up to 3 edits and 1,024 letters, and a start of every term, expected")
    for at in range(count):
        letters[at] = ord(word[at])
    near = []
    for at in range(wanted.shape[0]):
        if not 0 <= starts[at] <= starts[at + 1] <= text.shape[0]:
            raise ValueError("terms begin and end beyond their text")
        size = starts[at + 1] - starts[at]  # a letter takes one to four bytes
        if not wanted[at] or size < count - most or size > 4 * (count + most):
            continue
        if (short and size > 3 and text[starts[at]] == letters[0]
                and text[starts[at] + 1] != letters[1]
                and text[starts[at + 1] - 1] != letters[count - 1]):
            continue  # one edit behind an equal first letter leaves the second or the last one
        size = decode(text, starts[at], starts[at + 1], others, count + most)
        edits = edits_between(letters, count, others, size, most) if size >= 0 else most + 1
        if edits <= most:
            near.append((at, edits))
    return near


cdef Py_ssize_t decode(const uint8_t[::1] text, Py_ssize_t at, Py_ssize_t end, uint32_t *letters,
                       Py_ssize_t room) noexcept nogil:
    """How many letters were written; -1 for too many, and for bytes that are none."""
    cdef Py_ssize_t count = 0, bytes, next
    cdef uint32_t letter
    while at < end:
        letter = text[at]
        bytes = 1 if letter < 0x80 else 4 if letter >= 0xF0 else 3 if letter >= 0xE0 else 2
        if letter & 0xC0 == 0x80 or at + bytes > end or count == room:
            return -1
        if bytes > 1:
            letter &= 0x7F >> bytes
            for next in range(1, bytes):
                letter = letter << 6 | (text[at + next] & 0x3F)
        letters[count] = letter
        count += 1
        at += bytes
    return count


cdef int edits_between(const uint32_t *a, Py_ssize_t m, const uint32_t *b, Py_ssize_t n,
                       int most) noexcept nogil:
    """Edits that make one of the other, a swap of neighbours being one; over `most`: more than it.

    `search.query.vocabulary.edit_distance` does the same. Equal letters at the beginning may always
    stay; the first that differ are changed, taken away, put in or swapped."""
    cdef int best
    while m and n and a[0] == b[0]:
        a, b, m, n = a + 1, b + 1, m - 1, n - 1
    if m - n > most or n - m > most:
        return most + 1
    if not m or not n:
        return <int>(m + n)
    if not most:
        return 1
    best = min(edits_between(a + 1, m - 1, b + 1, n - 1, most - 1),
               edits_between(a + 1, m - 1, b, n, most - 1),
               edits_between(a, m, b + 1, n - 1, most - 1))
    if m > 1 and n > 1 and a[0] == b[1] and a[1] == b[0]:
        best = min(best, edits_between(a + 2, m - 2, b + 2, n - 2, most - 1))
    return min(best, most) + 1
