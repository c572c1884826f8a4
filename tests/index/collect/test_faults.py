"""A server that misbehaves costs a source what it spoils, and nothing else."""

from __future__ import annotations

import gzip
import itertools
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from index.collect.collector import CollectOptions, collect
from index.collect.polite_fetcher import (
    BACK_OFF_SECONDS,
    MOST_FAILURES,
    TRIES_AT_ONCE,
    HostLimits,
)
from index.collect.sources_file import PressSource, SourcesFile
from index.errors import IndexLockedError
from index.sources import ReadOptions
from index.sources.reading import ReadDraft, read_path
from tests.index.collect.press_site import DAY, Asked, Clock, Reply, Site, bomb, run


def source(site: Site, **more: object) -> PressSource:
    return PressSource(name="port", url=f"{site.url}/feed", kind="feed", **more)  # type: ignore[arg-type]


def captured(folder: Path) -> Counter[str]:
    """Addresses of the releases that the folder holds, but for those that a feed quotes."""
    found = read_path(folder, ReadOptions(), Counter())
    return Counter(
        each.document.url or ""
        for each in found
        if isinstance(each, ReadDraft) and each.draft.form == "web-page"
    )


def failing(report: object) -> str:
    return " ".join(reason for _, reason in report.failing)  # type: ignore[attr-defined]


def test_what_is_new_is_fetched_once_and_read_as_it_came(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.feed("/feed", [(1, site.release(1)), (2, site.release(2, etag='"b"'))], etag='"a"')
    (first,) = run(tmp_path, clock, source(site, agency="Harbour Office"))
    assert first.new == [f"{site.url}/news/1", f"{site.url}/news/2"]
    (second,) = run(tmp_path, clock, source(site, agency="Harbour Office"))
    assert (second.new, second.changed, second.failing) == ([], [], [])
    assert site.times("/news/1") == site.times("/news/2") == 1
    assert site.asked[-1].status == 304
    assert captured(tmp_path) == {f"{site.url}/news/1": 1, f"{site.url}/news/2": 1}
    drafts = [
        each.draft
        for each in read_path(tmp_path, ReadOptions(), Counter())
        if isinstance(each, ReadDraft)
    ]
    assert {draft.stated_agency for draft in drafts} == {"Harbour Office"}
    assert {each.headers["user-agent"] for each in site.asked} == {
        "Dateline/test (+mailto:desk@press.example)"
    }


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(drip=True), "took longer than 0.1 seconds"),
        (Reply(b"x" * 5_000), "has more than 4,000 bytes"),
        (Reply(bomb(1 << 20), headers={"Content-Encoding": "gzip"}), "unpacks to more than 4,000"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "is damaged"),
        (Reply(gzip.compress(b"<p>text")[:-9], headers={"Content-Encoding": "gzip"}), "cut short"),
        (Reply(b"br", headers={"Content-Encoding": "br"}), "did not ask for"),
        (Reply(b"short", short_by=10), "gave no answer"),
        (Reply(status=302, headers={"Location": "/bad"}), "leads in a circle"),
        (Reply(status=302, headers={"Location": "ftp://port.example/"}), "no address of the web"),
        (Reply(status=302, headers={"Location": "http://[bad"}), "no address of the web"),
        (Reply(status=500), "gave status 500"),
        (Reply(status=403), "gave status 403"),
        (Reply(status=404), "gave status 404"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_bad_page_fails_alone(
    site: Site, clock: Clock, tmp_path: Path, reply: Reply, words: str
) -> None:
    site.paths["/bad"] = reply
    site.feed("/feed", [(1, "/bad"), (2, site.release(2))])
    (report,) = run(tmp_path, clock, source(site), answer_bytes=4_000, answer_seconds=0.1)
    assert report.new == [f"{site.url}/news/2"]
    assert words in failing(report)
    assert captured(tmp_path) == {f"{site.url}/news/2": 1}
    site.release(1, path="/bad")
    clock.time += DAY
    (later,) = run(tmp_path, clock, source(site))
    assert later.new == [f"{site.url}/bad"], "what failed comes once it can"


@pytest.mark.parametrize("padding", [b"", b"\0\0"])
def test_an_answer_of_several_gzip_members_is_read_to_its_end(
    site: Site, clock: Clock, tmp_path: Path, padding: bytes
) -> None:
    site.feed("/feed", [(1, site.release(1)), (2, site.release(2))])
    feed = site.paths["/feed"].body  # type: ignore[union-attr]
    packed = gzip.compress(feed[:30]) + gzip.compress(feed[30:]) + padding
    site.paths["/feed"] = Reply(packed, headers={"Content-Encoding": "gzip"})
    (report,) = run(tmp_path, clock, source(site))
    assert report.new == [f"{site.url}/news/1", f"{site.url}/news/2"]


def test_an_address_that_leads_on_for_ever_ends(site: Site, clock: Clock, tmp_path: Path) -> None:
    def further(asked: Asked) -> Reply:
        return Reply(status=301, headers={"Location": f"{asked.path}x"})

    site.paths.update({"/a" + "x" * n: further for n in range(50)})
    site.feed("/feed", [(1, "/a")])
    (report,) = run(tmp_path, clock, source(site))
    assert "too far (6 redirects)" in failing(report)


def test_back_off_doubles_and_retry_after_is_kept_to(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    replies = iter([Reply(status=503), Reply(status=429, headers={"Retry-After": "30"})])
    good = Reply(b"User-agent: *\nDisallow:\n")
    site.paths["/robots.txt"] = lambda _: next(replies, good)
    site.feed("/feed", [(1, site.release(1))])
    (report,) = run(tmp_path, clock, source(site))
    assert report.new
    times = [each.time for each in site.asked[:3]]
    assert times[1] - times[0] == BACK_OFF_SECONDS
    assert times[2] - times[1] == 30


def test_a_server_that_fails_is_tried_so_often_with_longer_pauses(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.paths["/bad"] = Reply(status=502)
    site.feed("/feed", [(1, "/bad")])
    run(tmp_path, clock, source(site))
    times = [each.time for each in site.asked if each.path == "/bad"]
    assert len(times) == TRIES_AT_ONCE
    assert [b - a for a, b in itertools.pairwise(times)] == [2.0, 4.0, 8.0]
    clock.time += 300
    run(tmp_path, clock, source(site))
    assert site.times("/bad") == TRIES_AT_ONCE, "not again so soon"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("Fri, 31 Dec 9999 23:59:59 -2359", "asks to be left alone until 2023-04-13T"),
        ("999999999", "asks to be left alone until 2023-04-13T"),
        ("Tue, 14 Mar 99999999999 10:00:00 GMT", "gave status 429"),
        ("Tue, 14 Mar 2023 10:00:00 +99999999999999999999", "gave status 429"),
    ],
)
def test_a_rest_without_end_is_a_month_and_one_without_sense_is_none(
    site: Site, clock: Clock, tmp_path: Path, after: str, words: str
) -> None:
    site.feed("/feed", [(1, "/busy")])
    site.paths["/busy"] = Reply(status=429, headers={"Retry-After": after})
    (report,) = run(tmp_path, clock, source(site))
    assert words in (report.rests or failing(report))


@pytest.mark.parametrize("after", ["7200", "Tue, 14 Mar 2023 10:00:00 GMT"])
def test_a_host_that_asks_for_rest_gets_it_over_runs(
    site: Site, clock: Clock, tmp_path: Path, after: str
) -> None:
    site.feed("/feed", [(1, "/busy"), (2, site.release(2)), (3, site.release(3))])
    site.paths["/busy"] = Reply(status=429, headers={"Retry-After": after})
    (report,) = run(tmp_path, clock, source(site))
    assert "asks to be left alone until 2023-03-14T1" in (report.rests or "")
    assert report.waiting == 3
    asked = len(site.asked)
    clock.time += 3_600
    (meanwhile,) = run(tmp_path, clock, source(site))
    assert len(site.asked) == asked, "no request at all"
    assert meanwhile.broken
    clock.time += 3_700
    site.release(1, path="/busy")
    (later,) = run(tmp_path, clock, source(site))
    assert len(later.new) == 3


def test_robots_that_forbid_are_obeyed_wherever_one_is_led(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    robots = "User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n"
    site.put("/robots.txt", robots, "text/plain")
    site.release(2, path="/private/2")
    site.paths["/moved"] = Reply(status=301, headers={"Location": "/private/2"})
    site.feed("/feed", [(1, "/private/1"), (2, "/moved"), (3, site.release(3))])
    (report,) = run(tmp_path, clock, source(site))
    assert sorted(report.forbidden) == [f"{site.url}/moved", f"{site.url}/private/1"]
    assert report.new == [f"{site.url}/news/3"]
    assert not any(each.path.startswith("/private/") for each in site.asked)
    times = [each.time for each in site.asked]
    assert min(b - a for a, b in itertools.pairwise(times)) >= 7
    (again,) = run(tmp_path, clock, source(site))
    assert len(again.forbidden) == 2


def test_our_own_name_in_robots_is_heard(site: Site, clock: Clock, tmp_path: Path) -> None:
    site.put(
        "/robots.txt",
        "User-agent: dateline\nDisallow: /\n\nUser-agent: *\nAllow: /\n",
        "text/plain",
    )
    site.feed("/feed", [(1, site.release(1))])
    (report,) = run(tmp_path, clock, source(site))
    assert "forbids" in (report.broken or "")
    assert [each.path for each in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_whose_robots_cannot_be_read_is_asked_for_nothing(
    site: Site, clock: Clock, tmp_path: Path, status: int
) -> None:
    site.paths["/robots.txt"] = Reply(status=status)
    site.feed("/feed", [(1, site.release(1))])
    (report,) = run(tmp_path, clock, source(site))
    assert "robots.txt" in (report.broken or "")
    assert {each.path for each in site.asked} == {"/robots.txt"}


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing(
    site: Site, clock: Clock, tmp_path: Path, status: int
) -> None:
    site.paths["/robots.txt"] = Reply(status=status)
    site.feed("/feed", [(1, site.release(1))])
    assert run(tmp_path, clock, source(site))[0].new


def test_robots_are_asked_for_once_a_day(site: Site, clock: Clock, tmp_path: Path) -> None:
    site.feed("/feed", [(1, site.release(1))])
    for _ in range(5):
        run(tmp_path, clock, source(site))
        clock.time += DAY / 4
    assert site.times("/robots.txt") == 2


def test_changed_and_vanished_pages_are_seen_and_the_text_stays(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.feed("/feed", [(n, site.release(n)) for n in (1, 2, 3)], etag='"a"')
    run(tmp_path, clock, source(site))
    site.release(1, text="Correction: ferries leave from seven in the morning.")
    site.put("/news/2", site.paths["/news/2"].body.replace(b"<nav>", b"<!-- 7f --><nav>"))  # type: ignore[union-attr]
    site.paths["/news/3"] = Reply(status=410)
    clock.time += DAY + 1
    (report,) = run(tmp_path, clock, source(site))
    assert report.changed == [f"{site.url}/news/1"]
    assert report.gone == [f"{site.url}/news/3"]
    assert report.unchanged == 1, "other markup, the same words"
    held = captured(tmp_path)
    assert held == {f"{site.url}/news/1": 2, f"{site.url}/news/2": 1, f"{site.url}/news/3": 1}


def test_pages_are_looked_at_again_ever_more_seldom(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.feed("/feed", [(1, site.release(1, etag='"1"'))], etag='"a"')
    for _ in range(34):
        run(tmp_path, clock, source(site))
        clock.time += DAY
    looked = [
        round((each.time - site.asked[2].time) / DAY)
        for each in site.asked
        if each.path == "/news/1"
    ]
    assert looked[:2] == [0, 1]
    assert all(2 * age <= then <= 2 * age + 1 for age, then in pairwise(looked))
    run(tmp_path / "never", clock, source(site, recheck=0.0))
    before = site.times("/news/1")
    clock.time += 9 * DAY
    run(tmp_path / "never", clock, source(site, recheck=0.0))
    assert site.times("/news/1") == before


def test_what_a_listing_calls_changed_is_looked_at(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    def sitemap(day: str) -> None:
        entry = f"<url><loc>{site.url}/news/1</loc><lastmod>{day}</lastmod></url>"
        site.put("/map.xml", f"<urlset>{entry}</urlset>", "application/xml")

    site.release(1)
    sitemap("2023-03-14")
    listed = PressSource(name="map", url=f"{site.url}/map.xml", kind="sitemap")
    run(tmp_path, clock, listed)
    site.release(1, text="Corrected.")
    clock.time += 60
    assert run(tmp_path, clock, listed)[0].changed == []
    sitemap("2023-03-15")
    assert run(tmp_path, clock, listed)[0].changed == [f"{site.url}/news/1"]


def test_the_same_item_under_two_addresses_is_fetched_once(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.release(1)
    site.paths["/go/1"] = Reply(status=302, headers={"Location": "/news/1"})
    site.feed("/feed", [(1, "/news/1?utm_source=rss"), (1, "/news/1"), (1, "/go/1")])
    site.paths["/news/1?utm_source=rss"] = site.paths["/news/1"]
    (report,) = run(tmp_path, clock, source(site))
    assert len(report.new) == 1
    assert sum(captured(tmp_path).values()) == 1
    assert site.times("/news/1") + site.times("/news/1?utm_source=rss") == 1


def test_items_without_dates_or_links_are_taken_too(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    item = "<item><guid isPermaLink='false'>n7</guid><title>Tide gate closed</title><description>The gate was closed.</description></item>"
    site.feed("/feed", [(1, site.release(1))], extra=item)
    (report,) = run(tmp_path, clock, source(site))
    assert report.new == [f"{site.url}/feed (n7)", f"{site.url}/news/1"]
    assert run(tmp_path, clock, source(site))[0].new == []


def test_private_addresses_are_refused_also_behind_redirects(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.feed("/feed", [(1, site.release(1))])
    (report,) = run(tmp_path, clock, source(site), private=False)
    assert "private address 127.0.0.1" in (report.broken or "")
    assert site.asked == []


def test_limits_of_a_host_leave_the_rest_for_later_runs(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.feed("/feed", [(n, site.release(n)) for n in range(9)])
    waiting = []
    for _ in range(4):
        (report,) = run(tmp_path, clock, source(site), hosts=HostLimits(requests=6))
        assert len(site.asked) <= 6
        site.asked.clear()
        waiting.append(report.waiting)
        clock.time += 60
    assert waiting == [5, 0, 0, 0]
    assert len(captured(tmp_path)) == 9


def test_a_host_gets_so_much_time_in_a_run(site: Site, clock: Clock, tmp_path: Path) -> None:
    site.feed("/feed", [(n, site.release(n)) for n in range(9)])
    (report,) = run(tmp_path, clock, source(site), delay=100.0, hosts=HostLimits(seconds=450.0))
    assert len(site.asked) == 5
    assert "as long as it may be" in (report.rests or "")


def test_a_dead_host_is_given_up_after_some_failures(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.feed("/feed", [(n, f"/bad/{n}") for n in range(20)])
    for n in range(20):
        site.paths[f"/bad/{n}"] = Reply(status=500)
    (report,) = run(tmp_path, clock, source(site))
    assert "failed 5 times in a row" in (report.rests or "")
    assert len(site.asked) == 2 + MOST_FAILURES * TRIES_AT_ONCE


def test_two_runs_at_once_do_not_mix(site: Site, clock: Clock, tmp_path: Path) -> None:
    file = SourcesFile(sources=(source(site),))

    def during(_: Asked) -> Reply:
        with pytest.raises(IndexLockedError, match="another process collects"):
            collect(file, tmp_path, CollectOptions(agent="x", clock=clock))
        return Reply(status=404)

    site.paths["/feed"] = during
    (report,) = run(tmp_path, clock, source(site))
    assert report.broken == f"{site.url}/feed gave status 404 Not Found"


def test_a_run_that_ends_early_leaves_nothing_half_done(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    class Interrupted(Clock):
        def wait(self, seconds: float) -> None:
            super().wait(seconds)
            if len(self.waited) == 3:
                raise KeyboardInterrupt

    site.feed("/feed", [(n, site.release(n)) for n in range(4)])
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, Interrupted(), source(site))
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == []
    (tmp_path / ".20230314T080000Z-port-1.warc.gz.part").write_bytes(b"cut")
    (report,) = run(tmp_path, clock, source(site))
    assert len(report.new) == 4
    assert not list(tmp_path.glob(".*.part"))


def test_an_interval_that_has_not_passed(site: Site, clock: Clock, tmp_path: Path) -> None:
    site.feed("/feed", [(1, site.release(1))])
    run(tmp_path, clock, source(site, interval=3_600.0))
    asked = len(site.asked)
    clock.time += 1_800
    (report,) = run(tmp_path, clock, source(site, interval=3_600.0))
    assert report.left
    assert len(site.asked) == asked
    clock.time += 1_801
    assert not run(tmp_path, clock, source(site, interval=3_600.0))[0].left


def test_the_whole_of_these_tests_waits_for_nothing(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.feed("/feed", [(n, site.release(n)) for n in range(3)])
    before = time.process_time()
    run(tmp_path, clock, source(site), delay=1_000.0)
    assert sum(clock.waited) >= 4_000 - 1_000
    assert time.process_time() - before < 30


def test_the_same_page_under_another_address_is_no_second_item(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.release(1, path="/news/1")
    site.release(1, path="/news/1?ref=7")
    site.feed("/feed", [(1, "/news/1"), (1, "/news/1?ref=7")])
    (report,) = run(tmp_path, clock, source(site))
    assert len(report.new) == 1
    assert sum(captured(tmp_path).values()) == 1
    (capture,) = tmp_path.glob("*.warc.gz")
    with capture.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file)]
    assert kinds.count("revisit") == 1


def test_a_server_that_always_says_unchanged_is_not_believed(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.feed("/feed", [(1, "/odd")])
    site.paths["/odd"] = Reply(status=304)
    (report,) = run(tmp_path, clock, source(site))
    assert "was never there" in failing(report)
    site.release(1, path="/odd")
    clock.time += DAY
    assert run(tmp_path, clock, source(site))[0].new == [f"{site.url}/odd"]


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_a_list_that_was_cut_short_is_asked_for_whole(
    site: Site, clock: Clock, tmp_path: Path, kind: str
) -> None:
    paths = [site.release(n) for n in (1, 2)]
    if kind == "feed":
        site.feed("/list", list(zip((1, 2), paths, strict=True)), etag='"same"')
    else:
        entries = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
        site.put("/list", f"<urlset>{entries}</urlset>", "text/xml", etag='"same"')
    whole = site.paths["/list"]
    assert isinstance(whole, Reply)
    at = whole.body.index(paths[1].encode()) + len(paths[1]) - 7
    site.paths["/list"] = Reply(whole.body[:at], headers=whole.headers, etag='"same"')
    listed = PressSource(name="port", url=f"{site.url}/list", kind=kind)
    run(tmp_path, clock, listed)
    site.paths["/list"] = whole
    clock.time += DAY
    run(tmp_path, clock, listed)
    assert set(captured(tmp_path)) == {site.url + path for path in paths}
