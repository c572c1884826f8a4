"""A wget mirror of an invented ministry: its releases come in, each other page has its reason."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from index.sources import ReadOptions
from index.sources.draft import Refusal
from index.sources.reading import read_path
from tests.index.sources.page.test_standing_pages import FOOT, MENU, PROSE

NEWS = "".join(
    f"<li><a href='/news/{n}.html'>Harbour number {n} has a longer pier since this week</a> "
    f"<time>{n} May 2024</time></li>"
    for n in range(1, 9)
)
QUESTIONS = "".join(
    f"<h3>How do I pay the fee of harbour {n}?</h3><p>At its office.</p>" for n in range(5)
)
STANDING = {
    "index.html": ("Ministry of Ports", f"<h1>Ministry of Ports</h1>{PROSE}<ul>{NEWS}</ul>"),
    "about/index.html": ("About", f"<h1>About us</h1>{PROSE}"),
    "contact.html": ("Contact", f"<h1>Contact</h1>{PROSE}<p>Telephone 000 0000</p>"),
    "privacy.html": ("Privacy", f"<h1>Privacy policy</h1><p>Updated: 3 May 2024</p>{PROSE}"),
    "terms.html": ("Ministry of Ports", f"<h1>Terms of use</h1>{PROSE}"),
    "accessibility.html": ("Accessibility", f"<h1>Accessibility statement</h1>{PROSE}"),
    "vacancies.html": ("Vacancies", f"<h1>Current vacancies</h1>{PROSE}"),
    "minister.html": (
        "The Minister",
        (
            "<h1>Jo Sample</h1><p>Jo Sample was born at Easthaven and has been Minister of Ports since "
            f"2020.</p>{PROSE}"
        ),
    ),
    "faq.html": ("Questions", f"<h1>Entering a harbour</h1>{QUESTIONS}"),
    "404.html": ("Page not found", f"<h1>Page not found</h1>{PROSE}"),
    "news/index.html": ("News", f"<h1>News</h1><ul>{NEWS}</ul>"),
    "search?q=pier": ("Search", f"<h1>Search results for pier</h1><ul>{NEWS}</ul>"),
}
RELEASES = {f"news/{n}.html": f"Pier {n} reopens after nine weeks of repairs" for n in (1, 2, 3)}


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    pages = {
        name: (title, f"<h1>{title}</h1><p>{name[5]} May 2024</p>{PROSE}")
        for name, title in RELEASES.items()
    }
    for name, (title, body) in (STANDING | pages).items():
        file = tmp_path / "ports.example" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f"<!DOCTYPE html><html lang='en'><head><title>{title} | Ministry of Ports</title></head>"
            f"<body>{MENU}<main>{body}</main>{FOOT}</body></html>"
        )
    return tmp_path


def test_releases_of_a_mirror_come_in_and_nothing_else(mirror: Path) -> None:
    found = list(read_path(mirror, ReadOptions(), Counter()))
    refused = {each.where: each.reason for each in found if isinstance(each, Refusal)}
    read = [each.draft for each in found if not isinstance(each, Refusal)]
    assert sorted(draft.headline for draft in read) == sorted(RELEASES.values())
    assert {draft.weak_agency for draft in read} == {"Ministry of Ports"}
    assert {place.partition("ports.example/")[2] for place in refused} == set(STANDING)
    endings = ("not a release", "not a release; fetch its address again")
    assert all(reason.endswith(endings) for reason in refused.values()), refused
