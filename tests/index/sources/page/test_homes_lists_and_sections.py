"""Home pages, lists without links, searches, sections for vacancies and help: no releases."""

from __future__ import annotations

import pytest

from index.sources.draft import Draft, Refusal
from tests.index.sources.page.layouts import FIRST, HEADLINE, LAST, PROSE
from tests.index.sources.page.test_standing_pages import read, reason

DAY = "<p>3 May 2024</p>"
TEASER = "Ferries call there every twenty minutes from Monday on, says the timetable of May."


def _entries(count: int, level: str = "h3", *, above: bool = False) -> str:
    names = ("East pier reopens", "Lamps for the moorings", "A pilot retires", "Ice on the quay")
    found = ""
    for n, name in enumerate(names[:count]):
        heading, day = f"<{level}>{name}</{level}>", f"<p>{12 - n} May 2024</p>"
        found += f"{day}{heading}" if above else f"{heading}{day}"
        found += f"<p>{TEASER}</p><p>Read more</p>"
    return found


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("level", ["h2", "h4"])
def test_a_headline_that_is_one_of_several_alike_is_an_entry(level: str, above: bool) -> None:
    found = read(_entries(3, level, above=above), "All the news of the port | Port")
    assert "a list" in reason(found)


def test_two_such_entries_are_enough_where_the_title_is_a_bodys() -> None:
    assert "a list" in reason(read(_entries(2), "Ministry of Ports"))


def test_a_release_above_other_news_is_no_entry() -> None:
    release = f"<h2>{HEADLINE}</h2>{DAY}{PROSE}<h2>Recent news</h2>{_entries(3, 'h2')}"
    found = read(release, "Ministry of Ports")
    assert isinstance(found, Draft), found
    assert found.headline == HEADLINE


@pytest.mark.parametrize("title", ["Home | Bureau of Ferries", "Bureau of Ferries: Home"])
def test_a_home_page_by_its_title_shows_the_days_of_its_news(title: str) -> None:
    body = f"<h1>Keeping every ferry safe</h1><h2>Featured</h2>{_entries(3)}"
    assert "home page" in reason(read(body, title))
    one_title = read(f"<h1>{HEADLINE}</h1>{DAY}{PROSE}", title)
    assert isinstance(one_title, Draft), one_title


def test_the_name_of_a_home_page_in_a_script_without_spaces() -> None:
    name = "緑丘町公式ホームページ"
    found = read(f"<h2>新着情報</h2><p>6月3日</p><p>{TEASER}</p>", name, lang="ja")
    assert isinstance(found, Refusal), found


@pytest.mark.parametrize("name", ["Month: May 2024", "Monat: Mai 2024", "Mois : mai 2024"])
def test_the_archive_of_a_month_is_a_list(name: str) -> None:
    assert "a list" in reason(read(f"<h1>{name}</h1>{DAY}{PROSE}", f"{name} | Port"))


def test_a_year_after_another_word_is_no_month() -> None:
    found = read(f"<h1>Budget 2024</h1>{DAY}{PROSE}", "Budget 2024 | Port")
    assert isinstance(found, Draft), found


@pytest.mark.parametrize("name", ["Pesquisa: porto", "Suche: Hafen", "Search for “pier”"])
def test_a_search_names_what_was_looked_for(name: str) -> None:
    found = read(f"<h1>{name}</h1><p>{FIRST}</p>", f"{name} | Port")
    assert isinstance(found, Refusal), found


def test_a_search_at_sea_is_a_release() -> None:
    headline = "Search for missing boat: two found alive"
    found = read(f"<h1>{headline}</h1>{DAY}{PROSE}", f"{headline} | Port")
    assert isinstance(found, Draft), found


def test_links_with_their_days_under_the_name_of_a_site_are_a_list() -> None:
    links = "".join(f"<li><a href='/{n}'>개항 기념사</a> 2024-0{n}-15</li>" for n in (5, 4, 3))
    found = read(
        f"<h2>연설문</h2><ul>{links}</ul><p>총 142건</p>", "연설문 | 서해시장실", lang="ko"
    )
    assert "a list" in reason(found)


SECTIONS = [
    "Careers",
    "Help Centre",
    "Tide Tables Documentation",
    "Tenders",
    "Stellenangebote",
    "Вакансии",
    "職員採用",
]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_in_the_title_where_releases_do_not_stand(section: str) -> None:
    body = f"<h1>Senior pilot</h1>{DAY}{PROSE}"
    assert "a standing page" in reason(read(body, f"Senior pilot | {section} | Port"))
    news = read(body, f"Senior pilot | News | {section} | Port")
    assert isinstance(news, Draft), news


def test_a_section_in_the_trail_where_releases_do_not_stand() -> None:
    trail = "<p><a href='/'>Home</a> &gt; <a href='/j'>Vacancies</a> &gt; Senior pilot</p>"
    found = read(f"{trail}<h1>Senior pilot</h1>{DAY}{PROSE}", "Senior pilot | Port")
    assert "a standing page" in reason(found)


VACANCIES = {
    "tr": "Sözleşmeli Personel Alım İlanı",
    "pl": "Nabór na wolne stanowisko pilota portowego",
    "ja": "会計年度任用職員（水先人）の募集",
    "zh": "东港港务处招聘公告",
}


@pytest.mark.parametrize("lang", VACANCIES)
def test_a_headline_of_a_vacancy(lang: str) -> None:
    name = VACANCIES[lang]
    found = read(f"<h1>{name}</h1>{DAY}{PROSE}", f"{name} | Port", lang=lang)
    assert "a standing page" in reason(found)


def test_who_will_be_hired_is_news() -> None:
    headline = "Recruitment of twelve pilots approved"
    found = read(f"<h1>{headline}</h1>{DAY}{PROSE}", f"{headline} | Port")
    assert isinstance(found, Draft), found


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("Contacts and opening hours", "Contacts and opening hours | Port"),
        ("Kontakty a úřední hodiny", "Kontakty a úřední hodiny | Port"),
        ("Write to the port", "Contact us - Port"),
        ("Voor journalisten bereikbaar", "Persvoorlichting | Port"),
        ("Release notes", "Release notes | Port"),
        ("Speeches by the Governor", "Speeches by the Governor - Port"),
    ],
)
def test_what_standing_pages_are_called(headline: str, title: str) -> None:
    found = read(f"<h1>{headline}</h1>{PROSE}", title)
    assert "a standing page" in reason(found)


@pytest.mark.parametrize(
    "name", ["Su sesión ha caducado", "Stranice su privremeno nedostupne", "Contenu indisponible"]
)
def test_what_servers_say_in_other_languages(name: str) -> None:
    found = read(f"<h1>{name}</h1><p>{FIRST}</p>", f"{name} | Port")
    assert "an error page" in reason(found)


def test_a_server_that_keeps_a_region_out() -> None:
    told = "<p>The owner of this site has blocked the country or region that your IP address is in.</p>"
    name = "Access from your region is not permitted"
    assert "an error page" in reason(read(f"<h1>{name}</h1>{told}{DAY}", "Access blocked"))


def test_a_warning_with_a_command_that_quotes_somebody_is_a_release() -> None:
    code = "<pre><code>pier --version</code></pre>"
    quote = "<p>“A lamp takes ten minutes, a wreck takes a year,” the Director said.</p>"
    with_code = f"<h1>Update the lamps now</h1><p>{FIRST}</p>{code}<p>{LAST}</p>"
    assert "documentation" in reason(read(with_code, "Update the lamps now | Port"))
    found = read(with_code + quote, "Update the lamps now | Port")
    assert isinstance(found, Draft), found


def test_a_day_in_the_address_of_a_call_is_none_of_issue() -> None:
    call = "<p><code>GET https://port.example/v1/tides?pier=4&amp;day=2024-05-01</code></p>"
    found = read(f"<h1>{HEADLINE}</h1>{PROSE}{call}", f"{HEADLINE} | Port")
    assert isinstance(found, Draft), found
    assert not found.dates
