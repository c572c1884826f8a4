"""Phrases: documents in which words stand one after the other.

The postings of all words are walked through side by side. Positions are read where they lie in the
file, of 2 or 4 bytes each, at any address.
"""

from libc.string cimport memcpy

cdef enum:
    DENSE_FROM = 16  # rows are summed up where one of so many documents may hold every word

# A distinct word of a phrase.
cdef struct Word:
    Clause *term
    const uint8_t *positions        # of all documents, one after the other
    Py_ssize_t width, count         # their bytes, and how many there are
    const uint8_t *row              # the term's, where it is summed up instead of the postings
    Py_ssize_t summed               # in the row or the postings: so far `before` sums up
    Py_ssize_t before, frequency    # positions before those of the document now, and in it

# A step of a phrase, and how far it has come in the document.
cdef struct Step:
    const Word *word
    Step *before                    # NULL for the first
    int64_t least, most             # positions from the one before to here
    Py_ssize_t at, end              # of the word's positions, those that are not looked at yet
    int64_t here                    # where it is now, if `open`; else all its positions were seen
    int64_t limit                   # the last position so near that `before` was left behind
    bint open


def match_phrase(list terms, list positions, list widths, list order, const uint32_t[::1] gaps,
                 Py_ssize_t documents, object within, uint32_t[::1] doc_ids):
    """How many documents were written to `doc_ids` in which each word stands as far after the one
    before as its gap says: of all documents, or of those in the array `within`. `gaps` are the
    least and the most positions of each step.

    `terms` are distinct, the rarest first; `positions` are the bytes of each term's, `widths` how
    many a position takes (2 or 4); `order` is the phrase as places in `terms`."""
    cdef _Phrase phrase = _Phrase(terms, documents)
    cdef _Clauses looked_at = phrase if within is None else _Clauses([(within, None)], documents)
    cdef Output output
    output_to(&output, doc_ids, None)
    phrase.prepare(positions, widths, order, gaps)
    if output.room < looked_at.all.count:
        raise ValueError("room for every document that is looked at expected")
    if looked_at.all.count < LONG // 10:
        phrase.match(looked_at.all, &output)
    else:
        with nogil:
            phrase.match(looked_at.all, &output)
    return output.count


cdef class _Phrase(_Clauses):
    """A phrase on its way through the documents."""
    cdef Word *words
    cdef Step *steps
    cdef Py_ssize_t length

    def __dealloc__(self):
        free(self.words)
        free(self.steps)

    cdef int prepare(self, list positions, list widths, list order,
                     const uint32_t[::1] gaps) except -1:
        cdef Py_ssize_t at
        if (not len(positions) == len(widths) == self.count or not order
                or gaps.shape[0] != 2 * len(order) - 2):
            raise ValueError("positions of every term, their order and its gaps expected")
        self.words = <Word *>calloc(self.count + 1, sizeof(Word))
        self.steps = <Step *>calloc(len(order), sizeof(Step))
        if self.words == NULL or self.steps == NULL:
            raise MemoryError
        for at in range(self.count):
            self.prepare_word(at, positions[at], widths[at])
        self.length = len(order)
        for at in range(self.length):
            if not 0 <= order[at] < self.count:
                raise ValueError("no such word")
            self.steps[at].word = &self.words[<Py_ssize_t>order[at]]
            if at:
                self.steps[at].before = &self.steps[at - 1]
                self.steps[at].least, self.steps[at].most = gaps[2 * at - 2], gaps[2 * at - 1]
        return 0

    cdef int prepare_word(self, Py_ssize_t at, object positions, Py_ssize_t width) except -1:
        cdef Word *word = &self.words[at]
        cdef Py_buffer *buffer = self.array(positions, 1, -1)
        word.term, word.positions, word.width = &self.all[at], <const uint8_t *>buffer.buf, width
        if not word.term.is_term or width not in (2, 4):
            raise ValueError("terms, with positions of 2 or 4 bytes, expected")
        word.count = buffer.len // width
        if at and self.all.count * DENSE_FROM >= self.documents:
            word.row = word.term.row
        return 0

    cdef int match(self, Clause *looked_at, Output *output) except -1 nogil:
        """From document to document: of the rarest word, which is the first, or of others."""
        cdef Py_ssize_t at
        cdef uint32_t doc_id
        for looked_at.at in range(looked_at.count):
            doc_id = looked_at.doc_ids[looked_at.at]
            if doc_id >= self.documents:
                raise ValueError("a document beyond the index")
            if not self.all_hold(doc_id, looked_at == self.all):
                continue
            for at in range(self.count):
                count_before(&self.words[at], doc_id)
            if self.fits():
                if output.count == output.room:
                    raise ValueError("a row holds more documents than its term")
                output.doc_ids[output.count] = doc_id
                output.count += 1
        return 0

    cdef bint all_hold(self, uint32_t doc_id, Py_ssize_t first) noexcept nogil:
        """Whether all words from the first on are in a document; the walks go on to it."""
        cdef Py_ssize_t at
        cdef Clause *term
        for at in range(first, self.count):
            if self.all[at].row != NULL and not self.all[at].row[doc_id]:
                return False
        for at in range(first, self.count):
            if self.words[at].row != NULL:
                continue
            term = &self.all[at]
            term.at = place_of(term, doc_id)
            if term.at == term.count or term.doc_ids[term.at] != doc_id:
                return False
        return True

    cdef bint fits(self) noexcept nogil:
        """Whether the words stand in order in the document at which all of them are."""
        cdef Py_ssize_t at
        cdef Step *step
        for at in range(1, self.length):
            step = &self.steps[at]
            if not near(step.before.word, step.word, <uint32_t>step.least, <uint32_t>step.most):
                return False
        for at in range(self.length if self.length > 2 else 0):
            step = &self.steps[at]
            step.at, step.limit = step.word.before, -1
            step.end = step.at + step.word.frequency
            step.open = reach(step)
            if not step.open:
                return False
        return True


cdef bint reach(Step *step) noexcept nogil:
    """Goes on to the next position at which a run of all words up to this one ends.

    No further than that: most documents that hold a phrase hold it near their beginning."""
    cdef Step *before = step.before
    cdef Py_ssize_t at = step.at
    cdef int64_t here, limit = step.limit, next = 0
    if before != NULL:
        next = before.here + step.least if before.open else INT64_MAX
    for at in range(at, step.end):
        here = position(step.word, at)
        while next <= here and before != NULL:
            limit = before.here + step.most
            before.open = reach(before)
            next = before.here + step.least if before.open else INT64_MAX
        if here <= limit or before == NULL:
            step.at, step.here, step.limit = at + 1, here, limit
            return True
        if next == INT64_MAX:
            return False
    return False


cdef inline uint32_t position(const Word *word, Py_ssize_t at) noexcept nogil:
    cdef uint16_t narrow
    cdef uint32_t wide
    if word.width == 4:
        memcpy(&wide, word.positions + 4 * at, 4)
        return wide
    memcpy(&narrow, word.positions + 2 * at, 2)
    return narrow


cdef int count_before(Word *word, uint32_t doc_id) except -1 nogil:
    """Adds up how many positions stand before those of the document to which the walk has come."""
    cdef Clause *term = word.term
    cdef Py_ssize_t at, more = 0, to = doc_id if word.row != NULL else term.at
    if word.row != NULL:
        word.before += sum_of_bytes(word.row, word.summed, to)
        word.frequency = word.row[to]
    elif term.frequencies != NULL:
        word.before += sum_of_bytes(term.frequencies, word.summed, to)
        word.frequency = term.frequencies[to]
    else:
        for at in range(word.summed, to):
            more += term.wide_frequencies[at]
        word.before += more
        word.frequency = term.wide_frequencies[to]
    word.summed = to
    if word.before + word.frequency > word.count:
        raise ValueError("fewer positions than the frequencies say")
    return 0


cdef inline Py_ssize_t sum_of_bytes(const uint8_t *numbers, Py_ssize_t at,
                                    Py_ssize_t end) noexcept nogil:
    """The sum of the numbers from one place to another; eight at a time, in four sums of two."""
    cdef uint64_t eight, evens = 0x00FF00FF00FF00FF, ones = 0x0001000100010001
    cdef Py_ssize_t total = 0
    while at + 8 <= end:
        memcpy(&eight, numbers + at, 8)
        total += <Py_ssize_t>(((eight & evens) + (eight >> 8 & evens)) * ones >> 48)
        at += 8
    while at < end:
        total += numbers[at]
        at += 1
    return total


cdef bint near(const Word *first, const Word *second, uint32_t least, uint32_t most) noexcept nogil:
    """Whether the second word stands `least` to `most` after the first in the document."""
    cdef Py_ssize_t a = first.before, b = second.before
    cdef Py_ssize_t end_a = a + first.frequency, end_b = b + second.frequency
    cdef uint64_t there, here
    if a == end_a or b == end_b:
        return False
    there, here = position(first, a), position(second, b)
    while True:
        if here < there + least:
            b += 1
            if b == end_b:
                return False
            here = position(second, b)
        elif here > there + most:
            a += 1
            if a == end_a:
                return False
            there = position(first, a)
        else:
            return True
