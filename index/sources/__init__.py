"""Documents in, drafts out: every form that releases come in, recognised by its content."""

from __future__ import annotations

from index.sources.reading import ReadDraft, ReadOptions, read_document, read_file, read_path

__all__ = ["ReadDraft", "ReadOptions", "read_document", "read_file", "read_path"]
