"""Pages that only lead on, what is behind them, and pages sent under a type that says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.index.collect.press_site import DAY, Clock, Reply, Site, page, run
from tests.index.collect.test_faults import captured, source

FORWARDS = {
    "meta": Reply(b"<html><head><META content=\"0; URL='/new/1'\" http-equiv=Refresh></head>Moved"),
    "entity": Reply(b"<meta http-equiv='refresh' content='5;url=/new/1?a=1&amp;b=2'>"),
    "header": Reply(b"moved", headers={"Refresh": "0; url=/new/1"}),
}


@pytest.mark.parametrize("form", FORWARDS)
def test_a_page_that_only_leads_on_is_a_redirect(
    site: Site, clock: Clock, tmp_path: Path, form: str
) -> None:
    target = "/new/1?a=1&b=2" if form == "entity" else "/new/1"
    site.release(1, path=target)
    site.paths["/news/1"] = FORWARDS[form]
    site.feed("/feed", [(1, "/news/1")])
    (report,) = run(tmp_path, clock, source(site))
    assert report.new == [f"{site.url}/news/1"]
    assert captured(tmp_path) == {f"{site.url}{target}": 1}


@pytest.mark.parametrize(
    "head",
    [
        "<meta http-equiv=refresh content='300; url=/'>",
        "<meta http-equiv=refresh content='0; url=/news/1'>",
        "<meta http-equiv=refresh content=0>",
        "<noscript><meta http-equiv=refresh content='0; url=/plain'></noscript>",
        "<!-- <meta http-equiv=refresh content='0; url=/old'> -->",
    ],
)
def test_a_page_that_loads_itself_again_is_no_redirect(
    site: Site, clock: Clock, tmp_path: Path, head: str
) -> None:
    site.put("/news/1", page(1).replace("<head>", f"<head>{head}"))
    site.feed("/feed", [(1, "/news/1")])
    run(tmp_path, clock, source(site))
    assert captured(tmp_path) == {f"{site.url}/news/1": 1}


def test_a_correction_behind_a_redirect_is_seen(site: Site, clock: Clock, tmp_path: Path) -> None:
    site.paths["/news/1"] = Reply(status=302, headers={"Location": "/new/1"})
    site.release(1, path="/new/1")
    site.feed("/feed", [(1, "/news/1")])
    run(tmp_path, clock, source(site))
    clock.time += 2 * DAY
    site.release(1, path="/new/1", text="Ferries leave from pier 1 twice an hour.")
    (report,) = run(tmp_path, clock, source(site))
    assert report.changed == [f"{site.url}/news/1"]


@pytest.mark.parametrize("kind", ["application/octet-stream", "application/force-download", "html"])
def test_a_page_of_a_type_that_says_nothing_is_read(
    site: Site, clock: Clock, tmp_path: Path, kind: str
) -> None:
    site.put("/news/1", page(1), kind)
    site.feed("/feed", [(1, "/news/1")])
    run(tmp_path, clock, source(site))
    assert captured(tmp_path) == {f"{site.url}/news/1": 1}
