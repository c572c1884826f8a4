"""Words in texts to postings: terms in their places, sorted by counting, grouped by document."""

cdef enum:
    PLACE_BITS = 24


def inverted(const int32_t[::1] words, const int64_t[::1] counts, const int32_t[::1] single,
             const int64_t[::1] run_starts, const int32_t[::1] run_terms,
             const int32_t[::1] run_offsets, const int64_t[::1] extra_places,
             const int32_t[::1] extra_terms, Py_ssize_t terms):
    """Where the terms of texts stand, given as a stream of words.

    :param counts: words of each text.
    :param single: a pair for each word: its only term, at no offset, or -1; and the positions that
        it takes. Most words have no more, and so what is read of them lies together: two thirds of
        the time.
    :param run_starts: one more than words: where the terms of each word begin in `run_terms`, with
        `run_offsets` from its position.
    :param extra_places: places in the stream, ascending, at which `extra_terms` stand as well.
    :returns: where each term begins (int64, one more than `terms`); the places by term (uint64:
        text << 24 | position), ascending in each; how many terms each text has (int64).
    """
    cdef Py_ssize_t at
    if not 0 <= terms <= 0x7fffffff:
        raise ValueError("a number of terms expected, from 0 to what 32 bits hold")
    if extra_places.shape[0] != extra_terms.shape[0]:
        raise ValueError("a term for each extra place expected")
    check_counts(counts, words.shape[0])
    for at in range(single.shape[0] // 2):
        if not -1 <= single[2 * at] < terms:
            raise ValueError("a word or a term that there is not")
    with nogil:
        check_below(words, min(single.shape[0] // 2, run_starts.shape[0] - 1))
        check_ascend(run_starts, min(run_terms.shape[0], run_offsets.shape[0]))
        check_below(run_terms, terms)
        check_ascend(extra_places, words.shape[0] - 1)
        check_below(extra_terms, terms)
    starts, lengths = longs(terms + 1), longs(counts.shape[0])
    cdef int64_t[::1] ends = starts, length = lengths
    cdef uint64_t[::1] place = unsigned_longs(0)
    with nogil:
        walk(words, counts, single, run_starts, run_terms, run_offsets, extra_places, extra_terms,
             ends, length, place, False)
    places = unset(to_starts(ends), 8).cast("Q")
    place = places
    with nogil:
        walk(words, counts, single, run_starts, run_terms, run_offsets, extra_places, extra_terms,
             ends, length, place, True)
    to_starts_again(ends)
    return starts, places, lengths


@cython.boundscheck(False)  # costs 3 % of indexing
cdef inline int walk(const int32_t[::1] words, const int64_t[::1] counts,
                     const int32_t[::1] single, const int64_t[::1] run_starts,
                     const int32_t[::1] run_terms, const int32_t[::1] run_offsets,
                     const int64_t[::1] extra_places, const int32_t[::1] extra_terms,
                     int64_t[::1] ends, int64_t[::1] lengths, uint64_t[::1] places,
                     bint placing) except -1 nogil:
    """Counts each term in `ends`; then, where each of its places goes, writes them.

    Without checks of bounds: `inverted` checked that counts add up to the words, words have pairs
    and runs, runs lie within their terms, terms within `ends`, and that extra places lie in the
    stream; `extra` stays below `extras`, since `next_extra` is -1 from there on. Each pass meets
    the same terms, so that after the first one `ends` begin where each term's places do, and the
    last of them is as many as `places`.
    """
    cdef Py_ssize_t text, at = 0, last = 0, extra = 0, each, extras = extra_places.shape[0]
    cdef int64_t own, next_extra = extra_places[0] if extras else -1
    cdef uint64_t place
    cdef int32_t word, term
    for text in range(counts.shape[0]):
        own = 0
        place = <uint64_t>text << PLACE_BITS
        last += counts[text]
        while at < last:
            while next_extra == at:
                term = extra_terms[extra]
                if placing:
                    places[ends[term]] = place
                ends[term] += 1
                own += 1
                extra += 1
                next_extra = extra_places[extra] if extra < extras else -1
            word = words[at]
            term = single[2 * <Py_ssize_t>word]
            if term >= 0:
                if placing:
                    places[ends[term]] = place
                ends[term] += 1
                own += 1
            else:
                for each in range(run_starts[word], run_starts[word + 1]):
                    term = run_terms[each]
                    if placing:
                        places[ends[term]] = place + <uint64_t>run_offsets[each]
                    ends[term] += 1
                    own += 1
            place += <uint64_t>single[2 * <Py_ssize_t>word + 1]
            at += 1
        lengths[text] = own
    return 0


@cython.boundscheck(False)
cdef int check_below(const int32_t[::1] numbers, Py_ssize_t limit) except -1 nogil:
    cdef Py_ssize_t at
    cdef uint32_t most = <uint32_t>min(max(limit, 0), 0x7fffffff)
    cdef bint others = False
    for at in range(numbers.shape[0]):  # without a branch: several in one step
        others |= <uint32_t>numbers[at] >= most
    if others:
        raise ValueError("a word or a term that there is not")
    return 0


cdef int check_ascend(const int64_t[::1] numbers, Py_ssize_t last) except -1 nogil:
    """Checks that numbers ascend from 0 on, up to `last` at the most."""
    cdef int64_t before = 0
    cdef Py_ssize_t at
    for at in range(numbers.shape[0]):
        if not before <= numbers[at] <= last:
            raise ValueError("places or starts do not ascend")
        before = numbers[at]
    return 0


cdef int64_t to_starts(int64_t[::1] counts) except -1:
    """Counts to where each begins, the last to their sum, which is given."""
    cdef int64_t total = 0, own
    cdef Py_ssize_t at
    for at in range(counts.shape[0]):
        own = counts[at]
        counts[at] = total
        total += own
    return total


cdef int to_starts_again(int64_t[::1] ends) except -1:
    """Where each term ends to where it begins: where the one before it ends."""
    cdef Py_ssize_t at
    for at in range(ends.shape[0] - 1, 0, -1):
        ends[at] = ends[at - 1]
    ends[0] = 0
    return 0


def grouped(const uint64_t[::1] places, const int64_t[::1] starts, const int32_t[::1] order,
            bint with_positions):
    """Places by term to postings, term after term in an order.

    :returns: documents a term (int64); documents, frequencies and positions (uint32), the last
        empty where they are not wanted.
    """
    cdef Py_ssize_t term, at, total = 0
    for at in range(order.shape[0]):
        term = order[at]
        if not 0 <= starts[term] <= starts[term + 1] <= places.shape[0]:
            raise ValueError("the starts of terms do not ascend in their places")
        total += starts[term + 1] - starts[term]
    counts, frequencies = longs(order.shape[0]), zeros(total, 4).cast("I")
    documents = unset(total, 4).cast("I")
    positions = unset(total if with_positions else 0, 4).cast("I")
    cdef int64_t[::1] count = counts
    cdef uint32_t[::1] document = documents, frequency = frequencies, position = positions
    with nogil:
        total = group(places, starts, order, count, document, frequency, position)
    return counts, documents[:total], frequencies[:total], positions


@cython.boundscheck(False)  # `grouped` added up the places; documents are no more than these
cdef Py_ssize_t group(const uint64_t[::1] places, const int64_t[::1] starts,
                      const int32_t[::1] order, int64_t[::1] counts, uint32_t[::1] documents,
                      uint32_t[::1] frequencies, uint32_t[::1] positions) except -1 nogil:
    cdef Py_ssize_t at, each, found = -1, first, place = 0
    cdef int64_t before
    for at in range(order.shape[0]):
        first, before = found, -1
        for each in range(starts[order[at]], starts[order[at] + 1]):
            found += <int64_t>(places[each] >> PLACE_BITS) != before
            before = <int64_t>(places[each] >> PLACE_BITS)
            documents[found] = <uint32_t>before
            frequencies[found] += 1
            if positions.shape[0]:
                positions[place] = places[each] & 0xffffff
                place += 1
        counts[at] = found - first
    return found + 1
