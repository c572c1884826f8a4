"""Why a release stands where it does: the parts of its score, in words."""

from __future__ import annotations

from search.results import Hit, ScorePart
from webapp.site.languages import N_, Language

KINDS = {
    "form": N_("as typed: %(words)s"),
    "side-by-side": N_("side by side: %(words)s"),
    "near": N_("near each other: %(words)s"),
    "all": N_("all of %(words)s"),
}
"""What is said of a part by its kind; of others the words alone."""


def explained_in_words(language: Language, hit: Hit) -> str:
    """`7.31 = 4.12 ferri (headline 1, text 3) + 3.19 light (text 2)`; empty without a score."""
    if hit.score is None or not hit.explanation:
        return ""
    parts = " + ".join(_part(language, each) for each in hit.explanation)
    return language.gettext("Score %(score)s = %(parts)s", score=f"{hit.score:.2f}", parts=parts)


def _part(language: Language, part: ScorePart) -> str:
    between = language.pgettext("between the items of a list", ", ")
    words = between.join(part.words)
    said = language.gettext(KINDS[part.kind], words=words) if part.kind in KINDS else words
    names = {"headline": language.gettext("headline"), "body": language.gettext("text")}
    counts = between.join(
        f"{names.get(each.field, each.field)} {each.count}" for each in part.fields
    )
    return f"{part.score:.2f} {said}" + (f" ({counts})" if counts else "")
