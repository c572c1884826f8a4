from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources import records
from index.sources.draft import Draft, Refusal
from index.sources.json_lines import read_lines
from index.sources.record_fields import MAX_EDITED
from tests.index.sources.record_reading import DOCUMENT, drafts, one
from tests.timing import processor_time


def test_our_own_names() -> None:
    draft = one(
        {
            "id": 17,
            "headline": "Pier 4 reopens",
            "date": "2021-03-04",
            "agency": "Harbour Office",
            "body": "The pier is open.",
            "url": "https://harbour.example/4",
            "language": "en_GB",
        }
    )
    assert draft.id == "17"
    assert draft.headline == "Pier 4 reopens"
    assert draft.body == "The pier is open."
    assert draft.dates[0].date == "2021-03-04"
    assert draft.stated_agency == "Harbour Office"
    assert draft.url == "https://harbour.example/4"
    assert draft.language == "en-GB"


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("title", "T", "headline", "T"),
        ("Subject", "T", "headline", "T"),
        ("content", "words", "body", "words"),
        ("body_html", "<p>a</p><p>b</p>", "body", "a\n\nb"),
        ("bodyHtml", "<ul><li>a<li>b</ul>", "body", "\ta\n\tb"),
        ("description", "words", "body", "words"),
        ("department", "Port Department", "stated_agency", "Port Department"),
        ("organisation", {"name": "Port Board"}, "stated_agency", "Port Board"),
        ("agencies", ["Port Board", "Police"], "stated_agency", "Port Board"),
        ("author", "Ministry of Tides", "stated_agency", "Ministry of Tides"),
        ("author", "Jane Doe", "stated_agency", None),
        ("permalink", "https://a.example/x", "url", "https://a.example/x"),
        ("link", "javascript:alert(1)", "url", None),
        ("guid", "X-1", "id", "X-1"),
        ("_id", {"$oid": "5f"}, "id", "5f"),
        ("locale", "Deutsch", "language", "de"),
        ("lang", "in English, mostly", "language", None),
        # among words that say nothing
        ("news_title", "Pier", "headline", "Pier"),
        ("Title of the Release", "Pier", "headline", "Pier"),
        ("pressReleaseTitle", "Pier", "headline", "Pier"),
        ("title_t", "Pier", "headline", "Pier"),
        ("titre_actualite", "Le quai", "headline", "Le quai"),
        ("article_text", "words", "body", "words"),
        ("Release Body", "words", "body", "words"),
        ("html_url", "https://a.example/x", "url", "https://a.example/x"),
        ("issuingAgency", {"name": "Port Board"}, "stated_agency", "Port Board"),
        ("Issuing Department", "Port Department", "stated_agency", "Port Department"),
        ("photo_title", "Not this", "headline", ""),
        ("pdf_url", "https://a.example/x.pdf", "url", None),
        ("release", "Not this", "headline", ""),
        ("issue_number", "12", "id", None),
    ],
)
def test_names_that_others_use(field: str, value: Any, attribute: str, expected: Any) -> None:
    record = {"headline": "H", "text": "t"} if attribute not in ("headline", "body") else {"x": 1}
    if attribute == "body":
        record["headline"] = "H"
    elif attribute == "headline":
        record["text"] = "t"
    assert getattr(one({**record, field: value}), attribute) == expected


def test_a_plain_name_comes_before_one_among_other_words() -> None:
    draft = one({"web_title": "Pier | Port Board", "title": "Pier", "main_text": "a", "text": "b"})
    assert (draft.headline, draft.body) == ("Pier", "b")


EDITED = [
    # Contentful
    {"nodeType": "document", "content": [
        {"nodeType": "paragraph", "content": [
            {"nodeType": "text", "value": "The pier ", "marks": []},
            {"nodeType": "hyperlink", "data": {"uri": "https://a.example/"},
             "content": [{"nodeType": "text", "value": "is", "marks": []}]},
            {"nodeType": "text", "value": " open.", "marks": []}]},
        {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "Come."}]}]},
    # Portable Text
    [{"_type": "block", "children": [
        {"_type": "span", "text": "The pier "}, {"_type": "span", "text": "is open."}]},
     {"_type": "block", "children": [{"_type": "span", "text": "Come."}]}],
    # Strapi and Slate
    [{"type": "paragraph", "children": [
        {"text": "The pier "}, {"type": "link", "url": "/x", "children": [{"text": "is"}]},
        {"text": " open.", "bold": True}]},
     {"type": "paragraph", "children": [{"text": "Come."}]}],
    # Lexical
    {"root": {"children": [
        {"type": "paragraph", "children": [{"type": "text", "text": "The pier is open."}]},
        {"type": "paragraph", "children": [{"type": "text", "text": "Come."}]}]}},
    # Editor.js
    {"time": 1, "blocks": [{"type": "paragraph", "data": {"text": "The pier is open."}},
                           {"type": "paragraph", "data": {"text": "Come."}}]},
    # lists of paragraphs
    ["The pier is open.", "Come."],
    [{"text": "The pier is open."}, {"text": "Come."}],
    ["<p>The pier is open.</p>", "<p>Come.</p>"],
]  # fmt: skip


@pytest.mark.parametrize("text", EDITED)
def test_every_paragraph_of_a_text_in_pieces(text: Any) -> None:
    assert one({"title": "Pier", "content": text}).body == "The pier is open.\n\nCome."


def test_a_number_of_paragraphs_is_no_text() -> None:
    assert one({"title": "Pier", "paragraphs": 4, "summary": "In short."}).body == "In short."


def test_a_text_in_pieces_without_end_is_cut_where_the_limit_is() -> None:
    deep: Any = "words"
    for _ in range(MAX_EDITED + 1):
        deep = [deep]
    assert one({"title": "Pier", "text": deep, "summary": "In short."}).body == "In short."
    assert one({"title": "Pier", "text": deep[0]}).body == "words"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "2020-02-03"),
        ("pubDate", "Mon, 03 Feb 2020 10:00:00 +0100"),
        ("date_published", "3 February 2020"),
        ("issued", "2020-02-03T23:30:00-05:00"),
        ("created_at", 1580724000),
        ("timestamp", "1580724000000"),
        ("published", "/Date(1580724000000)/"),
        ("published", "/Date(1580724000000+0100)/"),
        ("ApproveDate", "2020-02-03 10:00:00"),
        ("date_publication", "2020-02-03"),
        ("Date of Release", "2020-02-03"),
        ("pubdate_dt", "2020-02-03"),
        ("news-date", "2020-02-03"),
    ],
)
def test_dates_of_every_form(field: str, value: Any) -> None:
    assert one({"headline": "H", "body": "", field: value}).dates[0].date == "2020-02-03"


def test_the_operators_mapping_comes_first() -> None:
    record = {"title": "Wrong", "ttl": "Right", "details": {"txt": "inside"}, "body": "outside"}
    draft = one(record, {"headline": "ttl", "body": "details.txt"})
    assert draft.headline == "Right"
    assert draft.body == "inside"


def test_content_of_a_publishing_system() -> None:
    draft = one(
        {
            "base_path": "/news/pier",
            "title": "Pier 4 reopens",
            "description": "In short.",
            "first_published_at": "2020-02-03T10:00:00Z",
            "public_updated_at": "2022-01-01T10:00:00Z",
            "locale": "en",
            "details": {"body": "<div><p>The pier is open.</p></div>", "title": "not this"},
            "links": {
                "organisations": [{"title": "Other Office"}],
                "primary_publishing_organisation": [
                    {"title": "Harbour Office", "web_url": "https://gov.example/o/harbour"}
                ],
            },
        }
    )
    assert draft.headline == "Pier 4 reopens"
    assert draft.body == "The pier is open."
    assert draft.dates[0].date == "2020-02-03"
    assert draft.stated_agency == "Harbour Office"
    assert draft.url == "https://gov.example/news/pier"


def test_a_post_of_a_blog_system() -> None:
    draft = one({"id": 9, "title": {"rendered": "A &#8217;quay&#8217;"}, "date": "2020-02-03",
                 "content": {"rendered": "<p>Text</p>"}, "link": "https://b.example/9"})  # fmt: skip
    assert (draft.headline, draft.body, draft.id) == ("A ’quay’", "Text", "9")


def test_a_bad_line_is_refused_and_the_rest_read() -> None:
    lines = ['{"title": "A", "text": "x"}', "{broken", "[1]", '{"text": ""}',
             '{"title": "B", "text": null}']  # fmt: skip
    found = list(read_lines(lines, "f.jsonl"))
    assert [each.headline for each in found if isinstance(each, Draft)] == ["A", "B"]
    refused = [each for each in found if isinstance(each, Refusal)]
    assert [each.where for each in refused] == [f"f.jsonl, line {n}" for n in (2, 3, 4)]
    assert "JSON" in refused[0].reason


def test_deep_nesting_is_refused() -> None:
    (found,) = read_lines(["[" * 100_000], "f.jsonl")
    assert isinstance(found, Refusal)


def test_a_json_text_with_an_error_says_where() -> None:
    found, before = records.read('[\n{"title": "A"},\n{"title": }]', DOCUMENT)
    assert isinstance(found, Refusal)
    assert "line 3" in found.reason
    assert isinstance(before, Refusal)  # read as far as it is whole, and it has no text
    assert before.where.endswith("record 1")


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ('{"title": "A"}', "a", True),
        ("title,date,body\nA,2020,x", "a.txt", True),
        ("anything at all", "a.csv", True),
        ("A headline, with a comma\n\nAnd a text, too.", "a.txt", False),
        ("<rss></rss>", "a", False),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "a", False),
    ],
)
def test_what_is_recognised(text: str, name: str, expected: bool) -> None:
    assert records.recognise(text, name) is expected


WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="<&"), min_size=1)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_what_is_written_as_json_lines_is_read(rows: list[tuple[str, str]]) -> None:
    lines = [json.dumps({"headline": title, "body": body}) for title, body in rows]
    found = list(read_lines(lines, "f"))
    assert [(d.headline, d.body) for d in found if isinstance(d, Draft)] == rows


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_what_is_written_as_csv_is_read(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("headline", "body"), *rows])
    found = list(records.read_csv(out.getvalue(), "f"))
    assert [(d.headline, d.body) for d in found if isinstance(d, Draft)] == rows


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    for name in ("a.csv", "a.json"):
        records.recognise(text, name)
    assert all(isinstance(each, Draft | Refusal) for each in records.read(text, DOCUMENT))


def test_reading_json_lines_costs_little_beside_decoding_them() -> None:
    line = json.dumps({"id": "a", "headline": "H", "date": "2020-02-03", "agency": "Port Office",
                       "body": "Some words of a release. " * 100})  # fmt: skip
    lines = [line] * 5_000
    decoding = processor_time(lambda: [json.loads(each) for each in lines], runs=3)
    reading = processor_time(lambda: list(read_lines(lines, "f")), runs=3)
    assert reading < 10 * decoding  # measured: 1.4 times


def test_json_of_other_things_is_one_refusal() -> None:
    (found,) = records.read('[{"slug": "a", "aliases": ["b"]}, {"slug": "c"}, 3]', DOCUMENT)
    assert isinstance(found, Refusal)
    assert found.where == "day.data"


def test_an_index_of_what_stands_elsewhere_is_one_refusal() -> None:
    lines = [json.dumps({"headline": f"Pier {n} reopens", "date": "2021-03-04"}) for n in range(30)]
    lines.insert(3, '{"headline": "Tide tables", "body": "High water is at noon."}')
    *drafts, refusal = read_lines(lines, "truth.jsonl")
    assert [each.headline for each in drafts if isinstance(each, Draft)] == ["Tide tables"]
    assert isinstance(refusal, Refusal)
    assert refusal.where == "truth.jsonl, line 1 and 29 more"
    assert refusal.reason == "no field holds its text; --map body=NAME names one"


@pytest.mark.parametrize(
    "text",
    [
        "headline,date,agency\nPier 4 reopens,2021-03-04,Harbour Office\n",
        '{"headline": "Pier 4 reopens", "date": "2021-03-04"}',
        '[{"headline": "Pier 4 reopens", "date": "2021-03-04"}]',
    ],
)
def test_a_record_without_any_field_for_a_text_is_no_release(text: str) -> None:
    (found,) = records.read(text, DOCUMENT)
    assert isinstance(found, Refusal)
    assert "--map body=NAME" in found.reason
    (draft,) = drafts(text, {"body": "date"})
    assert draft.body == "2021-03-04"


def test_bad_lines_of_one_kind_are_counted() -> None:
    lines = ['{"title": "A", "text": "x"}', "{broken", "{, broken too", "[1]", "[2]", "[3]"]
    found = list(read_lines(lines, "f.jsonl"))
    refused = [each for each in found if isinstance(each, Refusal)]
    assert [each.where for each in refused if "object" in each.reason] == [
        "f.jsonl, line 4 and 2 more"
    ]
    assert sum("JSON" in each.reason for each in refused) >= 1


def test_a_gazetteer_is_named_as_one() -> None:
    gazetteer = {"name": "Aldmark", "places": ["Aldmark"],
                 "bodies": [{"slug": "port", "names": {"en": "Port Office"}}]}  # fmt: skip
    (found,) = records.read(json.dumps(gazetteer), DOCUMENT)
    assert found == Refusal("day.data", "is a gazetteer; pass it with --gazetteer")
    (other,) = records.read('{"places": ["A"], "bodies": [], "title": "T", "text": "t"}', DOCUMENT)
    assert isinstance(other, Draft)


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("Texte intégral", "body"),
        ("PR_BODY_TXT", "body"),
        ("Pressetext", "body"),
        ("story", "body"),
        ("DataContents", "body"),
        ("Details", "body"),
        ("maintext", "body"),
        ("Mitteilungstext", "body"),
        ("newsbody", "body"),
        ("notes", "body"),
        ("Internetadresse", "url"),
        ("liga", "url"),
    ],
)
def test_more_names_of_columns(name: str, attribute: str) -> None:
    draft = one({"titre": "T", "texte": "", "date": "2020-02-03", name: "https://a.example/1"})
    assert getattr(draft, attribute) == "https://a.example/1"


@pytest.mark.parametrize(
    "columns",
    [
        {"fecha_publicacion": "28/08/2018"},
        {"Data da publicação": "28/08/2018 10:15"},
        {"releasedOn": "2018-08-28"},
        {"PR_DT": "20180828"},
        {"veröffentlicht_am": "28.08.2018"},
        {"posted": {"$date": "2018-08-28T09:00:00Z"}},
        {"posted": {"$date": {"$numberLong": "1535450400000"}}},
        {"date": "43340"},
        {"date": 43340.75},
        {"Year": "2018", "Month": "8", "Day": 28},
        {"año": 2018, "mes": "agosto", "día": 28},
    ],
)
def test_more_ways_to_state_a_day(columns: Mapping[str, Any]) -> None:
    draft = one({"title": "T", "body": "words", "language": "es", **columns})
    assert [date.date for date in draft.dates] == ["2018-08-28"]
    assert draft.extra == ()


@pytest.mark.parametrize(
    "columns",
    [
        {"year": 2018, "day": 28},
        {"year": 2018, "month": "May", "day": "28 or 29"},
        {"year": "this", "month": "May", "day": 28},
    ],
)
def test_columns_that_lack_a_part_of_a_day_are_no_day_of_issue(columns: Mapping[str, Any]) -> None:
    assert one({"title": "T", "body": "words", **columns}).dates == ()


def test_when_a_record_was_made_is_behind_the_day_of_the_release() -> None:
    draft = one({"title": "Pier 4 reopens", "text": "Open.", "created": "2022-01-01",
                 "field_release_date": "2021-03-04"})  # fmt: skip
    assert draft.dates[0].date == "2021-03-04"
    alone = one({"title": "Pier 4 reopens", "text": "Open.", "created": "2022-01-01"})
    assert alone.dates[0].date == "2022-01-01"


def test_names_inside_an_object_may_be_in_capitals() -> None:
    record = {"Title": "T", "Body": {"Value": "Open."}, "Department": {"Title": "Harbour Office"}}
    draft = one(record)
    assert (draft.headline, draft.body, draft.stated_agency) == ("T", "Open.", "Harbour Office")


def test_a_whole_text_comes_before_notes_and_a_description() -> None:
    told = {"description": "In short.", "notes": "Embargo lifted.", "maintext": "The whole of it."}
    assert one({"title": "T", **told}).body == "The whole of it."


def test_the_day_of_the_release_comes_before_when_its_record_was_made_public() -> None:
    days = {"publishedAt": "2023-01-02T00:00:00Z", "publishedDate": "2021-09-07"}
    assert one({"title": "T", "body": "B", **days}).dates[0].date == "2021-09-07"


def test_the_name_of_a_site_suggests_an_issuer() -> None:
    draft = one({"title": "T", "text": "B", "source-hostname": "Harbour Board"})
    assert (draft.stated_agency, draft.weak_agency) == ("Harbour Board", None)
    draft = one({"title": "T", "text": "B", "sitename": "Port news"})
    assert (draft.stated_agency, draft.weak_agency) == (None, "Port news")


def test_a_dataset_of_ckan() -> None:
    body = {"id": "x", "name": "harbour-board", "title": "Harbour Board"}
    days = {"metadata_modified": "2022-01-01T00:00:00", "metadata_created": "2021-09-07T08:15:00.1"}
    draft = one(
        {"name": "pier-4", "title": "Pier 4 closes", "notes": "B.", "organization": body, **days}
    )
    assert (draft.headline, draft.body, draft.stated_agency) == (
        "Pier 4 closes",
        "B.",
        "Harbour Board",
    )
    assert draft.dates[0].date == "2021-09-07"
