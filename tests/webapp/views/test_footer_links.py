"""What an operator has to link on every page, such as a statement on accessibility."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from webapp import create_app
from webapp.settings import SettingError, read_settings

LINKS = "Accessibility=https://example.org/a?b=c&d; Ask <us>=mailto:press@example.org;"


@pytest.mark.parametrize("path", ["/", "/search?q=flood", "/zh-hant/help", "/nothing/here"])
def test_links_of_the_operator_stand_at_the_foot_of_every_page(
    index_folder: Path, path: str
) -> None:
    for links, expected in (
        (LINKS, [("Accessibility", "https://example.org/a?b=c&d"),
                 ("Ask <us>", "mailto:press@example.org")]),
        ("", []),
    ):  # fmt: skip
        app = create_app({"index": str(index_folder), "footer_links": links})
        soup = BeautifulSoup(app.test_client().get(path).text, "lxml")
        found = [(each.get_text(), str(each["href"])) for each in soup.select("footer a")]
        assert [each for each in found if not each[1].startswith("/")] == expected


@pytest.mark.parametrize(
    "wrong",
    ["Imprint", "Imprint=/imprint", "=https://example.org/", "A=javascript:alert(1)",
     "A=mailto:nobody", "A=data:text/html,x", "; ".join(["A=https://example.org/"] * 9)],
)  # fmt: skip
def test_what_is_no_link_stops_the_start_with_a_sentence(wrong: str) -> None:
    with pytest.raises(SettingError, match=r"DATELINE_FOOTER_LINKS: .* (write|give) "):
        read_settings({}, {"DATELINE_FOOTER_LINKS": wrong})
