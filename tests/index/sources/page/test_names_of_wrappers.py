"""What elements, labels and sections are called: hints that no text, headline or name is lost by."""

from __future__ import annotations

import pytest

from tests.index.sources.page.layouts import DATE, FIRST, HEADLINE, LAST, PROSE, html, read

BOARD = "<p>Weather, tides and notices to mariners are shown on the board at the head of it.</p>"


WITH_A_WORD_FOR_TEXTS = (
    "cookie-law-text",
    "newsletter-text",
    "subscribe-page-body",
    "breadcrumb-content",
    "newsletter_text",
)
OF_STATE = ("subscribe-enabled", "sidebar-right-open", "has-newsletter", "no-related-content")
NEVER_OF_TEXTS = ("share", "widget", "tags", "search", "js-print", "print-area")


@pytest.mark.parametrize("name", [*WITH_A_WORD_FOR_TEXTS, *NEVER_OF_TEXTS, *OF_STATE])
def test_a_text_stays_whatever_its_wrapper_is_called(name: str) -> None:
    page = html(f"<h1>{HEADLINE}</h1><div>{BOARD * 8}</div><div class='{name}'>{PROSE}</div>")
    assert LAST in read(page).body


@pytest.mark.parametrize(
    "name", ["cookie", "newsletter", "sidebar", "comments", "carousel-caption", "related"]
)
def test_prose_between_the_paragraphs_of_a_text_stays_whatever_it_is_called(name: str) -> None:
    called = f"<div class='{name}'><p>The pilots of the harbour met every ship at its mouth and brought it in.</p></div>"
    page = html(f"<h1>{HEADLINE}</h1><p>3 May 2024</p>{called}{PROSE}")
    assert read(page).body.startswith("The pilots")


def test_a_box_to_subscribe_between_paragraphs_goes() -> None:
    box = f"<div class='newsletter'>{BOARD}<form><input name='mail'></form></div>"
    page = html(f"<h1>{HEADLINE}</h1><p>{FIRST}</p>{box}<p>{LAST}</p>")
    assert "mariners" not in read(page).body


@pytest.mark.parametrize(
    "tools",
    [
        f"{BOARD}<form><input name='q'></form>",
        f"{BOARD}<button>Share</button>",
        "<ul><li><a href='/1'>Ferries call again</a></li><li><a href='/2'>Board</a></li></ul>",
        f"<p><a href='/3'>{HEADLINE}</a></p>{BOARD}",
    ],
)
def test_tools_and_links_called_so_go(tools: str) -> None:
    page = html(f"<h1>{HEADLINE}</h1>{PROSE}<div class='widget'>{tools}</div>")
    assert read(page).body.endswith(LAST)


@pytest.mark.parametrize("name", ["newsletter", "cookie-notice", "related-content", "breadcrumbs"])
def test_what_is_called_furniture_alone_goes(name: str) -> None:
    page = html(f"<h1>{HEADLINE}</h1>{PROSE}<div class='{name}'>{BOARD}</div>")
    assert "mariners" not in read(page).body


@pytest.mark.parametrize(
    "label",
    [
        *("要闻动态", "機關新聞", "시정뉴스", "首页 > 新闻", "Welcome to our website"),
        *("Página principal", "Read the full story", "Startseite"),
    ],
)
def test_a_label_as_first_heading_and_title_is_no_headline(label: str) -> None:
    page = html(
        f"<main><h1>{label}</h1><h2>{HEADLINE}</h2><p>3 May 2024</p>{PROSE}</main>", title=label
    )
    assert read(page).headline == HEADLINE


@pytest.mark.parametrize("headline", ["港务局发布停水通知", "소식을 전하는 항만청"])
def test_a_headline_that_ends_or_begins_like_a_section_stays(headline: str) -> None:
    page = html(f"<main><h1>{headline}</h1><p>3 May 2024</p>{PROSE}</main>", title=headline)
    assert read(page).headline == headline


@pytest.mark.parametrize(
    "line",
    [
        "版权所有 © 南湾海关 技术支持：某某科技公司",
        "Copyright © 2024 南湾海关 Designed by Webworks",
        "Copyright © 2024 南湾海关 版权所有",
    ],
)
def test_the_vendor_behind_the_holder_of_a_copyright_is_no_part_of_its_name(line: str) -> None:
    page = html(f"<h1>{HEADLINE}</h1>{PROSE}<footer><p>{line}</p></footer>", title=HEADLINE)
    assert read(page).weak_agency == "南湾海关"


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("© 2024 Ministarstvo luka, sva prava pridržana", "Ministarstvo luka"),
        ("Všechna práva vyhrazena Ministerstvo přístavů 2024", "Ministerstvo přístavů"),
        ("© Liman Bakanlığı 2023 Tüm hakları saklıdır", "Liman Bakanlığı"),
        ("Tous droits réservés Ministère des Ports", "Ministère des Ports"),
        ("Все права защищены Министерство портов", "Министерство портов"),
    ],
)
def test_the_words_for_rights_part_the_holder_from_the_rest(line: str, holder: str) -> None:
    page = html(f"<h1>{HEADLINE}</h1>{PROSE}<footer><p>{line}</p></footer>", title=HEADLINE)
    assert read(page).weak_agency == holder


def test_a_first_publication_in_the_metadata_is_a_date_of_issue() -> None:
    head = f"<meta name='DCSext.article_firstpublished' content='{DATE}'>"
    draft = read(html(f"<h1>{HEADLINE}</h1><p>{FIRST}</p>", head))
    assert draft.dates[0].date == DATE


def test_a_date_in_the_metadata_may_count_seconds() -> None:
    head = "<meta name='publish_date' content='1714737600'>"
    draft = read(html(f"<h1>{HEADLINE}</h1><p>{FIRST}</p>", head))
    assert draft.dates[0].date == DATE


@pytest.mark.parametrize("name", ["港务局办公室", "港务局信息中心", "东港航海学会"])
def test_an_office_behind_a_label_for_sources_may_be_called_otherwise(name: str) -> None:
    text = "港务局星期五重新开放东码头，渡轮星期一恢复停靠，修理历时九周，票价不变。"
    page = html(f"<h1>码头重新开放的消息</h1><p>来源：{name}</p><p>{text}</p>", lang="zh")
    assert read(page).stated_agency == name
