"""Days beside the headlines of a list are those of other pages: invented pages of every form."""

from __future__ import annotations

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage
from index.sources.page.page_kind import LIST
from tests.index.sources.page.layouts import DATE, FIRST, HEADLINE, LAST, PROSE, html

STORIES = (
    "Ferry fares on the outer islands stay as they are",
    "Harbour Office counts more seals than ever before",
    "New pilots take their oath at the Easthaven station",
    "Lighthouse keepers meet for their yearly assembly",
    "Storm damage at the west mole has been assessed",
)
DAYS = ("2 May 2024", "29 April 2024", "25 April 2024", "22 April 2024", "18 April 2024")


def card(day: str, story: str) -> str:
    """A day and a headline in one link around both."""
    return (
        f'<li><a href="/n/{story[:5]}"><div><p class="title">{story}</p><p class="date">{day}</p>'
        "</div></a></li>"
    )


def teaser(day: str, story: str) -> str:
    """A day, a linked headline, and a paragraph of that story."""
    return (
        f'<div class="node"><div class="date">{day}</div><a href="/n/{story[:5]}">{story}</a>'
        "<p>The Harbour Office says that more about it will be known by the end of next week, when "
        "its Director is back from the islands and has read what the keepers wrote.</p></div>"
    )


CARDS = "<ul>" + "".join(map(card, DAYS, STORIES)) + "</ul>"
TEASERS = "".join(map(teaser, DAYS[:3], STORIES))
NAMED = '<meta property="og:title" content="Remarks of the Director">'


def read(page: str) -> Draft | Refusal:
    (found,) = webpage.read(page, Document(name="mirror/page.html", data=b""))
    return found


def refused(page: str) -> str:
    found = read(page)
    assert isinstance(found, Refusal), found
    return found.reason


def test_a_list_of_cards_has_no_day_of_its_own() -> None:
    intro = "<p>What the Director says about harbours, with pictures.</p>"
    page = f"<main><h1>Remarks of the Director</h1>{intro}<h2>2024</h2>{CARDS}</main>"
    assert refused(html(page, NAMED, "Remarks of the Director | Port")) == LIST


def test_a_list_of_teasers_has_no_day_of_its_own() -> None:
    page = f"<main><h2>Remarks of the Director</h2>{TEASERS}</main>"
    assert refused(html(page, NAMED, "Remarks of the Director | Port")) == LIST


def test_a_release_above_such_a_list_keeps_its_own_day() -> None:
    for below in (CARDS, TEASERS):
        page = f"<main><h1>{HEADLINE}</h1><p class='date'>3 May 2024</p>{PROSE}{below}</main>"
        draft = read(html(page))
        assert isinstance(draft, Draft), draft
        assert draft.dates[0].date == DATE
        assert draft.body.startswith(FIRST)


def test_a_release_without_a_day_takes_none_from_the_list_below_it() -> None:
    below = "".join(map(card, DAYS[:3], STORIES[:3]))
    draft = read(html(f"<main><h1>{HEADLINE}</h1>{PROSE}<ul>{below}</ul></main>"))
    assert isinstance(draft, Draft), draft
    assert [each.date for each in draft.dates] == []
    assert draft.body.startswith(FIRST)
    assert LAST in draft.body


def test_a_day_above_one_linked_line_is_that_of_the_page() -> None:
    other = '<a href="/cy/n">Darllenwch y datganiad hwn yn Gymraeg</a>'
    page = f"<main><h1>{HEADLINE}</h1><div class='date'>3 May 2024</div>{other}{PROSE}</main>"
    draft = read(html(page))
    assert isinstance(draft, Draft), draft
    assert draft.dates[0].date == DATE


def test_a_name_that_a_break_parts_in_a_link_is_of_two_words() -> None:
    label = '<dl><dt>Organisations:</dt><dd><a href="/o"><span>Ministry<br>of Ports</span></a></dd>'
    page = f"<main><h1>{HEADLINE}</h1>{label}<dt>Published:</dt><dd>3 May 2024</dd></dl>{PROSE}"
    draft = read(html(page + "</main>"))
    assert isinstance(draft, Draft), draft
    assert draft.stated_agency == "Ministry of Ports"


def register(row: str) -> str:
    """A table of releases with their days."""
    rows = "".join(row.format(n=n) for n in range(1, 5))
    return f"<table><tr><th>No.</th><th>Title</th><th>Date</th><th>File</th></tr>{rows}</table>"


def test_a_register_of_files_or_numbers_has_no_day_of_its_own() -> None:
    day = "<td>0{n}/05/2024</td>"
    of_files = "<td>The pier is open again</td>" + day + "<td><a href='/{n}.pdf'>Download</a></td>"
    of_numbers = "<td><a href='javascript:show({n})'>12{n}/HO</a></td><td>On its lights</td>" + day
    for cells in (of_files, of_numbers):
        table = register(f"<tr>{cells}</tr>")
        page = f"<main><h1>What the Harbour Office decreed</h1>{table}</main>"
        assert refused(html(page, "", "What the Harbour Office decreed | Port")) == LIST


def test_a_release_with_a_table_of_days_and_links_keeps_its_own_day() -> None:
    row = "<tr><td>{n}</td><td><a href='/{n}'>Ferry</a></td><td>1{n}/06/2024</td><td></td></tr>"
    page = f"<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}{register(row)}</main>"
    draft = read(html(page))
    assert isinstance(draft, Draft), draft
    assert draft.dates[0].date == DATE
    assert draft.body.startswith(FIRST)
