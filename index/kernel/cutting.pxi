"""Where a fragment begins and ends; `search.show.cutting` says why, and decides the rare cases:
`rules` are its abbreviations, what tells others of these, and what a cut would part."""

cdef enum:  # as in `search.show.cutting`
    REACH = 80
    FAR_REACH = 140
    SHIFT = 40
    BRACKET = 82  # characters before a cut where what it parts may begin: `_NEAR`
    DATE = 30     # from a digit to the word of a cut in the longest date, or behind it: 24
    UNIT = 6      # the same in all other numbers: 5


cdef Py_ssize_t fragment_start(str text, Py_ssize_t first, Py_ssize_t low, Py_ssize_t spare,
                               bint *whole, tuple rules) except -1:
    """Where a fragment begins, and whether a sentence does there."""
    cdef Py_ssize_t sentence = -1, end = 0, at, earliest, wide = 0, reach = FAR_REACH, near = REACH
    for at in range(max(first - REACH, 0), 0 if text.isascii() else min(first + 20, len(text))):
        wide += is_wide(text[at])
    if wide * 3 > REACH:
        reach, near = FAR_REACH // 2, REACH // 2
    reach = max(near, min(spare, reach))
    earliest = max(low, first - reach)
    whole[0] = True
    at = max(earliest - 3, 0)
    while next_break(text, &at, &end, first, rules):
        if at >= earliest:
            sentence = at
    if sentence >= 0 or first <= reach and reach > low == 0:
        return max(sentence, 0)
    whole[0] = False
    at = earliest
    while at < first and sentence < max(first - near, 0):  # now that of a clause
        end = clause_end(text, at, first)
        if end >= 0 and parted(text, end, rules) is None:
            sentence = end
        at = max(end, at + 1)
    if sentence >= 0:
        return sentence
    at = max(low, first - spare // 3)
    if at and not text[at - 1].isspace() and not is_wide(text[at]):
        end = at
        while end < min(at + SHIFT, first) and not text[end].isspace():
            end += 1
        if end < min(at + SHIFT, first):
            at = end + 1
        elif first - at <= SHIFT:
            at = first
    return outside(text, at, low, first, False, rules)


cdef Py_ssize_t fragment_end(str text, Py_ssize_t start, Py_ssize_t last, Py_ssize_t high,
                             Py_ssize_t length, bint *whole, tuple rules) except -1:
    """Where a fragment ends, and whether a sentence does there."""
    cdef Py_ssize_t sentence = -1, end = 0, at, earliest, furthest, size = len(text)
    whole[0] = True
    if high - start <= length and high == size:
        return high
    furthest = min(max(start + length + length // 8, last), high)
    earliest = max(last, start + length // 2)
    at = min(earliest, size) - 1
    while at >= last and not text[at].isalnum():
        at -= 1
    at = max(at, last - 1, 0)
    while next_break(text, &at, &end, min(furthest + 8, size), rules):
        if earliest <= end <= furthest:
            sentence = end
    if sentence >= 0:
        return sentence
    whole[0] = False
    end = min(max(start + length, last), high)
    if end < size and not text[end].isspace() and not is_wide(text[end]):
        at = end - 1
        while at >= max(last, end - SHIFT) and text[at] != 32 and text[at] != 10:
            at -= 1
        if at >= max(last, end - SHIFT):
            end = at
        elif end - last <= SHIFT:
            end = last
    return outside(text, end, last, high, True, rules)


cdef bint next_break(str text, Py_ssize_t *at, Py_ssize_t *end, Py_ssize_t high,
                     tuple rules) except -1:
    """The next end of a sentence from `at` on; `at` becomes where the next sentence begins."""
    cdef Py_ssize_t low = at[0], place = low - 1, after, stops
    cdef Py_UCS4 stop
    cdef bint ends
    while place + 1 < high:
        place += 1
        stop = text[place]
        if stop in ".!?…":
            stops = after = past(text, place, high, ".!?…")
            end[0] = after = past(text, after, high, "\"”’')]»")
            while after < high and text[after].isspace():
                after += 1
            if after == end[0]:
                continue
            ends = ends_sentence(text, place, stops, after, rules)
        elif stop in "。！？":
            end[0] = after = past(text, place + 1, high, "」』”）)")
            while after < high and text[after].isspace():
                after += 1
            ends = True
        elif stop == 10:
            end[0], after, stops = place, place, 0
            while end[0] > low and text[end[0] - 1].isspace():
                end[0] -= 1
            while after < high and text[after].isspace():
                stops += text[after] == 10
                after += 1
            ends = (stops > 1 or not end[0] or text[end[0] - 1] in '.!?:;。！？：；…”"」'
                    or "\n\n" not in text or after == len(text) or text[after] in "•*-·")
        else:
            continue
        at[0] = low = after
        if ends:
            return True
        place = after - 1
    return False


cdef bint ends_sentence(str text, Py_ssize_t stop, Py_ssize_t end, Py_ssize_t after,
                        tuple rules) except -1:
    cdef Py_ssize_t at = after, begin = stop
    while at < min(after + 2, len(text)) and text[at] in "\"“‘'([«":
        at += 1
    if at < min(after + 2, len(text)) and text[at].islower():
        return False
    if end - stop > 1 or text[stop] != ".":
        return True
    if stop and text[stop - 1].isdecimal():
        return parted(text, after, rules) is None
    while begin and stop - begin < 7 and text[begin - 1].isalpha():
        begin -= 1
    if stop - begin == 7:
        return True
    if not text[max(begin - 1, 0):stop].isascii() or begin and text[begin - 1] == ".":
        return not rules[1](text, stop)
    if begin == stop or begin and not text[begin - 1].isspace() and text[begin - 1] not in "(\"'":
        return True
    return stop - begin > 1 and text[begin:stop].lower() not in rules[0]


cdef Py_ssize_t clause_end(str text, Py_ssize_t at, Py_ssize_t high) except -2:
    """Where a clause ends whose end begins at a place; -1 for none."""
    cdef Py_UCS4 begins = text[at]
    cdef Py_ssize_t end = at + 1
    if begins in "，；：、":
        end = past(text, end, high, "」』”）")
    elif begins in ",;:–—":
        end = past(text, end, high, "\"”’')]»")
        at = end
    elif begins.isspace():
        end = at = past(text, end, high, "–—-")
        if text[at - 1].isspace():
            return -1
    else:
        return at if begins in "(（「『《【" else -1
    while end < high and text[end].isspace():
        end += 1
    return -1 if end == at else end


cdef Py_ssize_t past(str text, Py_ssize_t at, Py_ssize_t high, str characters) except -1:
    while at < high and text[at] > 32 and text[at] in characters:
        at += 1
    return at


cdef object parted(str text, Py_ssize_t at, tuple rules):
    """What a cut would part. A bracket begins before it, or a digit is near its word; or there is
    one on both sides, no further away than in a date."""
    cdef Py_ssize_t word = at, rest = at, place, low = max(at - BRACKET, 0), size = len(text)
    cdef bint before = False
    cdef Py_UCS4 character
    while word > low and text[word - 1].isalnum():
        word -= 1
    while rest < min(at + BRACKET, size) and text[rest].isalnum():
        rest += 1
    for place in range(low, min(max(at + DATE, rest + UNIT), size)):
        character = text[place]
        if character in "([（「《" and place < at:
            return rules[2](text, at)
        if place >= word - DATE and is_digit(character):
            if before and place >= at or word - UNIT <= place < rest + UNIT:
                return rules[2](text, at)
            before |= place < at
    return None


cdef inline bint is_digit(Py_UCS4 character) noexcept:
    return (48 <= character <= 57 if character < 128 else character.isdecimal()
            or character in "〇○零一二三四五六七八九十廿卅百千萬万億亿兆兩两點点")


cdef Py_ssize_t outside(str text, Py_ssize_t at, Py_ssize_t low, Py_ssize_t high, bint forward,
                        tuple rules) except -1:
    cdef Py_ssize_t place
    around = parted(text, at, rules)
    for place in () if around is None else around[::-1] if forward else around:
        if low <= place <= high:
            return place
    return at


cdef inline bint is_wide(Py_UCS4 character) noexcept:
    return (0x1100 <= character <= 0x11ff or 0x3000 <= character <= 0x9fff
            or 0xac00 <= character <= 0xd7af)
