"""The record: round trip, content hash, slugs."""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Agency, Photo, Release, Translation, content_hash, slugify
from index.text.folding import fold

TEXT = st.text(max_size=40)
AGENCY = st.builds(Agency, TEXT, TEXT)
RELEASES = st.builds(
    Release,
    id=TEXT,
    headline=TEXT,
    body=TEXT,
    url=st.none() | TEXT,
    date=st.none() | st.just("2023-11"),
    agency=AGENCY,
    agencies_mentioned=st.lists(AGENCY, max_size=2).map(tuple),
    photos=st.lists(st.builds(Photo, TEXT, TEXT), max_size=2).map(tuple),
    translations=st.lists(st.builds(Translation, TEXT, TEXT), max_size=2).map(tuple),
    aliases=st.lists(TEXT, max_size=2).map(tuple),
)


@given(RELEASES)
def test_a_release_survives_being_stored(release: Release) -> None:
    stored = release.to_stored()
    assert Release.from_stored(json.loads(json.dumps(stored))) == release
    assert stored.keys() <= set(Release.STORED_FIELDS)
    assert "fetched_at" not in stored, "what says nothing is left out"
    assert (stored["agency"], stored["agency_name"]) == release.agency
    assert {"id", "headline", "body", "language", "content_hash"} <= stored.keys()


@given(RELEASES)
def test_all_of_a_release_is_public(release: Release) -> None:
    public = json.loads(json.dumps(release.to_dict()))
    assert public.keys() == {each.name for each in fields(Release)}
    assert public["agency"] == {"slug": release.agency.slug, "name": release.agency.name}
    assert [Photo(**each) for each in public["photos"]] == list(release.photos)


@given(RELEASES)
def test_a_release_survives_the_way_to_another_process(release: Release) -> None:
    assert pickle.loads(pickle.dumps(release)) == release  # noqa: S301, our own


@given(st.text(max_size=30) | st.text("aB`\t\x1c\x85 \u3000é", max_size=20))
def test_the_hash_is_of_the_folded_text_without_white_space(text: str) -> None:
    folded = "".join(fold(text).split())
    assert (
        content_hash(text, "")
        == hashlib.sha256(f"{folded}\0".encode("utf-8", "surrogatepass")).hexdigest()
    )


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("“Customs YES”  visits", "One two.\n\nThree."),
        ('"customs yes" visits', "One  two. Three."),
    ],
)
def test_copies_hash_alike(headline: str, body: str) -> None:
    assert content_hash(headline, body) == content_hash('"Customs YES" visits', "One two. Three.")


def test_headline_and_body_do_not_run_together_in_the_hash() -> None:
    assert content_hash("ab", "c") != content_hash("a", "bc")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Customs and Excise Department", "customs-and-excise-department"),
        ("Chief Executive’s Office", "chief-executives-office"),
        ("Chief Executive's Office", "chief-executives-office"),
        ("  Federal Office (FOEN) ", "federal-office-foen"),
        ("Santé publique", "sante-publique"),
        ("入境事務處", "入境事务处"),
        ("स्वास्थ्य मन्त्रालय", "स्वास्थ्य-मन्त्रालय"),
        ("মন্ত্রী", "মন্ত্রী"),  # and not the same as মন্ত্র
        ("กระทรวงการคลัง", "กระทรวงการคลัง"),
        ("\u2764\ufe0f Harbours 1\ufe0f\u20e3", "harbours-1"),
        ("!!!", "unnamed"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug
