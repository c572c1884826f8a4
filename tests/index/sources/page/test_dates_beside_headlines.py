"""Where the date of issue stands beside a headline: in links, between other values, in a dateline."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import DATE, FIRST, HEADLINE, PROSE, html, read

ANOTHER = "<a href='/n/9'>Another thing has happened at harbour 9</a>"


def date_of(between: str, text: str = PROSE, lang: str = "en") -> str | None:
    page = html(f"<main><h1>{HEADLINE}</h1>{between}{text}</main>", lang=lang)
    draft = read(page)
    return draft.dates[0].date if draft.dates else None


@pytest.mark.parametrize(
    "line",
    [
        "<div><time datetime='2024-05-03'><a href='/2024/05/03/'>May 3, 2024</a></time></div>",
        (
            "<p>par <a href='/a'>redac</a> | <span>3 mai 2024</span> | <a href='/c'>Actualités</a>, "
            "<a href='/d'>Ports</a> | <a href='#r'>0 commentaires</a></p>"
        ),
        (
            "<p><a href='/o'>Office for Harbours, Rivers and Other Waters of the Islands</a> | 3 May "
            "2024 | Notice</p>"
        ),
        "<div>Data<br>2024 05 03</div>",
        "<p>2024. máj. 3., péntek</p>",
        "<p>Mayo 3 de 2024</p>",
        "<p>May-03-2024</p>",
        "<p>’24. 5. 3.(금)</p>",
        "<p>2024-жылдын 3-майы</p>",
        "<p>2024-ж. 3-май</p>",
        "<div><span>3 May 2024</span><span>4 min read</span></div>",
        "<div><span>3 May 2024</span><span>12 comments</span></div>",
    ],
)
def test_a_date_in_a_link_or_among_links_is_the_date_of_the_page(line: str) -> None:
    assert date_of(line) == DATE


@pytest.mark.parametrize(
    "line",
    [
        f"<p>{ANOTHER} 3 May 2024</p>",
        f"<p>Call 2024 05 03 11 to book.</p>{ANOTHER}",
        "<p>3 May 2024 is the day on which the second pier of the islands opens to all ferries.</p>",
    ],
)
def test_a_date_beside_the_link_of_another_story_or_in_a_sentence_is_not(line: str) -> None:
    assert date_of(line) is None


@pytest.mark.parametrize("lead", ["Innerthal, am 3. Mai 2024. ", "Innerthal, 3. Mai 2024 – "])
def test_a_dateline_may_end_as_a_sentence(lead: str) -> None:
    assert date_of("", f"<p>{lead}{FIRST}</p>", lang="de") == DATE


@pytest.mark.parametrize(
    "line",
    ["17/Set/2021", "viernes, 17 de septiembre del 2021", "17 de setembro do 2021", "17 ก.ย. 64",
     "2021eko irailaren 17a", "Fri Sep 17 10:20:00 2021", "20210917", "17 أيلول/سبتمبر 2021",
     "১৭ই সেপ্টেম্বর, ২০২১", "17 ta’ Settembru 2021", "ថ្ងៃទី១៧ ខែកញ្ញា ឆ្នាំ២០២១"],
)  # fmt: skip
def test_a_line_of_no_other_words_than_those_of_dates_is_one(line: str) -> None:
    assert date_of(f"<p>{line}</p>") == "2021-09-17"


@pytest.mark.parametrize(
    ("line", "lang"), [("06月24日（木） 11時30分", "ja"), ("6월 24일 11시 30분", "ko")]
)
def test_a_month_and_a_day_may_have_a_weekday_and_a_time(line: str, lang: str) -> None:
    assert date_of(f"<p>{line}</p>", lang=lang) == "--06-24"


def test_a_list_of_documents_below_the_text_has_days_of_others() -> None:
    below = f"{PROSE}<ul><li>2019年3月15日发布《港口规划》</li></ul>"
    assert date_of("<p>更新时间：2024-05-03</p>", below, lang="zh") == DATE


def test_the_day_of_a_change_below_the_text_is_not_that_of_issue() -> None:
    days = (
        "<p>Datum vložení: 3. 5. 2024 13:20</p><p>Datum poslední aktualizace: 5. 5. 2024 8:05</p>"
    )
    assert date_of("", PROSE + days, lang="cs") == DATE


def test_a_dateline_below_the_day_of_a_change_and_a_word_for_sharing_is_that_of_issue() -> None:
    lines = "<p>Mis à jour le 5 mai 2024</p><p>Partager la page</p><p>Port-Est, le 3 mai 2024</p>"
    assert date_of(lines, lang="fr") == DATE


@pytest.mark.parametrize(
    "line", ["Comments close 1 June 2024", "Comments due by 1 June 2024", "Apply by 1 June 2024"]
)
def test_the_end_of_a_time_to_comment_is_no_day_of_issue(line: str) -> None:
    page = html(f"<h1>{HEADLINE}</h1><p>{line}</p><p>3 May 2024</p>{PROSE}")
    assert read(page).dates[0].date == DATE


def test_a_list_beside_the_text_has_days_of_others() -> None:
    latest = "<aside><h2>Latest</h2><ul><li>9 June 2024 Fees rise</li></ul></aside>"
    page = html(f"{latest}<main><h1>{HEADLINE}</h1><p>3 May 2024</p>{PROSE}</main>")
    assert read(page).dates[0].date == DATE


@pytest.mark.parametrize("weekday", ["Friday ", "Fri. ", "vendredi ", "Friday, ", ""])
def test_a_dateline_in_brackets_may_name_the_weekday(weekday: str) -> None:
    lead = f"<p>PORT HALE ({weekday}3 May 2024). The harbour master spoke to the press at noon.</p>"
    assert date_of("", lead + PROSE) == "2024-05-03"


def test_a_word_before_a_day_in_brackets_makes_it_another_day() -> None:
    lead = "<p>Jo Marten (until 3 May 2024). The harbour master spoke to the press at noon.</p>"
    assert date_of("", lead + PROSE) is None
