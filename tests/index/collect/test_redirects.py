"""Pages that only lead on, what is behind them, and pages sent under a type that says nothing."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from index.collect.cookies import Cookies
from index.collect.http_client import HttpAnswer
from index.collect.polite_fetcher import MAX_REDIRECTS
from tests.index.collect.press_site import DAY, Asked, Clock, Reply, Site, page, run
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


def test_a_cookie_that_a_site_insists_on_is_given_back(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.headers.get("cookie") == "seen=1":
            return Reply(page(1).encode(), headers={"Content-Type": "text/html"})
        return Reply(status=302, headers={"Location": "/news/1", "Set-Cookie": "seen=1; Path=/"})

    site.paths["/news/1"] = answer
    site.release(2)
    site.feed("/feed", [(1, "/news/1"), (2, "/news/2")])
    (report,) = run(tmp_path, clock, source(site))
    assert report.new == [f"{site.url}/news/1", f"{site.url}/news/2"]
    given = [each.headers.get("cookie") for each in site.asked if each.path.startswith("/news")]
    assert given == [None, "seen=1", None]


def test_a_site_that_sets_another_cookie_each_time_is_given_up(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    numbers = itertools.count()

    def answer(_: Asked) -> Reply:
        headers = {"Location": "/news/1", "Set-Cookie": f"n={next(numbers)}"}
        return Reply(status=302, headers=headers)

    site.paths["/news/1"] = answer
    site.feed("/feed", [(1, "/news/1")])
    (report,) = run(tmp_path, clock, source(site))
    assert "leads in a circle" in report.failing[0][1]
    assert site.times("/news/1") == MAX_REDIRECTS + 1


def test_cookies_stay_with_their_host() -> None:
    cookies = Cookies()
    headers = (("Set-Cookie", "a=1; Secure"), ("set-cookie", "b=x y\r\nz"), ("Set-Cookie", "c="))
    answer = HttpAnswer(
        url="https://port.example/a", status=302, reason="", headers=headers, body=b"",
        asked_with=(), address="", limit=1,
    )  # fmt: skip
    cookies.take(answer)
    assert cookies.of("https://port.example/b") == "a=1; c="
    assert cookies.of("http://port.example/b") == cookies.of("https://tide.example/b") == ""
