"""How many pages a second are read, in processor time: `python -m bench.reading [CHECKOUT]`.

The pages are those of `../shared/data`; the checkout is the one whose `index` reads them, this one
where none is given. So two commits are compared in one hour: check the other out beside this one.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
ROUNDS = 3
"""Times that all pages are read; the fastest counts, for others use the machine as well."""

_READ = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from index.sources.draft import Document
from index.sources.reading import ReadOptions, read_document

documents = [Document(name=name, data=Path(name).read_bytes()) for name in sys.argv[3:]]
best = float("inf")
for _ in range(int(sys.argv[2])):
    started = time.process_time()
    for document in documents:
        try:
            list(read_document(document, ReadOptions()))
        except RuntimeError:  # what ended a run before 0.1.0
            pass
    best = min(best, time.process_time() - started)
print(len(documents) / best)
"""


def main(arguments: list[str]) -> int:
    """Prints pages a second for pages of unknown layout and for those of Hong Kong."""
    checkout = Path(arguments[0]).resolve() if arguments else ROOT
    for name, pages in page_sets(DATA).items():
        command = [sys.executable, "-c", _READ, str(checkout), str(ROUNDS), *map(str, pages)]
        found = subprocess.run(command, check=True, capture_output=True, text=True)
        print(f"{name}: {len(pages)} pages, {float(found.stdout):.1f} a second")
    return 0


def page_sets(data: Path) -> dict[str, list[Path]]:
    """The pages in HTML by how they are read: by general evidence, or by Hong Kong's own layouts."""
    others = [*sorted((data / "pages").rglob("*.htm*")), *sorted((data / "pages2").rglob("*.htm*"))]
    unknown = [path for path in others if "info.gov.hk" not in str(path)]
    return {"unknown layouts": unknown, "Hong Kong": sorted((data / "hk" / "pages").glob("*.htm*"))}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
