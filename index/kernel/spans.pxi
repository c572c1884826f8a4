"""Where a text holds the terms and phrases of a query, without all of its tokens expanded."""

def find_spans(str text not None, TokenFilter tokens not None, matches):
    """Start, end and clause of each span of a term, as they come, and where terms of phrases stand:
    stem -> position, start and end of each. None for a text beyond U+FFFF.

    :param matches: raw token -> how many positions it takes; a tuple of its spans (start, end,
        clause); and a tuple of its terms that phrases have (stem, offset of its position, start,
        end). Places are counted from the token's start.
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
    return spans, places


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
