"""Unions and intersections of sets of documents, with the sums of their scores.

A clause is a term, (doc_ids, frequencies, row or None, length codes or None, norms or None, scale,
boost, k1), whose scores are computed where they are needed; or documents that were matched,
(doc_ids, scores or None). Documents should ascend. What a damaged index holds may not:
that gives a wrong answer or a ValueError, and each place below says why no index leaves its array.
"""

from cpython.buffer cimport PyBuffer_IsContiguous
from cpython.memoryview cimport PyMemoryView_GET_BUFFER
from libc.stdlib cimport calloc, free
from libc.string cimport memset

cdef extern from *:
    int ctzll "__builtin_ctzll"(unsigned long long) noexcept nogil
    int popcountll "__builtin_popcountll"(unsigned long long) noexcept nogil
    double GRAINED "0x1.8p39"  # of a double so large the last bit is a grain, 1/8192

cdef enum:
    LENGTH_CODES = 256
    WINDOW = 4096   # documents that are gathered at a time: scores and bits stay in the first cache
    WINDOW_WORDS = 64
    BATCH = 256     # documents that are looked up at a time
    LONG = 10_000   # documents from which a loop lets other threads go on: about 50 us

cdef struct Clause:
    const uint32_t *doc_ids
    Py_ssize_t count, at            # `at`: how far a walk from left to right has come
    const double *scores            # of matched documents
    const uint8_t *frequencies      # of a term: one of the two
    const uint32_t *wide_frequencies
    const uint8_t *row              # of a frequent term: its frequency in every document
    const uint8_t *codes            # the code of every document's length
    const double *norms             # by code
    double scale, boost, k1         # `k1` 0: the clause is saturated with others, or not at all
    bint is_term


cdef class _Clauses:
    """_Clauses whose arrays have the sizes that they should have, held as long as this lives."""
    cdef Clause *all
    cdef Py_ssize_t count, total
    cdef uint32_t documents
    cdef list held

    def __cinit__(self, list clauses, Py_ssize_t documents):
        if not 0 <= documents <= UINT32_MAX:
            raise ValueError("no such number of documents")
        self.documents = <uint32_t>documents
        self.held = []
        self.all = <Clause *>calloc(len(clauses) + 1, sizeof(Clause))
        if self.all == NULL:
            raise MemoryError
        for clause in clauses:
            self.read(&self.all[self.count], clause)
            self.total += self.all[self.count].count
            self.count += 1

    def __dealloc__(self):
        free(self.all)

    cdef int read(self, Clause *clause, tuple given) except -1:
        if len(given) not in (2, 8):
            raise ValueError("a clause is a tuple of 2 or of 8")
        cdef Py_buffer *ids = self.array(given[0], 4, -1)
        clause.doc_ids, clause.count = <const uint32_t *>ids.buf, ids.len // 4
        if len(given) == 2:
            if given[1] is not None:
                clause.scores = <const double *>self.array(given[1], 8, clause.count).buf
            return 0
        clause.is_term = True
        cdef Py_buffer *frequencies = self.array(given[1], 0, clause.count)
        if frequencies.itemsize == 1:
            clause.frequencies = <const uint8_t *>frequencies.buf
        else:
            clause.wide_frequencies = <const uint32_t *>frequencies.buf
        if given[2] is not None:
            clause.row = <const uint8_t *>self.array(given[2], 1, self.documents).buf
        if given[3] is not None:
            clause.codes = <const uint8_t *>self.array(given[3], 1, self.documents).buf
            clause.norms = <const double *>self.array(given[4], 8, LENGTH_CODES).buf
        clause.scale, clause.boost, clause.k1 = given[5], given[6], given[7]
        return 0

    cdef Py_buffer *array(self, object array, Py_ssize_t size, Py_ssize_t count) except NULL:
        """The buffer of an array of `count` elements (-1: any) of `size` bytes each (0: 1 or 4)."""
        view = memoryview(array)
        cdef Py_buffer *buffer = PyMemoryView_GET_BUFFER(view)
        if not size and (buffer.itemsize == 1 or buffer.itemsize == 4):
            size = buffer.itemsize
        if buffer.itemsize != size or not PyBuffer_IsContiguous(buffer, b"C"):
            raise ValueError(f"elements of {size} bytes in a row expected")
        if count >= 0 and buffer.len != size * count:
            raise ValueError(f"an array of {count} elements expected")
        self.held.append(view)
        return buffer


cdef struct Output:
    uint32_t *doc_ids
    double *scores      # NULL where nobody asks for them
    Py_ssize_t count, room


cdef inline Py_ssize_t place_of(const Clause *clause, uint32_t doc_id) noexcept nogil:
    """The first place from where the walk is whose document is not below; else `count`."""
    cdef const uint32_t *ids = clause.doc_ids
    cdef Py_ssize_t at = clause.at, count = clause.count, step = 1, above, middle
    if at >= count or ids[at] >= doc_id:
        return at
    while step < count - at and ids[at + step] < doc_id:
        at += step
        step *= 2
    above = at + step if step < count - at else count
    at += 1
    while at < above:
        middle = at + (above - at) // 2
        if ids[middle] < doc_id:
            at = middle + 1
        else:
            above = middle
    return at


cdef inline double saturated(double counted, double k1, double boost) noexcept nogil:
    if not k1:
        return boost * counted
    counted = <float>counted
    return boost * counted / (counted + k1) + GRAINED - GRAINED


cdef inline double bm25(const Clause *term, uint32_t frequency, uint32_t doc_id) noexcept nogil:
    """The score of a term in a document; `search.match.bm25` does the same, to the last bit."""
    cdef double counted = frequency * term.scale
    if term.codes != NULL:
        counted = <float>(counted * term.norms[term.codes[doc_id]])
    return saturated(counted, term.k1, term.boost)


cdef inline uint32_t frequency_at(const Clause *term, Py_ssize_t at) noexcept nogil:
    return term.frequencies[at] if term.frequencies != NULL else term.wide_frequencies[at]


cdef inline double score_at(const Clause *clause, Py_ssize_t at, uint32_t doc_id) noexcept nogil:
    if clause.is_term:
        return bm25(clause, frequency_at(clause, at), doc_id)
    return clause.scores[at] if clause.scores != NULL else 0.0


cdef int output_to(Output *output, uint32_t[::1] doc_ids, double[::1] scores) except -1:
    """Where results go; scores only where they are asked for."""
    output.count, output.room = 0, doc_ids.shape[0]
    if scores is not None and scores.shape[0] != output.room:
        raise ValueError("as many scores as documents expected")
    output.doc_ids = &doc_ids[0] if output.room else NULL
    output.scores = &scores[0] if scores is not None and output.room else NULL
    return 0


def unite(list clauses, Py_ssize_t documents, double boost, double k1, uint32_t[::1] doc_ids,
          double[::1] scores):
    """How many documents of any clause were written to `doc_ids`, and the sums of their scores,
    from left to right, saturated by `k1` (0: not) and times `boost`, to `scores` (or None).
    `documents` are in the segment."""
    cdef _Clauses all = _Clauses(clauses, documents)
    cdef Output output
    output_to(&output, doc_ids, scores)
    if all.total < LONG:
        unite_windows(all.all, all.count, all.documents, boost, k1, &output)
    else:
        with nogil:
            unite_windows(all.all, all.count, all.documents, boost, k1, &output)
    return output.count


# The documents from `base` to `base + limit` while they are gathered.
cdef struct Window:
    double scores[WINDOW]
    uint64_t bits[WINDOW_WORDS]
    uint32_t base, limit


cdef int unite_windows(Clause *clauses, Py_ssize_t count, uint32_t documents, double boost,
                       double k1, Output *output) except -1 nogil:
    cdef Window window
    cdef Py_ssize_t at
    memset(&window, 0, sizeof(Window))
    while next_window(&window, clauses, count, documents):
        for at in range(count):
            if output.scores == NULL:
                gather(&window, &clauses[at], 0)
            elif clauses[at].scores != NULL:
                gather(&window, &clauses[at], 1)
            elif clauses[at].frequencies != NULL and clauses[at].codes != NULL:
                gather(&window, &clauses[at], 2)
            else:
                gather(&window, &clauses[at], 3)
        put_window(output, &window, boost, k1)
    return 0


cdef bint next_window(Window *window, const Clause *clauses, Py_ssize_t count,
                      uint32_t documents) except -1 nogil:
    """Goes on to the next stretch that holds a document; False where there is none."""
    cdef uint32_t lowest = UINT32_MAX
    cdef bint more = False
    cdef const Clause *clause
    cdef Py_ssize_t at
    for at in range(count):
        clause = &clauses[at]
        if clause.at < clause.count and clause.doc_ids[clause.at] <= lowest:
            lowest = clause.doc_ids[clause.at]
            more = True
    if more and lowest >= documents:
        raise ValueError("a document beyond the index")
    window.base = lowest // WINDOW * WINDOW
    window.limit = min(<uint32_t>WINDOW, documents - window.base)
    return more


cdef inline void gather(Window *window, Clause *clause, int how) noexcept nogil:
    """Puts a clause's documents into the stretch. `how` is known where this is inlined: 0 without
    scores, 1 for matches, 2 for a term with frequencies of a byte and lengths, 3 for any clause.

    Every offset that is used is below `limit`, at most WINDOW; `base + offset` is a document."""
    cdef uint64_t bits = 0
    cdef uint32_t word = 0, offset
    cdef Py_ssize_t at = clause.at
    while at < clause.count:
        offset = clause.doc_ids[at] - window.base
        if offset >= window.limit:
            break
        if offset // 64 != word:
            window.bits[word] |= bits
            word = offset // 64
            bits = 0
        bits |= <uint64_t>1 << (offset % 64)
        if how == 1:
            window.scores[offset] += clause.scores[at]
        elif how == 2:
            window.scores[offset] += bm25(clause, clause.frequencies[at], window.base + offset)
        elif how == 3:
            window.scores[offset] += score_at(clause, at, window.base + offset)
        at += 1
    window.bits[word] |= bits
    clause.at = at


cdef int put_window(Output *output, Window *window, double boost, double k1) except -1 nogil:
    """Puts out what a stretch holds, and empties it."""
    cdef uint32_t word, offset
    cdef uint64_t bits
    for word in range(WINDOW_WORDS):
        bits = window.bits[word]
        if output.room - output.count < popcountll(bits):
            raise ValueError("documents do not ascend, or there is no room for them")
        window.bits[word] = 0
        while bits:
            offset = word * 64 + <uint32_t>ctzll(bits)
            bits &= bits - 1
            output.doc_ids[output.count] = window.base + offset
            if output.scores != NULL:
                output.scores[output.count] = saturated(window.scores[offset], k1, boost)
                window.scores[offset] = 0.0
            output.count += 1
    return 0


def intersect(tuple matches, list clauses, Py_ssize_t documents, double boost, double k1,
              int inside, uint32_t[::1] doc_ids, double[::1] scores):
    """How many of some matches, (doc_ids, scores or None), any of the clauses holds (`inside` 1),
    or none does (0), or there are (2). They are written to `doc_ids`; to `scores` (or None) their
    scores, where `inside` with the sum of the clauses', saturated by `k1`, times `boost`."""
    cdef _Clauses all = _Clauses(clauses, documents), found = _Clauses([matches], documents)
    cdef Output output
    output_to(&output, doc_ids, scores)
    if output.room < found.total or (scores is not None and matches[1] is None):
        raise ValueError("room for every document, and a score of each, expected")
    if found.total < LONG:
        intersect_batches(found.all, all.all, all.count, all.documents, boost, k1, inside, &output)
    else:
        with nogil:
            intersect_batches(found.all, all.all, all.count, all.documents, boost, k1, inside,
                              &output)
    return output.count


# Some matches on their way: which of them a clause holds, and what the clauses score.
cdef struct Batch:
    const uint32_t *doc_ids
    Py_ssize_t count
    double sums[BATCH]
    uint8_t inside[BATCH]


cdef int intersect_batches(const Clause *found, Clause *clauses, Py_ssize_t count,
                           uint32_t documents, double boost, double k1, int inside,
                           Output *output) except -1 nogil:
    """All documents are checked here, before they are looked up in rows and lengths."""
    cdef Batch batch
    cdef Py_ssize_t first = 0, at
    cdef bint summing = output.scores != NULL and inside
    while first < found.count:
        batch.doc_ids = found.doc_ids + first
        batch.count = min(<Py_ssize_t>BATCH, found.count - first)
        for at in range(batch.count):
            if batch.doc_ids[at] >= documents:
                raise ValueError("a document beyond the index")
        look_up(&batch, clauses, count, summing)
        for at in range(batch.count):
            output.doc_ids[output.count] = batch.doc_ids[at]
            if summing:
                output.scores[output.count] = (found.scores[first + at]
                                               + saturated(batch.sums[at], k1, boost))
            elif output.scores != NULL:
                output.scores[output.count] = found.scores[first + at]
            output.count += inside == 2 or batch.inside[at] == inside
        first += BATCH
    return 0


cdef void look_up(Batch *batch, Clause *clauses, Py_ssize_t count, bint summing) noexcept nogil:
    cdef Py_ssize_t at
    memset(batch.inside, 0, sizeof(batch.inside))
    memset(batch.sums, 0, sizeof(batch.sums))
    for at in range(count):
        if clauses[at].row == NULL:
            look_up_by_steps(batch, &clauses[at], summing)
        else:
            look_up_in_row(batch, &clauses[at], summing)


cdef void look_up_in_row(Batch *batch, const Clause *term, bint summing) noexcept nogil:
    """A frequent term. Where it is not, it scores 0: without a branch that nobody can foresee."""
    cdef Py_ssize_t at
    cdef uint32_t doc_id, frequency
    for at in range(batch.count):
        doc_id = batch.doc_ids[at]
        frequency = term.row[doc_id]
        batch.inside[at] |= frequency != 0
        if summing:
            batch.sums[at] += bm25(term, frequency, doc_id)


cdef void look_up_by_steps(Batch *batch, Clause *clause, bint summing) noexcept nogil:
    """By walking through a clause's documents, in steps that grow until they reach the next."""
    cdef Py_ssize_t at
    cdef uint32_t doc_id
    for at in range(batch.count):
        doc_id = batch.doc_ids[at]
        clause.at = place_of(clause, doc_id)
        if clause.at == clause.count:
            return
        if clause.doc_ids[clause.at] == doc_id:
            batch.inside[at] = 1
            if summing:
                batch.sums[at] += score_at(clause, clause.at, doc_id)
