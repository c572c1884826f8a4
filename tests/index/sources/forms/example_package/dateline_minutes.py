"""An example of a reader of others: minutes of a council, as text under a first line `#MINUTES`."""

from __future__ import annotations

from collections.abc import Iterator

from index.dates.resolution import read_date
from index.sources.draft import Draft, Refusal
from index.sources.reader import DocumentReader, Opened, ReadOptions


def _read(opened: Opened, _options: ReadOptions) -> Iterator[Draft | Refusal]:
    _, day, headline, *body = opened.text.splitlines()
    date = read_date(day, "minutes")
    yield Draft(
        headline=headline, body="\n".join(body), form="minutes", dates=(date,) if date else ()
    )


READER = DocumentReader(
    name="minutes of a council",
    recognise=lambda opened: opened.data.startswith(b"#MINUTES\n"),
    read=_read,
)
