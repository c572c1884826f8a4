"""Attribution: who issued a release, by which rule we know, and who else acts in it.

Metadata that states an agency wins. Else the text decides, by rules in a fixed order:

| rule | fires when |
| --- | --- |
| `issued-on-behalf` | the first line says on whose behalf it is issued |
| `headline-subject` | a body or office-holder is the subject of the headline or follows `by` |
| `lead-speaker` | the lead says whose words follow: `Following is a reply by the ...` |
| `lead-attribution` | the lead attributes the news: `A spokesman for the X said` |
| `government` | the government itself speaks or acts, and no body of its speaks for it |
| `first-acting` | the first body that does something |
| `genre` | the headline is a recurring bulletin's, and nobody is named |

Texts of governments without a gazetteer: `issued-on-behalf-unlisted`, `lead-attribution-unlisted`.
Then `site-name`, `host`; then nothing: `none`. Where the host is known to be a body's, what the
site calls itself, or else that body, comes before the lead, and before a letterhead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.addresses import split_address
from index.agencies.gazetteer import Gazetteer, comparable
from index.agencies.government_hosts import issuer_of_host
from index.agencies.mentions import Context, Name, Text, as_text, context_of, names_in, role
from index.agencies.unlisted import ON_BEHALF_OF, on_behalf_unlisted, unlisted_speaker
from index.release import UNATTRIBUTED, Agency, slugify
from index.text.cleaning import clean_line
from index.text.folding import fold

LEAD = 1_500
"""Characters of a body in which its issuer is looked for."""
ACTING = 700
"""Characters of a body in which a body that only does something counts as its issuer."""
MENTIONS_WITHIN = 30_000
"""Characters of a body in which other bodies are looked for."""
MAX_MENTIONED = 24
"""Bodies that a release is said to mention."""
MAX_HEADLINE = 1_000
"""Characters of a headline that are looked at."""
MAX_SENTENCE = 1_000
"""Characters of a sentence that are looked at."""


class Attribution(NamedTuple):
    """Who issued a release.

    `rule` says how that is known; `as_stated` is the name that stands there (a sub-unit's, an
    office-holder's); `mentioned` are other bodies that speak in it or carry something out.
    """

    agency: Agency
    rule: str
    as_stated: str | None
    mentioned: tuple[Agency, ...]


class Hints(NamedTuple):
    """What a document says of its issuer outside its text.

    `stated`: an agency that metadata name, with `stated_rule` saying which; `weak`: a name that the
    place of finding only suggests, such as a site's; `place`: the country or place that the
    document names, as in a newswire's prefix; `url`: its address.
    """

    stated: str | None = None
    stated_rule: str = ""
    weak: str | None = None
    place: str | None = None
    url: str | None = None


def attribute(
    headline: str,
    body: str,
    language: str,
    hints: Hints,
    gazetteers: Sequence[Gazetteer],
    date: str | None = None,
) -> Attribution:
    """Who issued a release; `UNATTRIBUTED` with rule `none` where nothing says so.

    :param language: a BCP 47 tag; bodies without a gazetteer are looked for in English only.
    :param date: ISO date as far as known; it decides between bodies of different times.
    """
    stated, stated_rule, weak, place, url = hints
    headline = headline[:MAX_HEADLINE]
    sure = tuple(each for each in gazetteers if _applies(each, body, place, url))
    sure = sure or _only_given(gazetteers, place, url)
    host = issuer_of_host(url) if not sure else None
    if host is not None and stated_rule == "letterhead":
        stated = None  # a line that was guessed to be the issuer's
    if stated is not None and (name := clean_line(stated)):
        agency = _stated(name, sure)
        mentioned = _mentioned(headline, body, sure[0], agency, date) if sure else ()
        return Attribution(agency, stated_rule or "stated", name, mentioned)
    for gazetteer in sure or _possible(gazetteers, place):
        found = _by_text(headline, body, gazetteer, date, sure=bool(sure))
        if found is not None:
            return found
    return _without_gazetteer(headline, body, language, weak, host, sure)


def _applies(gazetteer: Gazetteer, body: str, place: str | None, url: str | None) -> bool:
    """Whether address, place or dateline say that the release is of this government."""
    host = (split_address(url).hostname or "").lower()
    if any(host == each or host.endswith("." + each) for each in gazetteer.hosts):
        return True
    if place is not None and place.strip():
        return fold(clean_line(place)) in gazetteer.places
    opening = fold(body[:80]).lstrip(" \n\t([")
    if not opening.startswith(gazetteer.places):
        return False
    at = next(each for each in gazetteer.places if opening.startswith(each))
    return _DATELINE.match(opening[len(at) :]) is not None


def _only_given(
    gazetteers: Sequence[Gazetteer], place: str | None, url: str | None
) -> tuple[Gazetteer, ...]:
    """The operator's own gazetteer, if there is just one and nothing says where a release is from:
    who gives it says so."""
    given = tuple(each for each in gazetteers if each.given)
    known = (place or "").strip() or "//" in (url or "")
    return given if len(given) == 1 and not known else ()


def _possible(gazetteers: Sequence[Gazetteer], place: str | None) -> Sequence[Gazetteer]:
    """Those whose unmistakable names may claim a release: none if it comes from elsewhere."""
    return () if place is not None and place.strip() else gazetteers


@lru_cache(maxsize=1 << 14)
def _stated(stated: str, gazetteers: tuple[Gazetteer, ...]) -> Agency:
    folded = fold(comparable(stated))
    for gazetteer in gazetteers:
        bodies = {form.body.agency for form in gazetteer.exact.get(folded, ())}
        if len(bodies) == 1:
            return bodies.pop()
    return Agency(slugify(stated), stated)


def _by_text(
    headline: str, body: str, gazetteer: Gazetteer, date: str | None, *, sure: bool
) -> Attribution | None:
    """The first rule that fires; where only the text speaks for the gazetteer, the strong ones."""
    context = _context(headline, body, gazetteer, date)
    for found, rule in _findings(headline, body, gazetteer, context):
        agency = found.form.body.agency
        if sure or (rule not in _WEAK_RULES and _is_own(found, headline, body, gazetteer)):
            mentioned = _mentioned(headline, body, gazetteer, agency, date)
            return Attribution(agency, rule, found.as_stated, mentioned)
        return None
    unlisted = on_behalf_unlisted(clean_line(body[:LEAD]))
    genre = _genre(headline, gazetteer) if sure and unlisted is None else None
    return Attribution(genre, "genre", None, ()) if genre is not None else None


def _is_own(found: Name, headline: str, body: str, gazetteer: Gazetteer) -> bool:
    """Whether the text alone shows that a name is this government's.

    It is unmistakable itself; or it is more than one word, and headline or lead give the same body
    an unmistakable name too.
    """
    if found.form.unmistakable:
        return True
    if re.fullmatch(r"[!-~]+|.{1,2}", found.form.text):
        return False
    text = as_text(f"{headline}\n{body[:LEAD]}")
    names = names_in(text, gazetteer, context_of(text.compared, gazetteer, None))
    agency = found.form.body.agency
    return any(name.form.unmistakable and name.form.body.agency == agency for name in names)


def _context(headline: str, body: str, gazetteer: Gazetteer, date: str | None) -> Context:
    return context_of(comparable(f"{headline}\n{body[:MENTIONS_WITHIN]}"), gazetteer, date)


def _findings(
    headline: str, body: str, gazetteer: Gazetteer, context: Context
) -> Iterator[tuple[Name, str]]:
    """The name that each rule finds, in the order of the rules."""
    head = as_text(headline)
    sentences = [as_text(each) for each in _SENTENCE.split(body[:LEAD].strip())]
    sentences = [each for each in sentences if each.compared]
    opening = _opening(sentences)
    behalf = _ON_BEHALF.match(opening.compared)
    if behalf is not None:
        yield from _behalf(opening, behalf.end(), gazetteer, context)
        return
    subject = None
    if not _QUESTION.match(head.compared):
        subject = _headline_subject(head, gazetteer, context)
    if subject is not None and subject.form.body.agency != gazetteer.government:
        yield subject, "headline-subject"
    if _FOLLOWING.match(opening.compared):
        speaker = _lead_speaker(opening, gazetteer, context)
        if speaker is not None:
            yield speaker, "lead-speaker"
    yield from _lead(sentences, gazetteer, context)
    if subject is not None:
        yield subject, "government"


def _opening(sentences: Sequence[Text]) -> Text:
    """The first sentences as one text, since a name with its date may be cut at a full stop."""
    return as_text(" ".join(each.original for each in sentences[:3])[:600])


def _behalf(
    opening: Text, start: int, gazetteer: Gazetteer, context: Context
) -> Iterator[tuple[Name, str]]:
    """The body that the first line names; a body of no gazetteer is left to the unlisted rules."""
    stop = _BEHALF_ENDS.search(opening.compared, start)
    until = stop.start() if stop else start + 120
    line = Text(opening.original[:until], opening.compared[:until])
    for name in names_in(line, gazetteer, context):
        if name.start >= start:
            yield name, "issued-on-behalf"
            return


def _headline_subject(head: Text, gazetteer: Gazetteer, context: Context) -> Name | None:
    names = list(names_in(head, gazetteer, context, headline=True))
    for name in names:
        if any(other.start == name.end for other in names):  # a bureau named before its own part
            continue
        before = head.compared[: name.start]
        if _SUBJECT.fullmatch(before) and not _NO_SUBJECT.match(head.compared, name.end):
            return name
    return None


def _lead_speaker(opening: Text, gazetteer: Gazetteer, context: Context) -> Name | None:
    """`Following is a question by ... and a reply by the X`: X."""
    names = [
        name
        for name in names_in(opening, gazetteer, context)
        if not _IN_COUNCIL.search(opening.compared[: name.start])
    ]
    reply = _REPLY.search(opening.compared)
    after = [name for name in names if reply is not None and name.start >= reply.start()]
    by = [name for name in names if _BY.search(opening.compared[: name.start])]
    return next(iter(after or by or names), None)


def _lead(
    sentences: Sequence[Text], gazetteer: Gazetteer, context: Context
) -> Iterator[tuple[Name, str]]:
    """The first body to which the lead attributes the news, or which acts in it.

    The government's own statement stands until a body's spokesman is met: a specific name beats it.
    """
    government: Name | None = None
    at = 0
    for sentence in sentences:
        names = list(names_in(sentence, gazetteer, context))
        roles = [(role(sentence.compared, name, names), name) for name in names]
        for wanted, rule in _ROLES:
            for found, name in roles:
                general = name.form.body.agency == gazetteer.government
                if found not in wanted or (found == "acts" and at > ACTING):
                    continue
                if government is None and general:
                    government = name
                    if found == "spokesman":
                        yield name, "government"
                elif not general and (government is None or found == "spokesman"):
                    yield name, rule
                break
            if government is not None:
                continue
        at += len(sentence.compared)
    if government is not None:
        yield government, "government"


def _genre(headline: str, gazetteer: Gazetteer) -> Agency | None:
    compared = comparable(headline)
    for genre in gazetteer.genres:
        if any(each in compared for each in genre.headlines):
            return genre.agency
    return None


def _mentioned(
    headline: str, body: str, gazetteer: Gazetteer, issuer: Agency, date: str | None
) -> tuple[Agency, ...]:
    """Other bodies that speak in a release or carry something out, in order of appearance."""
    context = _context(headline, body, gazetteer, date)
    found: dict[Agency, None] = {}
    for sentence in _SENTENCE.split(body[:MENTIONS_WITHIN]):
        text = as_text(sentence[:MAX_SENTENCE])
        names = list(names_in(text, gazetteer, context))
        for name in names:
            agency = name.form.body.agency
            if agency in found or agency in (issuer, gazetteer.government):
                continue
            if role(text.compared, name, names):
                found[agency] = None
        if len(found) >= MAX_MENTIONED:
            break
    return tuple(found)[:MAX_MENTIONED]


def _without_gazetteer(
    headline: str,
    body: str,
    language: str,
    weak: str | None,
    host: str | None,
    sure: Sequence[Gazetteer],
) -> Attribution:
    opening = clean_line(body[:LEAD])
    name, rule = on_behalf_unlisted(opening), "issued-on-behalf-unlisted"
    if name is None and host is None and language.split("-")[0].lower() in ("en", "und"):
        name, rule = unlisted_speaker(headline, opening), "lead-attribution-unlisted"
    if name is not None and not (rule.startswith("lead") and _is_short_for(name, weak or "")):
        return Attribution(Agency(slugify(name), name), rule, name, ())
    for name, rule in ((weak, "site-name"), (host, "host")):
        if name is not None and clean_line(name):
            return Attribution(_stated(clean_line(name), tuple(sure)), rule, clean_line(name), ())
    return Attribution(UNATTRIBUTED, "none", None, ())


def _is_short_for(name: str, longer: str) -> bool:
    """Whether a name in a text (`Foreign Ministry`) is a short form of the site's."""
    words, others = (set(re.findall(r"[^\W\d_]{3,}", fold(each))) for each in (name, longer))
    return words - _JOINING < others


_JOINING = {"the", "and", "for"}
_WEAK_RULES = ("first-acting", "genre")
_ROLES = ((("spokesman", "says"), "lead-attribution"), (("acts",), "first-acting"))
_DATELINE = re.compile(r"\A\s*(?:[,:(–—-]|\d{1,2} )")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[\"“'‘(]?[A-Z])|(?<=。)|\n\s*\n|(?<=[。：:])\s*\n")
_ON_BEHALF = re.compile(
    rf"{ON_BEHALF_OF}|\A\W*以?下(?:稿|文|新闻稿|列[^代。]{{0,6}}|述[^代。]{{0,6}})是?代表?",
    re.IGNORECASE,
)
_BEHALF_ENDS = re.compile(r"[:：。]|发出|发放|发表|公布")
_QUESTION = re.compile(r"LCQ ?\d*|立法会[一二三四五六七八九十\d]*题", re.IGNORECASE)
_FOLLOWING = re.compile(
    r"\A\W*(?:(?:the )?following (?:is|are)\b|here (?:is|are) the (?:full )?(?:text|transcript)"
    r"|(?:以下|下文|下列)(?:为|是)?)",
    re.IGNORECASE,
)
_REPLY = re.compile(r"\brepl(?:y|ies) by|\banswer by|提问(?:及|和|与)")
_BY = re.compile(r"\b(?:by|from|of) (?:the )?(?:Acting |Deputy )?$")
_IN_COUNCIL = re.compile(r"\b(?:in|at|to|before|with) (?:the )?$")
_SUBJECT = re.compile(
    r"(?:The |Acting |Assistant |Deputy |Senior )*"
    r"|.*\b[Bb]y (?:the |Acting )?"
    r"|(?:.*[ :])?(?:[Rr]emarks|[Ss]peech|[Ss]tatement|[Tt]ranscript|[Rr]eply|[Rr]esponse"
    r"|[Mm]essage|[Gg]reetings) (?:of|from) (?:the |Acting )?"
    r"|.*[:;] ?(?:the |The )?"
    r"|.*[\u3400-\u9fff」)!?,] ?(?<= |,)"
    r"|[A-Z][\w&.'-]*(?: [\w&.'-]+){0,5},? and (?:the )?"
    r"|[\w&.()-]{2,12}[与及和]"
    r"|.*[由被]"
)
_NO_SUBJECT = re.compile(r"的?(?:任命|委任)")
