"""How do bytes become drafts of releases, in whatever form they come?"""

from __future__ import annotations

from index.sources.reader import ReadOptions
from index.sources.reading import ReadDraft, read_document, read_file, read_path

__all__ = ["ReadDraft", "ReadOptions", "read_document", "read_file", "read_path"]
