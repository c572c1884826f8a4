"""An invented territory: its gazetteer, and the attribution of a release that is known to be its."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from index.agencies.attribution import Attribution, Hints, attribute
from index.agencies.gazetteer import Gazetteer, load_gazetteer

ALDMARK = {
    "name": "Aldmark",
    "places": ["Aldmark", "阿爾德"],
    "hosts": ["press.ald.example"],
    "marks": ["Aldmark", "阿爾德"],
    "government": "government",
    "genres": [{"headlines": ["Tide table for"], "agency": "harbours"}],
    "bodies": [
        {
            "slug": "government",
            "names": {"en": "Aldmark Government", "zh-Hant": "阿爾德政府"},
            "also": ["Government"],
            "short_forms": ["政府"],
            "not_after": {"政府": ["中央"]},
        },
        {
            "slug": "first-minister",
            "names": {"en": "First Minister's Office"},
            "holders": ["First Minister", "首席部長"],
            "holder_abbreviations": ["FM"],
            "not_before": {"First Minister": ["Designate"]},
        },
        {
            "slug": "harbours",
            "names": {"en": "Harbour Department", "zh-Hant": "海港署", "zh-Hans": "海港署"},
            "abbreviations": ["HarD", "HD"],
            "holders": ["Director of Harbours", "海港署署長"],
            "holder_abbreviations": ["DHar"],
            "deciding": {"HD": ["harbour", "ship"]},
        },
        {
            "slug": "heritage",
            "names": {"en": "Heritage Department", "zh-Hant": "文物署"},
            "abbreviations": ["HD"],
            "deciding": {"HD": ["temple", "museum"]},
        },
        {"slug": "pilots", "names": {"en": "Pilot Office"}, "roll_up_to": "harbours"},
        {
            "slug": "health",
            "names": {"en": "Health and Food Bureau", "zh-Hant": "衞生及食物局"},
            "holders": ["Secretary for Health and Food", "衞生及食物局局長"],
            "holder_abbreviations": ["SHF"],
            "unmistakable": True,
        },
        {"slug": "food", "names": {"en": "Food Bureau", "zh-Hant": "食物局"}},
        {
            "slug": "food-lab",
            "names": {"en": "Food Laboratory", "zh-Hant": "食物化驗中心"},
            "parent": "food",
        },
        {"slug": "police", "names": {"en": "Aldmark Police"}, "also": ["Police", "警方"]},
        {"slug": "customs", "names": {"en": "Aldmark Customs"}, "also": ["Customs", "海關"]},
        {
            "slug": "works-old",
            "names": {"en": "Bureau of Works"},
            "short_forms": ["工務局"],
            "valid_to": "2009-12-31",
        },
        {
            "slug": "works-new",
            "names": {"en": "Works and Transport Bureau"},
            "short_forms": ["工務局"],
            "valid_from": "2010-01-01",
        },
    ],
}


@cache
def aldmark() -> Gazetteer:
    return gazetteer_of(json.dumps(ALDMARK))


@cache
def gazetteer_of(text: str) -> Gazetteer:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "aldmark.json"
        path.write_text(text, encoding="utf-8")
        return load_gazetteer(path)


def found(
    headline: str,
    body: str,
    *,
    language: str = "en",
    gazetteers: Sequence[Gazetteer] | None = None,
    date: str | None = None,
    **known: Any,
) -> Attribution:
    """Attribution of a release that is known to be Aldmark's, unless `place` says otherwise."""
    hints = Hints(**{"place": "Aldmark", **known})
    own = (aldmark(),) if gazetteers is None else gazetteers
    return attribute(headline, body, language, hints, own, date)


def short(attribution: Attribution) -> tuple[str, str]:
    return attribution.agency.slug, attribution.rule
