"""Scripts in every field of a release, on every kind of page, in a browser: nothing runs.

The content security policy is switched off, so that escaping alone must hold; then it is on, and
must find nothing to forbid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from index.release import Agency, Column, Photo, Release, Translation
from tests.browser.site_server import served
from tests.webapp.press_room import write
from webapp.site.links import Links

pytestmark = pytest.mark.browser

RUN = "window.ran=(window.ran||0)+1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"'><img src=x onerror={RUN}>",
    f'" autofocus onfocus="{RUN}" x="',
    f"' onmouseover='{RUN}' x='",
    f"</title></textarea></script><svg onload={RUN}>",
    f"--></style><iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"javascript:{RUN}//https://a.example",
    f"javascript&colon;{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"]]><math><mtext><mglyph><style><img src=x onerror={RUN}>",
    f"\u2028{RUN}\u2029;</script ><script>{RUN}</script>",
    "{{ 7*'7' }}{% include 'base.html' %}",
    f"\u202e<ScRiPt/x>{RUN}</sCrIpT\t\n>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"\ufeff<a href='java\tscript:{RUN}' autofocus>x</a><base href='//evil.example/'>",
)
TEXTS = ("id", "url", "headline", "body", "date_source", "issued_at", "agency", "agency_rule",
         "agencies_mentioned", "language", "source", "source_file", "photos", "translations",
         "aliases", "place", "fetched_at", "extra")  # fmt: skip
"""Fields that `hostile` fills; the others hold what we compute."""
LINKS = Links()


def hostile(number: int) -> Release:
    """A release all of whose texts are one payload."""
    bad = PAYLOADS[number]
    return Release(
        id=f"{number}{bad}",
        url=bad if number % 2 else f"https://island.example/{quote(bad)}?{bad}",
        headline=f"flood {bad}",
        body=f"flood {bad}\n\n\t{bad}\n\n\v{bad}\n\nA\t{bad}\nB\t{bad}\n\nflood {bad} " * 2,
        date=f"2023-02-{number + 1:02}",
        date_precision="day",
        date_source=bad,
        issued_at=f"2023-02-{number + 1:02}T10:00:00+08:00",
        agency=Agency(bad, f"Office of {bad}"),
        agency_rule=bad,
        agencies_mentioned=(Agency(f"m{bad}", bad),),
        language="en" if number % 2 else bad,
        source=bad,
        source_file=f"/srv/{bad}.zip!{bad}",
        photos=(Photo(bad, bad), Photo(f"https://island.example/{bad}", bad)),
        translations=(Translation("en", bad), Translation(bad, "https://island.example/x")),
        aliases=(f"alias{bad}",),
        place=bad,
        fetched_at=bad,
        extra=(Column(bad, (bad, f"https://island.example/{bad}")),),
    )


RELEASES = [hostile(number) for number in range(len(PAYLOADS))]


assert {each.name for each in fields(Release)} == {*TEXTS, "date", "date_precision", "content_hash"}


def addresses() -> Iterator[str]:
    """Every kind of page that shows a field, or what a reader typed."""
    for release in RELEASES:
        yield LINKS.release(release)
        yield LINKS.agency(release.agency)
        bad = PAYLOADS[RELEASES.index(release)]
        yield "/release/" + quote(LINKS.release(release).split("/")[2], safe="~:") + "/quote/1"
        for names in ("q", "q from", "agency", "language", "sort page nonsense", "seen match"):
            yield "/search?" + urlencode(dict.fromkeys(names.split(), bad))
        yield "/search?" + urlencode({"q": f'"{bad}" flood', "agency": bad})
        yield "/search/agencies?" + urlencode({"find": bad, "q": bad})
        yield "/trends?" + urlencode([("q", bad), ("q", "flood"), ("agency", bad), ("from", bad)])
        yield "/" + quote(bad, safe="")
    yield from ("/", "/search?q=flood", "/search?per_page=50", "/agencies", "/search/agencies")
    yield from ("/2023", "/2023/02", "/2023/02/03", "/trends?q=flood", "/api", "/nothing")
    yield from (f"/zh-hant{path}" for path in ("/", "/search?q=flood", "/agencies", "/2023/02"))
    yield LINKS.release(RELEASES[3]) + "?q=flood&at=1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("hostile") / "index"
    write(folder, RELEASES)
    title = 'Press <script>window.ran=1</script> & "releases" of the Island'
    with served(folder, title=title) as address:
        yield address


@pytest.mark.parametrize("bypass", [True, False], ids=["without policy", "with policy"])
def test_nothing_in_any_field_runs_or_loads(site: str, browser: Any, bypass: bool) -> None:
    context = browser.new_context(bypass_csp=bypass)
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on(
        "request", lambda asked: said.append(asked.url) if not asked.url.startswith(site) else None
    )
    page.on(
        "console", lambda line: said.append(line.text) if "Security Policy" in line.text else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    visited = 0
    for address in addresses():
        response = page.goto(site + address)
        assert response.status in (200, 404), (address, response.status)
        found = page.evaluate(
            """() => [window.ran || 0,
              [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(
                a => a.name.startsWith('on') || a.name == 'srcdoc' || a.name == 'style')).length,
              document.querySelectorAll('iframe, object, embed, base, math, mglyph').length,
              [...document.querySelectorAll('a[href], form[action]')].filter(
                e => !/^https?:$/.test(new URL(e.href || e.action, location).protocol)).length]"""
        )
        assert found == [0, 0, 0, 0], (address, found)
        assert said == [], address
        assert "7777777" not in page.content()
        visited += 1
    assert visited > 100
    context.close()


def test_suggestions_of_hostile_headlines_stay_texts(site: str, browser: Any) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(site + "/")
    page.fill("input[type=search]", "flo")
    page.wait_for_selector(".options [role=option]")
    assert page.evaluate("window.ran || 0") == 0
    assert "<" in page.inner_text(".options")
    assert page.locator(".options script, .options img, .options svg").count() == 0
    context.close()
