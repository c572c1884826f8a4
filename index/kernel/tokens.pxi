"""Raw tokens: what `index.text.raw_tokens.raw_token` matches, found without a regular expression.

A text is looked at as the classes of its characters, a byte each, with at least `BEHIND` zeros
behind them. Bounds are not checked, which costs 4 % of indexing: no zero is of any class, so a step
is only made from a place inside the text, and nothing looks further than 8 characters ahead of one.
"""

cdef enum:  # What a character can be; bits in the order of `index.text.characters.CLASSES`.
    LETTER = 1  # what words are made of: digits and marks too
    DIGIT = 2
    UNSPACED = 4
    JOINT = 8
    THOUSANDS = 16
    DOT = 32
    COMMA = 64
    WIDE = 128
cdef enum:
    BEHIND = 8
cdef uint64_t EACH = 0x0101010101010101


@cython.boundscheck(False)
cdef inline uint64_t eight(const uint8_t[::1] classes, Py_ssize_t at, uint64_t kind) noexcept nogil:
    """A byte for each of eight characters, the first one's the lowest: what of a kind it is."""
    cdef uint64_t number = 0
    memcpy(&number, &classes[at], 8)
    return number & kind * EACH


@cython.boundscheck(False)
cdef inline Py_ssize_t run_end(const uint8_t[::1] classes, Py_ssize_t at,
                               uint8_t kind) except -1 nogil:
    """Eight in one step: a branch for each character goes another way at every word's end.

    That costs a fifth of walking a text, and a tenth of numbering its words.
    """
    cdef uint64_t others
    while True:
        others = eight(classes, at, kind) ^ kind * EACH
        if others:
            return at + ctzll(others) // 8
        at += 8


@cython.boundscheck(False)
cdef inline Py_ssize_t next_start(const uint8_t[::1] classes, Py_ssize_t at) except -1 nogil:
    """The next character that a token may begin with; behind the text if there is none."""
    cdef Py_ssize_t last = classes.shape[0] - BEHIND
    cdef uint64_t starts
    while at < last:
        starts = eight(classes, at, LETTER | UNSPACED)
        if starts:
            return at + ctzll(starts) // 8
        at += 8
    return at


@cython.boundscheck(False)
cdef inline Py_ssize_t token_end(const uint8_t[::1] classes, Py_ssize_t start) except -1 nogil:
    """The end of the token that begins at a place."""
    cdef Py_ssize_t end
    if not classes[start] & LETTER:
        return start + 1
    if classes[start] & DIGIT:
        end = number_end(classes, start)
        if end:
            return end
    if classes[start + 1] & DOT:
        end = acronym_end(classes, start)
        if end:
            return end
    end = run_end(classes, start, LETTER)
    while classes[end] & JOINT and classes[end + 1] & LETTER:
        end = run_end(classes, end + 1, LETTER)
    return end


@cython.boundscheck(False)
cdef Py_ssize_t number_end(const uint8_t[::1] classes, Py_ssize_t start) except -1 nogil:
    """Of 1 200, 1,200.50, 3.5 or 1.2.3; 0 for what is none."""
    cdef Py_ssize_t digits = run_end(classes, start, DIGIT), end = digits
    if digits - start <= 3 and not (start and classes[start - 1] & (DIGIT | DOT | COMMA)):
        while classes[end] & THOUSANDS and (
                classes[end + 1] & classes[end + 2] & classes[end + 3] & DIGIT) and not (
                classes[end] & ~classes[end + 1] & WIDE):
            end += 4
        if classes[end] & DIGIT:
            end -= 4
        if end > digits:
            if classes[end] & DOT and classes[end + 1] & DIGIT:
                end = run_end(classes, end + 1, DIGIT)
            return end
    end = digits
    while classes[end] & DOT and classes[end + 1] & DIGIT:
        end = run_end(classes, end + 1, DIGIT)
    return end if end > digits else 0


@cython.boundscheck(False)
cdef Py_ssize_t acronym_end(const uint8_t[::1] classes, Py_ssize_t start) except -1 nogil:
    """Of U.S. or U.N; 0 for what is none."""
    cdef Py_ssize_t end = start
    while classes[end] & LETTER and classes[end + 1] & DOT:
        end += 2
    if end - start < 4:
        return 0
    if not classes[end] & LETTER:
        return end
    if not classes[end + 1] & LETTER:
        return end + 1
    return end - 1 if end - start > 4 else 0
