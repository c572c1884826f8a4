"""Fragments of a text and its marks; `search.show.fragments` says why."""

cdef enum:
    CLAUSES = 63  # that have a bit each
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
    cdef uint8_t character, blank, before = 0, spaced = size == 0 or characters[0] > 31
    for at in range(1, size):  # without a branch: the compiler takes many characters at a time
        spaced &= ((characters[at] != 32) | (characters[at - 1] != 32)
                   ) & ((characters[at] >= 32) | (characters[at] == 10))
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


def marked(str text not None, list spans not None):
    """The text as HTML, what spans cover without a gap in one mark; None for many clauses.

    :param spans: (start, end, clause) of each, in order.
    """
    rows = rows_of(text, spans)
    return None if rows is None else marked_part(text, rows, 0, len(text))


def cut_fragments(str text not None, list spans not None, Py_ssize_t begin, Py_ssize_t length,
                  Py_ssize_t most, Py_ssize_t most_starts, tuple rules not None):
    """The HTML and the line of up to `most` fragments, about `length` characters each, and in how
    many more places there are spans; None for many clauses. `spans`: (start, end, clause) of each,
    in order, from `begin` on; `most_starts` of them may begin a fragment."""
    cdef list shown = [], chosen = []
    cdef Py_ssize_t low = begin, high, at, first, last, start, more, size = len(text)
    cdef bint whole_start = True, whole_end = True
    if not (0 <= length <= 0x7fffffff and 0 <= begin <= size):
        raise ValueError("a fragment has 0 to 2 ** 31 - 1 characters of its text")
    found = rows_of(text, spans)
    if found is None or not spans:
        return None if found is None else ([], 0)
    cdef int64_t[:, ::1] rows = found
    more = places_between(rows, 0, size)
    if size - begin > length + length // 2:
        add_places(chosen, rows, len(spans), length, most, min(len(spans), max(most_starts, 0)))
        chosen.sort()
    else:
        more -= places_between(rows, begin, size)
        shown.append((html_of(text, rows, begin, size, True, True),
                      text.count("\n", 0, rows[0, START])))
    for at in range(len(chosen)):
        first, last = chosen[at]
        high = size if at + 1 == len(chosen) else max(last, chosen[at + 1][0] - length // 3)
        start = fragment_start(text, first, low, max(length - (last - first), 0), &whole_start,
                               rules)
        low = fragment_end(text, start, last, high, length, &whole_end, rules)
        more -= places_between(rows, start, low)
        html = html_of(text, rows, start, low, whole_start, whole_end)
        shown.append((html, text.count("\n", 0, first)))
    return shown, more


cdef Py_ssize_t places_between(int64_t[:, ::1] rows, Py_ssize_t low, Py_ssize_t high) except -1:
    """How many places of a part of a text have spans, which touch or not."""
    cdef Py_ssize_t at, last = -1, found = 0
    for at in range(rows.shape[0]):
        found += rows[at, START] > last and low <= rows[at, START] < high
        last = max(last, rows[at, END])
    return found


cdef str html_of(str text, int64_t[:, ::1] rows, Py_ssize_t low, Py_ssize_t high,
                 bint whole_start, bint whole_end):
    """One fragment on one line; an ellipsis where a sentence was cut, nowhere else."""
    html = " ".join(marked_part(text, rows, low, high).split())
    if not whole_start and low and not (text[0].isspace() and text[:low].isspace()):
        html = "… " + html
    if not whole_end and high < len(text) and not text[high:].isspace():
        html += " …"
    return html


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


cdef int add_places(list chosen, int64_t[:, ::1] rows, Py_ssize_t count, Py_ssize_t length,
                    Py_ssize_t most, Py_ssize_t most_starts) except -1:
    """Adds the best places: with the most clauses not shown yet, then the most, then early."""
    cdef Py_ssize_t at, first, low, high, start, end
    cdef int64_t every = 0, shown = 0
    cdef int fresh, most_fresh, most_held
    for at in range(count):
        every |= rows[at, CLAUSE]
    for first in range(most_starts):
        for at in range(first, count):
            if rows[at, START] > rows[first, START] + length - 20 or rows[first, HELD] == every:
                break
            rows[first, HELD] |= rows[at, CLAUSE]
    while len(chosen) < most:
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
        low, high = rows[first, START], rows[first, START] + length
        for start, end in chosen:
            if start > low:
                high = min(high, start)
        end = rows[first, END]
        for at in range(first, count):
            if rows[at, START] > low + length - 20:
                break
            if rows[at, END] <= high:
                end = max(end, rows[at, END])
        chosen.append((low, end))
        shown |= rows[first, HELD]
        high = max(end, low + length - length // 3)
        low -= length // 3
        for at in range(most_starts):
            if rows[at, END] > low and rows[at, START] < high:
                rows[at, TAKEN] = True
    return 0


cdef str marked_part(str text, int64_t[:, ::1] rows, Py_ssize_t low, Py_ssize_t high):
    """A part of a text, escaped, with marks of the spans that begin in it."""
    cdef list pieces = []
    cdef Py_ssize_t at = 0, done = low, start, end
    while at < rows.shape[0] and rows[at, START] < low:
        at += 1
    while at < rows.shape[0] and rows[at, START] < high:
        start, end = rows[at, START], rows[at, END]
        at += 1
        while at < rows.shape[0] and rows[at, START] <= end:
            end = max(end, rows[at, END])
            at += 1
        if end:
            end = min(end, high)
            add_escaped(pieces, text, done, start)
            pieces.append("<mark>")
            add_escaped(pieces, text, start, end)
            pieces.append("</mark>")
            done = end
    add_escaped(pieces, text, done, high)
    return "".join(pieces)


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
