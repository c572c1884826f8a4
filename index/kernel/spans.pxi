"""Where a text holds the terms and phrases of a query, without all of its tokens expanded."""

def find_spans(str text not None, TokenFilter tokens not None, matches, tuple phrases not None,
               Py_ssize_t most_starts):
    """Start, end and clause of each span, in order; None for a text beyond U+FFFF.

    :param matches: raw token -> how many positions it takes; a tuple of its spans (start, end,
        clause); and a tuple of its terms that phrases have (stem, offset of its position, start,
        end). Places are counted from the token's start.
    :param phrases: of each its stems, slop and clause.
    :param most_starts: occurrences of a phrase's first stem that are tried.
    """
    looked = looked_at(text, tokens)
    if looked is None:
        return None
    cdef const uint8_t[::1] classes = looked[0], letters = looked[1]
    cdef const int32_t[::1] trie = tokens.trie
    cdef Py_ssize_t start, end = 0, size, position = 0
    cdef list spans = []
    cdef dict places = {}
    while True:
        start = next_candidate(tokens, trie, text, classes, letters, &end, &position)
        if start < 0:
            break
        size = end - start
        if classes[start] & UNSPACED and classes[end] & UNSPACED:
            size += 1  # a pair
        position += add_matches(matches, text, start, start + size, position, spans, places)
    if not places:
        return spans
    for phrase in phrases:
        add_phrase(phrase, places, most_starts, spans)
    return sorted(set(spans))


cdef Py_ssize_t add_matches(matches, str text, Py_ssize_t start, Py_ssize_t end,
                            Py_ssize_t position, list spans, dict places) except -1:
    """Adds what one raw token gives; says how many positions it takes."""
    cdef Py_ssize_t low, high, offset, size
    cdef tuple found, terms
    size, found, terms = matches[text[start:end]]
    for low, high, clause in found:
        spans.append((start + low, start + high, clause))
    for stem, offset, low, high in terms:
        places.setdefault(stem, []).append((position + offset, start + low, start + high))
    if size < 0:
        raise ValueError("a raw token takes no positions back")
    return size


cdef int add_phrase(phrase, dict places, Py_ssize_t most_starts, list spans) except -1:
    """Adds the spans of each run of a phrase: from one word on always the nearest next one.

    The runs' beginnings ascend, so the nearest next words do as well: each is looked for from the
    one before on.
    """
    cdef Py_ssize_t slop, word, at, position, before
    words, slop, clause = phrase
    cdef list there = [], nearest = [0] * len(words), run
    for stem in words:
        there.append(places.get(stem, ()))
    for first in there[0][:most_starts]:
        run = [first]
        for word in range(1, len(words)):
            before, at = run[word - 1][0], nearest[word]
            while at < len(there[word]) and there[word][at][0] <= before:
                at += 1
            nearest[word] = at
            if at == len(there[word]) or there[word][at][0] > before + slop:
                break
            run.append(there[word][at])
        else:
            if slop == 1:
                spans.append((first[1], run[len(run) - 1][2], clause))
            else:
                for _, start, end in run:
                    spans.append((start, end, clause))
    return 0
