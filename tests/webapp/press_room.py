"""Releases of an invented island, some hostile, for looking at every page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.facet_table import Facet
from index.release import Agency, Column, Photo, Release, Translation
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release

HARBOUR = Agency("harbour-office", "Harbour Office")
WATER = Agency("water-board", "Water Board")
HEALTH = Agency("ministry-of-health-and-food", "Ministry of Health & Food")
HOSTILE = Agency("x-script", 'Office of <script>alert("x")</script>')
FIRST_INDEXED = "2024-06-01T08:00:00Z"


def press_room() -> list[Release]:
    """All the releases; the plain ones are enough to page through and to count."""
    return [*_plain(), *_telling(), *_hostile()]


def by_id() -> dict[str, Release]:
    """The releases of the press room by their ids."""
    return {release.id: release for release in press_room()}


def write(folder: Path, releases: list[Release], facets: Sequence[Facet] = ()) -> None:
    """An index of the releases, as the builder writes it."""
    store = FolderStore(folder, facets=facets)
    with store.writing():
        store.apply((), [stored_release(release, FIRST_INDEXED) for release in releases])


def _plain() -> list[Release]:
    subjects = ("ferry", "reservoir", "clinic")
    agencies = (HARBOUR, WATER, HEALTH)
    return [
        Release(
            id=f"R{number:03}",
            url=f"https://press.island.example/{number}",
            headline=f"Notice {number} on the {subjects[number % 3]} of the north shore",
            body=f"The office reports on the {subjects[number % 3]}.\n\n"
            f"Work number {number} begins at dawn and ends before the flood season. "
            "Residents of the north shore are asked to keep the road clear.",
            date=f"{2021 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}",
            date_precision="day",
            date_source="footer",
            issued_at=f"{2021 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}T10:30:00+08:00",
            agency=agencies[number % 3],
            agency_rule="json",
            language="en",
            source="json",
            source_file="notices.jsonl",
            extra=_extra(number),
        )
        for number in range(36)
    ]


TOPICS = ("Floods", "Health & food", "Roads, rail and canals")


def _extra(number: int) -> tuple[Column, ...]:
    """Every fourth has no topic, and of the others every third has two."""
    topics = TOPICS[number % 3 :][: 1 + (number % 3 == 0)]
    sheet = Column("sheet", (f"https://press.island.example/sheet/{number}",))
    return (Column("topic", topics), sheet) if number % 4 else (sheet,)


def _telling() -> list[Release]:
    return [
        Release(
            id="https://island.example/a?b=1#c",
            url="https://island.example/a?b=1#c",
            headline="New bridge opens (with photos)",
            body="The new bridge opened today.\n\n\tTwo lanes\n\tA path for walkers\n\n"
            "\vFirst the ribbon\n\vThen the cars\n\nMonth\tCars\nMay\t1,200\nJune",
            date="2023-06",
            date_precision="month",
            date_source="text",
            agency=HARBOUR,
            agency_rule="lead-attribution",
            language="en",
            photos=(
                Photo("https://island.example/p.jpg", "The bridge at dawn"),
                Photo("javascript:alert(1)", "A trap"),
            ),
            translations=(Translation("zh-Hant", "https://island.example/zh"),),
            aliases=("old-bridge",),
        ),
        Release(
            id="yearless",
            headline="Flood drill on the north shore",
            body="A flood drill takes place on the north shore.",
            date="--11-05",
            date_precision="month-day",
            date_source="text",
            agency=WATER,
            language="en",
        ),
        Release(
            id="undated",
            headline="Standing advice on wells",
            body="Boil the water of wells before you drink it.",
            language="en",
        ),
        Release(
            id="碼頭 1/50%",
            headline="海港處公布碼頭時間",
            body="海港處今日公布碼頭開放時間。",
            date="2023-06-26",
            date_precision="day",
            date_source="address",
            agency=HARBOUR,
            language="zh-Hant",
        ),
        *map(_of_a_shelter, range(2)),
        Release(id="..", headline="", body="A body alone.", date="2022", date_precision="year"),
    ]


def _of_a_shelter(number: int) -> Release:
    return Release(
        id=f"typhoon-{number}",
        headline=f"Typhoon shelter {('opens', 'closes')[number]}",
        body="Skippers may moor in the typhoon shelter at Heron Quay.",
        date=f"2022-08-1{number}",
        date_precision="day",
        agency=HARBOUR,
        language="en",
    )


def _hostile() -> list[Release]:
    return [
        Release(
            id='"><script>alert(1)</script>',
            url="javascript:alert(document.domain)",
            headline='<script>alert("headline")</script> flood & "quotes"',
            body='<img src=x onerror=alert(1)> flood <script>alert("body")</script>\n\n'
            "\t<b>item</b> \x0c ]]> &amp;\n\t\t<b>inner</b> flood\n\n\f\f<b>subheading</b> flood\n\n"
            "\f\t<i>quoted</i>\n\n\f\v<u>pier</u>    <br>\n\n\f<s>pier</s>\tboats\neast\t<p>12",
            date="2023-02-03",
            date_precision="day",
            date_source="<b>source</b>",
            agency=HOSTILE,
            agency_rule="<i>rule</i>",
            language='en" onload="x',
            photos=(Photo("data:text/html,x", "<script>photo</script>"),),
            translations=(Translation("en", "javascript:alert(2)"),),
            source_file="/srv/private/day.zip!in/<script>file</script>",
            extra=(Column("<b>topic</b>", ("<script>alert(3)</script>", "javascript:alert(4)")),),
        ),
        Release(
            id="=cmd",
            url="https://press.island.example/cmd",
            headline='=HYPERLINK("http://bad.example","flood")',
            body="A flood of formulas.",
            date="2023-02-04",
            date_precision="day",
            agency=Agency("plus", "+1 Agency"),
            language="en",
        ),
    ]
