"""`make architecture`: the table of docs/settings.md from that of `webapp.settings`.

The rest of the page is written by hand. tests/webapp/test_settings.py fails when the table is not
what this makes.
"""

from __future__ import annotations

from docs.make_architecture import END, ROOT, START
from webapp.settings import TABLE, Setting

PAGE = ROOT / "docs" / "settings.md"
HEAD = "| variable | default | bounds | what it does |\n| --- | --- | --- | --- |"


def page() -> str:
    """The whole of docs/settings.md: its text by hand, and between the marks the table."""
    before, rest = PAGE.read_text("utf-8").split(START)
    after = rest.split(END)[1]
    table = "\n".join([HEAD, *map(_row, TABLE)])
    return f"{before}{START}\n{table}\n{END}{after}"


def _row(setting: Setting) -> str:
    default = "empty" if setting.default == "" else f"`{setting.default}`"
    unit = " characters" if isinstance(setting.default, str) else ""
    bounds = f"{setting.least:,} to {setting.most:,}{unit}"
    return f"| `{setting.variable}` | {default} | {bounds} | {setting.help} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
