"""Pages with a day, or with little text, that are no releases: lives, questions, doors to log in."""

from __future__ import annotations

import pytest

from index.sources.draft import Draft, Refusal
from tests.index.sources.page.test_standing_pages import PROSE, read, reason

QUESTIONS = {
    "de": (
        "Häufige Fragen zur Lotsenpflicht",
        ("Wer braucht einen Lotsen?", "Was kostet er?", "Wann kommt er?"),
    ),
    "fi": (
        "Usein kysyttyä luotsauksesta",
        ("Kuka tarvitsee luotsin?", "Mitä se maksaa?", "Milloin hän tulee?"),
    ),
    "el": (
        "Συχνές ερωτήσεις για τους πλοηγούς",
        ("Ποιος χρειάζεται πλοηγό;", "Πόσο κοστίζει;", "Πότε έρχεται;"),
    ),
    "ja": (
        "水先案内に関するよくある質問",
        ("誰に必要ですか？", "料金はいくらですか？", "いつ来ますか？"),
    ),
}


@pytest.mark.parametrize("lang", QUESTIONS)
@pytest.mark.parametrize("heading", ["<h3>{}</h3>", "<h3><button>{}</button></h3>"])
def test_a_page_that_its_headline_calls_one_of_questions(lang: str, heading: str) -> None:
    headline, questions = QUESTIONS[lang]
    parts = "".join(f"{heading.format(each)}{PROSE}" for each in questions)
    found = read(f"<h1>{headline}</h1><p>3.5.2024</p>{parts}", f"{headline} | Port", lang=lang)
    assert "a standing page" in reason(found)


def test_a_release_that_answers_three_questions_is_a_release() -> None:
    parts = "".join(f"<h3>{each}</h3>{PROSE}" for each in QUESTIONS["de"][1])
    found = read(f"<h1>Lotsenpflicht endet</h1><p>3.5.2024</p>{parts}", "Lotsenpflicht", lang="de")
    assert isinstance(found, Draft), found


LIVES = {
    "pl": "Urodzona 4 maja 1971 r. w Porcie Wschodnim. Absolwentka Wydziału Żeglugi.",
    "es": "Nacida en Puerto Este el 3 de mayo de 1971. Licenciada en Derecho del Mar.",
    "zh": "男，汉族，1971年5月生，东港人，1993年毕业于东港海洋大学。",
}


@pytest.mark.parametrize("lang", LIVES)
def test_a_life_with_a_day_that_begins_with_the_birth_and_without_the_name(lang: str) -> None:
    name = "东港明" if lang == "zh" else "Ada Quill"
    life = f"<p>Port</p><p>{LIVES[lang]}</p>{PROSE}<p>3.5.2024</p>"
    found = read(f"<h1>{name}</h1>{life}", f"{name} | Port", lang=lang)
    assert "a standing page" in reason(found)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("ko", "로그인"),
        ("ja", "ログイン"),
        ("pl", "Logowanie"),
        ("ar", "تسجيل الدخول"),
        ("es", "Acceso"),
    ],
)
def test_a_door_to_log_in_is_no_release(lang: str, title: str) -> None:
    page = (
        f"<h2>{title}</h2><p>Only those who write for newspapers may read what is behind this door. "
        "Type your name and your word, which are good since 3 May 2024.</p>"
    )
    assert "sign in" in reason(read(page, f"{title} | Ministry of Ports", lang=lang))


def test_a_release_about_such_a_door_is_a_release() -> None:
    found = read(f"<h1>Acceso al puerto</h1><p>3/5/2024</p>{PROSE}", "Acceso al puerto", lang="es")
    assert isinstance(found, Draft), found


@pytest.mark.parametrize(
    ("lang", "heading"),
    [("ja", "市長プロフィール"), ("zh", "领导之窗"), ("ko", "군수 프로필"), ("zh", "领导分工")],
)
def test_who_leads_a_town_stands(lang: str, heading: str) -> None:
    found = read(f"<h1>{heading}</h1><p>2024-05-03</p>{PROSE}", f"{heading} | Port", lang=lang)
    assert "a standing page" in reason(found)


def test_a_page_that_asks_what_people_think() -> None:
    labels = "".join(
        f"<dt>{label}</dt><dd>{value}</dd>"
        for label, value in (("Opens", "3 May 2024"), ("Closes", "7 June 2024"))
    )
    page = f"<h1>Speed on the inner harbour</h1><dl>{labels}</dl>{PROSE}"
    assert isinstance(read(page, "Speed on the inner harbour | Port"), Refusal)


def test_a_page_of_parts_that_states_the_day_as_of_which_it_is() -> None:
    parts = (
        "<h2>Zuständigkeit</h2><p>Die Häfen gehören dem Kreis.</p><h2>Formulare</h2><p>Hier.</p>"
    )
    for place in ("<p>Stand: 03.05.2024</p>{0}", "{0}<p>Stand: 03.05.2024</p>"):
        found = read(f"<h1>Häfen</h1>{place.format(parts)}", "Häfen | Hafenamt", lang="de")
        assert "a standing page" in reason(found)


def test_a_vacancy_in_japanese_by_its_labels() -> None:
    rows = "".join(
        f"<tr><th>{label}</th><td>{value}</td></tr>"
        for label, value in (
            ("勤務場所", "東埠頭"),
            ("報酬", "月額"),
            ("仕事内容", "案内"),
            ("申込期限", "令和6年6月7日"),
        )
    )
    ask = "<h2>申込方法</h2><p>履歴書を港湾局管理課に六月七日までに提出してください。</p>"
    page = f"<h1>水先案内人の募集</h1><p>更新日 令和6年5月3日</p><table>{rows}</table>{ask}"
    assert isinstance(read(page, "水先案内人の募集｜東浜市", lang="ja"), Refusal)


def test_what_is_bought_in_thai_is_no_release() -> None:
    row = "<tr><th>ราคากลาง</th><td>8,400,000 บาท</td></tr>"
    page = f"<h1>ประกาศประกวดราคาซื้อเรือนำร่อง</h1><p>3 พ.ค. 2567</p><table>{row}</table>{PROSE}"
    assert isinstance(read(page, "กรมท่าเรือ", lang="th"), Refusal)
