"""Addresses that are none, wherever a site writes one, cost themselves and nothing else."""

from __future__ import annotations

import json
import socket
from html import escape
from pathlib import Path
from typing import Any

import pytest

from index.collect.sources_file import PressSource
from tests.index.collect.press_site import DAY, Clock, Reply, Site, headline, run

BAD = (
    "http://[", "http://[::1", "//[", "https://[::1]:x/", "http://[v1.x]/", "http://a:b/",
    "http://a:999999/x", "http://127.0.0.1:0/", "http://\u2100.example/", "http://xn--\u00df.example/",
    "http://" + "a" * 70 + ".example/", "http://a..example/", "http://.example/", "http://\u3002/",
    "http://a b.example/", "http://\x7f.example/", "http://\u202e.example/",
    "http://\ud800.example/", "http://b.example/\ud800", "?\ud800", "http://c.example/\x00",
    "http://d.example/\r\nX: y", "http://me:secret@e.example/", "http:///x", "mailto:[",
    "http://" + "\u0300" * 5_000 + ".example/", "http://f.example/" + "x" * 100_000,
)  # fmt: skip
"""Without a half, a port, a host that there is; what IDNA refuses; halves of characters."""
Q = [escape(each, quote=True) for each in BAD]
REFERENCES = ["".join(f"&#{ord(char)};" for char in each[:300]) for each in BAD]
FORMS = {
    "json": ("feed", json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "next_url": BAD[-1],
        "items": [{"url": "GOOD"}, *({"url": bad} for bad in BAD), *({"id": bad} for bad in BAD)],
    })),
    "rss": ("feed", "<rss version='2.0'><channel><title>P</title>" + "".join(
        f"<link>{bad}</link><item><title>A</title><link>{bad}</link></item>"
        f"<item><title>B</title><guid>{bad}</guid></item>" for bad in [*Q, *REFERENCES]
    ) + "<item><title>C</title><link>GOOD</link></item></channel></rss>"),
    "atom": ("feed", "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='//['><title>P</title>" + "".join(
        f"<link rel='next' href='{bad}'/><entry><id>{bad}</id><link href='{bad}'/></entry>" for bad in Q
    ) + "<entry><id>1</id><link href='GOOD'/></entry></feed>"),
    "sitemap": ("sitemap", "<urlset>" + "".join(
        f"<url><loc>{bad}</loc></url>" for bad in Q
    ) + "<url><loc>GOOD</loc></url></urlset>"),
    "index of sitemaps": ("sitemap", "<sitemapindex>" + "".join(
        f"<sitemap><loc>{bad}</loc></sitemap>" for bad in Q
    ) + "<sitemap><loc>PART</loc></sitemap></sitemapindex>"),
    "list": ("list", f"<html><base href='//['><link rel='next' href='{Q[0]}'>" + "".join(
        f"<a href='{bad}'>{headline(1)}</a><a href='{bad}'>Next</a>" for bad in [*Q, *REFERENCES]
    ) + f"<a href='GOOD'>{headline(2)}</a></html>"),
    "site": ("site", "<html>" + "".join(
        f"<base href='{bad}'><link rel='alternate' type='application/rss+xml' href='{bad}'>" for bad in Q
    ) + f"<a href='GOOD'>{headline(2)}</a></html>"),
}  # fmt: skip


@pytest.fixture
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is known but this machine's address."""
    known = socket.getaddrinfo

    def only_here(host: str, *more: Any, **named: Any) -> Any:
        if host != "127.0.0.1":
            host.encode("idna")  # as the system does first
            raise socket.gaierror(f"nothing is called {host!r}")
        return known(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", only_here)


@pytest.mark.usefixtures("no_names")
@pytest.mark.parametrize("form", FORMS)
def test_a_good_address_among_bad_ones_is_fetched(
    site: Site, clock: Clock, tmp_path: Path, form: str
) -> None:
    kind, text = FORMS[form]
    good = f"{site.url}{site.release(1)}"
    part = "<urlset><url><loc>GOOD</loc></url></urlset>"
    for path, each in (("/list", text), ("/part.xml", part)):
        body = each.replace("PART", f"{site.url}/part.xml").replace("GOOD", good)
        site.put(path, body.encode("utf-8", "surrogatepass"), "text/plain; charset=utf-8")
    named = "".join(f"Sitemap: {bad}\n" for bad in BAD).encode("utf-8", "surrogatepass")
    site.put("/robots.txt", b"User-agent: *\nDisallow:\n" + named, "text/plain")
    source = PressSource(name="port", url=f"{site.url}/list", kind=kind)
    (first,) = run(tmp_path, clock, source)
    assert good in first.new
    assert first.broken is None
    clock.time += DAY
    (again,) = run(tmp_path, clock, source)
    assert again.broken is None
    assert good not in again.new
    for said in (first, again):
        "\n".join(said.lines()).encode()
        json.dumps(said.to_dict(), ensure_ascii=False).encode()


@pytest.mark.usefixtures("no_names")
def test_a_redirect_to_no_address_costs_its_page(site: Site, clock: Clock, tmp_path: Path) -> None:
    places = [each.encode("utf-8", "surrogatepass").decode("latin-1") for each in BAD]
    places = [each for each in places if not {"\r", "\0"} & set(each) and len(each) < 60_000]
    links = ""
    for number, place in enumerate(places):
        site.paths[f"/bad/{number}"] = Reply(status=302, headers={"Location": place})
        links += f"<a href='/bad/{number}'>{headline(number)}</a>"
    site.put("/list", f"<html>{links}<a href='{site.release(99)}'>{headline(99)}</a></html>")
    (report,) = run(tmp_path, clock, PressSource(name="port", url=f"{site.url}/list", kind="list"))
    assert report.new == [f"{site.url}/news/99"]
    assert report.broken is None


def test_what_no_reader_takes_is_said_and_costs_its_source(
    site: Site, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in a library's parser, which are the ones that we cannot know of."""

    def fails(*_: object, **__: object) -> None:
        raise AssertionError("never thought of")

    monkeypatch.setattr("feedparser.parse", fails)
    site.feed("/feed", [(1, site.release(1))])
    site.put("/list", f"<html><a href='{site.release(2)}'>{headline(2)}</a></html>")
    broken, fine = run(
        tmp_path, clock,
        PressSource(name="a", url=f"{site.url}/feed", kind="feed"),
        PressSource(name="b", url=f"{site.url}/list", kind="list"),
    )  # fmt: skip
    assert "/feed cannot be read (AssertionError: never thought of)" in (broken.broken or "")
    assert fine.new == [f"{site.url}/news/2"]
