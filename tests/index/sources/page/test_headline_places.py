"""Where headlines stand that no heading element of their own holds, and headings that are none."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft
from index.sources.page import webpage
from index.sources.page.title_lines import MAX_CUTS, title_runs
from tests.index.sources.page.layouts import DATE, FIRST, HEADLINE, PROSE, html, read


@pytest.mark.parametrize("home", ["/", "https://port.example", "https://port.example/index.html"])
def test_a_heading_that_leads_home_is_the_name_of_the_site(home: str) -> None:
    logo = f"<h1><a href='{home}'>Ministry of Ports</a></h1>"
    page = html(
        f"<header>{logo}</header><h2>{HEADLINE}</h2>{PROSE}<p>Ministry of Ports</p>",
        title="Ministry of Ports - East pier reopens",
    )
    assert read(page).headline == HEADLINE


@pytest.mark.parametrize("address", ["#", "/n/3", "?id=3", "/#news"])
def test_a_heading_that_leads_to_its_own_page_is_a_headline(address: str) -> None:
    page = html(f"<h1><a href='{address}'>{HEADLINE}</a></h1>{PROSE}", title=HEADLINE)
    assert read(page).headline == HEADLINE


@pytest.mark.parametrize("label", ["제목", "標題", "Subject:", "Tiêu đề", "العنوان"])
def test_a_cell_behind_the_word_for_title_holds_the_headline_of_a_board(label: str) -> None:
    page = html(
        f"<h2>Notices</h2><table><tr><th>{label}</th><td>{HEADLINE}</td></tr><tr><th>Department</th>"
        f"<td>Pier team</td><th>Date</th><td>2024.05.03</td></tr><tr><td colspan='4'>{PROSE}</td>"
        "</tr></table>",
        title="Notices - Port",
    )
    draft = read(page)
    assert draft.headline == HEADLINE
    assert draft.dates[0].date == DATE
    assert draft.body.startswith(FIRST)


def test_a_cell_behind_another_word_is_none() -> None:
    cells = "<tr><th>Remarks</th><td>A cell with many words that name no news</td></tr>"
    page = html(f"<table>{cells}</table><h2>{HEADLINE}</h2>{PROSE}", title="Port")
    assert read(page).headline == HEADLINE


def test_a_preformatted_letter_has_a_head_in_columns() -> None:
    page = (
        "<html><head><title>NR-98-114</title></head><body><pre>\n"
        "PIERS COMMISSION                     News Release\n"
        "FOR IMMEDIATE RELEASE                Contact: J. Sample\n"
        "May 3, 2024                          555-0100\n\n"
        "      COMMISSION REOPENS THE EAST PIER AFTER REPAIRS\n\n"
        "The Piers Commission reopened the east pier on Friday after nine weeks of\n"
        "repairs, its Director told reporters at Easthaven.\n\n"
        "Ferries   call there   every twenty minutes from Monday.\n\n"
        "                # # #\n</pre></body></html>"
    )
    draft = read(page)
    assert draft.headline == "COMMISSION REOPENS THE EAST PIER AFTER REPAIRS"
    assert draft.dates[0].date == DATE
    assert draft.body.startswith("The Piers Commission reopened the east pier")
    assert draft.body.endswith("every twenty minutes from Monday.")


def test_the_title_of_a_picture_is_no_title_of_the_page() -> None:
    page = f"<svg><title>icon</title></svg><title>{HEADLINE}</title><h1>{HEADLINE}</h1>{PROSE}"
    (draft,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(draft, Draft)
    assert draft.headline == HEADLINE


def test_a_kicker_in_the_heading_is_no_part_of_the_headline_where_the_title_lacks_it() -> None:
    page = html(f"<h1><span>Transport</span> {HEADLINE}</h1><p>3 May 2024</p>{PROSE}")
    assert read(page).headline == HEADLINE


def test_the_lower_of_two_headings_above_the_text_is_a_subtitle() -> None:
    page = html(
        f"<div>Ministry of Ports</div><div><h2>{HEADLINE}</h2></div>"
        f"<div><h3>Twelve ferries to call there each hour</h3></div><p>3 May 2024</p>{PROSE}",
        title="Press Release: Press Bureau",
    )
    assert read(page).headline == HEADLINE


def test_the_name_of_a_body_over_the_last_heading_is_no_headline() -> None:
    page = html(
        f"<h2>Ministry of Ports</h2><h3>{HEADLINE}</h3><p>3 May 2024</p>{PROSE}",
        title="Press Release: Press Bureau",
    )
    assert read(page).headline == HEADLINE


@pytest.mark.parametrize(
    "line",
    [
        f"<div><span style='font-size:24px'>{HEADLINE}</span></div>",
        f"<p style='font-weight: 700'>{HEADLINE}</p>",
        f"<p><span style='font-weight:bold;color:navy'>{HEADLINE}</span></p>",
    ],
)
def test_a_line_that_its_style_sets_off_is_the_headline_of_a_page_without_headings(
    line: str,
) -> None:
    page = html(f"<div>3 May 2024</div>{line}<div>{PROSE}</div>", title="Newsroom")
    assert read(page).headline == HEADLINE


def test_a_line_of_a_usual_style_is_no_headline() -> None:
    small = f"<p style='font-size:14px;font-weight:400'>{HEADLINE}</p>"
    (found,) = webpage.read(
        html(f"<div>3 May 2024</div>{small}<div>{PROSE}</div>", title="Newsroom"),
        Document(name="p", data=b""),
    )
    assert not isinstance(found, Draft)


def test_a_title_of_thousands_of_parts_is_cut_at_its_last_ones_alone() -> None:
    runs = list(title_runs("East pier reopens" + " | Port" * 5_000))
    assert len(runs) == MAX_CUTS + 1
    assert len(runs[-1]) == len(runs[0]) - MAX_CUTS * len(" | Port")
