"""Laws, records of registers, tables of whom to call, publications: pages with a day, no releases."""

from __future__ import annotations

import pytest

from index.sources.draft import Draft, Refusal
from tests.index.sources.page.layouts import FIRST, HEADLINE, LAST, PROSE
from tests.index.sources.page.test_standing_pages import read, reason

DAY = "<p>3 May 2024</p>"
RULES = "A person who moors a boat here must show a lamp from dusk until dawn."


@pytest.mark.parametrize(
    ("lang", "article"),
    [("en", "Article {}"), ("de", "§ {}"), ("fr", "Art. {}."), ("ru", "Статья {}.")],
)
@pytest.mark.parametrize("form", ["<h3>{}</h3><p>{}</p>", "<p>{} {}</p>"])
def test_articles_numbered_from_the_first_are_a_law(lang: str, article: str, form: str) -> None:
    parts = "".join(form.format(article.format(n), RULES) for n in (1, 2, 3))
    found = read(f"<h1>Mooring Rules</h1>{DAY}{parts}", "Mooring Rules | Port", lang=lang)
    assert "a standing page" in reason(found)


def test_sections_with_subsections_are_a_law() -> None:
    parts = f"<p>1. {RULES}</p><p>2. (1) {RULES}</p><p>(2) {RULES}</p><p>3. {RULES}</p>"
    found = read(f"<h1>Mooring Rules, 2024</h1>{DAY}{parts}", "Mooring Rules, 2024 | Port")
    assert "a standing page" in reason(found)


@pytest.mark.parametrize(
    "parts",
    [
        f"<p>Article 12 of the Harbour Act says: {RULES}</p>",
        f"<p>1. {RULES}</p><p>2. {RULES}</p><p>3. {RULES}</p>",
    ],
)
def test_a_release_that_quotes_a_law_or_counts_its_points_is_none(parts: str) -> None:
    found = read(f"<h1>{HEADLINE}</h1>{DAY}{PROSE}{parts}", f"{HEADLINE} | Port")
    assert isinstance(found, Draft), found


RECORD = {
    "Address": "14 Mill Lane, Easthaven",
    "Status": "Awaiting decision",
    "Received": "3 May 2024",
    "Officer": "R. Pugh",
}
ROWS = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in RECORD.items())
TERMS = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in RECORD.items())
MAY_WRITE = "<p>Whoever lives nearby may write to the officer until 24 May 2024.</p>"


@pytest.mark.parametrize("record", [f"<table>{ROWS}</table>", f"<dl>{TERMS}</dl>"])
@pytest.mark.parametrize("more", ["", MAY_WRITE])
def test_labels_with_their_values_are_a_record(record: str, more: str) -> None:
    found = read(f"<h1>24/00412/PIER</h1>{record}{more}", "24/00412/PIER | Port")
    assert isinstance(found, Refusal), found


def test_a_board_shows_a_release_below_its_labels() -> None:
    head = f"<table><tr><th>Subject</th><td>{HEADLINE}</td></tr>{ROWS}</table>"
    found = read(f"{head}<p>{FIRST}</p>", f"{HEADLINE} | Port")
    assert isinstance(found, Draft), found


def test_a_release_with_figures_beside_labels_is_none() -> None:
    figures = "".join(f"<tr><th>Pier {n}</th><td>{n * 7} boats</td></tr>" for n in range(1, 6))
    found = read(f"<h1>{HEADLINE}</h1>{DAY}{PROSE}<table>{figures}</table>", f"{HEADLINE} | Port")
    assert isinstance(found, Draft), found


def _calls(number: str) -> str:
    rows = "".join(f"<tr><td>Pier {n}</td><td>boats</td><td>{number}{n}</td></tr>" for n in "12345")
    return f"<table><tr><th>Office</th><th>For</th><th>Call</th></tr>{rows}</table>"


def test_a_table_of_whom_to_call_is_no_release_whatever_day_it_shows() -> None:
    open_on = "<p>All of these offices are open on weekdays from eight to a quarter past five.</p>"
    body = f"<h1>Offices at the piers</h1>{DAY}{_calls('0000-111-000')}{open_on}"
    assert "a list" in reason(read(body, "Offices at the piers | Port"))
    figures = read(body.replace("0000-111-000", "12"), "Offices at the piers | Port")
    assert isinstance(figures, Draft), figures


def test_a_table_without_a_day_may_have_a_sentence_above() -> None:
    above = "<p>These are the fees that boats of every length pay for a night at the piers.</p>"
    body = f"<h1>Fees at the piers</h1>{{}}{above}{_calls('12')}"
    assert isinstance(read(body.format(""), "Fees at the piers | Port"), Refusal)
    assert isinstance(read(body.format(DAY), "Fees at the piers | Port"), Draft)


@pytest.mark.parametrize("count", ["84 pages", "84 pagina's", "84 Seiten", "84 стр.: 84 страниц"])
def test_a_file_with_its_pages_is_a_publication(count: str) -> None:
    offer = f"<p><a href='/a.pdf'>Download Yearbook 2023</a></p><p>PDF | {count} | 3.1 MB</p>"
    about = "<p>This yearbook tells what the Harbour Office did in 2023.</p>"
    title = "Yearbook 2023"
    assert "a publication" in reason(
        read(f"<h1>{title}</h1>{DAY}{about}{offer}", f"{title} | Port")
    )
    found = read(f"<h1>{HEADLINE}</h1>{DAY}{PROSE}{offer}", f"{HEADLINE} | Port")
    assert isinstance(found, Draft), found


def test_headings_with_a_day_each_below_the_name_of_the_page_are_its_list() -> None:
    entry = "<h2>Episode {0}: the pilot</h2><p>2024-0{0}-18 • 32 minutes</p><p>{1}</p>"
    entries = "".join(entry.format(n, RULES) for n in (4, 3, 2))
    name = "Talk at the pier"
    found = read(f"<h1>{name}</h1><p>Meet those who work at sea.</p>{entries}", f"{name} | Port")
    assert "a list" in reason(found)
    release = read(f"<h1>{HEADLINE}</h1>{DAY}{PROSE}{entries}", f"{HEADLINE} | Port")
    assert isinstance(release, Draft), release


def test_a_headline_in_japanese_that_tells_who_was_born_when_is_no_life() -> None:
    headline = "令和6年度東港子育て応援給付金の申請受付を開始します"
    text = (
        "<p>対象は、平成18年4月2日以降に生まれた児童を養育する世帯で、申請は東港市が受け付けます。</p>"
        * 2
    )
    found = read(f"<h1>{headline}</h1>{text}<p>更新日：2024年6月10日</p>", headline, lang="ja")
    assert isinstance(found, Draft), found


def test_a_page_of_a_service_that_names_an_old_law_tells_no_day() -> None:
    parts = f"<h2>What for</h2><p>{RULES}</p><h2>Rests on</h2><p>It rests on what the Order of 12 March 2019 says.</p>"
    changed = "<p>Last updated: 9 February {}</p>"
    body = f"<h1>Licence for a mooring</h1>{parts}"
    old = read(body + changed.format(2024), "Licence for a mooring | Port")
    assert "a standing page" in reason(old)
    found = read(body + changed.format(2019), "Licence for a mooring | Port")
    assert isinstance(found, Draft), found


def test_a_trail_by_its_signs_says_that_a_page_is_news() -> None:
    parts = f"<h2>What for</h2><p>{RULES}</p><h2>How long</h2><p>{RULES}</p>"
    trail = "<p><a href='/'>Home</a> &gt; <a href='/n'>News</a> &gt; Moorings</p>"
    title = "Moorings get lamps | Port"
    assert isinstance(read(f"<h1>Moorings get lamps</h1>{parts}", title), Refusal)
    found = read(f"{trail}<h1>Moorings get lamps</h1>{parts}", title)
    assert isinstance(found, Draft), found


def test_a_line_that_says_when_it_was_posted_is_no_headline() -> None:
    page = (
        f"<table><tr><td><font size=4><b>{HEADLINE}</b></font><br><font size=1><b>Posted on Friday, "
        f"3 May 2024 by the Press Office</b></font><br><br>{FIRST}<br><br>{LAST}</td></tr></table>"
    )
    found = read(page, "Harbour Office")
    assert isinstance(found, Draft), found
    assert found.headline == HEADLINE


@pytest.mark.parametrize(
    ("lang", "last"),
    [
        ("fi", "Toukokuun tiedot julkaistaan 25.6.2024."),
        ("cs", "Termín zveřejnění další Rychlé informace: 25. 6. 2024"),
        ("en", "Next release on the traffic of ferries: 25 June 2024"),
    ],
)
def test_when_the_next_figures_come_is_the_end_of_the_text(lang: str, last: str) -> None:
    found = read(f"<h1>{HEADLINE}</h1>{DAY}{PROSE}<p>{last}</p>", f"{HEADLINE} | Port", lang=lang)
    assert isinstance(found, Draft), found
    assert found.body.endswith(last)


@pytest.mark.parametrize("name", ["Ústav statistiky Horní země", "Ústav Dolní země"])
def test_an_institute_is_an_issuer_in_czech(name: str) -> None:
    page = f"<header><a href='/'>{name}</a></header><h1>{HEADLINE}</h1>{DAY}{PROSE}"
    found = read(page, f"{HEADLINE} | {name}", lang="cs")
    assert isinstance(found, Draft), found
    assert found.weak_agency == name
