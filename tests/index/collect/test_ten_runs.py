"""Three sources over ten runs with faults: every item once, nothing lost, nothing forbidden."""

from __future__ import annotations

import gzip
import random
from itertools import pairwise
from pathlib import Path

from index.collect.sources_file import PressSource
from index.ingest.builder import build
from index.stores.folder import FolderStore
from search import SearchRequest, open_engine
from tests.index.collect.press_site import DAY, Asked, Clock, Reply, Site, headline, run

RUNS, A_DAY, SHOWN = 10, 2, 10
"""Runs, releases a day, and those that a feed still shows."""


class Troubled:
    """A press office that publishes every day and fails every fourth request."""

    def __init__(self, site: Site) -> None:
        self.site, self.chance = site, random.Random(7)  # noqa: S311
        self.feeds = list[tuple[int, str]]()
        self.maps, self.lists = list[str](), list[str]()
        self.faulty = True
        self.served = dict[str, int]()

    def publish(self, day: int) -> None:
        for number in range(day * A_DAY, (day + 1) * A_DAY):
            for kind, paths in (("map", self.maps), ("list", self.lists)):
                path = f"/{kind}/{number}"
                self.release(path, number + 1_000 * (kind == "map") + 2_000 * (kind == "list"))
                paths.append(path)
            self.release(f"/feed/{number}", number)
            self.feeds.insert(0, (number, f"/feed/{number}?utm_source=feed{day}"))
            self.site.paths[f"/feed/{number}?utm_source=feed{day}"] = self.site.paths[
                f"/feed/{number}"
            ]
        self.lists.append(f"/private/{day}")
        self.list_all()

    def release(self, path: str, number: int) -> None:
        self.site.release(number, path=path, etag=f'"{number}"')
        self.trouble(path)

    def list_all(self) -> None:
        site = self.site
        site.feed("/news.rss", self.feeds[:SHOWN])
        maps = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in self.maps)
        site.put(
            "/map.xml.gz", gzip.compress(f"<urlset>{maps}</urlset>".encode()), "application/gzip"
        )
        index = f"<sitemapindex><sitemap><loc>{site.url}/map.xml.gz</loc></sitemap></sitemapindex>"
        site.put("/map.xml", index, "text/xml")
        newest = list(reversed(self.lists))
        pages = [newest[at : at + 10] for at in range(0, len(newest), 10)]
        for at, paths in enumerate(pages):
            links = "".join(f"<li><a href='{p}'>{headline(at)} in {p}</a></li>" for p in paths)
            more = f"<a href='/all?page={at + 1}'>Next</a>" if at + 1 < len(pages) else ""
            site.put(
                f"/all?page={at}" if at else "/all", f"<html><body>{links}{more}</body></html>"
            )
        for path in (
            "/news.rss",
            "/map.xml",
            "/map.xml.gz",
            *(p for p in site.paths if p.startswith("/all")),
        ):
            self.trouble(path)

    def trouble(self, path: str) -> None:
        good = self.site.paths[path]
        if isinstance(good, Reply):
            self.site.paths[path] = lambda asked: self.answer(asked, good)

    def answer(self, asked: Asked, good: Reply) -> Reply:
        if self.faulty and self.chance.random() < 0.25:
            return self.chance.choice(
                [
                    Reply(status=500),
                    Reply(status=503, headers={"Retry-After": "9"}),
                    Reply(status=429, headers={"Retry-After": "4000"}),
                    Reply(status=302, headers={"Location": asked.path}),
                    Reply(b"<html>", short_by=99),
                    Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
                    Reply(b"", status=403),
                ]
            )
        if good.etag != asked.headers.get("if-none-match"):
            self.served[asked.path] = self.served.get(asked.path, 0) + 1
        return good


def test_every_item_comes_once_and_nothing_is_lost(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    office = Troubled(site)
    sources = (
        PressSource(name="feed", url=f"{site.url}/news.rss", kind="feed"),
        PressSource(name="map", url=f"{site.url}/map.xml", kind="sitemap"),
        PressSource(name="list", url=f"{site.url}/all", kind="list"),
    )
    said: dict[str, list[str]] = {"new": [], "changed": [], "gone": []}
    for day in range(RUNS):
        office.publish(day)
        office.faulty = day < RUNS - 1
        for report in run(tmp_path / "in", clock, *sources):
            for kind, urls in said.items():
                urls += getattr(report, kind)
        clock.time += DAY
    wanted = {f"/{kind}/{n}" for kind in ("feed", "map", "list") for n in range(RUNS * A_DAY)}
    assert sorted(said["new"]) == sorted(set(said["new"]))
    assert len(said["new"]) == len(wanted)
    assert said["changed"] == said["gone"] == []
    assert not [each.path for each in site.asked if each.path.startswith("/private/")]
    assert min(b.time - a.time for a, b in pairwise(site.asked)) >= 1.0
    assert indexed(tmp_path) == sorted(site.url + path for path in wanted)
    of_releases = {path: n for path, n in office.served.items() if path.split("?")[0] in wanted}
    assert set(of_releases.values()) == {1}, "what was fetched is not fetched again"


def indexed(folder: Path) -> list[str]:
    """Addresses of the releases, each as often as the index holds it."""
    build([folder / "in"], FolderStore(folder / "index"))
    engine = open_engine(str(folder / "index"))
    hits = engine.every_hit(SearchRequest(copies=True), snippets=False)
    return sorted((hit.release.url or "").split("?")[0] for hit in hits)
