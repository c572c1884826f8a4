"""The gazetteer format: what is read, what is refused and with which words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.agencies.gazetteer import comparable, load_gazetteer, load_gazetteers
from index.agencies.gazetteer_file import MAX_BODIES, MAX_FILE_BYTES, MAX_FORM
from index.errors import LimitError, UnreadableError
from index.release import Agency
from index.text.cleaning import clean_line


def write(folder: Path, **changes: Any) -> Path:
    record = {
        "name": "Aldmark",
        "places": ["Aldmark"],
        "bodies": [
            {"slug": "harbours", "names": {"en": "Harbour Department", "zh-Hant": "海港署"}},
            {"slug": "pilots", "names": {"en": "Pilot Office"}, "roll_up_to": "harbours"},
        ],
    }
    path = folder / "aldmark.json"
    path.write_text(json.dumps(record | changes, ensure_ascii=False), encoding="utf-8")
    return path


def body(**fields: Any) -> list[dict[str, Any]]:
    return [{"slug": "harbours", "names": {"en": "Harbour Department"}} | fields]


def test_units_are_filed_under_the_body_they_roll_up_to(tmp_path: Path) -> None:
    gazetteer = load_gazetteer(write(tmp_path))
    assert gazetteer.bodies["pilots"].agency == Agency("harbours", "Harbour Department")
    assert gazetteer.bodies["pilots"].slug == "pilots"


def test_given_files_go_before_the_shipped_ones(tmp_path: Path) -> None:
    names = [gazetteer.name for gazetteer in load_gazetteers([write(tmp_path)])]
    assert names[0] == "Aldmark"
    assert "Hong Kong" in names[1:]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"bodys": []}, "the field `bodys` is not known"),
        ({"places": []}, "`places` must be a list of texts, at least one"),
        ({"name": ""}, "`name` must be"),
        ({"bodies": []}, "`bodies` must be a list with at least one body"),
        ({"bodies": ["x"]}, "body 1 must be an object"),
        ({"government": "crown"}, "`government` must be the slug of one of the bodies"),
        ({"bodies": body(slug="Harbour Dept")}, "body 1 (Harbour Dept): `slug` must be"),
        ({"bodies": body(names={})}, "body 1 (harbours): `names` must map"),
        ({"bodies": body(colour="red")}, "body 1 (harbours): the field `colour` is not known"),
        ({"bodies": body(also="Port")}, "body 1 (harbours): `also` must be a list"),
        (
            {"bodies": body(also=["x" * (MAX_FORM + 1)])},
            "`also` must be a list of texts of at most",
        ),
        ({"bodies": body(parent="crown")}, "`parent` names `crown`, which is not the slug"),
        ({"bodies": body(successors=["crown"])}, "`successors` names `crown`"),
        ({"bodies": body(valid_to="last year")}, "`valid_to` must be a date"),
        ({"bodies": body(not_before={"Harbour": ["x"]})}, "`not_before` names `Harbour`"),
        ({"bodies": body(deciding=["x"])}, "`deciding` must map a form"),
        ({"bodies": body(unmistakable="yes")}, "`unmistakable` must be true or false"),
        ({"bodies": body() + body()}, "the slug `harbours` stands at 2 bodies"),
        ({"bodies": body(roll_up_to="harbours")}, "`roll_up_to` leads back to the body itself"),
        ({"genres": [{"headlines": ["Tides"]}]}, "genre 1 must have the fields"),
        ({"genres": [{"headlines": ["Tides"], "agency": "crown"}]}, "genre 1: `agency` must be"),
    ],
)
def test_what_breaks_the_format_is_named(
    tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    path = write(tmp_path, **changes)
    with pytest.raises(UnreadableError) as raised:
        load_gazetteer(path)
    assert sentence in str(raised.value)
    assert str(path) in str(raised.value)


def test_all_problems_of_a_file_are_told_up_to_a_limit(tmp_path: Path) -> None:
    bodies = [{"slug": f"body-{number}", "names": {}} for number in range(30)]
    with pytest.raises(UnreadableError) as raised:
        load_gazetteer(write(tmp_path, bodies=bodies))
    lines = str(raised.value).splitlines()
    assert "body 20 (body-19)" in lines[19]
    assert lines[20].endswith("10 more problems.")


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, '"x"', "\x00"])
def test_what_is_no_json_object_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"bad\.json"):
        load_gazetteer(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"none\.json cannot be read"):
        load_gazetteer(tmp_path / "none.json")


def test_limits(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (MAX_FILE_BYTES + 1))
    with pytest.raises(LimitError, match="8,000,000 bytes"):
        load_gazetteer(large)
    with pytest.raises(LimitError, match="20,000 bodies"):
        load_gazetteer(write(tmp_path, bodies=[{}] * (MAX_BODIES + 1)))


def test_comparing_keeps_case_and_length_and_folds_the_rest() -> None:
    text = "  The\u00a0Chief’s\u200b\n 衞生署（ＨＡ）ﬁ  "
    assert len(comparable(text)) == len(clean_line(text))
    assert comparable(text).startswith("The Chief's 卫生署(HA)")
    assert comparable("衛生署") == comparable("衞生署") == comparable("卫生署")


def test_hong_kongs_gazetteer_knows_units_languages_and_times() -> None:
    (gazetteer,) = [each for each in load_gazetteers() if each.name == "Hong Kong"]
    assert gazetteer.government == Agency("hksar-government", "HKSAR Government")
    assert len(gazetteer.bodies) >= 300
    for form, slug in [
        ("tai po district office", "home-affairs-department"),
        ("queen mary hospital", "hospital-authority"),
        ("independent checking unit", "housing-bureau"),
        (comparable("食物環境衞生署"), "food-and-environmental-hygiene-department"),
        ("centre for health protection", "centre-for-health-protection"),
    ]:
        assert {found.body.agency.slug for found in gazetteer.exact[form]} == {slug}
