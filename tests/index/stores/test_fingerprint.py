"""Two releases with the same words under two ids: which of them are one."""

from __future__ import annotations

import pytest

from index.release import Release, content_hash
from index.stores.fingerprint import Fingerprint, fingerprint_of, same_release

HERE, MIRROR = "https://harbour.example/news/7", "https://mirror.example/news/7"


def fingerprint(
    url: str | None, date: str | None = None, body: str = "The lock opens.", language: str = "en"
) -> Fingerprint:
    """As of a release whose id comes from its address, else from its words."""
    release = Release(
        id="r", headline="Lock", body=body, url=url, date=date, language=language,
        content_hash=content_hash("Lock", body),
    )  # fmt: skip
    return fingerprint_of(release, by_content=url is None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (fingerprint(None), fingerprint(HERE), True),
        (fingerprint(HERE), fingerprint(None), True),
        (fingerprint(HERE), fingerprint(MIRROR), True),
        (fingerprint(HERE), fingerprint("https://mirror.example/news/8"), False),
        (fingerprint(None), fingerprint(HERE, body="The lock shuts."), False),
        (fingerprint(None, language="zh-Hant"), fingerprint(HERE, language="zh-Hans"), False),
        (fingerprint(None, language="en"), fingerprint(HERE, language="zh-Hans"), True),
    ],
)
def test_ids_of_which_one_is_of_the_words_or_both_are_of_one_path(
    one: Fingerprint, other: Fingerprint, same: bool
) -> None:
    assert same_release(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, "2023-11-05", True),
        ("2023", "2023-11-05", True),
        ("2023-11", "2023-11-05", True),
        ("2023-10", "2023-11-05", False),
        ("2023-11-04", "2023-11-05", False),
        ("--11-05", "2023-11-05", True),
        ("--11-04", "2023-11-05", False),
        ("--11-05", "--11-05", True),
        ("--11-04", "--11-05", False),
        ("--11-05", "2023", True),
    ],
)
def test_days_that_agree_as_far_as_each_is_known(one: str | None, other: str, same: bool) -> None:
    assert same_release(fingerprint(None, one), fingerprint(HERE, other)) is same
    assert same_release(fingerprint(None, other), fingerprint(HERE, one)) is same
