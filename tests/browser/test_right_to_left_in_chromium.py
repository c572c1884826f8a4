"""Arabic and Hebrew releases in a real browser: where each character stands, and where the ink is."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from index.release import Agency, Release
from tests.browser.site_server import served
from tests.webapp.press_room import write

pytestmark = pytest.mark.browser

ARABIC = "افتتاح الميناء الجديد في المدينة"
HEBREW = "הנמל החדש נפתח היום"
RELEASES = [
    Release(id="ar", headline=ARABIC, language="ar", date="2024-05-03", date_precision="day",
            body=f"{ARABIC} بعد 40 يوما.\n\nThe harbour office paid 40 million.",
            agency=Agency("wizarat-al-mina", "وزارة الميناء")),
    Release(id="he", headline=HEBREW, language="he", date="2024-05-04", date_precision="day",
            body=f"{HEBREW} אחרי 40 ימים.\n\nThe harbour office paid 40 million."),
]  # fmt: skip
PLACES = """(element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (let at = 0; at < node.data.length; at++) {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width) found.push([node.data[at], box.left, Math.round(box.top)]);
    }
  return found;
}"""
INK = """async (data) => {
  const image = new Image();
  image.src = data;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width; canvas.height = image.height;
  const brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0);
  const pixels = brush.getImageData(0, 0, image.width, image.height).data;
  const ink = [0, 0];
  for (let at = 0; at < pixels.length; at += 4)
    if (pixels[at] < 100) ink[(at / 4) % image.width < image.width / 2 ? 0 : 1]++;
  return ink;
}"""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("right-to-left") / "index"
    write(folder, RELEASES)
    with served(folder) as address:
        yield address


def letters(places: list[Any]) -> list[tuple[float, int]]:
    """Where the letters that run from right to left stand, in the order of reading."""
    return [(left, top) for char, left, top in places if char >= "\u0590"]


def digits(places: list[Any]) -> list[tuple[str, float]]:
    return [(char, left) for char, left, _ in places if char.isdigit()]


@pytest.mark.parametrize("release", ["ar", "he"])
@pytest.mark.parametrize("width", [390, 1280])
def test_characters_follow_each_other_from_right_to_left(
    browser: Any, reader: str, release: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{reader}/release/{release}")
        for selector in ("h1", ".text .para > p >> nth=0"):
            places = letters(page.locator(selector).first.evaluate(PLACES))
            assert len(places) > 15
            for (left, top), (following, line) in pairwise(places):
                assert line > top or following < left
        forty = digits(page.locator(".text .para > p >> nth=0").evaluate(PLACES))
        assert [char for char, _ in sorted(forty, key=lambda each: each[1])] == ["4", "0"]
        english = page.locator(".text .para > p >> nth=1").evaluate(PLACES)
        assert english[0][1] < english[1][1]
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("release", ["ar", "he"])
def test_the_ink_of_a_headline_is_on_the_right(browser: Any, reader: str, release: str) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{reader}/release/{release}")
        shot = base64.b64encode(page.locator("h1").screenshot()).decode()
        page.goto("about:blank")
        left, right = page.evaluate(INK, f"data:image/png;base64,{shot}")
        assert right > 2 * left
