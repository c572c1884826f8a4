"""Agencies found in a text: the bodies of a gazetteer, and which of them act or speak there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from index.agencies.gazetteer import Form, Gazetteer, comparable
from index.text.cleaning import clean_line
from index.text.folding import fold
from index.text.scripts import UNSPACED, UNSPACED_RUN

SHORT_ABBREVIATION = 3
"""Letters up to which an abbreviation counts in a body only where the release defines it."""


class Text(NamedTuple):
    """A text as it stands (white space folded) and, at the same offsets, as it is compared."""

    original: str
    compared: str


class Name(NamedTuple):
    """A body named at the characters `start` to `end` of a text."""

    start: int
    end: int
    form: Form
    as_stated: str


class Context(NamedTuple):
    """What decides ambiguous forms: the release's words, its definitions in brackets, its date.

    `defined` maps an abbreviation to the slug of the body it stands for here, or to None where it
    stands for something else.
    """

    words: str
    defined: Mapping[str, str | None]
    date: str | None


def as_text(text: str) -> Text:
    """The text, ready for `names_in`."""
    return Text(clean_line(text), comparable(text))


def context_of(words: str, gazetteer: Gazetteer, date: str | None) -> Context:
    """The context that a release's compared text gives.

    :param date: ISO date, as precise as known; bodies of another time yield to those of this one.
    """
    return Context(words, dict(_definitions(words, gazetteer)), date)


def names_in(
    text: Text, gazetteer: Gazetteer, context: Context, *, headline: bool = False
) -> Iterator[Name]:
    """The bodies named in a text, left to right, the longest name first, none inside another.

    :param headline: abbreviations of any length count, and words may begin with capitals.
    """
    compared = text.compared
    shouted = compared.isupper()
    forms = _shouted(gazetteer) if shouted else gazetteer.forms
    titled = headline and (shouted or _is_title_case(compared))
    end = 0
    for match in _START.finditer(compared):
        start = match.start()
        if start < end:
            continue
        for group in _candidates(forms.get(compared[start : start + 2], ()), compared, start):
            form = _choose(group, context, headline=headline)
            if form is None or not _fits(form, compared, start, end, gazetteer, titled=titled):
                continue
            end = start + len(form.text)
            yield Name(start, end, form, text.original[start:end])
            break


def role(compared: str, name: Name, names: Sequence[Name]) -> str:
    """What a named body does in a sentence: `spokesman`, `says`, `acts`, or empty for nothing.

    :param names: the names of the text, so that a joint subject (`A and B said`) is read as one.
    """
    before, after = compared[max(0, name.start - 60) : name.start], compared[name.end :][:300]
    if any(other.start == name.end for other in names):
        return ""  # a bureau named before its own part
    if UNSPACED_RUN.match(name.form.text):
        return _role_unspaced(before, after)
    if _SPOKESMAN_FOR.search(before) or _SPOKESMAN.match(after):
        return "spokesman"
    agent = _AGENT.search(before)
    if agent:
        return "says" if _SAYING_BY.search(before) else "acts"
    if _OBJECT.search(before) and not _UNIT_OF.fullmatch(compared[: name.start]):
        return ""
    following = _VERB.match(_after_partners(compared, name, names))
    if following is None:
        return ""
    return "says" if _SAYS.match(following[1]) else "acts"


def _candidates(forms: Iterable[Form], compared: str, start: int) -> Iterator[list[Form]]:
    """Forms that stand at `start`, longest first, those of the same words together."""
    group: list[Form] = []
    for form in forms:
        if not compared.startswith(form.text, start):
            continue
        if group and form.text != group[0].text:
            yield group
            group = []
        group.append(form)
    if group:
        yield group


def _choose(group: list[Form], context: Context, *, headline: bool) -> Form | None:
    """The one of several equal forms that this release means; None where that is open."""
    text = group[0].text
    if text in context.defined:
        slug = context.defined[text]
        return next((form for form in group if form.body.slug == slug), None)
    if group[0].kind.endswith("abbreviation") and len(text) <= SHORT_ABBREVIATION and not headline:
        return None
    if len(group) == 1 and not group[0].deciding:
        return group[0]
    group = [form for form in group if _valid(form, context.date)] or group
    if len(group) == 1 and not group[0].deciding:
        return group[0]
    scores = [sum(map(context.words.count, form.deciding)) for form in group]
    best = max(scores)
    return group[scores.index(best)] if best and scores.count(best) == 1 else None


def _valid(form: Form, date: str | None) -> bool:
    """Whether the body existed then; without a date, whether it still does."""
    if date is None or date.startswith("--"):
        return form.body.valid_to is None
    first, last = form.body.valid_from or "", form.body.valid_to or "9"
    return first[: len(date)] <= date[: len(first) or None] and date[: len(last)] <= last


def _fits(
    form: Form, compared: str, start: int, seen: int, gazetteer: Gazetteer, *, titled: bool
) -> bool:
    """Whether these characters are that body, not a part of another word or foreign name."""
    end = start + len(form.text)
    before, after = compared[max(0, start - 60) : start], compared[end : end + 60]
    if before.rstrip(" (").endswith(form.not_after) and form.not_after:
        return False
    if after.lstrip(" ").startswith(form.not_before) and form.not_before:
        return False
    if UNSPACED_RUN.match(form.text):
        return True
    if _WORD_GOES_ON.match(after) or _WORD_BEFORE.search(before):
        return False
    return (
        form.unmistakable
        or form.kind.endswith("abbreviation")
        or titled
        or not (
            _foreign_before(before, start, seen, gazetteer)
            or _foreign_after(after, form, gazetteer)
        )
    )


def _foreign_before(before: str, start: int, seen: int, gazetteer: Gazetteer) -> bool:
    """`Macao Customs`: a capitalised word stands before the name and is no part of it."""
    match = _CAPITALISED_BEFORE.search(before)
    if match is None or _NO_QUALIFIER.fullmatch(match[1]) or start - len(match[0]) < seen:
        return False
    here = fold(before.rstrip())
    return not here.removesuffix("'s").endswith(gazetteer.places)


def _foreign_after(after: str, form: Form, gazetteer: Gazetteer) -> bool:
    """`Secretary for Security of Macao`: the name goes on with whose it is, and that is not ours.

    `Chief Executive of the X` names X, not the office that the shorter title means.
    """
    match = _OF.match(after)
    if match is None:
        return False
    whose = after[match.end() :]
    if fold(whose).startswith(gazetteer.places) or whose.startswith(_PEOPLES_REPUBLIC):
        return False
    group = next(_candidates(gazetteer.forms.get(whose[:2], ()), whose, 0), None)
    if group is None:
        return True
    return form.kind == "holder" and group[0].body.agency not in (
        form.body.agency,
        gazetteer.government,
    )


def _definitions(words: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str | None]]:
    """Abbreviations that stand in brackets after what they abbreviate; the first one counts."""
    seen: set[str] = set()
    for match in _BRACKETED.finditer(words):
        abbreviation = match[1]
        if abbreviation in seen:
            continue
        before = words[max(0, match.start() - 120) : match.start()]
        slug = _named_at_end(before, gazetteer)
        if slug is not None or _spells(before, abbreviation):
            seen.add(abbreviation)
            yield abbreviation, slug


def _named_at_end(before: str, gazetteer: Gazetteer) -> str | None:
    for match in _START.finditer(before):
        forms = gazetteer.exact.get(fold(before[match.start() :]), ())
        if forms:
            return forms[0].body.slug
    return None


def _spells(before: str, abbreviation: str) -> bool:
    initials = "".join(re.findall(r"\b[A-Z]", before))
    return len(abbreviation) > 1 and initials.endswith(re.sub(r"[^A-Z]", "", abbreviation))


@cache
def _shouted(gazetteer: Gazetteer) -> Mapping[str, tuple[Form, ...]]:
    """The forms in capitals, for headlines that are."""
    groups: dict[str, list[Form]] = {}
    for forms in gazetteer.forms.values():
        for form in forms:
            text = form.text.upper()
            groups.setdefault(text[:2], []).append(form._replace(text=text))
    return {
        key: tuple(sorted(group, key=lambda form: -len(form.text))) for key, group in groups.items()
    }


def _is_title_case(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", text)
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _role_unspaced(before: str, after: str) -> str:
    if _ZH_SPOKESMAN.match(after):
        return "spokesman"
    if _ZH_OBJECT.search(before) or _ZH_NO_SUBJECT.match(after):
        return ""
    return "says" if _ZH_SAYS.match(after) else "acts"


def _after_partners(compared: str, name: Name, names: Sequence[Name]) -> str:
    """What follows a name, with `and the Y` left out where Y is a body as well."""
    end = name.end
    for other in names:
        if other.start > end and _PARTNER.fullmatch(compared[end : other.start]):
            end = other.end
    return compared[end : end + 300]


_START = re.compile(rf"(?<![^\W_])[^\W_]|[{UNSPACED}「『]")
_WORD_GOES_ON = re.compile(rf"(?![{UNSPACED}])[^\W_]|-[^\W\d_]")
_WORD_BEFORE = re.compile(r"[^\W\d_]-$")
_CAPITALISED_BEFORE = re.compile(r"(?<![^\W_])([A-Z][^\W_]*(?:['.&-][^\W_]+)*) $")
_NO_QUALIFIER = re.compile(
    r"The|An?|And|But|While|When|As|If|In|By|For|From|To|With|On|Of|At|After|Since|Although"
    r"|Meanwhile|Both|Acting|Deputy|Assistant|Under|Senior|Permanent|Principal|Chief|Mr|Ms"
    r"|Today|Yesterday|Tonight|Speaking|Our|Its|Their"
)
_OF = re.compile(r"(?: \([^)]{1,20}\))? of (?:the )?(?=[A-Z])")
_PEOPLES_REPUBLIC = ("People's Republic of China",)
_BRACKETED = re.compile(r" ?\((?:简称|下称|即)?[「\"']?([A-Z][A-Za-z&.-]{1,14})[」\"']?\)")

_SPOKESMAN_FOR = re.compile(
    r"spokes(?:man|person|woman|people|men)(?:,)? (?:for|of|from) (?:the )?$", re.IGNORECASE
)
_SPOKESMAN = re.compile(r"(?:'s)?(?: \([^)]{1,20}\))?(?:'s)? spokes(?:man|person|woman)")
_AGENT = re.compile(r"\bby (?:the )?$")
_SAYING_BY = re.compile(
    r"\b(?:announced|issued|released|published|reported|according to) (?:\w+ )?(?:by )?(?:the )?$"
)
_OBJECT = re.compile(
    r"\b(?:in|at|to|with|from|of|near|for|under|into|outside|via|on|about|against|between|than"
    r"|through|inform|contact|call|notify|its|his|her) (?:the )?$"
)
_ASIDE = (
    r"(?: \([^)]{0,60}\))?"
    r"(?: of (?:the )?[A-Z][\w'&-]*(?:,? (?:(?:and|of|for|the) )*[A-Z][\w'&-]*){0,9}"
    r"(?: \([A-Za-z&]+\))?)?(?:, [^.;]{1,80}?,)?"
    r"(?: (?:\([^)]{0,40}\)|today|yesterday|tonight|earlier|also|now|jointly|again|strongly"
    r"|solemnly|continuously|immediately|together|this \w+|last \w+|on \w+ \d+"
    r"|(?:at|as at) [\d.]+ ?[ap]m|in the [^,.;]{1,20}))*(?:, [^.;]{1,80}?,)?"
)
_VERB = re.compile(
    rf"{_ASIDE} (?!(?:of|and|in|at|on|to|for|with|or|from|by|as|that|who|which|the|an?|under|over"
    r"|than|but|via) )([a-z]+)"
)
_UNIT_OF = re.compile(r"(?:The )?[A-Z][^.,;:]{0,60} of (?:the )?")
_SAYS = re.compile(
    r"(?:said|say|says|announce|remind|urge|appeal|call|advise|note|state|stress|warn|inform"
    r"|publish|release|issue|respond|repl|report|express|welcome|condemn|clarif|confirm|gazett"
    r"|told|reiterat|refut|oppose|remark|point|reveal|indicat|predict|forecast|propos|invit)"
)
_PARTNER = re.compile(r"(?: \([^)]{1,20}\))?(?:,| and| as well as|, and) (?:the )?")

_ZH_SPOKESMAN = re.compile(r"(?:\([^)]{1,20}\))?的?发言人")
_ZH_OBJECT = re.compile(r"(?:向|在|到|至|于|从|对|往|将|把|经|前往|联络|致电|代表|前|致函)$")
_ZH_NO_SUBJECT = re.compile(r"的|内|外|附近|辖下|网页|网站|热线|总部|\d|$|[、。」)]")
_ZH_SAYS = re.compile(
    r"[^,。;:、]{0,30}?(?:\([^)]{1,30}\))?[^,。;:、]{0,16}?"
    r"(?:表示|宣布|公布|公佈|说|指出|呼吁|提醒|发出|发表|发布|强调|回应|重申|谴责|欢迎|敦促|促请|刊宪|称)"
)
