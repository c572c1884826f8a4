"""Attribution: each rule and each trap, over an invented territory, and the real pages if present."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.agencies.attribution import ACTING, LEAD, MAX_MENTIONED, Hints, attribute
from index.agencies.gazetteer import Gazetteer
from index.agencies.mentions import SHORT_ABBREVIATION
from index.release import UNATTRIBUTED
from tests.index.agencies.aldmark import aldmark, found, gazetteer_of, short
from tests.timing import HOSTILE_RATIO, processor_time


@pytest.mark.parametrize(
    ("headline", "body", "slug", "rule"),
    [
        # R1: on whose behalf; the headline's own subject yields
        ("Police praise pilots", "The following is issued on behalf of the Harbour Department:\n\nX",
         "harbours", "issued-on-behalf"),
        ("潮汐", "下稿代海港署發出：\n\n警方表示", "harbours", "issued-on-behalf"),
        ("潮汐", "下稿代海港署發出︰\n\n警方表示", "harbours", "issued-on-behalf"),
        # R2: subject of the headline, or after `by`
        ("HarD opens quay", "Police said it is open.", "harbours", "headline-subject"),
        ("Remarks by SHF at dinner", "The First Minister opened the dinner.", "health",
         "headline-subject"),
        ("Transcript of FM's interview", "Here we are.", "first-minister", "headline-subject"),
        ("OPA and HarD sign agreement", "Both signed.", "harbours", "headline-subject"),
        ("Smuggled gin seized by Customs", "Police helped.", "customs", "headline-subject"),
        ("Storm: Police close roads", "Roads are closed.", "police", "headline-subject"),
        ("POLICE CLOSE ROADS", "ROADS ARE CLOSED.", "police", "headline-subject"),
        ("海港署署長視察碼頭", "首席部長今日表示歡迎。", "harbours", "headline-subject"),
        ("男子被海關拘捕", "一名男子被捕。", "customs", "headline-subject"),
        # R2 in the lead: whose words follow; a question's subject is not its issuer
        ("LCQ3: Police patrols", ("Following is a question by the Hon Ann Ash and a reply by the"
         " Secretary for Health and Food, Dr Bo, in the Council today:\n\nPolice said so."),
         "health", "lead-speaker"),
        ("立法會三題：警方巡邏", "以下是今日在立法會會議上陳議員的提問和衞生及食物局局長的答覆：\n\n警方表示",
         "health", "lead-speaker"),
        ("A word on tides", ("Following is the speech by the Director of Harbours, Ms Fay, at the"
         " dinner of Aldmark Police today:"), "harbours", "lead-speaker"),
        # R3: the lead attributes
        ("Quay closes", "A spokesman for the Harbour Department said today it closes.",
         "harbours", "lead-attribution"),
        ("Quay closes", "The Harbour Department (HarD) today (May 3) announced that it closes.",
         "harbours", "lead-attribution"),
        ("Quay closes", "The Director of Harbours, Ms Fay, said it closes.", "harbours",
         "lead-attribution"),
        ("Cake recalled", "The Food Laboratory (FL) of the Food Bureau announced a recall.",
         "food-lab", "lead-attribution"),
        ("Tides", "Figures were released by the Harbour Department today.", "harbours",
         "lead-attribution"),
        ("碼頭關閉", "海港署發言人今日（五月三日）表示碼頭關閉。", "harbours", "lead-attribution"),
        ("食品回收", "食物局食物化驗中心今日宣布回收。", "food-lab", "lead-attribution"),
        # R4: the government, unless a body's spokesman is named
        ("Government thanks all", ("A Government spokesman said thanks. The First Minister said so"
         " too."), "government", "government"),
        ("Government opens quay", ("The Government announced a quay. A spokesman for the Harbour"
         " Department said it is long."), "harbours", "lead-attribution"),
        ("Day of mourning", ("The Aldmark Government today mourned. The First Minister led"
         " officials."), "government", "government"),
        ("政府全力跟進", "政府發言人今日表示會跟進。", "government", "government"),
        # R5: the first that does something; not one that something is done to
        ("Boat sinks", ("The boat was towed to the Pilot Office. The Harbour Department received a"
         " call at noon."), "harbours", "first-acting"),
        ("Two jailed", "Two were jailed after an operation mounted by Customs.", "customs",
         "first-acting"),
        ("船隻沉沒", "市民向警方報案。海港署今日中午接獲報告。", "harbours", "first-acting"),
        # R6 and nothing
        ("Tide table for May", "High water is at noon.", "harbours", "genre"),
        ("Flag lowering cancelled", "It rains.", "unattributed", "none"),
        ("Boat found", "A boat was found near the Harbour Department.", "unattributed", "none"),
    ],
)  # fmt: skip
def test_rules(headline: str, body: str, slug: str, rule: str) -> None:
    assert short(found(headline, body)) == (slug, rule)


@pytest.mark.parametrize(
    ("headline", "body", "slug"),
    [
        # names inside names: the longest wins
        ("Health and Food Bureau opens clinic", "It is open.", "health"),
        ("衞生及食物局開設診所", "診所開放。", "health"),
        ("卫生及食物局开设诊所", "诊所开放。", "health"),
        ("衛生及食物局開設診所", "診所開放。", "health"),
        # apostrophes, ampersands, width, invisible characters
        ("First Minister’s Office opens", "It is open.", "first-minister"),
        ("Health & Food Bureau opens", "It is open.", "health"),
        ("\u200bＨａｒＤ opens", "It is open.", "harbours"),
        # another government's body of the same name
        ("Norland Customs seizes gin", "It did.", "unattributed"),
        ("Customs of Norland seizes gin", "It did.", "unattributed"),
        ("First Minister Designate speaks", "She did.", "unattributed"),
        ("中央政府宣布", "中央政府今日宣布。", "unattributed"),
        ("下周訪問", "下周代表團訪問海港署。", "unattributed"),
        ("Policeman of the year", "Anne it is.", "unattributed"),
        ("The police of the future", "Essay.", "unattributed"),
        # a title that goes on names the body that it goes on with
        ("Gala", "The First Minister of the Harbour Department said hello.", "harbours"),
    ],
)
def test_traps(headline: str, body: str, slug: str) -> None:
    assert found(headline, body).agency.slug == slug


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ("The Heritage Department (HD) will open the harbour to every ship.", "heritage"),
        ("The Harbour Department (HD) will open the temple museum.", "harbours"),
        ("Every ship in the harbour may come.", "harbours"),
        ("The temple is open, and so is the museum.", "heritage"),
        ("High Definition (HD) pictures of every ship are shown.", "unattributed"),
        ("Nothing decides.", "unattributed"),
        ("A ship is in the museum.", "unattributed"),
    ],
)
def test_an_ambiguous_abbreviation_is_decided_by_definition_then_words(
    body: str, slug: str
) -> None:
    assert found("HD opens doors", body).agency.slug == slug


@pytest.mark.parametrize(
    ("date", "slug"),
    [("2005-03-01", "works-old"), ("2010-01", "works-new"), ("2020", "works-new"),
     (None, "works-new"), ("--03-01", "works-new")],
)  # fmt: skip
def test_bodies_of_one_name_are_told_apart_by_date(date: str | None, slug: str) -> None:
    assert found("工務局修路", "修路。", date=date).agency.slug == slug


def test_a_short_abbreviation_counts_in_a_body_only_where_it_is_defined() -> None:
    assert found("Quay opens", "FM said so.").agency == UNATTRIBUTED
    assert found("Quay opens", "The First Minister (FM) is away. FM said so.").agency.slug == (
        "first-minister"
    )


def test_a_unit_rolls_up_and_is_kept_as_stated() -> None:
    attribution = found("Pilot Office moves", "It moved.")
    assert attribution.agency.name == "Harbour Department"
    assert attribution.as_stated == "Pilot Office"


def test_others_that_act_are_mentioned_and_bare_references_are_not() -> None:
    body = (
        "The Harbour Department said the quay is open.\n\n"
        "The Food Bureau will feed all. Call the Heritage Department. Police closed the road."
    )
    mentioned = [agency.slug for agency in found("Quay opens", body).mentioned]
    assert mentioned == ["food", "police"]


def test_mentions_are_capped() -> None:
    bodies = [{"slug": f"b-{n}", "names": {"en": f"Bureau {n:03d}"}} for n in range(40)]
    gazetteer = gazetteer_of(json.dumps({"name": "Tirn", "places": ["Tirn"], "bodies": bodies}))
    body = " ".join(f"Bureau {n:03d} said so." for n in range(40))
    attribution = found("Bureau 000 speaks", body, place="Tirn", gazetteers=(gazetteer,))
    assert len(attribution.mentioned) == MAX_MENTIONED


def test_metadata_wins_and_takes_the_gazetteers_name() -> None:
    known = {"stated": " HARBOUR\u00a0Department ", "stated_rule": "json-ld"}
    attribution = found("Police close roads", "Police said so.", **known)
    assert attribution.agency == ("harbours", "Harbour Department")
    assert attribution.rule == "json-ld"
    assert found("X", "Y", stated="Ministry  of Tides", stated_rule="json").agency == (
        "ministry-of-tides", "Ministry of Tides",
    )  # fmt: skip


def test_a_stated_name_of_another_place_stays_as_stated() -> None:
    attribution = found("X", "Y", stated="Police", stated_rule="json", place=None)
    assert attribution.agency == ("police", "Police")


@pytest.mark.parametrize(
    ("known", "slug"),
    [
        ({"url": "https://www.press.ald.example/1"}, "customs"),
        ({"place": "ALDMARK "}, "customs"),
        ({"body": "ALDMARK, May 3 – Customs officers seized gin. Customs said so."}, "customs"),
        ({}, "unattributed"),
        ({"place": "Norland"}, "unattributed"),
        ({"place": "Norland", "body": "Aldmark Customs said so."}, "unattributed"),
        ({"url": "https://example.net/1"}, "unattributed"),
        ({"url": "https://press.ald.example.net/1"}, "unattributed"),
        ({"url": "http://[broken"}, "unattributed"),
        ({"body": "Gin was seized. Aldmark Customs said so."}, "customs"),
        ({"body": "The Health and Food Bureau announced a clinic."}, "health"),
        ({"body": "The Food Bureau announced a clinic with Aldmark Police."}, "food-bureau"),
    ],
)
def test_a_gazetteer_speaks_only_for_its_own_place(known: dict[str, str], slug: str) -> None:
    body = known.pop("body", "Customs seized gin. Customs said so.")
    headline = "Gin seized" if "Bureau" in body or "Aldmark" in body else "Customs seizes gin"
    assert found(headline, body, **({"place": None} | known)).agency.slug == slug


@pytest.mark.parametrize(
    ("body", "name", "rule"),
    [
        ("The following is issued on behalf of the Tidal Trust (TT):\n\nX", "Tidal Trust",
         "issued-on-behalf-unlisted"),
        ("下稿代潮汐管理委員會發出：\n\nX", "潮汐管理委員會", "issued-on-behalf-unlisted"),
        ("A spokesperson for the Ministry of Tides and Locks said today it rains.",
         "Ministry of Tides and Locks", "lead-attribution-unlisted"),
        ("The National Bureau of Statistics (NBS) announced today that it rains.",
         "National Bureau of Statistics", "lead-attribution-unlisted"),
        ("The department announced today that it rains.", None, "none"),
        ("The Old Boat Company announced today that it rains.", None, "none"),
        ("The visit to the Ministry of Tides was pleasant.", None, "none"),
    ],
)  # fmt: skip
def test_bodies_of_no_gazetteer(body: str, name: str | None, rule: str) -> None:
    attribution = found("Rain", body, place=None, gazetteers=())
    assert attribution.as_stated == name
    assert attribution.rule == rule
    assert (attribution.agency == UNATTRIBUTED) is (name is None)


def test_a_sites_name_counts_only_where_the_text_gives_nothing() -> None:
    assert short(found("It rains", "A lot.", weak="Harbour Department")) == (
        "harbours", "site-name",
    )  # fmt: skip
    assert short(found("Police act", "They did.", weak="Harbour Department"))[0] == "police"


@settings(max_examples=150)
@given(
    st.text(max_size=200),
    st.lists(
        st.one_of(st.text(max_size=60), st.sampled_from([
            "The Harbour Department ", "said ", "(HD) ", "海港署", "發言人表示", "Police ", "\n\n",
            "is issued on behalf of the ", "The following ", "Government ", "of the ", ". ",
        ])), max_size=30,
    ).map("".join),
    st.sampled_from(["en", "zh-Hant", "und", ""]),
    st.one_of(st.none(), st.text(max_size=30)),
    st.one_of(st.none(), st.text(max_size=30), st.just("Aldmark")),
    st.one_of(st.none(), st.text(max_size=30)),
)  # fmt: skip
def test_any_text_gives_a_known_a_stated_or_no_agency(
    headline: str, body: str, language: str, stated: str | None, place: str | None, url: str | None
) -> None:
    attribution = found(
        headline, body, language=language, stated=stated, stated_rule="x", place=place, url=url
    )
    known = {each.agency for each in aldmark().bodies.values()}
    if attribution.rule == "none":
        assert attribution.agency == UNATTRIBUTED
    elif attribution.rule == "x" or attribution.rule.endswith("-unlisted"):
        assert attribution.as_stated
        assert attribution.agency in known or attribution.agency.name == attribution.as_stated
    else:
        assert attribution.agency in known


@pytest.mark.parametrize(
    "text",
    ["Police " * 30_000, "警方" * 100_000, "(HD)" * 50_000, "A" * 200_000, "The A of " * 30_000,
     "Police, and the " * 15_000, "by " * 60_000, "(" * 200_000],
    ids=["names", "unspaced", "brackets", "word", "capitals", "partners", "by", "open"],
)  # fmt: skip
def test_hostile_texts_cost_about_what_ordinary_ones_do(text: str) -> None:
    ordinary = ("The Harbour Department said so. " * 6_500)[: len(text)]
    usual = processor_time(lambda: found(ordinary, ordinary), runs=3)
    assert processor_time(lambda: found(text, text)) < HOSTILE_RATIO * usual


def test_a_stated_agency_is_found_without_reading_the_body() -> None:
    def attribute(body: str) -> None:
        for number in range(500):
            found("Harbour Department speaks", body, stated=f"Office {number % 90}", place=None)

    short, long = ("The Harbour Department said so. " * times for times in (1, 10_000))
    usual = processor_time(lambda: attribute(short), runs=3)
    # Reading the bodies would cost hundreds of times as much (13 ms each, measured).
    assert processor_time(lambda: attribute(long), runs=3) < 5 * usual


@pytest.mark.parametrize(
    ("acts", "slug"),
    [
        ("The Harbour Department received a call at noon.", "unattributed"),
        ("A spokesman for the Harbour Department said so.", "harbours"),
    ],
)
def test_who_only_acts_must_do_so_early(acts: str, slug: str) -> None:
    """A body that acts is the issuer near the beginning only, one that speaks in the whole lead."""
    rain = "Rain fell on all of the hills. "
    early, late = rain * (ACTING // len(rain) - 2), rain * (ACTING // len(rain) + 2)
    assert found("A wet day", early + acts).agency.slug == "harbours"
    assert len(late + acts) < LEAD
    assert found("A wet day", late + acts).agency.slug == slug


@pytest.mark.parametrize(
    ("short_form", "in_a_body", "defined", "in_a_headline"),
    [("SHF", False, True, True), ("DHar", True, True, True), ("HarD", True, True, True)],
)
def test_an_abbreviation_of_three_letters_counts_where_it_is_defined_or_in_a_headline(
    short_form: str, in_a_body: bool, defined: bool, in_a_headline: bool
) -> None:
    assert len("SHF") == SHORT_ABBREVIATION == len("HarD") - 1
    whole = {"SHF": "Secretary for Health and Food", "DHar": "Director of Harbours"}
    name = whole.get(short_form, "Harbour Department")
    slug = "health" if short_form == "SHF" else "harbours"
    body = f"The {short_form} said today (May 3) that it rains."
    assert (found("It rains", body).agency.slug == slug) is in_a_body
    with_name = f"It rains on the {name} ({short_form}). {body}"
    assert (found("It rains", with_name).agency.slug == slug) is defined
    assert (found(f"{short_form} opens quay", "It rains.").agency.slug == slug) is in_a_headline


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ("The Director of Harbours of Aldmark said today (May 3) that it rains.", "harbours"),
        ("The Director of Harbours of Macao said today (May 3) that it rains.", "unattributed"),
        ("The Harbour Department and the Police said today (May 3) that it rains.", "harbours"),
        ("The Police and the Harbour Department said today (May 3) that it rains.", "police"),
        ("The quay (HarD) is wet. A spokesman for HarD said so.", "harbours"),
        ("The Hill Depot (HarD) is wet. HarD said so.", "unattributed"),
    ],
)
def test_whose_a_name_is(body: str, slug: str) -> None:
    assert found("It rains", body).agency.slug == slug


@pytest.mark.parametrize(
    ("date", "slug"),
    [
        ("2009-12-31", "works-old"), ("2010-01-01", "works-new"), ("2005", "works-old"),
        ("--05-03", "works-new"), (None, "works-new"),
    ],
)  # fmt: skip
def test_a_short_form_of_two_bodies_is_the_one_of_that_day(date: str | None, slug: str) -> None:
    body = "工務局發言人今日表示，新路通車。"
    assert found("新路通車", body, language="zh-Hant", date=date).agency.slug == slug


@pytest.mark.parametrize(("before", "rule"), [
    ("", "lead-attribution-unlisted"),
    ("Is the road shut? ", "lead-attribution-unlisted"),
    ("Is the road shut? Does it rain? ", "none"),
])  # fmt: skip
def test_an_unlisted_body_speaks_in_the_first_two_sentences(before: str, rule: str) -> None:
    body = f"{before}A spokesman for the Ministry of Roads said that it will open soon."
    assert found("Road shut", body, place="Elsewhere").rule == rule


@pytest.mark.parametrize(
    ("lead", "site", "expected"),
    [
        ("Tides Ministry", "Ministry of Tides of the Republic of Aldmark", "site"),
        ("Port Department", "Department of Ports and the Port, Press Office", "site"),
        ("Tides Ministry", "Ministry of Finance", "lead"),
        ("Ministry of Tides", "Ministry of Tides", "lead"),
    ],
)
def test_a_sites_name_beats_a_short_form_of_it(lead: str, site: str, expected: str) -> None:
    attribution = found("It rains", f"The {lead} announced rain.", weak=site, place="Elsewhere")
    assert attribution.agency.name == (site if expected == "site" else lead)
    assert attribution.rule == ("site-name" if expected == "site" else "lead-attribution-unlisted")


def test_a_gazetteer_that_the_operator_gave_applies_where_nothing_says_otherwise() -> None:
    own = replace(aldmark(), given=True)
    text = ("Boats move", "The Harbour Department said so today.")

    def agency(gazetteers: tuple[Gazetteer, ...], **known: str) -> str:
        return attribute(*text, "en", Hints(**known), gazetteers).rule

    assert agency((own,)) == "lead-attribution"
    assert agency((aldmark(),)) == "lead-attribution-unlisted"
    assert agency((own, own)) == "lead-attribution-unlisted"
    assert agency((own,), place="Elsewhere") == "lead-attribution-unlisted"
    assert agency((own,), url="https://elsewhere.example/1") == "lead-attribution-unlisted"
