"""WARC and ARC captures: the pages, feeds and documents among their records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, BinaryIO, cast

from index.limits import Limits
from index.sources.containers.members import Member, shown
from index.sources.containers.signatures import HEAD, container
from index.sources.containers.streams import Budget, Pull, buffered, damage, inflate
from index.sources.draft import Damage, Refusal

PAGE_TYPES = re.compile(
    r"text/(html|plain|xml|csv|rtf)\b|application/([\w.+-]*\+)?(xml|json|xhtml\+xml|rss|x-ndjson)\b"
    r"|application/(jsonl|x-jsonlines|pdf|msword|rtf)\b|message/rfc822|multipart/related"
    r"|(application|binary)/(octet-stream|(x-|force-)?download|x-pdf|acrobat|html)\b|html\b"
    r"|application/vnd\.(openxmlformats-officedocument\.(word|spreadsheet)|oasis\.opendocument\.(text|spreadsheet))",
    re.IGNORECASE,
)
"""Content types that may hold releases, those among them that leave open what it is (whatever is
to be saved, most often a PDF); scripts, style, fonts and pictures do not."""
ROLE, AGENCY = "Dateline-Role", "Dateline-Agency"
"""Fields of records that `dateline fetch` wrote: what is no release, and whose its source is."""
_PLAIN = ("resource", "conversion")
"""Kinds of records that hold a document without an HTTP answer around it; texts that were made of
pages (WET) are conversions."""
_DECODED = ("", "identity", "gzip", "x-gzip", "deflate")


def members(capture: Member, budget: Budget, skipped: Counter[str]) -> Iterator[Member | Refusal]:
    """Documents with address, type and time of capture; ISO 28500 (WARC 1.0 and 1.1), ARC."""
    # Who reads no capture waits for neither it nor e-mail, which it imports: a fortieth of a start.
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(capture.stream, arc2warc=True):
            budget.count_member()
            yield from _record(record, capture.name, budget, skipped)
    except (ArchiveLoadFailed, EOFError, ValueError, IndexError) as error:
        reason = re.sub(r"\s+", " ", str(error)).strip()[:200]
        yield Damage(capture.name, f"is a damaged capture ({reason}); what came before was read")


def _record(
    record: Any, name: str, budget: Budget, skipped: Counter[str]
) -> Iterator[Member | Refusal]:
    why_not = _unwanted(record)
    if why_not:
        skipped[why_not] += 1
        return
    headers = record.rec_headers
    url = shown(headers.get_header("WARC-Target-URI") or "").strip("<>")
    where = f"{name}!{url}"
    coding = _http(record, "Content-Encoding").lower()
    if coding not in _DECODED and not (coding == "br" and find_spec("brotli")):
        advice = "; pip install 'dateline[documents]' brings what does" if coding == "br" else ""
        yield Refusal(where, f"is packed with {shown(coding)!r}, which we cannot undo{advice}")
        return
    stream = buffered(_content(record, coding, budget.limits), budget)
    yield Member(
        where,
        stream,
        url=url if url.startswith(("http://", "https://")) else None,
        content_type=_content_type(record) or None,
        fetched_at=headers.get_header("WARC-Date"),
        agency=shown(headers.get_header(AGENCY) or "") or None,
    )
    if damage(stream):
        yield Damage(where, f"{damage(stream)}; what could be read was kept")


def _content(record: Any, coding: str, limits: Limits) -> Pull:
    if coding not in ("br", "gzip", "x-gzip"):
        return cast(Pull, record.content_stream().read)
    # warcio bounds no brotli, ends after the first member of a gzip and knows no x-gzip.
    record.http_headers.replace_header("Content-Encoding", "identity")
    if coding == "br":
        return inflate("brotli", record.content_stream(), limits)
    stream = buffered(record.content_stream().read, None)
    packed = container(stream.peek(HEAD)[:HEAD]) == "gzip"  # some wrote down what they had unpacked
    return inflate("gzip", cast(BinaryIO, stream), limits) if packed else stream.read


def _unwanted(record: Any) -> str | None:
    if record.rec_type == "revisit":
        return "capture of something unchanged (revisit)"
    if record.rec_type not in ("response", *_PLAIN):
        return "capture record without a page (request, metadata)"
    if record.rec_headers.get_header(ROLE):
        return "captured list, redirect or robots.txt of a source"
    if record.rec_type == "response":
        if record.http_headers is None:
            return "capture without an HTTP answer"
        status = record.http_headers.get_statuscode()
        if status != "200":
            return f"captured answer with status {shown(str(status))[:3]}"
    content_type = _content_type(record)
    if content_type and not PAGE_TYPES.match(content_type):
        return "captured script, style, font, picture or other file"
    return None


def _content_type(record: Any) -> str:
    if record.rec_type in _PLAIN:
        return str(record.rec_headers.get_header("Content-Type") or "")
    return _http(record, "Content-Type")


def _http(record: Any, name: str) -> str:
    return str(record.http_headers.get_header(name) or "") if record.http_headers else ""
