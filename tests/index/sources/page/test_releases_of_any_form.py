"""A page among the news of its site with a day of its own is a release, whatever its text looks like."""

from __future__ import annotations

import pytest

from index.sources.draft import Draft
from tests.index.sources.page.test_standing_pages import read, reason

NEWS = '<div><a href="/">Home</a> &gt; <a href="/news">News</a></div>'
DAY = "<p>4 April 2024</p>"
STOVES = ["bear a label.", "whose label states their dust.", "that smoke are fined."]
CLINICS = "".join(
    f"<tr><td>{name}</td><td>9 to 5</td><td>01632 960 1{at}1</td></tr>"
    for at, name in enumerate(["Brill", "Sandry", "Corran", "Hale", "Oxen"])
)
WHEN = {"When": "9 April 2024, 10:00", "Where": "Harbour, Sandry", "Press": "Register by 8 April"}
QUAKE = {"Magnitude": "4.1", "Time": "03:12 am", "Depth": "9 km", "Place": "21 km west of Sandry"}


def _labels(values: dict[str, str]) -> str:
    return "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in values.items())


FORMS = {
    "Government adopts rules on stoves": "<p>The government adopted rules on stoves on Thursday, which say the following.</p>"
    + "".join(f"<p>Article {number}. Stoves {said}</p>" for number, said in enumerate(STOVES, 1)),
    "Clinics open over Easter": f"<p>These clinics are open.</p><table>{CLINICS}</table>",
    "Report on whales published": "<p>The sea office has counted 412 whales, nine more than a year ago, its report says.</p>"
    '<p><a href="/whales.pdf">Whales in 2023 (48 pages, 2 MB)</a></p>',
    "Minister Brink visits Sandry on 9 April": f"<dl>{_labels(WHEN)}</dl>"
    "<p>The minister will open the new pier and speak with fishermen of the town.</p>",
    "Wreck not found": "<p>The coast guard has ended its search for the wreck of the Petrel.</p>",
    "Maintenance: Corran lock closed": "<p>Corran lock is closed for six weeks from Monday; boats may use that at Hale.</p>",
    "Session expired without a budget": "<p>The session of parliament ended on Friday. Members return on 1 October.</p>",
}
"""Headlines and texts that are those of laws, lists, records, events and errors elsewhere."""


@pytest.mark.parametrize("headline", FORMS)
def test_a_release_has_any_form(headline: str) -> None:
    page = f"{NEWS}<h1>{headline}</h1>{DAY}{FORMS[headline]}"
    found = read(page, f"{headline} | Harrow Council")
    assert isinstance(found, Draft), found
    assert found.headline == headline


@pytest.mark.parametrize("headline", list(FORMS)[:3:2])
def test_with_a_day_and_a_sentence_of_its_own_it_need_not_be_called_news(headline: str) -> None:
    page = f"<h1>{headline}</h1>{DAY}{FORMS[headline]}"
    assert isinstance(read(page, f"{headline} | Harrow Council"), Draft)


GONE = "It may have been moved or deleted. Please use the search box, or begin at our first page."


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        ("Page not found", f"The page you are looking for could not be found. {GONE}"),
        ("Not found", f"What you are looking for is not here. {GONE}"),
        ("Access Denied", "You don't have permission to see this. Reference 18.2d3, 3 May 2024."),
        ("Site under maintenance", "We will be back shortly. Thank you for your patience, all."),
        ("Page introuvable", "La page que vous cherchez n'existe pas ou a été déplacée."),
        ("Seite nicht gefunden", "Die gesuchte Seite gibt es nicht mehr oder sie ist umgezogen."),
    ],
)
@pytest.mark.parametrize(
    "day", [DAY, "<meta property='article:published_time' content='2024-05-03'>"]
)
def test_an_error_among_the_news_is_one_whatever_day_it_shows(
    headline: str, text: str, day: str
) -> None:
    page = f"{NEWS}{day}<h1>{headline}</h1><p>{text}</p>"
    assert "an error page" in reason(read(page, f"{headline} | News | Harrow Council"))


def test_a_report_of_labels_with_a_day_needs_one_sentence() -> None:
    told = "<p>The quake was felt in Sandry. No damage was reported.</p>"
    heading = "Magnitude 4.1 earthquake off Sandry"
    labels = f"<dl>{_labels(QUAKE)}</dl>"
    found = read(f"<h1>{heading}</h1>{DAY}{labels}{told}", f"{heading} | Sea Office")
    assert isinstance(found, Draft), found
    assert "registers" in reason(read(f"<h1>24/00412</h1>{DAY}{labels}", "24/00412 | Sea Office"))


def test_a_section_of_the_site_is_told_by_more_than_one_step_from_home() -> None:
    """Under `Home > Tenders` alone stand releases about tenders too."""
    trail = NEWS.replace("News", "Tenders").replace("/news", "/tenders")
    text = '<p>The county invited bids for a bridge. "It is the largest in a decade," said Pat.</p>'
    found = read(f"{trail}<h1>Bids sought for a bridge</h1>{DAY}{text}", "Bids sought for a bridge")
    assert isinstance(found, Draft), found
