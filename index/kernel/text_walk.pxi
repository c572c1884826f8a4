"""Walking a text: its raw tokens, and those of them that may give a term which is looked for."""

cdef enum:
    CODES = 37  # 0 for nothing, then the digits and the letters a to z
    FOREIGN = 128  # stands for a letter beyond ASCII
    UNCUT = 60  # letters of a word of which `index.text.analysis` takes all
cdef enum:  # Nodes of a trie: there is no such prefix; one has ended; none has begun.
    DEAD, WHOLE, ROOT

cdef uint8_t[256] LETTER_CODES
for _byte in range(256):
    LETTER_CODES[_byte] = letter_code(_byte)


cdef class TokenFilter:
    """Which raw tokens may give a term of a query: told by how their letters begin.

    `prefixes`: letters and digits (bytes) with one of which every word of ASCII begins that gives
    such a term; None where any raw token may. `bigrams`: a bit for each character U+0000 to
    U+FFFF that begins a term of an unspaced script; empty for none. `classes`: what each of these
    characters is to the tokeniser, a byte each. `counted`: positions matter. `ending`: small
    letters with which every word of ASCII's letters alone ends that gives such a term.
    """
    cdef bytes classes, ascii_classes, ending
    cdef const uint8_t[::1] bigrams
    cdef int32_t[::1] trie
    cdef bint everything, counted

    def __init__(self, prefixes, const uint8_t[::1] bigrams not None,
                 bytes classes not None, bint counted, bytes ending not None):
        if len(classes) != 65536 or bigrams.shape[0] not in (0, 8192):
            raise ValueError("a byte and a bit for each of 65,536 characters expected")
        if classes[0]:
            raise ValueError("U+0000, which stands behind each text, is of no class")
        self.classes, self.bigrams, self.counted, self.ending = classes, bigrams, counted, ending
        self.everything, self.ascii_classes = prefixes is None, classes[:256]
        self.trie = trie_of(prefixes or ())


cdef object trie_of(prefixes):
    """A row of `CODES` for each node: to which node a letter leads. Code 0 stays where it is."""
    cdef Py_ssize_t nodes = ROOT + 1, node, place = 0
    cdef bytes prefix
    for prefix in prefixes:
        nodes += len(prefix)
    trie = ints(nodes * CODES)
    cdef int32_t[::1] to = trie
    cdef uint8_t byte
    nodes = ROOT
    for prefix in prefixes:
        node = ROOT
        for byte in prefix:
            if not LETTER_CODES[byte]:
                raise ValueError("a prefix has letters and digits alone")
            place = node * CODES + LETTER_CODES[byte]
            if to[place] == WHOLE:
                break
            if to[place] == DEAD:
                nodes += 1
                to[place] = <int32_t>nodes
            node = to[place]
        if not prefix:
            raise ValueError("a prefix has at least one letter")
        to[place] = WHOLE
    for node in range(nodes + 1):
        to[node * CODES] = <int32_t>node
    to[WHOLE * CODES:(WHOLE + 1) * CODES] = WHOLE
    return trie


cdef inline uint8_t letter_code(uint32_t character) noexcept:
    """1 to 36 for digits and letters of ASCII, whatever their case; 0 for all else."""
    cdef uint32_t digit = character - 48, letter = (character | 32) - 97
    return <uint8_t>(digit + 1 if digit < 10 else letter + 11 if letter < 26 else 0)


cdef tuple looked_at(str text, TokenFilter tokens):
    """What each character is: its class; itself, `FOREIGN`, or 0 for no letter; zeros behind them.

    None for a text with characters beyond U+FFFF.
    """
    cdef bytes ascii
    if text.isascii():
        ascii = text.encode("ascii") + bytes(BEHIND)
        return ascii.translate(tokens.ascii_classes), ascii
    classes, letters = bytearray(len(text) + BEHIND), bytearray(len(text) + BEHIND)
    cdef uint8_t[::1] kind = classes, letter = letters
    cdef const uint8_t[::1] kinds = tokens.classes
    cdef Py_ssize_t at = 0
    cdef Py_UCS4 character
    for character in text:
        if character > 0xffff:
            return None
        kind[at] = kinds[character]
        if character < 128:
            letter[at] = <uint8_t>character
        elif kind[at] & LETTER:
            letter[at] = FOREIGN
        at += 1
    return classes, letters


cdef inline Py_ssize_t next_candidate(TokenFilter self, const int32_t[::1] trie, str text,
                                      const uint8_t[::1] classes, const uint8_t[::1] letters,
                                      Py_ssize_t *end, Py_ssize_t *position) except -2:
    """The start of the next raw token that may give a term, its end put in place; -1 for none.

    :param end: of the token before, where to look on; `position`: grows by those passed over.
    """
    cdef Py_ssize_t start, node, at = end[0], size = len(text)
    cdef bint foreign = not text.isascii()
    while True:
        start = next_start(classes, at)
        if start >= size:
            return -1
        at = run_end(classes, start, LETTER)
        if at == start or classes[start] & DIGIT or (
                classes[at] & (JOINT | DOT) and (at == start + 1 or classes[at + 1] & LETTER)):
            at = token_end(classes, start)
            if may_match(self, trie, text, classes, letters, start, at):
                end[0] = at
                return start
            if self.counted:
                position[0] += positions_of(text, classes, start, at)
        else:  # most tokens: a run of letters
            # Two letters first: no branch for each, since where it goes is hard to predict.
            node = trie[ROOT * CODES + LETTER_CODES[letters[start]]]
            node = trie[node * CODES + LETTER_CODES[letters[start + 1]]]
            if (self.everything and not ends_otherwise(self.ending, letters, start, at)) or (
                    node != DEAD and begins_as_wanted(trie, letters, start, at)) or (
                    foreign and holds(letters, start, at, FOREIGN)):
                end[0] = at
                return start
            position[0] += 1


cdef inline bint ends_otherwise(bytes ending, const uint8_t[::1] letters, Py_ssize_t start,
                                Py_ssize_t end) except -1:
    """Whether a word is of ASCII's letters alone, and does not have the ending."""
    cdef Py_ssize_t at, first = end - len(ending)
    cdef const uint8_t *last = ending
    cdef bint otherwise = first < start
    for at in range(max(first, start), end):
        otherwise |= letters[at] | 32 != last[at - first]
    for at in range(start, end if otherwise else start):
        if LETTER_CODES[letters[at]] <= 10:  # a digit, or none of them
            return False
    return otherwise and end - start <= UNCUT


cdef inline bint holds(const uint8_t[::1] row, Py_ssize_t start, Py_ssize_t end,
                       uint8_t bit) except -1:
    cdef Py_ssize_t at
    for at in range(start, end):
        if row[at] & bit:
            return True
    return False


cdef inline bint begins_as_wanted(const int32_t[::1] trie, const uint8_t[::1] letters,
                                  Py_ssize_t at, Py_ssize_t end) except -1:
    """Whether the letters and digits of ASCII from a place on begin with a prefix."""
    cdef Py_ssize_t node = ROOT
    for at in range(at, end):
        node = trie[node * CODES + LETTER_CODES[letters[at]]]
        if node < ROOT:
            break
    return node == WHOLE


cdef bint may_match(TokenFilter self, const int32_t[::1] trie, str text,
                    const uint8_t[::1] classes, const uint8_t[::1] letters, Py_ssize_t start,
                    Py_ssize_t end) except -1:
    """Whether any raw token may give a term that is looked for."""
    cdef Py_ssize_t at
    cdef uint32_t first
    if self.everything:
        return True
    if classes[start] & UNSPACED:
        first = text[start]
        return self.bigrams.shape[0] and self.bigrams[first >> 3] >> (first & 7) & 1
    if holds(letters, start, end, FOREIGN):
        return True
    for at in range(start, end):  # each part of a compound
        if LETTER_CODES[letters[at]] and (at == start or not LETTER_CODES[letters[at - 1]]):
            if begins_as_wanted(trie, letters, at, end):
                return True
    return False


cdef Py_ssize_t positions_of(str text, const uint8_t[::1] classes, Py_ssize_t start,
                             Py_ssize_t end) except -1:
    """Joined words take as many positions as parts; a number or an acronym takes one."""
    cdef Py_ssize_t parts = 1, at
    for at in range(start, end):
        if classes[at] & LETTER:
            continue
        if not classes[at] & JOINT:
            return 1
        parts += 1
    if parts > 1 and end - start > 2 and text[end - 1] in "sS" and text[end - 2] in "'’‘ʻʼʽʾʿ`´":
        parts -= 1  # a last 's has none
    return parts
