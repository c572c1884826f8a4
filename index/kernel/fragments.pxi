"""Which fragments of a text are shown, and their HTML; `search.show.fragments` says why."""

cdef enum:
    CLAUSES = 63  # that have a bit each
    SHIFT = 40  # characters that a cut moves at the most to stand between words
cdef uint64_t TO_ESCAPE = 0x500000c400000000  # a bit for each of "&'<>
cdef uint8_t[128] SPACED  # ASCII, with white space that is no line break as spaces
for _code in range(128):
    SPACED[_code] = 32 if chr(_code).isspace() and _code != 10 else _code
cdef enum:  # Of each span: where, its clause as a bit, what a fragment holds that begins with it.
    START, END, CLAUSE, HELD, TAKEN, ROW


def single_spaced(str text not None):
    """The text with every run of white space that is no line break as one space."""
    cdef Py_ssize_t at = 0, done = 0
    cdef Py_UCS4 character, before = 0
    cdef list pieces = []
    if text.isascii():
        return spaced_ascii(text, text.encode("ascii"))
    for character in text:
        # One test for all three, since where the next space is is hard to predict.
        if (character == 32) & (before == 32) | (character < 32) | (character > 126):
            if character.isspace() and character != 10:
                if at > done:
                    pieces.append(text[done:at])
                if before != 32:
                    pieces.append(" ")
                done = at + 1
                character = 32
        before = character
        at += 1
    return "".join(pieces) + text[done:] if pieces else text


cdef str spaced_ascii(str text, const uint8_t[::1] characters):
    cdef Py_ssize_t at, used = 0, size = characters.shape[0]
    cdef uint8_t character, blank, before = 0, spaced = size == 0 or is_plain(characters[0])
    for at in range(1, size):  # without a branch: the compiler takes many characters at a time
        spaced &= is_plain(characters[at]) & ((characters[at] != 32) | (characters[at - 1] != 32))
    if spaced:  # three bodies of five
        return text
    cdef bytearray room = bytearray(len(text))
    cdef uint8_t[::1] to = room
    for at in range(size):
        character = SPACED[characters[at] & 127]
        blank = character == 32
        to[used] = character
        used += 1 - (blank & before)  # without a branch: where the next space is is hard to predict
        before = blank
    return room[:used].decode("ascii")


cdef inline bint is_plain(uint8_t character) noexcept:
    return (character >= 32) | (character == 10)


def marked(str text not None, list spans not None):
    """The text as HTML, what spans cover without a gap in one mark; None for many clauses.

    :param spans: (start, end, clause) of each, in order.
    """
    cdef list pieces = []
    rows = rows_of(text, spans)
    if rows is None:
        return None
    add_marked(pieces, text, 0, len(text), rows)
    return "".join(pieces)


def cut_fragments(str text not None, list spans not None, Py_ssize_t length, Py_ssize_t most,
                  Py_ssize_t most_starts):
    """Up to `most` fragments of a single-spaced text as HTML with marks; None for many clauses.

    :param spans: (start, end, clause) of each, in order.
    :param length: characters of a fragment, about.
    :param most_starts: spans that a fragment may begin with.
    """
    cdef Py_ssize_t start, end
    cdef list windows = [], fragments = []
    if not spans:
        return ()
    if not 0 <= length <= 0x7fffffff:
        raise ValueError("a fragment has 0 to 2 ** 31 - 1 characters")
    found = rows_of(text, spans)
    if found is None:
        return None
    cdef int64_t[:, ::1] rows = found
    length = length_for(text, length)
    if 2 * len(text) <= 3 * length:
        windows.append((0, len(text)))
    else:
        choose_windows(windows, text, rows, length, most, min(len(spans), max(most_starts, 0)))
    for start, end in sorted(windows):
        fragments.append(fragment_html(text, start, end, rows))
    return tuple(fragments)


cdef object rows_of(str text, list spans):
    """A row for each span; None where one has no bit for its clause."""
    cdef Py_ssize_t at, start, end, before = 0, clause
    cdef Py_ssize_t count = max(len(spans), 1)  # a row of zeros marks nothing
    found = memoryview(bytearray(count * ROW * 8)).cast("q", (count, ROW))
    cdef int64_t[:, ::1] rows = found
    for at in range(len(spans)):
        start, end, clause = spans[at]
        if not before <= start < end <= len(text):
            raise ValueError("spans ascend, and lie inside of the text")
        if not 0 <= clause < CLAUSES:
            return None
        rows[at, START], rows[at, END], rows[at, CLAUSE] = start, end, <int64_t>1 << clause
        before = start
    return found


cdef int choose_windows(list windows, str text, int64_t[:, ::1] rows, Py_ssize_t length,
                        Py_ssize_t most, Py_ssize_t most_starts) except -1:
    """Adds the best fragments: with the most clauses not shown yet, then the most, then early."""
    cdef Py_ssize_t at, first, low, high
    cdef int64_t every = 0, shown = 0
    cdef int fresh, most_fresh, most_held
    for at in range(rows.shape[0]):
        every |= rows[at, CLAUSE]
    for first in range(most_starts):
        for at in range(first, rows.shape[0]):
            if rows[at, START] > rows[first, START] + length - 20 or rows[first, HELD] == every:
                break
            rows[first, HELD] |= rows[at, CLAUSE]
    while len(windows) < most:
        most_fresh = most_held = first = -1
        for at in range(most_starts):
            if rows[at, TAKEN]:
                continue
            fresh = popcountll(rows[at, HELD] & ~shown)
            if fresh > most_fresh or fresh == most_fresh and popcountll(rows[at, HELD]) > most_held:
                first, most_fresh, most_held = at, fresh, popcountll(rows[at, HELD])
                if rows[at, HELD] == every:
                    break
        if first < 0:
            return 0
        low, high = around(text, rows, first, length, windows)
        windows.append((low, high))
        shown |= rows[first, HELD]
        for at in range(most_starts):
            if rows[at, END] > low - 10 and rows[at, START] < high + 10:
                rows[at, TAKEN] = True
    return 0


cdef tuple around(str text, int64_t[:, ::1] rows, Py_ssize_t index, Py_ssize_t length,
                  list windows):
    """About `length` characters around spans, cut on words, not over other fragments."""
    cdef Py_ssize_t first = rows[index, START], last = 0, low = 0, high = len(text), start, end, at
    for start, end in windows:
        if end <= first:
            low = max(low, end)
        elif start > first:
            high = min(high, start)
    for at in range(index, rows.shape[0]):
        if rows[at, START] > first + length - 20:
            break
        if rows[at, END] <= min(first + length, high):
            last = max(last, rows[at, END])
    last = last or rows[index, END]
    start = max(first - max(length - (last - first), 0) // 3, low)
    end = min(max(start + length, last), high)
    start = max(min(start, end - length), low)
    at = text.rfind("\n\n", start, first)
    if at >= 0:
        start = at + 2
        end = min(max(start + length, last), high)
    return word_start(text, start, first), word_end(text, end, last)


cdef Py_ssize_t word_start(str text, Py_ssize_t at, Py_ssize_t limit) except -1:
    """The first start of a word from a place on, at the latest `limit`."""
    cdef Py_ssize_t space
    if at == 0 or text[at - 1].isspace() or is_wide(text[at]):
        return at
    for space in range(at, min(at + SHIFT, limit)):
        if text[space].isspace():
            return space + 1
    return limit if limit - at <= SHIFT else at


cdef Py_ssize_t word_end(str text, Py_ssize_t at, Py_ssize_t limit) except -1:
    """The last end of a word up to a place, at the earliest `limit`."""
    cdef Py_ssize_t space
    if at >= len(text) or text[at].isspace() or is_wide(text[at]):
        return at
    for space in range(at - 1, max(limit, at - SHIFT) - 1, -1):
        if text[space] == 32 or text[space] == 10:
            return space
    return limit if at - limit <= SHIFT else at


cdef inline bint is_wide(Py_UCS4 character) noexcept:
    """As `search.show.fragments.WIDE` has it."""
    return character >= 0x1100 and (character <= 0x11ff or 0x3000 <= character <= 0x9fff
                                    or 0xac00 <= character <= 0xd7af)


cdef Py_ssize_t length_for(str text, Py_ssize_t length) except -1:
    """Half as many characters where many are wide."""
    cdef Py_ssize_t wide = 0
    cdef Py_UCS4 character
    cdef str sample = "" if text.isascii() else text[:400]
    for character in sample:
        wide += is_wide(character)
    return length // 2 if wide * 3 > len(sample) else length


cdef str fragment_html(str text, Py_ssize_t low, Py_ssize_t high, int64_t[:, ::1] rows):
    """One fragment on one line, with an ellipsis where text was cut away."""
    cdef list pieces = []
    add_marked(pieces, text, low, high, rows)
    cdef str html = "".join(pieces)
    html = " ".join(html.split()) if "\n" in html else html.strip(" ")
    return (("" if is_blank(text, 0, low) else "… ") + html
            + ("" if is_blank(text, high, len(text)) else " …"))


cdef int add_marked(list pieces, str text, Py_ssize_t low, Py_ssize_t high,
                    int64_t[:, ::1] rows) except -1:
    """Adds a part of a text, escaped, with marks."""
    cdef Py_ssize_t at = 0, done = low, start, end
    while at < rows.shape[0] and rows[at, START] < high:
        start, end = rows[at, START], rows[at, END]
        at += 1
        while at < rows.shape[0] and rows[at, START] <= end:
            end = max(end, rows[at, END])
            at += 1
        if end > low:
            add_escaped(pieces, text, done, max(start, low))
            pieces.append("<mark>")
            done = min(end, high)
            add_escaped(pieces, text, max(start, low), done)
            pieces.append("</mark>")
    return add_escaped(pieces, text, done, high)


cdef int add_escaped(list pieces, str text, Py_ssize_t start, Py_ssize_t end) except -1:
    cdef Py_ssize_t at
    cdef uint32_t character
    for at in range(start, end):
        character = text[at]
        if character < 64 and TO_ESCAPE >> character & 1:
            pieces.append(text[start:at])
            pieces.append("&amp;" if character == 38 else "&lt;" if character == 60 else
                          "&gt;" if character == 62 else "&quot;" if character == 34 else "&#x27;")
            start = at + 1
    pieces.append(text[start:end])
    return 0


cdef bint is_blank(str text, Py_ssize_t start, Py_ssize_t end) except -1:
    cdef Py_ssize_t at
    for at in range(start, end):
        if not text[at].isspace():
            return False
    return True
