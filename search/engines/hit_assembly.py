"""The hit of a release, made of its record, whichever engine found it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from index.release import Release
from search.engines.collapsing import NO_COPIES, CopiesUnder
from search.results import Hit, ScorePart
from search.show.fragments import Fragments
from search.show.highlighter import Highlighter

_NOTHING_SHOWN = Fragments(())


def hit_of(
    stored: Mapping[str, Any],
    highlighter: Highlighter | None,
    *,
    score: float | None,
    lacks: tuple[str, ...] = (),
    explanation: tuple[ScorePart, ...] = (),
    under: CopiesUnder = NO_COPIES,
) -> Hit:
    """The hit of a release with these stored fields.

    :param highlighter: what marks it; None for a hit without snippets and marks.
    :param lacks: the words that it does not hold, where none holds all.
    """
    release = Release.from_stored(stored)
    snippets = highlighter.snippets(release) if highlighter else _NOTHING_SHOWN
    return Hit(
        release=release,
        headline_html=highlighter.headline(release) if highlighter else escape(release.headline),
        snippets=tuple([each.html for each in snippets.shown]),
        score=score,
        first_indexed=stored["first_indexed"],
        changed=stored.get("changed", ""),
        changes=stored.get("changes", 0),
        lacks=lacks,
        snippet_lines=tuple([each.line for each in snippets.shown]),
        more_matches=snippets.more,
        explanation=explanation,
        copies=under.named,
        copies_total=under.total,
    )
