"""Comments in the source of a page are nothing to its readers, wherever they stand."""

from __future__ import annotations

import re

import pytest

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage
from tests.index.sources.page import (
    test_cms_layouts,
    test_issuers_of_other_sites,
    test_layouts_for_the_press,
    test_layouts_of_labels_and_marks,
    test_layouts_of_other_sites,
)

LAYOUTS = [
    layout
    for module in (
        test_cms_layouts, test_issuers_of_other_sites, test_layouts_for_the_press,
        test_layouts_of_labels_and_marks, test_layouts_of_other_sites,
    )
    for layout in module.LAYOUTS
]  # fmt: skip
_TAG = re.compile(r"(?is)(<(?:script|style|title)\b.*?</(?:script|style|title)\s*>|<[^>]+>)")
_LIST = (
    "<h1>Press releases of 2026</h1><dl><!-- dt>7 August</dt --><dd><a href='/n/1'>The east pier has "
    "been repaired after nine weeks</a></dd></dl>"
)


def read(html: str) -> Draft | Refusal:
    (found,) = webpage.read(html, Document(name="p", data=b""))
    return found


def commented(html: str) -> str:
    """A page with a comment behind each tag but the first, which stands before all there is."""
    return _TAG.sub(lambda tag: tag[0] + ("<!-- x -->" if tag.start() else ""), html)


@pytest.mark.parametrize("layout", LAYOUTS, ids=[each.name for each in LAYOUTS])
def test_a_page_with_comments_is_read_as_without(layout: test_cms_layouts.Layout) -> None:
    assert read(commented(layout.html)) == read(layout.html)


def test_a_label_that_is_a_comment_labels_nothing() -> None:
    found = read(f"<html><body><main>{_LIST}</main></body></html>")
    assert isinstance(found, Refusal)
    assert "cannot be read" not in found.reason
