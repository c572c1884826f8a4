"""Tables, ratios and a picture of what was measured."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from statistics import geometric_mean
from typing import Any

from bench import serve


def ratios(answers: list[dict[str, Any]], base: str = "dateline") -> dict[str, Any]:
    """Dateline's time over each peer's: by type (geometric mean of its questions) and over types."""
    by_type: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in answers:
        ours = row["peers"].get(base, {}).get("whole")
        for name, timed in row["peers"].items():
            if ours and timed["whole"]:
                by_type[name][row["type"]].append(ours / timed["whole"])
    return {
        name: {
            "overall": geometric_mean([geometric_mean(each) for each in types.values()]),
            "types": {kind: geometric_mean(each) for kind, each in types.items()},
        }
        for name, types in by_type.items()
        if name != base
    }


def text(results: dict[str, Any]) -> str:
    """The whole report as plain text."""
    lines = [f"{results['documents']} documents, {results['machine']['cores']} cores", ""]
    lines += table(
        "building and serving",
        ["peer", "docs/s", "size MB", "of text", "peak MB", "first answer s", "own MB"],
        [_process_row(name, results) for name in results["builds"]],
    )
    for part in ("whole", "top10", "counts", "snippets"):
        lines += ["", *_part_table(part, results)]
    lines += ["", *_ratio_table(results)]
    http = results.get("http")
    lines += [
        "",
        "over HTTP, by wrk",
        serve.text(http) if http else "not measured: needs Dateline and wrk",
    ]
    return "\n".join(lines)


def _ratio_table(results: dict[str, Any]) -> list[str]:
    """Dateline's whole answer over each peer's, by type and over all types."""
    ratios = results["ratios"]
    types = list(dict.fromkeys(row["type"] for row in results["answers"]))
    rows = [
        [kind, *(_shown(each["types"].get(kind)) for each in ratios.values())] for kind in types
    ]
    rows.append(["all types", *(_shown(each["overall"]) for each in ratios.values())])
    title = "Dateline's whole answer over each peer's (geometric means; below 1 is faster)"
    return table(title, ["type", *ratios], rows)


def _shown(ratio: float | None) -> str:
    return "cannot" if ratio is None else f"{ratio:.4f}"


def _process_row(name: str, results: dict[str, Any]) -> list[str]:
    built, served = results["builds"][name], results["processes"][name]
    return [
        name,
        f"{built['per_second']:.0f}",
        f"{built['size_mb']:.0f}",
        f"{built['size_mb'] / built['text_mb']:.2f}",
        f"{built['peak_mb']:.0f}",
        f"{served['first_answer_s']:.2f}",
        f"{served['own_mb']:.0f}",
    ]


def _part_table(part: str, results: dict[str, Any]) -> list[str]:
    names = list(results["builds"])
    types = list(dict.fromkeys(row["type"] for row in results["answers"]))
    rows = []
    for kind in types:
        cells = [kind]
        for name in names:
            times = [
                row["peers"][name][part]
                for row in results["answers"]
                if row["type"] == kind and row["peers"][name].get(part)
            ]
            cells.append(f"{geometric_mean(times):.2f}" if times else "cannot")
        rows.append(cells)
    return table(f"{part}, milliseconds", ["type", *names], rows)


def table(title: str, head: list[str], rows: list[list[str]]) -> list[str]:
    """A title, and rows in columns of their widest cells."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    return [
        title,
        *(
            "  "
            + "  ".join(
                c.rjust(w) if i else c.ljust(w)
                for i, (c, w) in enumerate(zip(row, widths, strict=True))
            )
            for row in [head, *rows]
        ),
    ]


def plot(results: dict[str, Any], path: Path) -> None:
    """Whole-answer times by type of question, logarithmic, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    types = list(dict.fromkeys(row["type"] for row in results["answers"]))
    figure, axes = pyplot.subplots(figsize=(11, 5))
    for name in results["builds"]:
        heights = []
        for kind in types:
            times = [
                row["peers"][name]["whole"]
                for row in results["answers"]
                if row["type"] == kind and row["peers"][name]["whole"]
            ]
            heights.append(geometric_mean(times) if times else float("nan"))
        axes.plot(types, heights, marker="o", label=name)
    axes.set_yscale("log")
    axes.set_ylabel("whole answer, milliseconds")
    axes.tick_params(axis="x", rotation=45)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path)
