"""Pages that document software are refused as such; a release without a day is none of them."""

from __future__ import annotations

import pytest

from index.sources.draft import Document, Draft, Refusal
from index.sources.page import webpage
from tests.index.sources.page.layouts import HEADLINE, PROSE, html

TOLD = (
    "<p>Counts the ships that the harbour has room for and returns their number to whoever asked. "
    "It never waits for the tide, and an empty harbour has room for all of them.</p>"
)


def _read(body: str, head: str = "") -> Draft | Refusal:
    page = html(f"<main><h1>Count of ships</h1>{body}</main>", head, title="Count of ships")
    (found,) = webpage.read(page, Document(name="p", data=b""))
    return found


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (TOLD * 2, "<meta name='generator' content='rustdoc'>"),
        (f"<p>3 May 2024</p>{TOLD}{TOLD}", "<meta name='generator' content='rustdoc'>"),
        (f"{TOLD}<pre><pre class='item'><code>count(harbour)</code></pre></pre>{TOLD}", ""),
        (f"{TOLD}<pre class='play'><code class='language-x'>count(a)</code></pre>{TOLD}", ""),
        (f"{TOLD}<pre class='item'><code>fn count(harbour) -&gt; u32</code></pre>{TOLD}", ""),
        (f"{TOLD}<div class='highlight'><pre>count(harbour)</pre></div>{TOLD}", ""),
        (f"<dl><dt class='sig sig-object'>count(harbour)</dt><dd>{TOLD}</dd></dl>{TOLD}", ""),
    ],
)
def test_documentation_of_software_is_no_release(body: str, head: str) -> None:
    found = _read(body, head)
    assert isinstance(found, Refusal), found
    assert found.reason == "documentation of software, not a release"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (PROSE, "<meta name='generator' content='Drupal 10'>"),
        (f"<pre>{PROSE.replace('<p>', '').replace('</p>', chr(10) * 2)}</pre>", ""),
        (f"<p>3 May 2024</p>{PROSE}<pre><code>count(harbour)</code></pre>{PROSE}", ""),
    ],
)
def test_a_release_is_no_documentation(body: str, head: str) -> None:
    page = html(f"<main><h1>{HEADLINE}</h1>{body}</main>", head)
    (found,) = webpage.read(page, Document(name="p", data=b""))
    assert isinstance(found, Draft), found
