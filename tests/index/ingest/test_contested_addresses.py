"""Different releases are different, whatever address they claim; versions of one are one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.builder import BuildOptions, build
from index.ingest.contested_addresses import are_different, overlap
from index.ingest.report import Report
from index.stores.folder import FolderStore

PIERS = (
    (
        "Pier reopens",
        "The east pier is open again after nine weeks of repairs to its planks.",
        "04",
    ),
    ("Ferry fares rise", "A crossing costs five crowns from the first of next month on.", "05"),
    ("Fog horn silenced", "The old horn of the lighthouse was heard last on Sunday night.", "05"),
)
LIST = "https://port.example/news"


def page(headline: str, body: str, day: str, *, url: str = LIST) -> str:
    return (
        f"<title>{headline}</title><meta property='og:url' content='{url}'>"
        f"<meta name='date' content='2024-03-{day}'><h1>{headline}</h1><p>{body}</p>"
        "<p>The Harbour Office said so on its board at the head of the pier.</p>"
    )


def record(headline: str, body: str, day: str, *, url: str = LIST) -> dict[str, str]:
    return {"headline": headline, "body": body, "date": f"2024-03-{day}", "url": url}


def feed(*items: tuple[str, str, str], link: str) -> str:
    written = "".join(
        f"<item><title>{headline}</title><link>{link.format(number)}</link>"
        f"<description>{body}</description><pubDate>2024-03-{day}</pubDate></item>"
        for number, (headline, body, day) in enumerate(items)
    )
    return f"<rss><channel><title>Port</title><link>{LIST}</link>{written}</channel></rss>"


class Desk:
    """A folder of documents with its index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "documents"
        self.folder.mkdir()
        self.store = FolderStore(folder / "index")

    def put(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def index(self, *, prune: bool = False) -> Report:
        return build([self.folder], self.store, BuildOptions(workers=1, prune=prune))

    def held(self) -> list[str]:
        return sorted(entry.release.headline for entry in self.store.entries())

    def id_of(self, headline: str) -> str:
        (found,) = [
            entry.release.id for entry in self.store.entries() if entry.release.headline == headline
        ]
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


ALL = sorted(headline for headline, _, _ in PIERS)


def test_pages_that_share_an_address(desk: Desk) -> None:
    for number, each in enumerate(PIERS):
        desk.put(f"{number}.html", page(*each))
    report = desk.index()
    assert desk.held() == ALL
    assert report.conflicts.total == 0
    assert any("address" in line["note"] for line in report.notes.first)


@pytest.mark.parametrize("link", [LIST, LIST + "#{}", LIST + "?sid={}", LIST + "/?sessionid={}#x"])
def test_items_of_a_feed_that_link_to_one_page(desk: Desk, link: str) -> None:
    desk.put("feed.xml", feed(*PIERS, link=link))
    desk.index()
    assert desk.held() == ALL


@pytest.mark.parametrize("name", ["r.json", "r.jsonl"])
def test_records_with_one_address(desk: Desk, name: str) -> None:
    records = [record(*each) for each in PIERS]
    lines = "\n".join(map(json.dumps, records))
    desk.put(name, json.dumps(records) if name == "r.json" else lines)
    desk.index()
    assert desk.held() == ALL


def test_bulletins_of_several_days_under_one_headline(desk: Desk) -> None:
    text = "Air quality is good today and moderate in the harbour, the board says: {}."
    records = [record("Air quality", text.format(day), f"0{day}") for day in range(1, 8)]
    desk.put("r.json", json.dumps(records))
    desk.index()
    assert len(desk.held()) == 7


def test_pages_of_neighbouring_days_under_one_headline(desk: Desk) -> None:
    """One of three daily forecasts replaced the others: their addresses and headlines are one."""
    texts = (
        "Wind from the north brings rain to the bay, and small boats stay in the harbour today. ",
        "Sunny spells are likely over all islands; swimmers find the water warm and quiet. ",
        "A thick fog covers piers and lighthouses; ferries go at half speed until it lifts. ",
    )
    for number, text in enumerate(texts):
        desk.put(f"{number}.html", page("Weather", text * 8, f"0{4 + number}"))
    desk.index()
    assert desk.held() == ["Weather"] * 3


def test_the_same_text_twice_is_one(desk: Desk) -> None:
    desk.put("r.json", json.dumps([record(*PIERS[0])] * 2))
    desk.put("s.json", json.dumps([record(*PIERS[0])]))
    desk.index()
    assert desk.held() == ["Pier reopens"]


def test_a_feed_that_is_written_anew_keeps_what_it_held(desk: Desk) -> None:
    """Day by day another item links to the list; without --prune nothing is lost."""
    for each in PIERS:
        desk.put("feed.xml", feed(each, link=LIST))
        desk.index()
    assert desk.held() == ALL


def test_days_do_as_one_run_does(tmp_path: Path) -> None:
    slowly, at_once = Desk(tmp_path), Desk(tmp_path / "documents")
    for number, each in enumerate(PIERS):
        slowly.put(f"{number}.html", page(*each))
        slowly.index()
    for number, each in enumerate(PIERS):
        at_once.put(f"{number}.html", page(*each))
    at_once.index()
    assert slowly.held() == at_once.held() == ALL
    for headline in ALL:
        assert slowly.id_of(headline) == at_once.id_of(headline)
    again = slowly.index()
    assert (again.added, again.updated, again.removed) == (0, 0, 0)


def test_an_address_that_was_shown_still_leads_to_its_release(desk: Desk) -> None:
    desk.put("0.html", page(*PIERS[0]))
    desk.index()
    old = desk.id_of("Pier reopens")
    desk.put("1.html", page(*PIERS[1]))
    desk.index()
    assert desk.id_of("Pier reopens") != old
    aliases = {
        alias: entry.release.headline
        for entry in desk.store.entries()
        for alias in entry.release.aliases
    }
    assert aliases == {old: "Pier reopens"}


@pytest.mark.parametrize(
    ("headline", "body", "day"),
    [
        ("Pier reopens", PIERS[0][1] + " Ferries call again.", "04"),  # more text
        ("East pier reopens", PIERS[0][1], "04"),  # another headline
        ("Pier reopens", PIERS[0][1].replace("nine", "ten"), "08"),  # another day
    ],
)
def test_a_page_that_was_corrected_is_one_release(
    desk: Desk, headline: str, body: str, day: str
) -> None:
    desk.put("0.html", page(*PIERS[0]))
    desk.index()
    old = desk.id_of("Pier reopens")
    desk.put("0.html", page(headline, body, day))
    assert desk.index().updated == 1
    assert desk.held() == [headline]
    assert desk.id_of(headline) == old


def test_a_feed_that_names_a_page_is_that_page(desk: Desk) -> None:
    headline, body, _ = PIERS[0]
    url = "https://port.example/news/4"
    desk.put("a.html", page(*PIERS[0], url=url))
    desk.put("feed.xml", feed((headline, body[:40], "05"), link=url))
    desk.index()
    assert desk.held() == [headline]


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("News: Pier reopens", "What guests of the quay need to know."),
        ("Pier reopens on Monday", "Nine weeks of works are over."),
    ],
)
def test_a_feed_that_says_it_in_words_of_its_own_is_its_page(
    desk: Desk, title: str, summary: str
) -> None:
    url = "https://port.example/news/4"
    desk.put("a.html", page(*PIERS[0], url=url))
    desk.put("feed.xml", feed((title, summary, "05"), link=url))
    desk.index()
    assert desk.held() == ["Pier reopens"]


def test_a_feed_of_something_else_is_not_the_page_that_it_links_to(desk: Desk) -> None:
    desk.put("a.html", page(*PIERS[0]))
    desk.put("feed.xml", feed(PIERS[1], link=LIST))
    desk.index()
    assert desk.held() == ["Ferry fares rise", "Pier reopens"]


def test_an_address_of_several_releases_says_nothing_of_another_host(desk: Desk) -> None:
    """The page of a second site was added once more when it was corrected, as its path was one
    that two releases of a first site shared."""
    for number, each in enumerate(PIERS):
        desk.put(f"{number}.html", page(*each))
    elsewhere = "https://tides.example/news"
    _, body, day = PIERS[0]
    desk.put("tides.html", page("Tides of March", body, day, url=elsewhere))
    desk.index()
    desk.put(
        "tides.html", page("Tides of March", f"{body} One tide was wrong.", day, url=elsewhere)
    )
    report = desk.index()
    assert (report.added, report.updated) == (0, 1)
    assert desk.held() == sorted([*ALL, "Tides of March"])


def test_pruned_releases_of_a_contested_address_go(desk: Desk) -> None:
    for number, each in enumerate(PIERS):
        desk.put(f"{number}.html", page(*each))
    desk.index()
    (desk.folder / "1.html").unlink()
    assert desk.index(prune=True).removed == 1
    assert desk.held() == sorted({*ALL} - {"Ferry fares rise"})


@given(st.text(max_size=200), st.text(max_size=200))
def test_overlap_is_a_share(one: str, other: str) -> None:
    assert 0 <= overlap(one, other) == overlap(other, one) <= 1
    assert overlap(one, one) == 1


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("a b c d e", "a b c d e f g", 1.0),
        ("a b c d", "w x y z", 0.0),
        ("港務局今日重開東面碼頭渡輪照常", "港務局今日重開東面碼頭", 1.0),
        ("港務局今日重開東面碼頭", "天文台發出大霧警告請市民留意", 0.0),
    ],
)
def test_overlap(one: str, other: str, share: float) -> None:
    assert overlap(one, other) == share


def test_days_that_are_not_known_part_nothing() -> None:
    one = {"headline": "A", "body": "x y z w v", "date": "2024"}
    assert not are_different(one, {**one, "date": "2024-03-05"}, same_document=True)
