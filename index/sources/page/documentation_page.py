"""Pages that document software, told by the program that wrote them or by the code they show."""

from __future__ import annotations

import re
from typing import Any

from index.sources.page.blocks import Block
from index.sources.page.metadata import Metadata

_GENERATOR = re.compile(
    r"(?i)^(?:rustdoc|sphinx|docutils|doxygen|javadoc|typedoc|jsdoc|mkdocs|docusaurus|vitepress|"
    r"vuepress|antora|exdoc|haddock|yard|pdoc)\b"
)
"""Programs that write documentation from sources; Sphinx itself leaves the name of Docutils."""
_FROM_CODE = re.compile(r"(?i)^(?:rustdoc|doxygen|javadoc|typedoc|jsdoc|haddock)\b")
_OF_CODE = re.compile(r"(?i)(?:^|[\s_-])(?:highlight|sourcecode|language|sig-object)(?:$|[\s_-])")


def is_documentation(metadata: Metadata) -> bool:
    """Whether a program wrote a page whose pages without a day document software."""
    return _GENERATOR.match(metadata.generator) is not None


def shows_code(blocks: list[Block]) -> bool:
    """Whether a page, before its furniture is removed, shows code. Typed releases stand in `<pre>`,
    too, but none in `<code>` within it."""
    return any(_is_code(block.element) for block in blocks)


def is_written_from_code(metadata: Metadata) -> bool:
    """Whether a program that reads source code alone wrote a page: a day on it is of a version."""
    return _FROM_CODE.match(metadata.generator) is not None


def _is_code(element: Any) -> bool:
    if element.tag not in ("pre", "dt"):
        return False
    if element.tag == "pre" and element.find(".//code") is not None:
        return True
    around = (element, element.getparent())
    called = (each.get("class") or "" for each in around if each is not None)
    return any(map(_OF_CODE.search, called))
