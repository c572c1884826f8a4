"""Every setting and limit of the web pages: one frozen table, read from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any, NamedTuple

from index.addresses import is_web_address
from index.cluster.cluster_address import is_cluster, read_address
from index.errors import DatelineError
from index.release import printable
from webapp.footer_links import FooterLink, read_footer_links

PREFIX = "DATELINE_"


class SettingError(DatelineError):
    """A setting holds a value that it cannot take."""


class Setting(NamedTuple):
    """A row of the table; `least` and `most` bound numbers and the length of texts.

    `former` is a name that it had before, under which it is still read.
    """

    name: str
    default: str | int
    least: int
    most: int
    help: str
    former: str = ""

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()


TABLE = (
    Setting("index", "var/index", 1, 4096, "Where the index is: a folder or a cluster's address."),
    Setting("title", "Dateline", 1, 80, "The name of the site, at the top of every page."),
    Setting(
        "base_url",
        "",
        0,
        500,
        "The site's address as readers see it, such as `https://press.example.org`, or "
        "`https://www.example.org/press` where it is a part of another site. All whole addresses "
        "begin with it, and requests for other hosts are refused. Empty: only requests for this "
        "machine and the network around it are answered.",
        former="public_url",
    ),
    Setting(
        "footer_links",
        "",
        0,
        2000,
        "Links at the foot of every page, such as those that the law asks of a public body: "
        "`Accessibility=https://example.org/accessibility; Contact=mailto:press@example.org`.",
    ),
    Setting("per_page", 10, 1, 100, "Releases on a page of results."),
    Setting("latest", 10, 0, 100, "Releases listed on the first page and on an agency's."),
    Setting("day_list", 100, 1, 1000, "Releases listed on the page of a year, month or day."),
    Setting("similar", 5, 0, 20, "Similar releases below a release."),
    Setting("facet_agencies", 10, 1, 100, "Agencies beside the results; the rest is a page away."),
    Setting("agency_list", 500, 10, 5000, "Agencies on the page of all agencies of a search."),
    Setting("rescue_links", 8, 0, 20, "Ways out, with their counts, when nothing was found."),
    Setting(
        "gazetteers",
        "",
        0,
        4096,
        "Gazetteer files besides those that come with Dateline, parted by colons: what agencies "
        "are called in the languages of the interface.",
    ),
    Setting("feed_items", 50, 1, 500, "Entries of a feed."),
    Setting(
        "exports_at_once",
        2,
        1,
        64,
        "CSV exports and site maps that a process sends at once. Each holds a thread until its "
        "reader has it all; who asks for more is told to come back.",
    ),
    Setting(
        "cache_mb",
        48,
        4,
        65_536,
        "Megabytes of postings, matches, pages and whole answers that a process keeps for the next "
        "search.",
    ),
    Setting(
        "proxies",
        0,
        0,
        10,
        "Proxies between readers and this server, each of which adds to `X-Forwarded-For`: so many "
        "from its end stands the reader's address, which limits go by.",
    ),
    Setting(
        "requests_a_minute",
        1_200,
        0,
        1_000_000,
        "Requests that one address may make of a process in a minute (of IPv6, one network of 64 "
        "bits); 0 for any number. This machine's own are only counted where `DATELINE_PROXIES` is "
        "set.",
    ),
    Setting(
        "page_lifetime",
        0,
        0,
        86_400,
        "Seconds that a browser, or a cache in front, may show a page again without asking whether "
        "something changed. 0: it asks each time, which is answered without a search.",
    ),
    Setting("exports_a_minute", 60, 0, 100_000, "The same of exports and feeds."),
    Setting(
        "password_file",
        "",
        0,
        4096,
        "A file of names and hashed passwords, as `dateline password NAME` writes them. Every page "
        "then asks for one of them (HTTP Basic; only behind TLS). Empty: all may read.",
    ),
    Setting("log_requests", 0, 0, 1, "1: a line of JSON in the log for each request."),
    Setting(
        "log_queries",
        0,
        0,
        1,
        "1: these lines also hold what was asked for, and by which address.",
    ),
    Setting(
        "metrics",
        "local",
        2,
        5,
        "Who may read `/metrics`: `local` is this machine, without a proxy between; `all`; `off`.",
    ),
    Setting("sitemap_urls", 10_000, 10, 50_000, "Addresses in one file of the site map."),
    Setting(
        "cross_origin",
        "*",
        0,
        200,
        "Which other sites' pages may read the data addresses: `*` is all, as suits public "
        "releases; empty is none, as suits a search inside a house.",
    ),
    Setting(
        "kernel",
        "auto",
        2,
        500,
        "`auto`: the compiled loops work where they were built; `off`: numpy and Python do the "
        "same work, slower; `-marked,-unite`: these loops are left aside. Only read from the "
        "environment.",
    ),
)
_PATHS = ("index", "gazetteers", "password_file")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
ANSWERS_SHARE = 12
"""One in so many bytes of `cache_mb` is for whole answers: of 48 MB some 400 pages of results."""
_NEARLY = 0.75
"""How like a setting a name must be: `baseurl` is by 0.94, `cache` by 0.77; what is read elsewhere
(`shards`, `state`) by 0.6 at the most."""
_FORMER = {setting.former for setting in TABLE}
_BY_NAME = {setting.name: setting for setting in TABLE}


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force; `TABLE` says what each one means."""

    index: str
    title: str
    base_url: str
    footer_links: tuple[FooterLink, ...]
    per_page: int
    latest: int
    day_list: int
    similar: int
    facet_agencies: int
    agency_list: int
    rescue_links: int
    feed_items: int
    exports_at_once: int
    cache_mb: int
    proxies: int
    requests_a_minute: int
    page_lifetime: int
    exports_a_minute: int
    password_file: str
    log_requests: int
    log_queries: int
    metrics: str
    sitemap_urls: int
    cross_origin: str
    gazetteers: str
    kernel: str

    @property
    def answer_bytes(self) -> int:
        """What of `cache_mb` is for whole answers."""
        return (self.cache_mb << 20) // ANSWERS_SHARE

    @property
    def engine_bytes(self) -> int:
        """What of it is for postings, matches and pages."""
        return (self.cache_mb << 20) - self.answer_bytes


def read_settings(given: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """The settings: what is given, else what `DATELINE_*` in the environment says, else defaults.

    Names in `given` may be in either case, with the prefix or without; Flask's own are left aside.

    :raises SettingError: for a value outside its bounds.
    :raises DatelineError: for an address of a cluster that cannot be read.
    """
    chosen = {
        key.lower().removeprefix(PREFIX.lower()): value
        for key, value in given.items()
        if value is not None
    }
    values = {
        name: _checked(setting, _given(setting, chosen, environment))
        for name, setting in _BY_NAME.items()
    }
    values["base_url"] = _base_url(values["base_url"])
    values["footer_links"] = _footer_links(values["footer_links"])
    if is_cluster(values["index"]):
        read_address(values["index"], environment)  # one that cannot be is said at the start
    if values["metrics"] not in ("local", "all", "off"):
        raise SettingError(f"DATELINE_METRICS is {values['metrics']!r}; give it local, all or off.")
    return Settings(**{each.name: values[each.name] for each in fields(Settings)})


def misspelt(environment: Mapping[str, str]) -> list[str]:
    """A sentence for each variable that nothing reads and that is nearly called as a setting."""
    sentences = []
    for variable in sorted(environment):
        name = variable.removeprefix(PREFIX).lower()
        if variable.startswith(PREFIX) and name not in {*_BY_NAME, *_FORMER}:
            near = get_close_matches(name, _BY_NAME, n=1, cutoff=_NEARLY)
            sentences += [f"{variable} is not read; {_BY_NAME[each].variable} is." for each in near]
    return sentences


def _given(setting: Setting, chosen: Mapping[str, Any], environment: Mapping[str, str]) -> Any:
    """What was given under the name of a setting, else under its former one, else None."""
    for source, names in (
        (chosen, (setting.name, setting.former)),
        (environment, (setting.variable, PREFIX + setting.former.upper())),
    ):
        for name in names:
            if name in source:
                return source[name]
    return None


def _base_url(text: str) -> str:
    """The address without a slash at its end, if it is one of the web with nothing behind a path.

    :raises SettingError: else.
    """
    if not text:
        return ""
    form = r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~-]+)*/?"
    if not re.fullmatch(form, text) or not is_web_address(text):
        raise SettingError(
            f"DATELINE_BASE_URL is {text!r}; give it the site's whole address, such as "
            "https://press.example.org or https://www.example.org/press."
        )
    return text.rstrip("/")


def _footer_links(text: str) -> tuple[FooterLink, ...]:
    try:
        return read_footer_links(text)
    except ValueError as error:
        raise SettingError(f"DATELINE_FOOTER_LINKS: {error}.") from error


def _checked(setting: Setting, value: Any) -> Any:
    if value is None:
        return setting.default
    if isinstance(setting.default, str):
        text = str(value).strip()
        # Python keeps bytes that are no UTF-8 as surrogates, which lead to a file and to no reader.
        shown = text if setting.name in _PATHS else printable(text)
        if shown != text or _CONTROL.search(text):
            raise SettingError(f"{setting.variable} is {text!r}; give it one line of text.")
        if not setting.least <= len(text) <= setting.most:
            raise SettingError(
                f"{setting.variable} is {len(text)} characters long; "
                f"give it {setting.least} to {setting.most}."
            )
        return text
    try:
        number = int(str(value))
    except ValueError:
        number = setting.least - 1
    if not setting.least <= number <= setting.most:
        raise SettingError(
            f"{setting.variable} is {value!r}; "
            f"give it a number from {setting.least} to {setting.most}."
        )
    return number
