"""The words of texts by number: cut, lowered, and looked up in a hash table, in one pass."""

cdef enum:
    LEAST_SLOTS = 4096

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)  # bytes of each character
    void *PyUnicode_DATA(object text)


cdef class WordTable:
    """Numbers from 0 for raw tokens in a language, given as they come.

    A word is known by a hash of 64 bits, under secrets of each table: among half a million words
    the chance that any two have the same one is less than one in a hundred million, and nobody can
    prepare such two.

    :param classes: what each character U+0000 to U+FFFF is to the tokeniser, a byte each.
    :param cut: gives the raw tokens of a text that holds characters beyond these.
    :param secret: any 64 bits, drawn for this table.
    """
    cdef const uint8_t[::1] classes
    cdef object cut
    cdef uint64_t secret
    cdef uint64_t[::1] slots  # a pair each: the hash, and the number + 1 or 0 for none
    cdef int32_t[::1] fresh  # start and end of the words that are new in a text
    cdef uint16_t[::1] text  # room for the characters of one text
    cdef uint8_t[::1] classes_of  # and for their classes
    cdef Py_ssize_t count, news

    def __cinit__(self, const uint8_t[::1] classes, cut, uint64_t secret):
        if classes.shape[0] != 65536:
            raise ValueError("a class for each of 65,536 characters expected")
        self.classes, self.cut, self.secret = classes, cut, secret
        self.slots = unsigned_longs(2 * LEAST_SLOTS)
        self.fresh, self.classes_of = ints(0), zeros(0, 1)
        self.reserve(0, LEAST_SLOTS)

    def words_of(self, list texts, const uint8_t[::1] languages, Py_ssize_t most):
        """The words of texts, at most `most` of each.

        :returns: the numbers of all words (int32), how many each text has (int64), and the words
            that are new, each with its language.
        """
        cdef Py_ssize_t at, used = 0, room = 0
        cdef list fresh = []
        if languages.shape[0] != len(texts) or not 0 <= most < 1 << 28:
            raise ValueError("a language for each text, and a number of words expected")
        for at in range(len(texts)):
            room += min(<Py_ssize_t>len(texts[at]), most)
        counts, found = longs(len(texts)), unset(room, 4).cast("i")
        cdef int64_t[::1] count = counts
        cdef int32_t[::1] to = found
        for at in range(len(texts)):
            count[at] = self.words_of_text(texts[at], languages[at], to[used:], most, fresh)
            used += count[at]
        return found[:used], counts, fresh

    cdef Py_ssize_t words_of_text(self, given, uint8_t language, int32_t[::1] to,
                                  Py_ssize_t most, list fresh) except -1:
        cdef str text = str.__str__(given)  # of a subclass too
        cdef bint is_ascii = text.isascii()
        cdef Py_ssize_t size = len(text), at, found
        if size >= 0x7fffffff:
            raise ValueError("a text of two thousand million characters or more")
        most = min(size, most)
        self.reserve(most, size)
        if PyUnicode_KIND(text) == 4:
            return self.words_of_cut(self.cut(text)[:most], language, to, fresh)
        copy_characters(text, self.text)
        with nogil:
            found = self.look_up(self.text[:size], self.classes_of[:size + BEHIND], language,
                                 is_ascii, to[:most])
        for at in range(self.news):
            raw = text[self.fresh[2 * at]:self.fresh[2 * at + 1]]
            fresh.append((raw.lower() if raw.isascii() else raw, language))
        return found

    cdef Py_ssize_t words_of_cut(self, list raws, uint8_t language, int32_t[::1] to,
                                 list fresh) except -1:
        """The same for a text that was cut into its raw tokens before."""
        cdef Py_ssize_t at
        cdef uint16_t[::1] raw
        for at in range(len(raws)):
            raw = utf16(raws[at])
            to[at] = self.number(raw, 0, raw.shape[0], language)
            if self.news:
                fresh.append((raws[at], language))
                self.news = 0
        return len(raws)

    # Bounds are not checked, which costs 4 % of indexing. `classes` are a byte for each character
    # and `BEHIND` more, so tokens end inside of the text; a token with the character behind it too,
    # since that is UNSPACED. `found` is below `to.shape[0]`. What no text holds: see `reserve`.
    @cython.boundscheck(False)
    cdef Py_ssize_t look_up(self, uint16_t[::1] text, uint8_t[::1] classes, uint8_t language,
                            bint is_ascii, int32_t[::1] to) except -1 nogil:
        """Puts the numbers of a text's words, as many as have room; gives how many."""
        cdef Py_ssize_t at, start, end = 0, found = 0, size = text.shape[0]
        cdef const uint8_t[::1] table = self.classes
        self.news = 0
        if is_ascii:
            lower_ascii(text, 0, size)
        for at in range(size):
            classes[at] = table[text[at]]
        for at in range(size, size + BEHIND):
            classes[at] = 0
        while found < to.shape[0]:
            start = next_start(classes, end)
            if start >= size:
                break
            at = end = token_end(classes, start)
            if classes[start] & UNSPACED and classes[end] & UNSPACED:
                at += 1  # with the character behind it, of which it makes a pair
            if not is_ascii:
                lower_ascii(text, start, at)
            to[found] = self.number(text, start, at, language)
            found += 1
        return found

    @cython.boundscheck(False)
    cdef inline int32_t number(self, const uint16_t[::1] text, Py_ssize_t start, Py_ssize_t end,
                               uint8_t language) except -1 nogil:
        """The number of a word; `reserve` made room for it, in `fresh` too."""
        cdef uint64_t key = hash_of(text, start, end, self.secret ^ language)
        cdef Py_ssize_t slot = slot_of(self.slots, key)
        if not self.slots[slot + 1]:
            self.fresh[2 * self.news] = <int32_t>start
            self.fresh[2 * self.news + 1] = <int32_t>end
            self.news += 1
            self.count += 1
            self.slots[slot] = key
            self.slots[slot + 1] = self.count
        return <int32_t>(self.slots[slot + 1] - 1)

    cdef int reserve(self, Py_ssize_t words, Py_ssize_t characters) except -1:
        """Makes room for a text of so many new words, which take half of the slots at the most."""
        cdef Py_ssize_t size = self.slots.shape[0], at, to
        self.news = 0
        if self.count + words > 0x7ffffffe:
            raise MemoryError("too many words for one table")
        if self.classes_of.shape[0] < characters + BEHIND:
            self.text = zeros(4 * (characters + BEHIND), 1).cast("H")
            self.classes_of = zeros(2 * (characters + BEHIND), 1)  # last: it says the room
        if self.fresh.shape[0] < 2 * words:
            self.fresh = ints(2 * words)
        while size < 4 * (self.count + words):
            size *= 2
        if size == self.slots.shape[0]:
            return 0
        cdef uint64_t[::1] slots = unsigned_longs(size)
        for at in range(0, self.slots.shape[0], 2):
            if self.slots[at + 1]:
                to = slot_of(slots, self.slots[at])
                slots[to] = self.slots[at]
                slots[to + 1] = self.slots[at + 1]
        self.slots = slots
        return 0


cdef uint16_t[::1] utf16(str text):
    """The characters of a text; more than there are where one is beyond U+FFFF."""
    return memoryview(bytearray(text.encode("utf-16-le", "surrogatepass"))).cast("H")


@cython.boundscheck(False)  # `reserve` made room
cdef int copy_characters(str text, uint16_t[::1] to) except -1:
    """The characters of a text that has none beyond U+FFFF."""
    cdef const uint8_t *characters = <const uint8_t *>PyUnicode_DATA(text)
    cdef Py_ssize_t at
    if PyUnicode_KIND(text) == 1:
        for at in range(len(text)):
            to[at] = characters[at]
    else:
        memcpy(&to[0], characters, 2 * len(text))
    return 0


@cython.boundscheck(False)  # as `WordTable.look_up`
cdef inline int lower_ascii(uint16_t[::1] text, Py_ssize_t start, Py_ssize_t end) except -1 nogil:
    """Lowers a word that is of ASCII alone."""
    cdef Py_ssize_t at
    cdef uint16_t any = 0
    for at in range(start, end):
        any |= text[at]
    if any < 128:
        for at in range(start, end):
            text[at] += 32 * (65 <= text[at] <= 90)
    return 0


@cython.boundscheck(False)  # slots are a power of two, half of them free
cdef inline Py_ssize_t slot_of(const uint64_t[::1] slots, uint64_t key) except -1 nogil:
    """Where a hash stands, or the free place where it would."""
    cdef Py_ssize_t mask = slots.shape[0] - 2, at = <Py_ssize_t>(key << 1) & mask
    while slots[at + 1] and slots[at] != key:
        at = (at + 2) & mask
    return at


@cython.boundscheck(False)  # as `WordTable.look_up`
cdef inline uint64_t hash_of(const uint16_t[::1] text, Py_ssize_t start, Py_ssize_t end,
                             uint64_t secret) except? 1 nogil:
    """Of a word; four characters are one step, which can be undone: no two words of four meet."""
    cdef uint64_t key = secret ^ <uint64_t>(end - start) << 32
    cdef uint64_t mixer = secret * <uint64_t>0x9E3779B97F4A7C15 | 1, four
    while end - start >= 4:
        four = text[start] | <uint64_t>text[start + 1] << 16
        four |= <uint64_t>text[start + 2] << 32 | <uint64_t>text[start + 3] << 48
        key = (key ^ four) * mixer
        key ^= key >> 32
        start += 4
    four = 0
    for start in range(start, end):
        four = four << 16 | text[start]
    key = (key ^ four) * mixer
    key = (key ^ key >> 32) * mixer
    return key ^ key >> 29
