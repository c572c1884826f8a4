"""What changed in a release, and what is new, in a real browser: found, compared, on a phone too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from index.history import History, changed_at
from index.release import Agency, Release
from index.stores.folder import FolderStore
from index.stores.stored_release import stored_release
from tests.browser.barriers import barriers
from tests.browser.site_server import served

pytestmark = pytest.mark.browser
OFFICE = Agency("ferry-office", "Ferry Office")
BODY = "The ferry to Westport sails at {} from the long pier.\n\nA bell rings before it leaves."
CAME, LATER = "2024-05-01T08:00:00+00:00", "2024-06-01T08:00:00+00:00"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a release that changed, one that came late, and one dated in the future."""
    folder = tmp_path_factory.mktemp("changes") / "index"
    dates = {
        "kept": "2024-05-01",
        "late": "1990-02-03",
        "ahead": "9998-01-01",
        "moved": "2024-04-02",
    }
    before = {"first_indexed": CAME, "headline": "Ferry", "body": BODY.format("nine")}
    histories = {"late": History(LATER), "moved": changed_at(before, LATER)}
    store = FolderStore(folder)
    with store.writing():
        store.apply((), [
            stored_release(
                Release(id=each, headline="Ferry", body=BODY.format("ten"), date=date,
                        date_precision="day", agency=OFFICE),
                histories.get(each, History(CAME)),
            )
            for each, date in dates.items()
        ])  # fmt: skip
    with served(folder) as address:
        yield address


def test_from_what_is_new_to_the_words_that_changed(browser: Any, desk: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{desk}/search?q=ferry&copies=1&seen=2024-05-15")
        assert page.locator("#news strong").inner_text().startswith("2 new since")
        page.locator("#news a", has_text="Show only these").click()
        page.wait_for_url("**new=1**")
        assert page.locator(".hits > li").count() == 2
        page.get_by_role("link", name="Changed on 1 June 2024").click()
        page.wait_for_url(f"{desk}/release/moved/changes")
        assert page.locator(".diff del").all_inner_texts() == ["nine"]
        assert page.locator(".diff ins").all_inner_texts() == ["ten"]
        page.get_by_role("link", name="Back to the release").click()
        page.wait_for_url(lambda address: not address.endswith("/changes"))
        page.get_by_role("link", name="Changed on 1 June 2024").wait_for()


def test_what_is_dated_ahead_of_today_heads_no_list_and_is_in_no_chart(
    browser: Any, desk: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{desk}/search?copies=1")
        shown = page.locator(".hits > li .about time")
        assert shown.nth(0).get_attribute("datetime") == "2024-05-01"
        assert shown.last.get_attribute("datetime") == "9998-01-01"
        assert page.locator(".hits .ahead").all_inner_texts() == ["(dated in the future)"]
        assert "9998" not in (page.locator("svg.timeline").text_content() or "")
        page.locator(".undated a", has_text="Dated in the future").click()
        page.wait_for_url(lambda address: address != f"{desk}/search?copies=1")
        assert page.locator(".hits > li").count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_two_columns_fit_and_can_be_read_by_everybody(browser: Any, desk: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{desk}/release/moved/changes")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        before, after = page.locator(".diff tbody tr").nth(1).locator("td").all()
        assert before.bounding_box()["x"] < after.bounding_box()["x"]
        assert barriers(page) == []
