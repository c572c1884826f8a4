"""The archive of a list is known by its links and menus, and each of its years is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index.collect.archive_pages import archive_pages
from index.collect.sources_file import PressSource
from tests.index.collect.press_site import Clock, Site, headline, run

HERE = "https://port.example/news/releases"


def archive_of(body: str, url: str = HERE) -> list[str]:
    page = html.document_fromstring(f"<html><body>{body}</body></html>")
    page.make_links_absolute(url)
    return [each.removeprefix("https://port.example") for each in archive_pages(page, url)]


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (
            "<aside><a href='/news/2022'>2022</a><a href='/news/2023'>2023 (44)</a></aside>",
            ["/news/2023", "/news/2022"],
        ),
        (
            "<a href='?year=2022'>Archive 2022</a> <a href='?year=2021'>Archive 2021</a>",
            ["/news/releases?year=2022", "/news/releases?year=2021"],
        ),
        (
            (
                "<select><option value=''>Jahr</option><option value='/news/2022.html'>2022</option>"
                "<option value='/news/2021.html'>2021</option></select>"
            ),
            ["/news/2022.html", "/news/2021.html"],
        ),
        (
            (
                "<form action='/news/search'><input type='hidden' name='kind' value='release'>"
                "<select name='y'><option value=''>All<option>2022<option>2021</select></form>"
            ),
            ["/news/search?kind=release&y=2022", "/news/search?kind=release&y=2021"],
        ),
        (
            "<a href='/archiv/2022'>Archiv 2022</a><a href='/archiv/2021'>Archiv 2021</a>",
            ["/archiv/2022", "/archiv/2021"],
        ),
        (
            "<a href='/news/may-2022'>May 2022</a><a href='/news/june-2022'>June 2022</a>",
            ["/news/june-2022", "/news/may-2022"],
        ),
        (
            (
                "<a href='/news/2023/11'>2023年11月</a><a href='/news/2023/12'>2023年12月</a>"
                "<a href='/news/2022'>2022年</a><a href='/news/2021'>2021年</a>"
            ),
            ["/news/2022", "/news/2021"],  # a year has all its months
        ),
    ],
)
def test_an_archive_is_known_by_its_years(body: str, pages: list[str]) -> None:
    assert archive_of(body) == pages


@pytest.mark.parametrize(
    "body",
    [
        "<a href='/news/2023'>2023</a>",  # one alone
        "<a href='/news/budget-2023'>Budget 2023</a><a href='/news/budget-2022'>Budget 2022</a>",
        "<a href='/accounts/2023'>2023</a><a href='/accounts/2022'>2022</a>",
        (
            "<a href='https://other.example/news/2023'>2023</a>"
            "<a href='https://other.example/news/2022'>2022</a>"
        ),
        "<a href='/news/2023/11/14'>14 November 2023</a><a href='/news/2023/11/13'>13 November 2023</a>",
        "<a href='javascript:show(2023)'>2023</a><a href='javascript:show(2022)'>2022</a>",
        "<footer><a href='/news/2023'>2023</a><a href='/news/2022'>2022</a></footer>",
        "<form method='post'><select name='y'><option>2023<option>2022</select></form>",
        "<select><option value='2023'>2023<option value='2022'>2022</select>",
    ],
)
def test_what_is_no_archive(body: str) -> None:
    assert archive_of(body, "https://port.example/news/") == []


def test_the_page_of_a_year_leads_to_the_others() -> None:
    body = "<a href='/news/2023'>2023</a><a href='/news/2022'>2022</a><a href='/news/2021'>2021</a>"
    assert archive_of(body, "https://port.example/news/2022") == ["/news/2023", "/news/2021"]


@given(st.text("2013 /?=&#:'\"<>aselectoption", max_size=60), st.text(max_size=20))
def test_no_address_and_no_label_trips_it(address: str, label: str) -> None:
    page = html.Element("html")
    for year in ("2023", "2022"):
        link = html.Element("a", href=f"{address}{year}")
        link.text = "".join(each for each in label if each.isprintable()) + year
        page.append(link)
    page.make_links_absolute(HERE, handle_failures="discard")
    assert len(archive_pages(page, HERE)) in (0, 2)


def _site_with_years(site: Site, *, on_first_page: str) -> None:
    years = "".join(f"<a href='/list/{year}'>{year}</a> " for year in (2023, 2022, 2021, 2020))
    site.put("/list", f"<html>{years}{on_first_page}</html>")
    for number, year in enumerate((2023, 2022, 2021, 2020), 1):
        site.release(number)
        site.put(f"/list/{year}", f"<html>{years}{_link(number)}</html>")


def _link(number: int) -> str:
    return f"<p><a href='/news/{number}'>{headline(number)}</a></p>"


@pytest.mark.parametrize("on_first_page", ["", _link(1)])
def test_each_year_is_read_once_and_the_newest_again(
    site: Site, clock: Clock, tmp_path: Path, on_first_page: str
) -> None:
    _site_with_years(site, on_first_page=on_first_page)
    source = PressSource(name="port", url=f"{site.url}/list", kind="list")
    (first,) = run(tmp_path, clock, source)
    assert sorted(first.new) == [f"{site.url}/news/{number}" for number in (1, 2, 3, 4)]
    assert not first.lists_nothing
    site.release(5)
    site.release(6)
    site.put("/list", f"<html>{site.paths['/list'].body.decode()}{_link(6)}</html>")  # type: ignore[union-attr]
    site.put("/list/2023", f"<html>{_link(6)}{_link(5)}{_link(1)}</html>")
    (second,) = run(tmp_path, clock, source)
    assert sorted(second.new) == [f"{site.url}/news/{number}" for number in (5, 6)]
    assert [site.times(f"/list/{year}") for year in (2023, 2022, 2021, 2020)] == [2, 2, 1, 1]


def test_years_that_one_run_leaves_are_read_in_the_next(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    _site_with_years(site, on_first_page="")
    source = PressSource(name="port", url=f"{site.url}/list", kind="list", pages=2)
    assert [len(run(tmp_path, clock, source)[0].new) for _ in range(4)] == [1, 1, 1, 1]


def test_a_calendar_that_goes_back_for_ever_is_left(
    site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.release(1)
    for year in range(2023, 1950, -1):
        links = "".join(f"<a href='/list/{each}'>{each}</a> " for each in (year - 1, year - 2))
        site.put(f"/list/{year}", f"<html>{links}{_link(1) if year > 2021 else ''}</html>")
    source = PressSource(name="port", url=f"{site.url}/list/2023", kind="list")
    run(tmp_path, clock, source)
    asked = len(site.asked)
    assert asked < 20
    run(tmp_path, clock, source)
    assert len(site.asked) < asked + 10
