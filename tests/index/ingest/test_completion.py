"""Drafts become releases: text, language, identity."""

from __future__ import annotations

import dataclasses
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates.resolution import FoundDate
from index.errors import LimitError, NotAReleaseError
from index.identity import MAX_HOST, MAX_ID, canonical_address, identify, is_copy
from index.ingest.completion import UNREADABLE, Completed, CompletionOptions, complete
from index.limits import Limits
from index.sources.draft import Document, Draft
from index.sources.reader import ReadOptions

DRAFT = Draft(headline="Pier reopens", body="The pier is open again.", form="jsonl")
DOCUMENT = Document(name="a.jsonl", data=b"")


def completed(**changes: object) -> Completed:
    return complete(dataclasses.replace(DRAFT, **changes), DOCUMENT)  # type: ignore[arg-type]


def limited(**limits: int) -> CompletionOptions:
    return CompletionOptions(read=ReadOptions(limits=Limits(**limits)))


class TestText:
    def test_a_missing_headline_is_the_first_sentence_and_noted(self) -> None:
        body = "The pier at Kiln Lane is open again. Boats land there.\n\nMore of it."
        made = completed(headline=" ", body=body)
        assert made.release.headline == "The pier at Kiln Lane is open again."
        assert made.release.body == body
        assert "no headline" in made.notes[0]

    def test_a_chinese_first_sentence(self) -> None:
        made = completed(headline="", body="窰里碼頭今日重新開放。船隻可以停泊。")
        assert made.release.headline == "窰里碼頭今日重新開放。"

    def test_a_first_sentence_without_end_is_cut_at_a_word(self) -> None:
        made = completed(headline="", body="word " * 500)
        assert len(made.release.headline) <= 201
        assert made.release.headline.endswith("word…")

    def test_a_body_may_be_missing(self) -> None:
        assert completed(body="").release.headline == "Pier reopens"

    def test_nothing_at_all_is_no_release(self) -> None:
        with pytest.raises(NotAReleaseError, match="neither a headline nor a body"):
            completed(headline="\u200b", body=" \n\n ")

    def test_a_record_of_control_characters_is_kept_for_what_it_says_beside_them(self) -> None:
        day = (FoundDate("2023-11-05", "day", "json"),)
        made = completed(id="n1", dates=day, headline="\0\0", body="\0\0\0")
        assert made.release.headline == UNREADABLE
        assert (made.release.id, made.release.date) == ("n1", "2023-11-05")
        assert "unreadable" in made.notes[0]

    def test_limits(self) -> None:
        with pytest.raises(LimitError, match="at most 10 are read"):
            complete(DRAFT, DOCUMENT, limited(body_characters=10))
        cut = complete(DRAFT, DOCUMENT, limited(headline_characters=4))
        assert cut.release.headline == "Pier…"

    def test_marks_of_lists_stay_in_the_body(self) -> None:
        body = "\tfirst\n\tsecond\n\nAfter."
        assert completed(body=body).release.body == body


class TestWhatIsInferred:
    def test_what_is_stated_is_taken(self) -> None:
        made = completed(
            dates=(FoundDate("2024-03-05", "day", "json"),),
            stated_agency="Harbour Board",
            stated_agency_rule="json",
            language="en-GB",
        ).release
        assert (made.date, made.date_precision, made.date_source) == ("2024-03-05", "day", "json")
        assert (made.agency.slug, made.agency_rule) == ("harbour-board", "json")
        assert made.language == "en"

    def test_the_document_s_address_stands_in_for_the_draft_s(self) -> None:
        document = Document(
            name="x.warc!y", data=b"", url="https://a.example/y", fetched_at="2024-03-06T00:00:00Z"
        )
        made = complete(DRAFT, document).release
        assert made.url == "https://a.example/y"
        assert made.fetched_at == "2024-03-06T00:00:00Z"


NUMBER = "https://www.info.gov.hk/gia/general/202311/05/P2023110500602.htm"
SAME = [
    "https://water.example/news/lock",
    "http://water.example/news/lock",
    "HTTPS://WWW.Water.Example:443/news/lock/",
    "https://water.example//news/lock#top",
    "https://water.example/news/lock?utm_source=x&utm_medium=y",
    "https://water.example/news/lock?fontSize=2&fbclid=1",
    "https://water.example/news/lock;jsessionid=12AB",
    "https://water.example/news/%6Cock",
    "https://user@water.example/news/lock",
    "https://web.archive.org/web/20240306id_/http://water.example/news/lock",
    "https://web.archive.org/web/20240306101010/http://www.water.example:80/news/lock",
    "https://water.example/news/lock/index.html",
    "https://sc.gov.example/gb/water.example/news/lock",
    " https://water.example/news/lock ",
]


class TestIdentity:
    @pytest.mark.parametrize("url", SAME)
    def test_one_release_however_its_address_is_written(self, url: str) -> None:
        assert canonical_address(url) == "water.example/news/lock"
        assert identify(None, url, "0", None) == identify(None, SAME[0], "0", None)

    @pytest.mark.parametrize(
        "url",
        [
            "https://water.example/news/Lock",
            "https://water.example/news/lock?id=2",
            "https://water.example:8080/news/lock",
            "https://fire.example/news/lock",
            "https://water.example/news/lock.html",
            "https://water.example/news%2Flock/x",
        ],
    )
    def test_what_may_be_another_release_is(self, url: str) -> None:
        assert canonical_address(url) != "water.example/news/lock"

    def test_a_host_of_dots_is_no_address(self) -> None:
        assert canonical_address("https://../b") is None

    @pytest.mark.parametrize(
        "url",
        [
            "http://www.www.water.example/a",
            "http://" + 80 * "\u1234" + ".example/a",  # no host, and longer than a label may be
            "http://w%41ter..example%2e/%2e",
            "http://[::1]:8080/a",
            "http://ww\u2026.e*800",  # an ellipsis is three dots to IDNA, which then refuses them
            "http://water.example/index.html/",
            "http://water.example/%2Fnews/index.html/index.php",
        ],
    )
    def test_an_address_made_canonical_again_stays(self, url: str) -> None:
        once = canonical_address(url)
        assert once is not None
        assert canonical_address(f"http://{once}") == once

    def test_the_order_of_parameters_does_not_matter(self) -> None:
        one, other = "https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"
        assert canonical_address(one) == canonical_address(other)

    @pytest.mark.parametrize(
        "url",
        [
            NUMBER,
            NUMBER + "?fontSize=1",
            NUMBER.replace(".htm", "p.htm"),
            "https://sc.isd.gov.hk/gb/www.info.gov.hk/gia/general/202311/05/P2023110500602.htm",
            "https://sc.isd.gov.hk/TuniS/www.info.gov.hk/gia/general/202311/05/P2023110500602.htm",
        ],
    )
    def test_the_issuer_s_number_beats_the_address(self, url: str) -> None:
        assert identify(None, url, "0", None) == ("P2023110500602", "number")

    def test_a_given_id_stays_as_it_is(self) -> None:
        assert identify(" LH/2023 #5 ", NUMBER, "0", None) == ("LH/2023 #5", "given")

    def test_an_address_given_as_id_is_an_address(self) -> None:
        assert identify(SAME[1], None, "0", None) == identify(None, SAME[0], "0", None)

    def test_an_endless_id_is_none(self) -> None:
        assert identify("x" * 300, None, "0", None).rule == "content"

    def test_without_address_the_words_and_the_stated_day_decide(self) -> None:
        one = identify(None, None, "abc", "2024-03-05")
        assert one.rule == "content"
        assert one == identify(None, "mailto:x@y.example", "abc", "2024-03-05")
        assert one != identify(None, None, "abc", "2024-03-06")
        assert one != identify(None, None, "abd", "2024-03-05")

    @pytest.mark.parametrize("url", ["", "x", "ftp://a.example/x", "http://", "http://[::1", "//a"])
    def test_what_is_no_web_address(self, url: str) -> None:
        assert canonical_address(url) is None

    @pytest.mark.parametrize(
        ("url", "address"),
        [
            ("http://a/b", "a/b"),
            ("https://www.example/x", "www.example/x"),  # of a top level domain nothing goes
            ("https://www.water.example/x", "water.example/x"),
            ("https://water.example/?day", "water.example?day="),
            ("https://water.example/x?utm_source=a", "water.example/x"),
            ("https://web.archive.org/web/2024/https://water.example/x?b=1", "water.example/x?b=1"),
            ("https://web.archive.org/web/2024/" * 4 + "https://a.example/x", "a.example/x"),
            (f"https://{'a' * MAX_HOST}/x", f"{'a' * MAX_HOST}/x"),
            (f"https://{'a' * (MAX_HOST + 1)}/x", None),
        ],
    )
    def test_what_an_address_is_as_an_identity(self, url: str, address: str | None) -> None:
        assert canonical_address(url) == address

    def test_the_longest_id(self) -> None:
        assert identify("x" * MAX_ID, None, "0", None).rule == "given"
        assert identify("x" * (MAX_ID + 1), None, "0", None).rule == "content"

    def test_copies(self) -> None:
        assert is_copy("https://web.archive.org/web/2024/https://water.example/news/lock")
        assert not is_copy("https://water.example/gb/news/lock")
        assert not is_copy(None)


addresses = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "HTTPS"]),
    st.sampled_from(["a.example", "www.B.example.", "bücher.example", "1.2.3.4:80", "[::1]:8443"]),
    st.lists(st.text(min_size=1, max_size=8)).map(lambda parts: "/" + "/".join(parts)),
    st.sampled_from(["", "?", "?utm_a=1", "?x=ä&y", "?b=%FF&a=+"]),
    st.sampled_from(["", "#", "#part"]),
)


# Each is read in two ways by the rules of hosts, of paths or of copies.
PIECES = [
    "a", "b", "www.", "ww", ".", "\u2026", "\u2025", "*", "%", "%41", "%2e", "%2f", "%5b", "%25",
    "%3a", "%00", "%C3%89", "\u00e9", "\u00c9", "\u0130", "\u00df", "\u03c2", "\u01c5", "\u3002",
    "\uff0e", "\ufb00", "\u0661", "\u05d0", "\u200d", "\udc85", "\x00", "xn--", "xn--9ca", "-",
    "_", "[", "]", ":", "::1", ":80", ":8080", "/", "//", "?", "#", "@", "=", "&", ";", "+", "\\",
    "sid=1", "index.html", "/gb/", "web.archive.org/web/2020/", "http://",
]  # fmt: skip
pieced = st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)


@given(addresses | pieced.map("http://{}".format))
def test_canonical_addresses_are_their_own(url: str) -> None:
    once = canonical_address(url)
    if once is not None:
        assert canonical_address("https://" + once) == once


@given(addresses)
def test_tracking_never_changes_an_identity(url: str) -> None:
    base = quote(url.partition("#")[0], safe=":/?&=%[]+")
    joint = "&" if "?" in base else "?"
    assert canonical_address(f"{base}{joint}utm_campaign=x") == canonical_address(base)


@given(st.text(max_size=300))
def test_no_text_stops_the_reading_of_addresses(text: str) -> None:
    for url in (text, "http://" + text, "https://a.example/" + text, "https://a.example/?" + text):
        assert identify(None, url, "0", None).id.isascii()
