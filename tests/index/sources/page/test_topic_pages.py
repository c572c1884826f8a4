"""Pages that explain a service or a subject, and events: no releases, though they have a text."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage

SAILING = (
    "<p>The Town of Easthaven keeps a public slipway for boats of up to nine metres. It can be used "
    "at any state of the tide, and nobody needs to book it.</p>"
    "<h2>Parking a trailer</h2><p>Trailers stand in the yard behind the chandlery, in the numbered "
    "bays and nowhere else. Bays are free for the first day.</p>"
    "<h2>Cleaning a hull</h2><p>Hulls are cleaned on the grid beside the crane, and what comes off "
    "them goes into the skip and not into the water.</p>"
)
TERN = "Learn to tell a tern from a gull on a walk along the spit with two wardens of the reserve."


def read(
    body: str, head: str = "", title: str = "Slipway | Town of Easthaven", url: str | None = None
) -> Draft | Refusal:
    html = (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>'
        f"<header><a href='/'>Town of Easthaven</a></header><main>{body}</main></body></html>"
    )
    (found,) = webpage.read(html, Document(name="page.html", data=b"", url=url))
    return found


def assert_stands(found: Draft | Refusal) -> None:
    assert isinstance(found, Refusal), found
    assert "a standing page" in found.reason


def test_a_page_in_parts_that_tells_no_day_explains_a_topic() -> None:
    assert_stands(read(f"<h1>Slipway</h1>{SAILING}"))


def test_the_day_of_its_last_change_is_no_day_of_issue() -> None:
    assert_stands(read(f"<h1>Slipway</h1>{SAILING}<p>Last updated: 3 May 2024</p>"))


def test_one_part_is_enough_where_the_page_says_when_it_was_changed() -> None:
    one_part = SAILING.split("<h2>Cleaning")[0]
    assert_stands(read(f"<h1>Slipway</h1>{one_part}<p>Last updated: 3 May 2024</p>"))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<h1>Slipway</h1><p>3 May 2024</p>{SAILING}", id="a date"),
        pytest.param(f"<h1>Slipway</h1><p>Easthaven, May 3, 2024 – It opens.</p>{SAILING}", id="line"),
        pytest.param(f"<p>Press release</p><h1>Slipway reopens</h1>{SAILING}", id="its kind"),
        pytest.param(
            f"<h1>Slipway reopens</h1>{SAILING}<p>“We have waited two years for this day,” said the "
            "harbour master.</p>", id="a quotation",
        ),
        pytest.param(
            "<ol class='breadcrumb'><li>Home</li><li>News</li></ol>"
            f"<h1>Slipway reopens</h1>{SAILING}", id="a trail",
        ),
        pytest.param(f"<h1>Slipway</h1>{SAILING.split('<h2>Cleaning')[0]}", id="a single part"),
    ],
)  # fmt: skip
def test_what_tells_a_release(body: str) -> None:
    assert isinstance(read(body), Draft)


def test_an_address_among_releases_tells_one() -> None:
    page = f"<h1>Slipway reopens</h1>{SAILING}"
    assert isinstance(read(page, url="https://easthaven.example/media-releases/slipway"), Draft)
    assert_stands(read(page, url="https://easthaven.example/services/slipway"))


def test_an_article_by_its_metadata_is_a_release() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "name": "x"}</script>'
    assert isinstance(read(f"<h1>Slipway reopens</h1>{SAILING}", head), Draft)


@pytest.mark.parametrize("offer", ["Add to calendar", "Zum Kalender hinzufügen", "加入行事曆"])
def test_an_event_offered_for_the_calendar_is_no_release(offer: str) -> None:
    event = (
        f"<h1>Tern walk</h1><p>Saturday, 4 May 2024</p><p>{TERN}</p><a href='/i.ics'>{offer}</a>"
    )
    assert_stands(read(event, title="Tern walk | Town of Easthaven"))
    released = f"<p>Media release</p>{event}"
    assert isinstance(read(released, title="Tern walk | Town of Easthaven"), Draft)


def test_an_event_by_a_list_of_when_and_where() -> None:
    event = (
        "<h1>Tern walk</h1><dl><dt>Date</dt><dd>4 May 2024</dd><dt>Time</dt><dd>10:00</dd><dt>Venue"
        f"</dt><dd>The spit</dd></dl><p>{TERN}</p>"
    )
    assert_stands(read(event, title="Tern walk | Town of Easthaven"))
    trail = "<ol class='breadcrumb'><li>Home</li><li>News</li></ol>"
    assert isinstance(read(trail + event, title="Tern walk | Town of Easthaven"), Draft)


def test_an_event_by_the_headings_of_its_parts() -> None:
    event = (
        f"<h1>Tern walk</h1><p>Date: 4 May 2024</p><p>{TERN}</p><h2>Event Details</h2><p>Two "
        "wardens lead the walk, and children come with somebody older.</p><h2>Event Contact</h2>"
        "<p>Ada Quill</p>"
    )
    assert_stands(read(event, title="Tern walk | Town of Easthaven"))
    released = event.replace("Event Contact", "Media contact")
    assert isinstance(read(released, title="Tern walk | Town of Easthaven"), Draft)


def test_an_event_by_its_metadata_is_no_release() -> None:
    head = '<script type="application/ld+json">{"@type": "Event", "name": "Tern walk"}</script>'
    body = f"<h1>Tern walk</h1><p>Saturday, 4 May 2024</p><p>{TERN}</p>"
    assert_stands(read(body, head, title="Tern walk | Town of Easthaven"))


def test_a_vacancy_by_the_headings_of_its_parts() -> None:
    vacancy = (
        f"<h1>Warden of the spit</h1><p>Posted: 3 May 2024</p><h2>Duties</h2><p>{TERN} The warden "
        "keeps the count of nests.</p><h2>Qualifications</h2><p>A diploma and patience.</p>"
    )
    assert_stands(read(vacancy, title="Warden | Town of Easthaven"))
