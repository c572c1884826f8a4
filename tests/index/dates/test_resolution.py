"""Which date a release gets: what is stated, what its words say, and that no year is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.dates.resolution import NO_DATE, FoundDate, contradictions, resolve, text_date
from index.sources.draft import Document, Draft
from index.sources.newswire import read

FOOTER = FoundDate("2031-12-01", "day", "footer", "2031-12-01T00:56+08:00")
ADDRESS = FoundDate("2031-11-30", "day", "address")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The Office today (November 5) said", "--11-05"),
        ("The Office today (5 November) said", "--11-05"),
        ("The Office said tonight (November 5)", "--11-05"),
        ("It opens this afternoon (November 5).", "--11-05"),
        ("It opened this (November 5) afternoon.", "--11-05"),
        ("said today (Wednesday, November 5)", "--11-05"),
        ("said today (November 5, 2014)", "2014-11-05"),
        ("announced today, June 3, 2010, that", "2010-06-03"),
        ("海港處今日（十一月二十六日）表示", "--11-26"),
        ("海港處今（日）及今晚（11月26日）表示", "--11-26"),
        ("海港处今天（二〇一四年十一月廿六日）表示", "2014-11-26"),
        ("今早（十一月二十六日，星期三）", "--11-26"),
        ("he said yesterday (November 30)", "--12-01"),
        ("It opens tomorrow (January 1).", "--12-31"),
        ("昨日（十一月三十日）", "--12-01"),
        ("HALE (June 3, 2010) - The Office", "2010-06-03"),
        ("PORT HALE, N.A. – June 3, 2010 – The Office", "2010-06-03"),
        ("PORT HALE, June 3 – The Office", "--06-03"),
        ("Berlin, 3. Juni 2010", "2010-06-03"),
        ("Bern, den 12.04.2005", "2005-04-12"),
        ("Paris, le 3 décembre 2010", "2010-12-03"),
        ("FOR IMMEDIATE RELEASE June 3, 2010\n\nThe Office", "2010-06-03"),
        ("FOR IMMEDIATE RELEASE\nThursday, June 3, 2010\nThe Office", "2010-06-03"),
    ],
)
def test_what_the_words_say(text: str, date: str) -> None:
    found = text_date("Headline", text, "en")
    assert found is not None
    assert (found.date, found.source) == (date, "text")


@pytest.mark.parametrize(
    "text",
    [
        "The Office said today.",
        "A fire broke out today (Wednesday).",
        "It began this (Thursday) afternoon.",
        "he said today (Milan time, November 26)",
        "倫敦時間今日（倫敦時間十一月二十六日）",
        "On June 3, 2010, the Minister met them.",
        "The plan of March 3, 2011 was adopted.",
        "Riots in 2019; sessions until June 2026.",
        "It was yesterday (March 1, 2150).",
        "said yesterday (February 28)",
        "said today (February 31)",
        "Today: July 24, 2008",
        "The hearing is on Tuesday, June 21, 2016, in Port Hale.",
    ],
)
def test_what_the_words_do_not_say(text: str) -> None:
    assert text_date("Headline", text, "en") is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("After a session in June next year it will take the chair in July 2024.", "2023"),
        ("It grew last year (2022).", "2023"),
        ("It opens next year (2024).", "2023"),
        ("明年（二○二四年）啟用", "2023"),
        ("去年（2022年）", "2023"),
        ("Today (May 5) he said that next year (2024) it will open.", "2023-05-05"),
    ],
)
def test_a_year_that_the_text_fixes(text: str, date: str) -> None:
    assert resolve((), "Headline", text, "en").date == date


@pytest.mark.parametrize(
    "text",
    [
        "A session in June next year follows the one of July 2022.",
        "A session in June next year; a term will end in June 2026.",
        "A session in March next year will prepare that of July 2026.",
        "It grew last year (2022). It opens next year (2027).",
        "By 2019 and from 2024 to 2026.",
    ],
)
def test_a_year_that_only_occurs_is_not_taken(text: str) -> None:
    assert resolve((), "Headline", text, "en") == NO_DATE


def test_footer_then_order_given_then_text() -> None:
    text = "He said today (November 30)."
    assert resolve((ADDRESS, FOOTER), "H", text, "en") == FOOTER
    assert resolve((ADDRESS,), "H", "today (November 29)", "en") == ADDRESS
    number = FoundDate("2031-11-28", "day", "number")
    assert resolve((number, ADDRESS), "H", text, "en") == ADDRESS
    assert contradictions((ADDRESS, FOOTER)) == (
        "its address says 2031-11-30, its footer 2031-12-01",
    )
    assert contradictions((FOOTER, FoundDate("2031", "year", "json"))) == ()


def test_a_less_trusted_date_adds_what_the_first_leaves_open() -> None:
    year = FoundDate("2014", "year", "json")
    assert resolve((year,), "H", "today (November 5)", "en").date == "2014-11-05"
    assert resolve((year, FoundDate("2014-11", "month", "feed")), "H", "", "en").date == "2014-11"
    assert resolve((year, FoundDate("2015-11", "month", "feed")), "H", "", "en") == year
    day = FoundDate("2031-12-01", "day", "json")
    assert resolve((day, FOOTER._replace(source="feed")), "H", "", "en").issued_at


def test_no_evidence_is_said_so() -> None:
    assert resolve((), "Headline", "Words.", "en") == NO_DATE
    assert resolve((), "Headline", "Words.", "en", "2023-12-31") == NO_DATE


@pytest.mark.parametrize(
    ("text", "as_of", "date"),
    [
        ("today (November 5)", "2023-12-31", "2023-11-05"),
        ("today (November 5)", "2023-11-05", "2023-11-05"),
        ("today (November 5)", "2023-11-04", "2022-11-05"),
        ("today (February 29)", "2023-12-31", "2020-02-29"),
        ("today (Wednesday, November 5)", "2023-12-31", "2014-11-05"),
        ("today (November 5) of a fair on November 8 (Saturday)", "2023-12-31", "2014-11-08"),
        ("今日（十一月五日）及十一月八日（星期六）", "2023-12-31", "2014-11-08"),
        ("today (December 30) of a fair on January 3 (Saturday)", "2023-12-31", "2014-12-30"),
        # no year has both: a misprint tells nothing
        ("today (Monday, November 5), November 8 (Monday)", "2023-12-31", "2023-11-05"),
    ],
)
def test_the_year_by_which_it_was_collected(text: str, as_of: str, date: str) -> None:
    found = resolve((), "Headline", f"He said {text}.", "en", as_of)
    assert found.date == date.replace("11-08", "11-05")
    assert (found.precision, found.source) == ("day", "as-of")


@pytest.mark.parametrize(("named", "year"), [("January 4", 2019), ("January 5", 2023)])
def test_a_weekday_within_sixty_days_tells_of_the_year(named: str, year: int) -> None:
    """4 January 2020 was a Saturday, 60 days after 5 November; 61 days are too far to tell."""
    weekday = {"January 4": "Saturday", "January 5": "Sunday"}[named]
    text = f"He said today (November 5) that the fair will be on {named} ({weekday})."
    found = resolve((), "Headline", text, "en", "2023-12-31")
    assert (found.date, found.source) == (f"{year}-11-05", "as-of")


def test_as_of_never_changes_a_stated_year() -> None:
    assert resolve((FOOTER,), "H", "", "en", "2020-01-01") == FOOTER
    year = FoundDate("2023", "year", "text")
    text = "After a session in June next year it will take the chair in July 2024."
    assert resolve((), "H", text, "en", "2030-01-01") == year


def test_as_of_that_is_no_day() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        resolve((), "H", "today (November 5)", "en", "last week")


def test_seeds(shared_data: Path) -> None:
    folder = shared_data / "seeds"
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    (file,) = folder.glob("*.txt")
    found = read(file.read_text(encoding="utf-8"), Document(name="seeds", data=b""))
    for line, draft in zip(lines, found, strict=True):
        wanted = json.loads(line)
        assert isinstance(draft, Draft)
        alone = resolve(draft.dates, draft.headline, draft.body, "en")
        dated = resolve(draft.dates, draft.headline, draft.body, "en", "2023-12-31")
        if wanted["month_day"]:
            assert alone[:3] == (f"--{wanted['month_day']}", "month-day", "text")
            assert dated[:3] == (wanted["date_best"], "day", "as-of")
        else:
            assert alone[:3] == dated[:3] == ("2023", "year", "text")


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("The Tide Office announced on 6 June 2023 that piers will open in August 2023.", True),
        ("On Tuesday, 6 June 2023, the Tide Office said that all of the piers were open.", True),
        ("The Office released a statement on June 6, 2023, about the northern harbour.", True),
        ("Das Gezeitenamt teilte am 6. Juni 2023 mit, dass die Landungsbrücke offen ist.", True),
        ("L'Office des marées a annoncé le 6 juin 2023 la réouverture de tous les quais.", True),
        ("The Tide Office announced that the piers will be opened on 6 June 2023 at noon.", False),
        ("On 6 June 2023 a boat sank in the harbour, and it is not known why it sank.", False),
        ("The Office said on 6 June 2023 that the pier, shut since 1 May 2022, was open.", False),
        ("A man who was charged on 6 June 2023 was sentenced, as the Tide Office said.", False),
        ("Short line.", False),
    ],
)
def test_a_date_of_saying_it_is_taken_where_there_is_no_other(lead: str, expected: bool) -> None:
    found = resolve((), "Piers open", f"{lead}\n\nThe first opened on 2 July 2019.", "en")
    assert found[:3] == (("2023-06-06", "day", "text") if expected else (None, "none", "none"))


def test_a_date_of_saying_it_yields_to_every_other() -> None:
    lead = "The Tide Office announced on 6 June 2023 that all of the piers were open."
    assert resolve((FoundDate("2023-06-07", "day", "page"),), "H", lead, "en").date == "2023-06-07"
    today = lead + " They opened today (June 7)."
    assert resolve((), "H", today, "en").date == "--06-07"
