"""Hong Kong's gazetteer: on real pages where they are, and left alone by other governments."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from index.agencies.gazetteer import Gazetteer, load_gazetteers
from index.release import UNATTRIBUTED
from tests.index.agencies.aldmark import found

SHARED = Path(__file__).parents[4] / "shared" / "data"
real = pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages (../shared) are not here")


@real
def test_real_hong_kong_pages() -> None:
    right, wrong = 0, []
    for line in (SHARED / "hk" / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        headline, body = _page(SHARED / "hk" / "pages" / truth["page"])
        given_ = {"place": "Hong Kong", "gazetteers": load_hong_kong()}
        attribution = found(headline, body, language=truth["lang"], **given_)
        name = None if attribution.agency == UNATTRIBUTED else attribution.agency.name
        if name in truth["agency_acceptable"]:
            right += 1
        else:
            wrong.append((truth["page"], name))
    assert right >= 67, wrong


@real
@pytest.mark.parametrize("place", ["Hong Kong", None])
def test_real_newswire_seeds(place: str | None) -> None:
    (path,) = (SHARED / "seeds").glob("*.txt")
    parts = re.split(r"^Hong Kong – ", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    lines = (SHARED / "seeds" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    for part, line in zip(parts, lines, strict=True):
        headline, body = part.split("\n", 1)[0], re.split(r"\*{20,}", part)[1].strip()
        attribution = found(headline, body, place=place, gazetteers=load_hong_kong())
        assert attribution.agency.name == json.loads(line)["agency"]


@cache
def load_hong_kong() -> tuple[Gazetteer, ...]:
    return tuple(each for each in load_gazetteers() if each.name == "Hong Kong")


def _page(path: Path) -> tuple[str, str]:
    """Headline and body of a page, without what the page's reader leaves out."""
    soup = BeautifulSoup(path.read_bytes(), "lxml")
    headline, body = soup.select_one("#PRHeadlineSpan"), soup.select_one("span#pressrelease")
    assert headline is not None
    assert body is not None
    for each in body.select(".controlDisplay2, .mB15.f15"):
        each.decompose()
    for each in body.find_all("br"):
        each.replace_with("\n")
    return headline.get_text(), re.sub(r"\n\s*\n", "\n\n", body.get_text()).strip()


@pytest.mark.parametrize(
    "headline",
    ["Customs agreement with Norland", "Police open a new station", "Department of Health moves"],
)
def test_hong_kongs_gazetteer_leaves_other_governments_alone(headline: str) -> None:
    body = "The agreement was signed today. Customs and police officers said so."
    attribution = found(headline, body, place=None, gazetteers=load_hong_kong())
    assert attribution.agency == UNATTRIBUTED
