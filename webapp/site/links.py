"""`Links` writes the addresses that a page leads to, in its language, about the search it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from index.facet_table import FacetValue
from index.release import UNATTRIBUTED, Agency, Release
from search.request import SearchRequest
from webapp.site import paths
from webapp.site.languages import ENGLISH, N_, Language
from webapp.site.search_addresses import (
    HOW_SHOWN,
    PARTS,
    query_part,
    value_list_fields,
    values_of,
)

_NAMES = {attribute: name for name, attribute in PARTS.items()}
_UNATTRIBUTED = N_("Unattributed")
_EVERYTHING = SearchRequest()
_NOT_OF_FEEDS = ("sort", "found", "page", "explain", "per_page", "view")
_NOT_OF_SUBSCRIPTIONS = (*_NOT_OF_FEEDS, "from", "to", "seen", "new")
_NOT_OF: dict[str, tuple[str, ...]] = {
    "": (),
    ".json": ("found", "view"),
    ".csv": ("found", "page", "explain", "copies", "per_page", "view"),
}
"""What the page of a search and some of its exports leave out of its address."""


@dataclass(frozen=True)
class Links:
    """What a page needs to lead elsewhere and to name what is there; made once a page.

    `language`: that of the page, which its addresses begin with. `request`: the search that the
    page shows. `root`: scheme and host, which whole addresses begin with.
    `agency_names`: what agencies are called in the language, as far as gazetteers know it.
    `mount`: the path that the site lies under at its host, without a slash at the end.
    `per_page`: how many releases a page of results has where its address does not say.
    """

    language: Language = ENGLISH
    request: SearchRequest = _EVERYTHING
    root: str = ""
    agency_names: Mapping[Agency, str] = field(default_factory=dict)
    mount: str = ""
    per_page: int = 10

    def about(self, request: SearchRequest) -> Links:
        """The same for a page that shows another search."""
        return replace(self, request=request)

    def page(self, path: str) -> str:
        """A page by its path (`/`, `/search`, `/agencies`, ...)."""
        return self.mount + self.language.prefix + path

    def whole(self, path: str) -> str:
        """The whole address of a path that is the same in every language."""
        return self.root + self.mount + path

    def changed(self, **values: Any) -> str:
        """The search with other values; at page 1 and without `found`, unless these are among them.

        It is `search(request.changed(**values))`, made by replacing parts of what is prepared.
        """
        text = values.get("text", self.request.text)
        if "text" in values:
            values.setdefault("sort", self.request.sort)
        parts = self._first_page.copy()
        for attribute, value in values.items():
            name = _NAMES.get(attribute)
            if name:  # the language that is read stands before the path
                parts[name] = self._part(name, value, text)
        return self._with_parts("/search", parts)

    def search(self, request: SearchRequest, suffix: str = "") -> str:
        """Any search; `suffix` is one of `EXPORTS`.

        Only the page itself and its JSON have a page number and `explain`: the other exports
        hold all matches and explain no score. CSV never shows copies as one, a feed has an order of
        its own. Both have `seen` where it leaves out what is not new.
        """
        without = _NOT_OF.get(suffix, _NOT_OF_FEEDS)
        if suffix not in ("", ".json") and not request.only_new:
            without = (*without, "seen")
        return self._with_parts("/search" + suffix, self._parts_of(request), without)

    def subject(self, path: str, request: SearchRequest, kept: Collection[str] = ()) -> str:
        """Another page about a search, as `/first?q=…`.

        :param kept: what of how results are shown that page knows too.
        """
        return self._with_parts(path, self._parts_of(request), {*HOW_SHOWN} - {*kept})

    def feed_page(self, request: SearchRequest, suffix: str, number: int) -> str:
        """A page of a feed, the first of which has no number."""
        address = self.search(request, suffix)
        if number == 1:
            return address
        return f"{address}{'&' if '?' in address else '?'}page={number}"

    def subscription(self, suffix: str) -> str:
        """The feed of the search for a reader who wants what is still to come.

        Dates are left out, for a feed between two days would stay as it is for ever.
        """
        return self._with_parts("/search" + suffix, self._parts, _NOT_OF_SUBSCRIPTIONS)

    def value_list(self, facet: str, find: str = "", *, by_name: bool = False) -> str:
        """All values of a facet in the search, or those whose names hold some letters."""
        pairs = value_list_fields(self.request, find, self.per_page, by_name=by_name)
        return paths.with_query(self.page(paths.value_list_path(facet)), pairs)

    def release(self, release: Release) -> str:
        """A release's page."""
        return self.page(paths.release_path(release))

    def release_in_results(self, release: Release, place: int) -> str:
        """A release's page as results link to it: with the search, and its place in the list.

        The page marks the words and leads back; its canonical address is without all that.
        """
        return f"{self.release(release)}?{self._found_by}at={place}"

    def release_id(self, release_id: str, suffix: str = "") -> str:
        """A release by its identifier alone; `suffix` may be `.json` or one of `CITATIONS`."""
        return self.page(paths.release_id_path(release_id, suffix))

    def changes(self, release_id: str) -> str:
        """What changed in a release since it came here."""
        return self.page(paths.changes_path(release_id))

    def agency(self, agency: Agency) -> str:
        """An agency's page."""
        return self.page(paths.agency_path(agency))

    def value(self, facet: str, value: Agency | FacetValue) -> str:
        """The page of a value of a facet."""
        if isinstance(value, Agency):
            return self.agency(value)
        return self.page(paths.value_path(facet, value.slug))

    def date(self, partial: str) -> str:
        """The page of a year, month or day, given as an ISO date."""
        return self.page(paths.date_path(partial))

    def value_name(self, value: Agency | FacetValue) -> str:
        """The name of a value of a facet; of other facets than the agency as records have it."""
        return self.agency_name(value) if isinstance(value, Agency) else value.name

    def agency_name(self, agency: Agency) -> str:
        """The agency's name in the language; in the index's own where that is unknown.

        A body is recognised by slug and name together: another government may have the same slug.
        """
        if agency.slug == UNATTRIBUTED.slug:
            return self.language.gettext(_UNATTRIBUTED)
        return self.agency_names.get(agency, agency.name)

    @cached_property
    def _parts(self) -> dict[str, str]:
        """The query string of the search, by name."""
        request = self.request
        return {
            name: self._part(name, value, request.text)
            for name, value in zip(PARTS, values_of(request), strict=True)
        }

    @cached_property
    def _first_page(self) -> dict[str, str]:
        return {**self._parts, "page": "", "found": ""}

    @cached_property
    def _found_by(self) -> str:
        """The query string of the search, ready for one more value."""
        return "".join([f"{part}&" for part in self._first_page.values() if part])

    def _parts_of(self, request: SearchRequest) -> dict[str, str]:
        """The query string of any search, by name; what it shares with this one is written once.

        Of some 14 searches that a page of results leads to, most are this one or differ in a value.
        """
        here, parts = self.request, self._parts
        if request is here:
            return parts
        other_words = request.text != here.text  # the default order depends on it
        rows = zip(parts.items(), values_of(request), values_of(here), strict=True)
        return {
            name: self._part(name, value, request.text)
            if value is not own or (name == "sort" and other_words)
            else part
            for (name, part), value, own in rows
        }

    def _part(self, name: str, value: Any, text: str) -> str:
        if name == "per_page" and value == self.per_page:
            return ""
        return query_part(name, value, text)

    def _with_parts(
        self, path: str, parts: Mapping[str, str], without: Collection[str] = ()
    ) -> str:
        if without:
            parts = {name: part for name, part in parts.items() if name not in without}
        query = "&".join(filter(None, parts.values()))
        path = self.page(path)
        return f"{path}?{query}" if query else path
