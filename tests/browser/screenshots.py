"""`make screenshots`: every kind of page over the sample, into docs/screenshots.

Desk and telephone, light and dark, in the three languages of the interface: a selection of about
twenty, small enough for the repository.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

from tests.browser.chromium import CHROMIUM  # noqa: E402
from tests.browser.site_server import served_app  # noqa: E402
from webapp import create_app  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
MAX_BYTES = 150_000
"""Bytes of a picture."""
SCALES = {"desk": 0.7, "phone": 1.0}
"""Pixels of a picture for each of the page: a desk's page is shown smaller, to keep it small."""
SIZES = {"desk": (1280, 900), "phone": (390, 844)}


class Shot(NamedTuple):
    """A picture: its name without size, scheme and language, the page, and in which of these."""

    name: str
    path: str
    size: str = "desk"
    scheme: str = "light"
    language: str = "en"

    @property
    def file(self) -> str:
        """The name of the picture's file."""
        return f"{self.name}-{self.size}-{self.scheme}-{self.language}.png"

    @property
    def address(self) -> str:
        """The path of the page in the shot's language."""
        return self.path if self.language == "en" else f"/{self.language}{self.path}"


SHOTS = (
    Shot("home", "/"),
    Shot("home", "/", scheme="dark"),
    Shot("home", "/", size="phone"),
    Shot("home", "/", language="zh-hant"),
    Shot("results", "/search?q=ferry+harbour&match=any"),
    Shot("results", "/search?q=ferry+harbour&match=any", scheme="dark"),
    Shot("results", "/search?q=ferry+harbour&match=any", size="phone"),
    Shot("results", "/search?q=ferry+harbour&match=any", size="phone", scheme="dark"),
    Shot("results", "/search?q=%E6%B8%A1%E8%BC%AA", language="zh-hant"),
    Shot("results", "/search?q=%E6%B8%A1%E8%BD%AE", language="zh-hans"),
    Shot("filtered", "/search?q=the&from=2024&to=2024&sort=newest"),
    Shot("zero", "/search?q=lighthouse+zebra&from=2024&to=2024"),
    Shot("zero", "/search?q=lighthouse+zebra&from=2024&to=2024", size="phone", language="zh-hant"),
    Shot("release", "{release}"),
    Shot("release", "{release}", scheme="dark"),
    Shot("release", "{release}", size="phone"),
    Shot("release", "{chinese}", language="zh-hant"),
    Shot("agencies", "/agencies", language="zh-hant"),
    Shot("agency", "{agency}"),
    Shot("month", "/2024/10"),
    Shot("trends", "/trends?q=ferry&q=typhoon"),
    Shot("watch", "/watch?s=q%3Dferry&s=q%3Dtyphoon&s=q%3Dflood"),
    Shot("first", "/first?q=ferry"),
    Shot("concordance", "/concordance?q=ferry"),
    Shot("terms", "/terms?q=ferry"),
    Shot("briefing", "/briefing?q=ferry"),
    Shot("help", "/help"),
    Shot("advanced", "/search/advanced", size="phone"),
    Shot("api", "/api"),
    Shot("error", "/nothing", size="phone", scheme="dark"),
)


def main() -> None:
    """Make the index, serve it, take the pictures, and say how large they are."""
    if CHROMIUM is None:
        sys.exit("Chromium absent: install it, or run `make browser`, which does.")
    wanted = sys.argv[1:]
    FOLDER.mkdir(exist_ok=True)
    with served_sample() as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        places = _places(chromium, base)
        for shot in SHOTS:
            if not wanted or any(shot.file.startswith(name) for name in wanted):
                _take(chromium, base, shot._replace(path=shot.path.format(**places)))
        chromium.close()


@contextmanager
def sample_app() -> Iterator[Flask]:
    """The application over an index of the sample, made for the occasion."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        gazetteer = ROOT / "sample" / "gazetteer.json"
        command = [
            sys.executable,
            "-m",
            "webapp.cli.main",
            "index",
            str(ROOT / "sample" / "releases"),
        ]
        options = ["--gazetteer", str(gazetteer), "--index", str(index), "--quiet"]
        subprocess.run([*command, *options], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        yield create_app({"index": str(index), "gazetteers": str(gazetteer)})


@contextmanager
def served_sample() -> Iterator[str]:
    """The sample, served on a free port of this machine: its address."""
    with sample_app() as app, served_app(app) as address:
        yield address


def _places(chromium: Any, base: str) -> dict[str, str]:
    """Paths of a release, a Chinese one, and of an agency, as the pages link to them."""
    with chromium.new_context() as context:
        page = context.new_page()
        found = {}
        for name, start, link in (
            ("release", "/search?q=ferry+fares", "ol.hits h2 a"),
            ("chinese", "/search?q=%E6%B8%A1%E8%BC%AA", "ol.hits h2 a"),
            ("agency", "/search?q=ferry", "ol.hits .about a"),
        ):
            page.goto(base + start)
            found[name] = page.locator(link).first.get_attribute("href") or "/"
    return found


def _take(chromium: Any, base: str, shot: Shot) -> None:
    width, height = SIZES[shot.size]
    with chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        device_scale_factor=SCALES[shot.size],
    ) as context:
        page = context.new_page()
        page.goto(base + shot.address)
        picture = FOLDER / shot.file
        page.screenshot(path=picture)
    size = picture.stat().st_size
    note = "" if size <= MAX_BYTES else f", over the {MAX_BYTES:,} allowed"
    sys.stdout.write(f"{shot.file}: {size:,} bytes{note}\n")


if __name__ == "__main__":
    main()
