"""Addresses: one form for every search, any input read without failing."""

from __future__ import annotations

import dataclasses
from urllib.parse import unquote, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Agency, Release
from index.text.cleaning import clean_line
from search.request import SearchRequest
from webapp.site.links import Links
from webapp.site.parameters import MAX_TEXT, MAX_VALUES
from webapp.site.paths import (
    CITATIONS,
    MAX_HEADLINE_SLUG,
    agency_path,
    date_path,
    escape_segment,
    headline_slug,
    read_segment,
    release_path,
    web_link,
)
from webapp.site.search_addresses import ParsedAddress, fields, read_query, read_value_list

DOCUMENTED = [
    ("/search", SearchRequest()),
    ("/search?q=flood+defence", SearchRequest("flood defence")),
    ("/search?q=R%26D+%22new+bridge%22+-toll", SearchRequest('R&D "new bridge" -toll')),
    ("/search?q=flood&match=any", SearchRequest("flood", match="any")),
    ("/search?agency=a&agency=b", SearchRequest(agencies=("a", "b"))),
    ("/search?from=2023-06&to=2023-07", SearchRequest(date_from="2023-06", date_to="2023-07")),
    ("/search?from=2023", SearchRequest(date_from="2023")),
    ("/search?to=2023-06-26", SearchRequest(date_to="2023-06-26")),
    ("/search?undated=1", SearchRequest(undated=True)),
    ("/search?q=customs&explain=1", SearchRequest("customs", explain=True)),
    ("/search?q=customs&copies=1", SearchRequest("customs", copies=True)),
    ("/search?language=en&language=zh-Hant", SearchRequest(languages=("en", "zh-Hant"))),
    ("/search?q=flood&sort=newest", SearchRequest("flood", sort="newest")),
    ("/search?sort=oldest&page=2", SearchRequest(sort="oldest", page=2)),
    (
        "/search?q=customs&match=any&agency=a&agency=b&from=2023&to=2024&undated=1&sort=newest&page=2",
        SearchRequest("customs", "any", ("a", "b"), "2023", "2024", True, (), "newest", 2),
    ),
    ("/search?q=%E6%B5%B7%E9%97%9C", SearchRequest("海關")),
    ("/search?q=flood&seen=2024-05-03", SearchRequest("flood", seen="2024-05-03")),
    (
        "/search?q=flood&seen=2024-05-03&found=214",
        SearchRequest("flood", seen="2024-05-03", found=214),
    ),
    ("/search?q=a&per_page=50&view=compact", SearchRequest("a", per_page=50, view="compact")),
    (
        "/search?sort=oldest&seen=20240503T100012Z&page=2",
        SearchRequest(sort="oldest", seen="20240503T100012Z", page=2),
    ),
]
UNTIDY = [
    ("q=&agency=&from=&to=", "/search"),
    ("q=+flood++defence+", "/search?q=flood+defence"),
    ("agency=b&agency=a&agency=b", "/search?agency=a&agency=b"),
    ("agency=b&q=x&agency=a", "/search?q=x&agency=a&agency=b"),
    ("to=2023&from=2022", "/search?from=2022&to=2023"),
    ("q=x&sort=relevance&match=all&page=1&undated=0", "/search?q=x"),
    ("sort=newest", "/search"),
    ("sort=relevance", "/search"),
    ("q=x&sort=NEWEST", "/search?q=x&sort=newest"),
    ("from=March+2020", "/search?from=2020-03"),
    ("from=14/3/2020", "/search?from=2020-03-14"),
    ("from=2020/03", "/search?from=2020-03"),
    ("agency=Water+Board", "/search?agency=water-board"),
    ("agency=-Water+Board&agency=b", "/search?agency=-water-board&agency=b"),
    ("text=x&agencies=b&date_from=2022&date_to=2023", "/search?q=x&agency=b&from=2022&to=2023"),
    ("changed_only=1&languages=en", "/search?language=en&changed=1"),
    ("Q=x&Agency[]=b&agency[0]=a", "/search?q=x&agency=a&agency=b"),
    ("query=x&since=2022&until=2023&lang=en", "/search?q=x&from=2022&to=2023&language=en"),
    ("q=x&utm_source=letter&fbclid=1", "/search?q=x"),
    ("q=x&page=002", "/search?q=x&page=2"),
    ("per_page=10&view=full&q=x", "/search?q=x"),
    ("view=compact&per_page=20", "/search?per_page=20&view=compact"),
    ("q=x&found=214", "/search?q=x"),
    ("seen=2024&found=0014&sort=relevance", "/search?seen=2024&found=14"),
    ("q=x&seen=3+May+2024", "/search?q=x&seen=2024-05-03"),
    ("seen=2024-05-03T10:00:12Z", "/search?seen=20240503T100012Z"),
    ("seen=2024-05-03T10:00:12.5%2B00:00&q=x", "/search?q=x&seen=20240503T100012Z"),
]
BROKEN = [
    ("q=x&colour=red", "/search?q=x", "unknown-parameter", "colour"),
    ("from=soon", "/search", "bad-date", "from"),
    ("to=2023-02-30", "/search", "bad-date", "to"),
    ("sort=loudest", "/search", "bad-value", "sort"),
    ("match=none", "/search", "bad-value", "match"),
    ("match=%01", "/search", "bad-value", "match"),
    ("page=0", "/search", "bad-value", "page"),
    ("page=-1", "/search", "bad-value", "page"),
    ("page=two", "/search", "bad-value", "page"),
    ("undated=perhaps", "/search", "bad-value", "undated"),
    ("undated=%01", "/search", "bad-value", "undated"),
    ("language=%3Cb%3E", "/search", "bad-value", "language"),
    ("per_page=30", "/search", "bad-value", "per_page"),
    ("view=small", "/search", "bad-value", "view"),
    ("seen=2024&found=-1", "/search?seen=2024", "bad-value", "found"),
    ("seen=lately", "/search", "bad-value", "seen"),
    ("seen=20240532T100000Z", "/search", "bad-value", "seen"),
    ("q=a&q=b", "/search?q=a", "repeated-parameter", "q"),
    ("from=2024&to=2023", "/search?from=2023&to=2024", "dates-swapped", "from"),
]

words = st.text(max_size=60)
day = st.dates().map(str)
partial_date = st.one_of(day, day.map(lambda text: text[:7]), day.map(lambda text: text[:4]))
requests = st.builds(
    SearchRequest,
    text=words,
    match=st.sampled_from(["all", "any"]),
    agencies=st.lists(
        st.from_regex(r"-?[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True), max_size=4
    ).map(tuple),
    date_from=st.none() | partial_date,
    undated=st.booleans(),
    languages=st.lists(st.sampled_from(["en", "zh-Hant", "fr", "-en"]), max_size=3).map(tuple),
    sort=st.none() | st.sampled_from(["relevance", "newest", "oldest"]),
    seen=st.none()
    | partial_date
    | st.datetimes()
    .map(lambda when: when.strftime("%Y%m%dT%H%M%SZ"))
    .filter(lambda text: len(text) == 16),
    page=st.integers(1, 2000),
)
anything = st.text(max_size=80) | st.text("=&+%;agencyfromtqp0123456789-/~", max_size=80)


def query_of(address: str) -> str:
    return urlsplit(address).query


@pytest.mark.parametrize(("address", "request_"), DOCUMENTED)
def test_a_documented_address_is_read_and_written(address: str, request_: SearchRequest) -> None:
    parsed = read_query(query_of(address))
    assert parsed == ParsedAddress(request_, (), True)
    assert Links().search(request_) == address


@pytest.mark.parametrize(("query", "canonical"), UNTIDY)
def test_an_untidy_address_has_a_canonical_form_and_nothing_ignored(
    query: str, canonical: str
) -> None:
    parsed = read_query(query)
    assert (parsed.ignored, parsed.canonical) == ((), False)
    assert Links().search(parsed.request) == canonical


def test_a_facet_of_the_index_has_its_name_whatever_else_that_means() -> None:
    parsed = read_query("query=pier&text=x", facets=("query",))
    assert parsed.request == SearchRequest("x", facets={"query": ("pier",)})


@pytest.mark.parametrize(("query", "canonical", "code", "name"), BROKEN)
def test_what_cannot_be_read_is_named(query: str, canonical: str, code: str, name: str) -> None:
    parsed = read_query(query)
    assert not parsed.canonical
    assert [(each.code, each.values[0]) for each in parsed.ignored] == [(code, name)]
    assert Links().search(parsed.request) == canonical


@given(requests)
def test_a_written_address_reads_back_as_the_same_search(request_: SearchRequest) -> None:
    address = Links().search(request_)
    parsed = read_query(query_of(address))
    assert parsed.canonical
    assert parsed.ignored == ()
    assert Links().search(parsed.request) == address
    assert parsed.request.order == request_.changed(text=parsed.request.text).order or (
        request_.sort == "relevance" and not parsed.request.text
    )
    assert parsed.request.agencies == tuple(sorted(set(request_.agencies)))
    assert (parsed.request.date_from, parsed.request.page) == (request_.date_from, request_.page)


@given(anything)
def test_any_query_string_is_read_and_tidied_in_one_step(query: str) -> None:
    parsed = read_query(query)
    again = read_query(query_of(Links().search(parsed.request)))
    assert again.canonical
    assert again.request == parsed.request


@given(st.binary(max_size=80))
def test_any_bytes_are_read(query: bytes) -> None:
    canonical = Links().search(read_query(query).request)
    assert read_query(query_of(canonical)).canonical


@given(st.lists(st.tuples(st.sampled_from(["q", "agency", "from", "page", "sort", "x"]), words)))
def test_any_values_are_read_and_bounded(pairs: list[tuple[str, str]]) -> None:
    query = urlencode(pairs, errors="replace")
    request = read_query(query).request
    assert len(request.text) <= MAX_TEXT
    assert len(request.agencies) <= MAX_VALUES


@given(
    requests,
    requests,
    st.sets(st.sampled_from([each.name for each in dataclasses.fields(SearchRequest)])),
)
def test_a_changed_search_has_the_address_of_that_search(
    shown: SearchRequest, other: SearchRequest, names: set[str]
) -> None:
    values = {name: getattr(other, name) for name in names - {"per_page"}}
    changed = shown.changed(**values)
    assert Links(request=shown).changed(**values) == Links().search(changed)


@given(requests, requests, st.sampled_from(["", ".json", ".csv", ".atom"]))
def test_the_address_of_a_search_is_the_same_on_every_page(
    shown: SearchRequest, other: SearchRequest, suffix: str
) -> None:
    for request_ in (shown, other, other.changed(text=shown.text), shown.changed(page=3)):
        address = Links(request=shown).search(request_, suffix)
        assert address == Links().search(request_, suffix)
        assert Links(request=shown).subject("/first", request_) == Links().subject(
            "/first", request_
        )
    pairs = fields(shown)
    assert query_of(Links(request=shown).search(shown)) == urlencode(pairs, errors="replace")


@given(requests, st.integers(1, 9_999))
def test_a_release_in_results_is_linked_with_the_search(shown: SearchRequest, place: int) -> None:
    links, release = Links(request=shown), Release(id="7", headline="Bridge opens", body="")
    query = query_of(Links().search(shown.changed()))
    expected = f"{query}&at={place}" if query else f"at={place}"
    assert links.release_in_results(release, place) == f"{links.release(release)}?{expected}"


def test_lengths_are_bounded_and_said() -> None:
    many = "&".join(f"agency=a{number}" for number in range(MAX_VALUES + 1))
    parsed = read_query(many)
    assert len(parsed.request.agencies) == MAX_VALUES
    assert [each.code for each in parsed.ignored] == ["too-many-values"]
    assert read_query(many.rpartition("&")[0]).ignored == ()
    long = read_query("q=" + "ab+" * MAX_TEXT)
    assert len(long.request.text) <= MAX_TEXT
    assert [each.code for each in long.ignored] == ["text-cut"]
    huge = read_query("q=a&" + "x=1&" * 1_000_000)
    assert huge.request.text == "a"


def test_a_value_that_is_hostile_stays_short_in_its_notice() -> None:
    notice = read_query("x" * 5000 + "=" + "y" * 5000).ignored[0]
    assert len(notice.text) < 250
    assert notice.values == ("x" * 40, "y" * 59 + "…")
    assert read_query("x=" + "y" * 60).ignored[0].values == ("x", "y" * 60)
    assert read_query("x=" + "y" * 61).ignored[0].values == ("x", "y" * 59 + "…")


def test_yes_and_no_and_lines_of_a_value() -> None:
    for word in ("1", "yes", "true", "on", "ON"):
        assert read_query(f"undated={word}").request.undated
    for word in ("0", "no", "false", "off"):
        parsed = read_query(f"undated={word}")
        assert (parsed.request.undated, parsed.ignored) == (False, ())
    assert clean_line(" a\ud800 \x07 b\n c") == "a b c"


def test_exports_have_the_same_query_string_without_the_page() -> None:
    request = SearchRequest("flood", agencies=("a",), page=3)
    assert Links().search(request, ".json") == "/search.json?q=flood&agency=a&page=3"
    assert Links().search(request, ".csv") == "/search.csv?q=flood&agency=a"
    assert Links().search(request, ".atom") == "/search.atom?q=flood&agency=a"
    seen = request.changed(seen="2024")
    assert Links().search(seen, ".json") == "/search.json?q=flood&agency=a&seen=2024"
    assert Links().search(seen, ".feed.json") == "/search.feed.json?q=flood&agency=a"
    only_new = seen.changed(only_new=True)
    assert Links().search(only_new, ".csv") == "/search.csv?q=flood&agency=a&seen=2024&new=1"
    assert Links().feed_page(only_new, ".atom", 2).endswith("&seen=2024&new=1&page=2")


def test_a_subscription_has_no_fixed_dates() -> None:
    request = SearchRequest(
        "flood", agencies=("a",), date_from="2023", date_to="2024", sort="oldest", seen="2024"
    )
    assert Links(request=request).subscription(".atom") == "/search.atom?q=flood&agency=a"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("q=flood&page=3", "/search/agencies?q=flood"),
        ("find=water&q=flood&order=count", "/search/agencies?q=flood&find=water"),
        ("order=name&find=", "/search/agencies?order=name"),
    ],
)
def test_the_agency_list_has_one_address_too(query: str, canonical: str) -> None:
    parsed = read_value_list(query)
    links = Links(request=parsed.search.request)
    address = links.value_list("agency", parsed.find, by_name=parsed.by_name)
    assert address == canonical
    assert not parsed.canonical
    assert read_value_list(query_of(canonical)).canonical


@given(st.text(max_size=40))
def test_an_identifier_survives_its_address(release_id: str) -> None:
    segment = escape_segment(release_id)
    assert read_segment(segment) == release_id
    assert "/" not in segment
    assert segment not in ("", ".", "..")
    assert not segment.endswith((".json", *CITATIONS))


@given(st.text(st.sampled_from("~/.%?#09af json中"), max_size=12))
def test_a_segment_has_one_reading(segment: str) -> None:
    read = read_segment(segment)
    assert read is None or escape_segment(read) == segment


@pytest.mark.parametrize(
    "release_id",
    [
        "P2023",
        "a/b",
        "a?b#c",
        "50%",
        "..",
        ".",
        "",
        "新聞 1",
        "मन्त्रालय/१",
        "x.json",
        "https://e.org/a?b=1",
        "~2f",
    ],
)
def test_a_release_address_decodes_to_its_identifier(release_id: str) -> None:
    address = release_path(Release(id=release_id, headline="Bridge opens", body=""))
    head, segment, slug = unquote(address).lstrip("/").split("/")
    assert (head, slug) == ("release", "bridge-opens")
    assert read_segment(segment) == release_id
    assert address.isascii()


def test_slugs_are_short_whole_words_and_left_out_when_empty() -> None:
    assert headline_slug("LCQ7: R&D – what’s next?") == "lcq7-r-d-whats-next"
    assert len(headline_slug("wonderful " * 40)) <= MAX_HEADLINE_SLUG
    assert headline_slug("wonderful " * 40).endswith("-wonderful")
    assert release_path(Release(id="7", headline="!!!", body="")) == "/release/7"


def test_browse_addresses() -> None:
    assert agency_path(Agency("water-board", "Water Board")) == "/agency/water-board"
    name = "जल-मन्त्रालय"  # with vowels that are marks
    assert unquote(agency_path(Agency(name, name))) == f"/agency/{name}"
    assert date_path("2023-06-26") == "/2023/06/26"
    assert date_path("2023") == "/2023"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "//e.org", "", None, "http://"],
)
def test_only_web_addresses_are_linked(url: str | None) -> None:
    assert web_link(url) is None
    assert web_link("https://example.org/a") == "https://example.org/a"
