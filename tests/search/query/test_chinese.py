"""Chinese questions: runs are a phrase or all their words, numerals meet digits, marks are no words."""

from __future__ import annotations

import pytest

from index.release import Agency
from search import SearchRequest
from search.query.segmentation import words_of_run
from tests.search.search_corpus import Opened, ids_found, make

RELEASES = {
    "together": ("北岸碼頭火警調查", "消防處就北岸碼頭火警展開調查。"),
    "apart": ("消防處公布", "昨晚北岸一處碼頭發生火警，無人受傷。"),
    "name": ("北岸新聞", "碼頭重開，渡輪恢復服務。"),
    "year": ("二零二五年施政報告", "二零二五年的撥款為三億元，較去年多三千五百萬元。"),
    "digits": ("2025年施政報告", "2025年的撥款為3億元，較去年多3,500萬元。"),
    "title": ("《施政報告》公布", "《北岸報》刊登《施政報告》全文。"),
    "day": ("新規定", "二○二三年十月一日起執行新規定。"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("北岸碼頭", {"together", "apart", "name"}),
        ("北岸碼頭火警", {"together", "apart"}),
        ("北岸 碼頭 火警", {"together", "apart"}),
        ("碼頭的火警", {"together", "apart"}),
        ("码头火警", {"together", "apart"}),
        ('"北岸碼頭火警"', {"together"}),
        ("火", {"together", "apart"}),
        ("警", {"together", "apart"}),
        ("岸", {"together", "apart", "name", "title"}),
        ("二零二五年", {"year", "digits"}),
        ("2025年", {"year", "digits"}),
        ("2025", {"year", "digits"}),
        ("三億", {"year", "digits"}),
        ("3億", {"year", "digits"}),
        ("三億元", {"year", "digits"}),
        ("3,500萬", {"year", "digits"}),
        ("三千五百萬元", {"year", "digits"}),
        ("2023年10月1日", {"day"}),
        ("二零二三年", {"day"}),
        ("《施政報告》", {"year", "digits", "title"}),
        ("施政報告", {"year", "digits", "title"}),
        ("《北岸報》《施政報告》", {"title"}),
        ("「施政報告」", {"year", "digits", "title"}),
        ("碼頭 -調查", {"apart", "name"}),
        ("誰是施政報告", {"year", "digits", "title"}),
        ("headline:火警調查", {"together"}),
    ],
)
def test_what_is_found(opened: Opened, typed: str, found: set[str]) -> None:
    engine = opened([make(name, *texts, language="zh-Hant") for name, texts in RELEASES.items()])
    assert ids_found(engine, typed) == found


ORDINALS = {
    "numeral": "第三階段工程展開。",
    "digit": "第3階段工程展開。",
    "spaced": "第 3 階段工程展開。",
    "apart": "第一名的三個階段；3人談第三者。",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("第三階段", {"numeral", "digit", "spaced"}),
        ("第3階段", {"numeral", "digit", "spaced"}),
        ("第三期", set()),
        ("第三者", {"apart"}),
        ("第一", {"apart"}),
        ('"第三階段"', {"numeral"}),
    ],
)
def test_an_ordinal_is_a_number_whatever_it_counts(
    opened: Opened, typed: str, found: set[str]
) -> None:
    engine = opened([make(name, "…", text, language="zh-Hant") for name, text in ORDINALS.items()])
    request = SearchRequest(typed, match="strict")
    assert {hit.release.id for hit in engine.every_hit(request)} == found


COUNTED = {
    "month": "於十一月開始，上午十時開放。",
    "day": "昨日（十一月二十九日）升為五級火警。",
    "digits": "11月29日上午10時升為5級火警。",
    "apart": "十人於5月到億和路，時間為11號下午；該級人員共2名，撥款三億元。",
    "name": "孫玉菡會見傳媒。",
    "others": "孫先生談玉器和菡萏。",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("11月", {"month", "day", "digits"}),
        ("十一月", {"month", "day", "digits"}),
        ("１１月", {"month", "day", "digits"}),
        ("29日", {"day", "digits"}),
        ("二十九日", {"day", "digits"}),
        ("10時", {"month", "digits"}),
        ("上午10時", {"month", "digits"}),
        ("十時", {"month"}),
        ("5級火警", {"day", "digits"}),
        ("五級火警", {"day"}),
        ("兩億", set()),
        ("2億", set()),
        ("3億", {"apart"}),
        ("三億", {"apart"}),
        ("2名", {"apart"}),
        ("孫玉菡", {"name"}),
    ],
)
def test_a_number_stands_before_what_it_counts(opened: Opened, typed: str, found: set[str]) -> None:
    """A number here and a character there is none of it; nor are the characters of a name."""
    engine = opened([make(name, "…", text, language="zh-Hant") for name, text in COUNTED.items()])
    request = SearchRequest(typed, match="strict")
    assert {hit.release.id for hit in engine.every_hit(request)} == found


def test_a_month_of_a_year_that_no_release_has_is_loosened_to_the_month(opened: Opened) -> None:
    """Not to any number, nor to any month."""
    engine = opened([make(name, "…", text, language="zh-Hant") for name, text in COUNTED.items()])
    for typed in ("2019年11月", "11月 2019年"):
        results = engine.search(SearchRequest(typed))
        assert {hit.release.id for hit in results.hits} == {"month", "day", "digits"}
        assert {hit.lacks for hit in results.hits} == {("2019年",)}


def test_korean_words_stay_whole_and_names_lose_their_particles(opened: Opened) -> None:
    """Pairs of characters here and there are no word, nor is a particle by itself."""
    port = Agency("port", "북안항만청")
    engine = opened(
        [
            make("name", "…", "북안항만청이 다리를 고친다.", language="ko", agency=port),
            make("word", "…", "장애가 발생했다고 밝혔다.", language="ko"),
            make("pairs", "…", "서명했다. 고생했고 수리한다고 한다. 발생, 생했.", language="ko"),
        ]
    )
    (named,) = engine.search(SearchRequest("북안항만청은", match="strict")).hits
    assert named.release.id == "name"
    assert named.snippets[0].startswith("<mark>북안항만청</mark>이 다리를")
    (hit,) = engine.search(SearchRequest("발생했다고", match="strict")).hits
    assert hit.release.id == "word"


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("火", ["火", "火"]),
        ("碼頭火警", ["碼頭火警", "碼頭火警"]),
        ("3億", ["三億"]),
        ("二零二五", ["二零二五", "二零二五"]),
    ],
)
def test_what_is_marked(opened: Opened, typed: str, marked: list[str]) -> None:
    name = "year" if typed in ("3億", "二零二五") else "together"
    headline, body = RELEASES[name]
    engine = opened([make(name, headline, body, language="zh-Hant")])
    (hit,) = engine.search(SearchRequest(typed)).hits
    html = " ".join([hit.headline_html, *hit.snippets])
    assert [part.partition("</mark>")[0] for part in html.split("<mark>")[1:]] == marked


def test_as_it_stands_comes_before_its_words_apart(opened: Opened) -> None:
    engine = opened([
        make("apart", "公布", "碼頭昨晚關閉，另有一宗火警。", language="zh-Hant"),
        make("together", "公布", "昨晚關閉，另有一宗碼頭火警。", language="zh-Hant"),
    ])  # fmt: skip
    hits = engine.search(SearchRequest("碼頭火警")).hits
    assert [hit.release.id for hit in hits] == ["together", "apart"]


def test_any_of_the_words_ranks_by_those_that_tell(opened: Opened) -> None:
    """哪 and 的 are in all questions; what they ask about is in few texts."""
    engine = opened([
        *(make(f"n{n}", "哪一個是新的", "哪一個部門是新的？" * 3, language="zh-Hant") for n in range(3)),
        make("ferry", "渡輪", "渡輪由運輸署管理。", language="zh-Hant"),
    ])  # fmt: skip
    hits = engine.search(SearchRequest("哪一個部門管理渡輪？", match="any")).hits
    assert hits[0].release.id == "ferry"


def test_particles_are_not_among_what_is_lacking(opened: Opened) -> None:
    engine = opened([make("a", *RELEASES["apart"], language="zh-Hant")])
    results = engine.search(SearchRequest("北岸的渡輪在什麼碼頭"))
    assert [hit.lacks for hit in results.hits] == [("渡輪",)]


def test_a_run_across_others_is_loosened_word_by_word(opened: Opened) -> None:
    engine = opened([make("a", *RELEASES["apart"], language="zh-Hant")])
    results = engine.search(SearchRequest("北岸火警 賠償方案"))
    assert (results.total, results.loosened_total) == (0, 1)


@pytest.mark.parametrize("match", ["all", "any"])
def test_words_of_a_run_near_each_other_come_first(opened: Opened, match: str) -> None:
    between = "無人受傷交通如常天氣晴朗渡輪照常行駛"
    engine = opened(
        [
            make("a-far", "", f"北岸{between}。舊碼頭。", language="zh-Hant"),
            make("b-near", "", f"{between}。北岸舊碼頭。", language="zh-Hant"),
        ]
    )
    hits = engine.search(SearchRequest("北岸碼頭", match=match)).hits
    assert [hit.release.id for hit in hits] == ["b-near", "a-far"]


def test_names_of_agencies_stay_whole_unless_other_words_hold_them() -> None:
    def words(name: str) -> list[str]:
        return [each.text for each in words_of_run("海港开放日", (Agency("office", name),))]

    assert "港开放" in words("港开放")
    assert "港开" not in words("港开")  # the end of one word and the beginning of the next


TEN_THOUSANDS = {
    "numerals": "每戶獲發五萬元津貼。",
    "mixed": "每戶獲發5萬元津貼。",
    "figures": "每戶獲發50,000元津貼。",
    "hundreds": "合共1億5,000萬元。",
    "decimal": "合共1.5億元。",
    "in full": "合共150,000,000元。",
    "thousands": "合共15,000萬元。",
    "other": "50,000人領取5元。",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        *((typed, {"numerals", "mixed", "figures"}) for typed in ("50,000元", "5萬元", "五萬元")),
        ("50,000元津貼", {"numerals", "mixed", "figures"}),
        *((typed, {"decimal", "in full", "thousands"}) for typed in ("1.5億元", "150,000,000元")),
        ("15,000万元", {"decimal", "in full", "thousands"}),
        ("5萬人", {"other"}),
        ("50,001元", set()),
    ],
)
def test_ten_thousands_in_words_are_those_in_figures(
    opened: Opened, typed: str, found: set[str]
) -> None:
    written = [make(name, "", text, language="zh-Hant") for name, text in TEN_THOUSANDS.items()]
    assert ids_found(opened(written), typed, match="strict") == found
