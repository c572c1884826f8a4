"""Front matter of Markdown, in the ways in which generators of sites have it."""

from __future__ import annotations

import pytest

from index.sources import ReadOptions
from index.sources.draft import Document, Refusal
from index.sources.reading import read_document

TEXT = "The Harbour Board will close Pier 4 for repairs. Ferries use Pier 6 until the work ends."
JSON = '"title": "Pier 4 closes",\n"date": "2024-03-05",\n"agency": "Harbour Board"'


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Pier 4 closes\ndate: 2024-03-05\nagency: Harbour Board\n---\n",
        "+++\ntitle = 'Pier 4 closes'\ndate = 2024-03-05\nagency = 'Harbour Board'\n+++\n",
        f"---json\n{{\n{JSON}\n}}\n---\n",
        f"{{\n{JSON}\n}}\n",
        "\ufeff{" + JSON.replace("\n", " ") + "}\r\n\r\n",
    ],
)
def test_front_matter_of_every_kind(front: str) -> None:
    data = f"{front}\n{TEXT}\n".encode()
    (found,) = read_document(Document(name="n/pier.md", data=data), ReadOptions())
    assert not isinstance(found, Refusal), found
    draft = found.draft
    assert (draft.headline, draft.stated_agency) == ("Pier 4 closes", "Harbour Board")
    assert [each.date for each in draft.dates] == ["2024-03-05"]
    assert draft.body == TEXT


def test_a_text_that_begins_with_a_brace_is_no_front_matter() -> None:
    data = f"{{Draft}} Pier 4 closes\n\n5 March 2024\n\n{TEXT}\n".encode()
    (found,) = read_document(Document(name="pier.md", data=data), ReadOptions())
    assert not isinstance(found, Refusal), found
    assert found.draft.body.endswith(TEXT)


def test_a_text_in_asciidoc() -> None:
    data = (
        "= Pier 4 closes\nHarbour Board <press@harbour.example>\nv1.0, 2024-03-05\n:lang: en\n\n"
        f"{TEXT}\n\n== Ferries\n\nThey leave at the full hour, and cost what they did.\n"
    )
    document = Document(name="pier.adoc", data=data.encode())
    (found,) = read_document(document, ReadOptions())
    assert not isinstance(found, Refusal), found
    assert found.draft.headline == "Pier 4 closes"
    assert found.draft.dates[0].date == "2024-03-05"
    assert found.draft.body.startswith(TEXT)
    assert ":lang:" not in found.draft.body
    assert "==" not in found.draft.body


@pytest.mark.parametrize(
    "title",
    ["Pier 4: closed until May", 'Board "regrets" delay', '"No" to new pier', "@harbour closes"],
)
def test_front_matter_that_people_write_without_the_quotes_of_yaml(title: str) -> None:
    data = f"---\ntitle: {title}\ndate: 2024-03-05\ntags:\n  - a: b: c\n---\n{TEXT}\n".encode()
    (found,) = read_document(Document(name="pier.md", data=data), ReadOptions())
    assert not isinstance(found, Refusal), found
    assert found.draft.headline == title
    assert [each.date for each in found.draft.dates] == ["2024-03-05"]
    assert found.draft.body == TEXT


def test_front_matter_of_which_no_line_is_a_field_is_said() -> None:
    data = f"---\ntitle: [Pier 4\n}} closes\n---\n{TEXT}\n".encode()
    (found,) = read_document(Document(name="pier.md", data=data), ReadOptions())
    assert isinstance(found, Refusal)
    assert "front matter that cannot be read" in found.reason


def test_settings_of_asciidoc_state_day_and_author() -> None:
    settings = ":author: Harbour Board\n:revdate: 2024-03-05\n:toc:\n"
    data = f"= Pier 4 closes\n{settings}\n{TEXT}\n\n== Ferries\n\nThey leave at six.\n".encode()
    (found,) = read_document(Document(name="pier.adoc", data=data), ReadOptions())
    assert not isinstance(found, Refusal), found
    draft = found.draft
    assert (draft.headline, draft.stated_agency) == ("Pier 4 closes", "Harbour Board")
    assert [each.date for each in draft.dates] == ["2024-03-05"]
    assert draft.body.startswith(TEXT)
    assert draft.body.endswith("They leave at six.")


@pytest.mark.parametrize("tag", ["{% include nav.html %}", '{{< figure src="/a.png" >}}'])
def test_lines_for_what_builds_the_site_are_no_text(tag: str) -> None:
    front = "---\ntitle: Pier 4 closes\ndate: 2024-03-05\n---\n"
    document = Document(name="a.md", data=f"{front}{tag}\n\n{TEXT}\n".encode())
    (found,) = read_document(document, ReadOptions())
    assert not isinstance(found, Refusal), found
    assert found.draft.body == TEXT
