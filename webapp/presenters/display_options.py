"""How a search is matched, sorted and shown: a link for each choice."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.presenters.anchor import Anchor
from webapp.site import wording
from webapp.site.links import Links
from webapp.site.search_addresses import PER_PAGE


@dataclass(frozen=True, slots=True)
class DisplayOptions:
    """The choices above and below results; those of which there is one are empty."""

    sorts: tuple[Anchor, ...]
    matches: tuple[Anchor, ...]
    views: tuple[Anchor, ...]
    sizes: tuple[Anchor, ...]
    explain: Anchor | None
    compact: bool


def present_display_options(links: Links, total: int) -> DisplayOptions:
    """The choices for a search that found so many releases."""
    return DisplayOptions(
        sorts=_sorts(links),
        matches=_matches(links),
        views=_views(links),
        sizes=_sizes(links, total),
        explain=_explain(links),
        compact=links.request.view == "compact",
    )


def _sorts(links: Links) -> tuple[Anchor, ...]:
    request = links.request
    orders = [
        name
        for name in wording.ORDER_NAMES
        if (request.text or name != "relevance")
        and (request.seen or name != "arrived" or request.order == name)
    ]
    return tuple(
        Anchor(
            wording.order_in_words(links.language, name),
            links.changed(sort=name),
            request.order == name,
        )
        for name in orders
    )


def _matches(links: Links) -> tuple[Anchor, ...]:
    """All or any of the words; nothing to choose where there is one word."""
    request, language = links.request, links.language
    if len(request.text.split()) < 2:
        return ()
    choices: tuple[tuple[str, str], ...] = (
        ("all", language.gettext("All words")),
        ("any", language.gettext("Any word")),
    )
    if request.match == "strict":
        choices = (*choices, ("strict", language.gettext("All words, no fewer")))
    return tuple(
        Anchor(text, links.changed(match=match), request.match == match) for match, text in choices
    )


def _explain(links: Links) -> Anchor | None:
    """The same search with the parts of its scores, or without them again."""
    request, language = links.request, links.language
    if request.order != "relevance":
        return None
    text = (
        language.gettext("Hide scores") if request.explain else language.gettext("Why this order?")
    )
    return Anchor(text, links.changed(explain=not request.explain))


def _views(links: Links) -> tuple[Anchor, ...]:
    language, shown = links.language, links.request.view
    names = {"full": language.gettext("Full"), "compact": language.gettext("Compact")}
    return tuple(
        Anchor(text, links.changed(view=view), shown == view) for view, text in names.items()
    )


def _sizes(links: Links, total: int) -> tuple[Anchor, ...]:
    """How many releases a page may have; nothing to choose where all stand on the smallest."""
    shown = links.request.per_page
    if total <= min(PER_PAGE):
        return ()
    return tuple(
        Anchor(wording.number(size), links.changed(per_page=size), shown == size)
        for size in sorted({*PER_PAGE, links.per_page})
    )
