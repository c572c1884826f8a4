"""Documents of older Word and messages of Outlook, whole, odd and broken."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from index.limits import Limits
from index.sources import ReadOptions
from index.sources.draft import Document, Draft, Refusal
from index.sources.reading import read_document
from tests.index.sources.forms import compound
from tests.index.sources.forms.documents import BODY, DAY, HEADLINE, ISSUER, TEXT

LINES = f"{ISSUER}\r{DAY}\r\r{HEADLINE}\r\r{TEXT[0]}\r{TEXT[1]}\r"


def read(data: bytes, limits: Limits | None = None) -> Draft | Refusal:
    options = ReadOptions(limits=limits) if limits else ReadOptions()
    (found,) = read_document(Document(name="a.doc", data=data), options)
    return found if isinstance(found, Refusal) else found.draft


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("times", [1, 40])
def test_the_text_of_a_word_document(wide: bool, times: int) -> None:
    draft = read(compound.word(LINES + f"{TEXT[1]}\r" * (times - 1), wide=wide))
    assert isinstance(draft, Draft)
    assert draft.headline == HEADLINE
    assert draft.body.startswith(BODY)
    assert draft.dates[0].date == "2023-03-14"


def test_what_a_field_does_is_no_text_and_cells_are_apart() -> None:
    shown = '\x13 HYPERLINK "https://x.example" \x14the quay\x15'
    text = f"{ISSUER}\x07{DAY}\x07\x07{HEADLINE}\r{TEXT[0]}\rFerries leave from {shown} now.\r"
    draft = read(compound.word(text))
    assert isinstance(draft, Draft)
    assert draft.body == f"{TEXT[0]}\n\nFerries leave from the quay now."


def test_a_message_of_outlook() -> None:
    day = datetime(2023, 3, 14, 9, 12, tzinfo=UTC)
    draft = read(compound.outlook(f"Fwd: {HEADLINE}", ISSUER, day, BODY.replace("\n", "\r\n")))
    assert isinstance(draft, Draft)
    assert (draft.headline, draft.body, draft.stated_agency) == (HEADLINE, BODY, ISSUER)
    assert draft.dates[0].issued_at == "2023-03-14T09:12:00+00:00"
    page = "".join(f"<p>{part}</p>" for part in TEXT).encode()
    marked = read(compound.outlook(HEADLINE, ISSUER, day, "", page))
    assert isinstance(marked, Draft)
    assert marked.body == BODY


@pytest.mark.parametrize(
    "data",
    [
        compound.word(LINES, flags=0x0300),
        compound.compound({"Workbook": b"x" * 5_000}),
        compound.word(LINES)[:3_000],
    ],
)
def test_what_is_not_read_says_what_to_do(data: bytes) -> None:
    refusal = read(data)
    assert isinstance(refusal, Refusal)
    assert "save it as .docx" in refusal.reason


def test_limits_of_what_it_holds() -> None:
    refusal = read(compound.word(LINES * 100), Limits(package_bytes=1_000))
    assert isinstance(refusal, Refusal)


@pytest.mark.parametrize("seed", range(20))
def test_no_damage_ends_the_reading(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311, no secret
    whole = bytearray(compound.word(LINES))
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(8, len(damaged))] = chance.choice((0, 1, 2, 254, 255))
        assert list(read_document(Document(name="a.doc", data=bytes(damaged)), ReadOptions()))
