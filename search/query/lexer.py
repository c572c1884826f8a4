"""What people type -> lexemes: words, phrases, brackets and operators, with notices.

Never raises: what cannot be used is left out and said. Signs on a word are for
`search.query.modifiers`, what lexemes mean beside others for `search.query.neighbours`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.text.cleaning import clean
from index.text.raw_tokens import raw_token_in
from search.query.lexemes import DASHES, SIGN_OF_VALUE, Lexeme
from search.query.modifiers import modified
from search.query.notices import add_notice
from search.query.other_engines import (
    COMPARED_DATE,
    CONNECTOR,
    FIELD,
    FIELD_BESIDE,
    FIELD_LEFT_OUT,
    FUNCTION,
    HEADLINE_IS,
    IN_HEADLINE,
    OPERATOR,
    SAME_SENTENCE,
    TAGGED,
)
from search.query.term_queries import is_plain
from search.request import SearchRequest
from search.results import Notice

MAX_QUERY = 1_000
"""Characters of a search; the rest is left out."""
MAX_SLOP = 20
"""The largest distance in `"a b"~distance`."""
MAX_NEAR = 100
"""The largest distance in `a NEAR/distance b`."""
NEAR = 10
"""The distance of `NEAR` without a number."""
MIN_BOOST, MAX_BOOST = 0.1, 10.0
"""The bounds of `word^boost`."""

FIELDS = {
    **{name: name for name in ("headline", "body", "agency", "date", "language", "id", "site")},
    "title": "headline",
    **dict.fromkeys(("intitle", "ti", "hd", "hl"), "headline"),
    "text": "body",
    "lang": "language",
    "year": "date",
    **{name: name for name in ("before", "after", "since", "until")},
}
"""Names before a colon -> the field or filter that they mean."""
_OF_WORDS = ("headline", "body")
"""Fields of words; the values of all others hold no operators."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›「」『』﹁﹂﹃﹄＂〝〞〟", '"'))
_SIGNS = str.maketrans("（）：｜＊～＝＋！　０１２３４５６７８９", "():|*~=+! 0123456789")
_SINGLE_QUOTED = re.compile(r"(?<![^\s(|:=+!\-])‘(?=[^\s’])([^‘’]*(?:’\w[^‘’]*)*)’(?!\w)")
_APOSTROPHES = re.compile(
    r"(?<![^\s(|:=+!\-])'(?=[^\W\d])([^'\"\s]+(?:\s+[^'\"\s]+)+(?:'\w[^'\"]*)*)'(?![\w'])"
)
"""Several words between apostrophes; before a digit, as in `'07`, one is no mark."""
_DOUBLED = re.compile(r"""(?<!\w)(?:""|''|``)(?=[^\s"'`])([^"'`]+)(?:""|'')""")
"""A phrase between doubled marks, as tables of CSV have it, or TeX."""
_APART = re.compile("([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)\u0e32")
"""A Thai vowel in two characters, with its tone in any place, that texts have as one (U+0E33)."""
_ABBREVIATING = re.compile('(?<=[\u05d0-\u05ea])["“”„](?=[\u05d0-\u05ea])')
"""A quotation mark inside a Hebrew word is typed for its sign of abbreviation, `״`."""
_OF_DATES = ("date", "before", "after", "since", "until")
_BEHIND_SPACE = re.compile(r"\s+([^\s()|]+)")
_NEXT_FILTER = re.compile(rf"(?<!\s)\s++(?=[-+!]?(?:{'|'.join(FIELDS)}):\S)", re.IGNORECASE)
_SLOP = re.compile(r"~(\d{1,4})")
_QUORUM = re.compile(r"/(0?[1-9]|[1-9]\d)(?![^\s)|^])")
_BOOST = re.compile(r"\^(\d{1,4}(?:\.\d{1,4})?)(?![^\s)|])")
_CHUNK = re.compile(r"[^\s()\"|]+")
_NAME = re.compile(r"[^\s()\"|]+(?:\([^\s()\"|]*\)[^\s()\"|]*)*")
"""A value of a filter, which may have brackets inside: `agency:統籌辦公室（香港）`."""
_SUSPENDING = re.compile(r"[\w\-‐‑–][\s,]+(?:und|oder|sowie|bzw\.?|och|og|eller|en)\s+\Z")
"""What stands before a dash that leaves out the first half of a compound, in languages that do."""
_AMOUNT = re.compile(r"[$€£¥]?\.?\d")
_BRACKETED = re.compile(r"\d{1,4}(?:\([A-Za-z0-9]{1,4}\)){1,4}(?![^\s,.;:?!)])")
"""Numbers of laws and of what is called by them: `401(k)`, `230(c)(1)`."""
_SCHEME = re.compile(r"(?:https?://|mailto:)(?=\w)", re.IGNORECASE)
"""What texts leave out before an address."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?![\w.,%°/-])")
_QUOTED_OPERATOR = re.compile(r"(?<=\s)(?:OR|AND|NOT|NEAR/\d+)(?=\s)")
_OPERATORS = {"OR": "or", "AND": "and", "NOT": "not", "ANDNOT": "not", "&&": "and", "NEAR": "near"}
_NEAR = re.compile(
    r"(?:(?:AROUND|NEAR|Around|Near|around|near)\((?:n=)?(?P<around>\d{1,4})\)"
    r"|(?:NEAR[/:]?|[Nn]ear/?|[Ww]/|[Nn]/|(?<=[^\W\d]\s|[)\"]\s)/)(?P<any>\d{1,4})"
    r"|(?:PRE/|[Pp]re/|(?:ADJ|[Aa]dj)/?|ONEAR/)(?P<ordered>\d{1,4}))(?![^\s()\"|])"
)
_AT_LEAST = re.compile(r"(\d{1,2})\s+(?:OF|of)\s*(?=\()")


def narrows(field: str | None) -> bool:
    """Whether a field narrows a search by something else than its words; a facet does."""
    return field is not None and field not in _OF_WORDS


@lru_cache(maxsize=64)
def _named(facets: tuple[str, ...]) -> re.Pattern[str]:
    """A name of a field with its colon; facets of the index have theirs."""
    names = (*FIELDS, *map(re.escape, sorted(facets, key=len, reverse=True)))
    return re.compile(rf"({'|'.join(names)}):", re.IGNORECASE)


def _signs_of(text: str) -> str:
    """The text with signs of all scripts as ASCII has them; its length stays."""
    if not text.isascii():
        text = _SINGLE_QUOTED.sub(r'"\1"', text).translate(_QUOTES).translate(_SIGNS)
    if "'" in text:
        text = _APOSTROPHES.sub(r'"\1"', text)
    if '""' in text or "''" in text:
        text = _DOUBLED.sub(r' "\1" ', text)
    return text


class Reader:
    """The text of a request, and the notices that reading it gave.

    :param facets: names of the index's own facets, which are fields as well.
    """

    def __init__(self, request: SearchRequest, facets: tuple[str, ...] = ()) -> None:
        self.request = request
        self._named = _named(facets)
        self.notices: list[Notice] = []
        text = clean(request.text[: MAX_QUERY * 4])
        if len(text) > MAX_QUERY or len(request.text) > MAX_QUERY * 4:
            self.say("query-cut", MAX_QUERY)
        self.text = text[:MAX_QUERY]
        if not text.isascii():
            self.text = _ABBREVIATING.sub("״", _APART.sub("\\1\\2\u0e33", self.text))
        self.signs = _signs_of(self.text)
        self._without: Lexeme | None = None

    def say(self, code: str, *values: object, undo: str | None = None) -> None:
        """Add a notice, once; `undo` is the text that takes the reading back."""
        undone = None if undo is None else self.request.changed(text=undo)
        add_notice(self.notices, code, *values, undo=undone)

    def replaced(self, start: int, end: int, by: str) -> str:
        """The text with a part of it replaced."""
        return self.text[:start] + by + self.text[end:]

    def lexemes(self) -> Iterator[Lexeme]:
        """All lexemes from left to right; brackets and operators as they come."""
        at = 0
        while at < len(self.signs):
            if self.signs[at].isspace():
                at += 1
                continue
            made = self._sign(at) or self._lexeme(at)
            at = made.end
            if made.kind != "none":
                yield from () if self._without is None else (self._without,)
                yield made
            self._without = None

    def _sign(self, at: int) -> Lexeme | None:
        """Dashes, `!` and `+` before something; None where none stands there."""
        end = at
        kinds = DASHES if self.signs[at] in DASHES else self.signs[at]
        if kinds not in (DASHES, "!", "+"):
            return None
        while end < len(self.signs) and self.signs[end] in kinds:
            end += 1
        if end == len(self.signs) or self.signs[end].isspace() or self.signs[end] in ")|":
            between = self.text[:at].strip() and self.text[end:].strip()
            if kinds != DASHES or not between:  # a dash between words is one of the text
                self.say("ignored", self.text[at:end])
            return Lexeme("none", "", at, end)
        if kinds == "+":
            elsewhere = SAME_SENTENCE.match(self.signs, at)
            if elsewhere and self.text[:at].strip() and self.text[elsewhere.end() :].strip():
                self.say("operator-unknown", elsewhere[0])
            return Lexeme("must" if self.request.match == "any" else "none", "+", at, end)
        if kinds == DASHES and (self._before_amount(at, end) or self._suspended(at, end)):
            return Lexeme("none", "", at, end)
        return Lexeme("not", self.signs[at] if kinds == "!" else "-", at, end)

    def _before_amount(self, at: int, end: int) -> bool:
        """Whether a dash stands before a number that it does not exclude: `-0.4%`, `1906 -1925`."""
        if not _AMOUNT.match(self.signs, end):
            return False
        follows_number = self.signs[:at].rstrip()[-1:].isdecimal()
        if _YEAR.match(self.signs, end) and not follows_number:
            return False
        chunk = _CHUNK.match(self.signs, end)
        typed = self.text[at : chunk.end() if chunk else end]
        self.say("read-minus", typed, undo=self.replaced(at, end, "NOT "))
        return True

    def _suspended(self, at: int, end: int) -> bool:
        """Whether a dash stands for a first half said before: `Ministerinnen und -minister`."""
        if not _SUSPENDING.search(self.signs[:at]) or not self.signs[end].isalpha():
            return False
        chunk = _CHUNK.match(self.signs, end)
        typed = self.text[at : chunk.end() if chunk else end]
        self.say("read-hyphen", typed, undo=self.replaced(at, end, "NOT "))
        return True

    def _lexeme(self, at: int) -> Lexeme:
        char = self.signs[at]
        if char == "(":
            return Lexeme("open", char, at, at + 1)
        if char == ")":
            return self._boosted(Lexeme("close", char, at, at + 1))
        if char == "|":
            end = at + (2 if self.signs[at : at + 2] == "||" else 1)
            return Lexeme("or", "|", at, end)
        some = _AT_LEAST.match(self.signs, at)
        if some is not None and int(some[1]):
            return Lexeme("open", some[0], at, some.end() + 1, least=int(some[1]))
        if some is not None:
            self.say("operator-unknown", some[0].strip())
        field = self._named.match(self.signs, at)
        if field is not None:
            return self._fielded(field)
        if char == '"':
            return self._phrase(at, at, exact=False)
        if char == "=" and self.signs[at + 1 : at + 2] == '"':
            return self._phrase(at + 1, at, exact=True)._replace(start=at)
        return self._operator(at) or self._word(at)

    def _fielded(self, field: re.Match[str]) -> Lexeme:
        typed, after = field[1].lower(), field.end()
        name = FIELDS.get(typed, typed)
        excluded = name not in _OF_DATES and SIGN_OF_VALUE.match(self.signs, after)
        if excluded:
            after = excluded.end()
            self._without = Lexeme("not", "-", *excluded.span())
        following = self.signs[after : after + 1]
        if not following or following.isspace() or following in ")|":
            value = _BEHIND_SPACE.match(self.signs, after)
            if value is None:
                self.say("field-empty", field[1])
            else:
                self.say("field-spaced", field[1], f"{field[0]}{value[1]}")
            return Lexeme("word", field[1], field.start(), after)
        if following == "(":
            return Lexeme("open", "(", field.start(), after + 1, field=name)
        if name == "date" and following in "[{":
            made = self._date_range(after)
        elif following == '"' or (following == "=" and self.signs[after + 1 : after + 2] == '"'):
            quote = after + (following == "=")
            made = self._phrase(quote, after, exact=following == "=")
        else:
            made = self._word(after, plain=narrows(name))
        if made.kind == "none":
            return made
        return made._replace(field=name, start=field.start())

    def _date_range(self, at: int) -> Lexeme:
        closing = re.compile(r"[]}]").search(self.signs, at)
        end = closing.end() if closing else len(self.signs)
        return Lexeme("word", self.text[at:end], at, end)

    def _phrase(self, quote: int, start: int, *, exact: bool) -> Lexeme:
        closing = self.signs.find('"', quote + 1)
        if closing < 0:
            return self._open_phrase(quote, start, exact=exact)
        inside = self.text[quote + 1 : closing]
        made = Lexeme("phrase", inside, start, closing + 1, exact=exact)
        slop = _SLOP.match(self.signs, made.end)
        if slop:
            distance = min(max(int(slop[1]), 1), MAX_SLOP)
            made = made._replace(end=slop.end(), slop=distance)
            if distance < int(slop[1]):
                self.say("distance-narrowed", self.text[start : made.end], MAX_SLOP)
        quorum = _QUORUM.match(self.signs, made.end)
        if quorum:
            made = made._replace(end=quorum.end(), least=int(quorum[1]))
        made = self._boosted(made)
        if not raw_token_in(inside).search(inside):
            self.say("ignored", self.text[start : made.end])
            return made._replace(kind="none")
        operator = _QUOTED_OPERATOR.search(inside)
        if operator is not None and not inside.isupper():
            undo = self.replaced(quote, closing + 1, f"({inside})")
            self.say("operator-quoted", operator[0], undo=undo)
        return made

    def _open_phrase(self, quote: int, start: int, *, exact: bool) -> Lexeme:
        """A phrase whose second mark is missing: up to the next filter, or the end.

        A mark behind a letter or digit opens none: `12"` is a measure.
        """
        before = self.signs[quote - 1 : quote]
        filters = (each.start() for each in _NEXT_FILTER.finditer(self.signs, quote + 1))
        end = next(filters, len(self.signs))
        inside = self.text[quote + 1 : end]
        if (before.isascii() and before.isalnum()) or not raw_token_in(inside).search(inside):
            self.say("quote-unmatched")
            return Lexeme("none", "", start, quote + 1)
        self.say("quote-closed", inside.strip(), undo=self.replaced(quote, quote + 1, ""))
        return Lexeme("phrase", inside, start, end, exact=exact)

    def _boosted(self, lexeme: Lexeme) -> Lexeme:
        """The lexeme with the `^2` that follows it."""
        boost = _BOOST.match(self.signs, lexeme.end)
        if boost is None:
            return lexeme
        wanted = float(boost[1])
        given = min(max(wanted, MIN_BOOST), MAX_BOOST)
        if given != wanted:
            self.say("boost-narrowed", boost[0], f"{MIN_BOOST:g}", f"{MAX_BOOST:g}")
        return lexeme._replace(end=boost.end(), boost=given)

    def _operator(self, at: int) -> Lexeme | None:
        """A word that is an operator, or None."""
        near = _NEAR.match(self.signs, at)
        if near is not None:
            wanted = int(near["around"] or near["any"] or near["ordered"])
            distance = min(max(wanted, 1), MAX_NEAR)
            if distance < wanted:
                self.say("distance-narrowed", near[0], MAX_NEAR)
            ordered = near["ordered"] is not None
            return Lexeme("near", near[0], *near.span(), slop=distance, ordered=ordered)
        chunk = _CHUNK.match(self.signs, at)
        if chunk is None or chunk[0] not in _OPERATORS:
            return None
        return Lexeme(_OPERATORS[chunk[0]], chunk[0], *chunk.span(), slop=NEAR)

    def _word(self, at: int, *, plain: bool = False) -> Lexeme:
        match = (_NAME if plain else _CHUNK).match(self.signs, at)
        if match is None:
            return Lexeme("none", "", at, at + 1)
        start, end = match.span()
        typed = match[0]
        if plain:
            return Lexeme("word", self.text[start:end], start, end)
        number = self._number(start, end)
        if number is not None:
            return number
        sign = self.signs[end : end + 1] == "(" or not typed.isalnum()
        read = self._with_signs(start, end) if sign else None
        if read is not None:
            return read
        if not is_plain(typed) and not raw_token_in(typed).search(typed):
            if typed != "&" and not self._between_words(start, end):
                self.say("ignored", self.text[start:end])
            return Lexeme("none", "", start, end)
        other = FIELD.match(typed)
        if other is not None:
            self.say("field-unknown", other[1], typed)
        elif FIELD_BESIDE.fullmatch(typed):
            self.say("field-unknown", typed[:-1], typed)
        elif OPERATOR.fullmatch(typed):
            self.say("operator-unknown", typed)
        word = self._with_boost(Lexeme("word", self.text[start:end], start, end))
        return modified(word, self.signs[start : start + len(word.text)], self.say)

    def _with_signs(self, start: int, end: int) -> Lexeme | None:
        """What asks elsewhere for a place or a part of a text, which the words beside it stand for;
        a headline and a date are asked for as here. None for a word, but one with brackets."""
        typed = self.signs[start:end]
        bracketed = _BRACKETED.match(self.signs, start)
        if bracketed is not None:
            return Lexeme("word", bracketed[0], *bracketed.span())
        scheme = _SCHEME.match(typed)
        if scheme is not None:
            return Lexeme("word", self.text[start + scheme.end() : end], start, end)
        if FUNCTION.match(self.signs, start):
            return self._function(start, end)
        headline = HEADLINE_IS.match(self.signs, start)
        if headline is not None:
            return self._fielded(headline)
        compared = COMPARED_DATE.fullmatch(typed)
        if compared is not None:
            return Lexeme("word", compared[1], start, end, field="date")
        field = FIELD_LEFT_OUT.match(self.signs, start)
        if field is not None:
            undo = self.replaced(start, end, f'"{self.text[start:end]}"')
            self.say("field-left-out", field[0].partition(":")[0], field[0].strip(), undo=undo)
            return Lexeme("none", typed, *field.span())
        return self._place_left_out(start, end)

    def _place_left_out(self, start: int, end: int) -> Lexeme | None:
        typed, tagged = self.signs[start:end], TAGGED.match(self.signs, start)
        between = self.text[:start].strip() and self.text[end:].strip()
        if tagged is not None:
            end = tagged.end()
            left, word = tagged["tag"], tagged["word"]
        elif between and CONNECTOR.fullmatch(typed):
            left, word = typed, ""
        else:
            return None
        whole = self.text[start:end]
        self.say("operator-left-out", left, undo=self.replaced(start, end, f'"{whole}"'))
        return Lexeme("word" if word else "none", word, start, end)

    def _function(self, start: int, end: int) -> Lexeme:
        """A name before a bracket, `HEADLINE(`; with a space between it is a word."""
        name = self.text[start:end]
        undo = self.replaced(start, end, f"{name} ")
        if name.lower() in IN_HEADLINE:
            self.say("read-field", f"{name}(…)", "headline:(…)", undo=undo)
            return Lexeme("open", "(", start, end + 1, field="headline")
        self.say("operator-left-out", f"{name}(…)", undo=undo)
        return Lexeme("none", name, start, end)

    def _with_boost(self, word: Lexeme) -> Lexeme:
        """A word without the `^2` at its end; not of numbers, as `10^6`."""
        at = word.text.find("^")
        if at < 1 or word.text[:at].isdecimal() or not _BOOST.match(self.signs, word.start + at):
            return word
        end = word.start + at
        return self._boosted(word._replace(text=word.text[:at], end=end))

    def _between_words(self, start: int, end: int) -> bool:
        """Whether signs stand by themselves between words, as punctuation of a text does."""
        alone = not re.search(r"[*~^=?]", self.signs[start:end])
        return alone and bool(self.text[:start].strip() and self.text[end:].strip())

    def _number(self, start: int, end: int) -> Lexeme | None:
        """A number in groups, `91 000`, as texts have it; None where there is none."""
        if not self.signs[start:end].isdecimal():
            return None
        match = raw_token_in(self.text).match(self.text, start)
        if match is None or match.end() <= end or self.signs[match.end() : match.end() + 1] == "*":
            return None
        plain = self.text[start : match.end()]
        apart = " AND ".join(plain.split())
        self.say("read-number", plain, undo=self.replaced(start, match.end(), apart))
        return Lexeme("word", plain, start, match.end())
