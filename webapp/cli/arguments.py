"""The words that `dateline` understands, and its help."""

from __future__ import annotations

import os
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import click

from index.limits import table
from search.choices import MATCHES, SORTS
from webapp.cli.command_classes import ExactCommand, SuggestingGroup, WordsCommand
from webapp.cli.option_values import (
    FileOrFolder,
    cursor,
    day,
    facet,
    facet_named,
    facet_value,
    index_place,
    mapping,
    number,
    partial_date,
    web_address,
    word,
)

OK, FAILED, USAGE, LOCKED, NO_INDEX, NOT_FOUND, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
EXIT_CODES = (
    (OK, "done; also when a search finds nothing or some documents were refused"),
    (FAILED, "an error, damage that `verify` finds and does not mend, or nothing to be indexed"),
    (USAGE, "the command line was not understood"),
    (LOCKED, "another process is writing to the index, or collects into the folder"),
    (NO_INDEX, "there is no index at that place, or not one that this version reads"),
    (NOT_FOUND, "no release has that id"),
    (INTERRUPTED, "interrupted (Ctrl-C, SIGTERM); the index is as it was"),
)
DEFAULT_INDEX = "var/index"
FORMATS = ("jsonl", "csv", "sqlite", "parquet")
"""Forms of an export."""
MOST_SHOWN = 100
"""Results of a search that are printed at once, as on a page; exports print all."""


def misused(sentence: str) -> click.UsageError:
    """The error of options that do not go together."""
    return click.UsageError(sentence, click.get_current_context(silent=True))


Arguments = SimpleNamespace
"""What a command was called with: `index`, and a value for each of its parameters."""
Run = Callable[[Arguments], int]


def cli(commands: dict[str, Run]) -> click.Group:
    """The whole command line with its help; each command is run by the function of its name."""
    whole = SuggestingGroup(
        "dateline",
        help="Full-text search for government press releases.",
        epilog=_exit_codes(),
        params=[_index_option(os.environ.get("DATELINE_INDEX") or DEFAULT_INDEX)],
        context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]},
    )
    click.version_option(package_name="dateline", message="dateline %(version)s")(whole)
    for name, run in commands.items():
        about, more, parameters = COMMANDS[name]
        of_words = name in _OF_WORDS
        made = (WordsCommand if of_words else ExactCommand)(
            name,
            context_settings={"help_option_names": ["--help"]} if of_words else {},
            help=about[0].upper() + about[1:] + ".",
            short_help=about,
            epilog=more,
            params=[*parameters, _index_option(None)],
            callback=_callback(run),
        )
        whole.add_command(made)
    return whole


def _callback(run: Run) -> Callable[..., int]:
    def callback(**values: Any) -> int:
        whole = click.get_current_context().find_root()
        place = values.pop("index") or whole.params["index"]
        return run(Arguments(index=place, **values))

    return callback


def _index_option(default: str | None) -> click.Option:
    about = f"Folder of the index (default: DATELINE_INDEX, else {DEFAULT_INDEX})."
    return click.Option(["--index"], type=index_place, metavar="PLACE", default=default, help=about)


def _option(*names: str, **settings: Any) -> click.Option:
    return click.Option(list(names), **settings)


def _many(name: str, about: str, *more: str, **settings: Any) -> click.Option:
    return _option(name, *more, multiple=True, help=f"{about}; may be repeated.", **settings)


def _flag(name: str, about: str) -> click.Option:
    return _option(name, is_flag=True, help=about)


def _paragraphs(*texts: str) -> str:
    """Text that the help prints as it is, line by line."""
    return "\n\n".join(f"\b\n{text.strip()}" for text in texts)


def _exit_codes() -> str:
    lines = (f"  {code:>3}  {about}" for code, about in EXIT_CODES)
    return _paragraphs("Exit codes:\n" + "\n".join(lines))


def _limits() -> str:
    rows = [f"  {default:>14,}  {about.replace('`', '')}" for _, default, about in table()]
    return "Limits (bytes after unpacking, unless they say otherwise):\n" + "\n".join(rows)


_FORMS = """
Read are newswire texts, release pages, feeds, JSON, JSON Lines, CSV and Excel
records, mail, PDF, Word, RTF, OpenDocument, Markdown and plain texts, alone or in
folders, .zip, .tar, .gz, .bz2, .xz, .zst, .mbox, .warc, .arc and .wacz, by their
content. The index changes in one step at the end; until then searches see the
old one.
"""
_WORDS = """
Words are read as in the search box: all words, "a phrase", OR, -without,
word*, headline:word.
"""
_FETCHING = """
SOURCES.toml holds a [[source]] for each feed, sitemap, list of links or site:
name and url, and where wanted kind, agency, interval and links. What was fetched
is not fetched again; robots.txt and the pace of each host are kept to
(docs/collecting.md).
"""
_ALERTS = """
ALERTS.toml holds an [[alert]] for each search: name, query, and to or webhook.
Everyone gets one digest a run, and nothing twice (docs/alerts.md).
"""
_PROXY = """
For a public site put a proxy before it that does HTTPS, or run
`gunicorn wsgi:app` with settings of your own (docs/operations.md).
"""
_HASHED = """
Reads a password from standard input (hidden on a terminal) and prints the name
with the password hashed. Append the line to the file that
DATELINE_PASSWORD_FILE names.
"""
_PATH = FileOrFolder()
_POSITIVE = number(1, 1_000_000)

_GAZETTEERS = [
    _many(
        "--gazetteer", "Another list of agencies (docs/gazetteers.md)", type=_PATH, metavar="FILE"
    )
]
_READING = [
    click.Argument(["paths"], nargs=-1, required=True, type=_PATH, metavar="PATH..."),
    _option(
        "--base-url",
        type=web_address,
        metavar="URL",
        help="Where the pages at PATH were saved from: PATH/news/1.html came from URL/news/1.html.",
    ),
    _option(
        "--as-of",
        type=day,
        metavar="DATE",
        help="Day by when the documents were collected: dates without "
        "a year get the latest that fits.",
    ),
    _option(
        "--dates",
        type=click.Choice(("day-first", "month-first")),
        help="How 03/06/2010 is "
        "read where neither its source nor its text tells; without it only the year is taken.",
    ),
    _many(
        "--include",
        "Only documents whose path or address is like this ('*/about/*')",
        metavar="PATTERN",
    ),
    _many("--exclude", "No documents whose path or address is like this", metavar="PATTERN"),
    *_GAZETTEERS,
    _many(
        "--map",
        "What records call a field, as in headline=ttl",
        type=mapping,
        metavar="OURS=THEIRS",
    ),
    _many(
        "--facet",
        "A column of records to count and filter by, as in --facet topic, or --facet "
        "topic=subjects for one of another name; an index keeps its facets",
        type=facet,
        metavar="NAME[=COLUMN]",
    ),
    _many(
        "--no-facet",
        "A facet to take away from the index; its column stays with the releases",
        type=facet_named,
        metavar="NAME",
    ),
    _flag(
        "--prune",
        "Remove releases that lay under PATH and are no longer there, or that --include or "
        "--exclude leave aside.",
    ),
    _flag("--reread", "Read every file, also those that did not change since the last run."),
    _option(
        "--workers",
        type=_POSITIVE,
        metavar="N",
        help="Processes that read and write, or threads that "
        "merge (one for each processor that may be used); with 1 no process is started.",
    ),
    _flag("--json", "Print the report as JSON."),
    _flag("--quiet", "No progress, only the report."),
]
FILTERS = [
    click.Argument(["words"], nargs=-1, type=word, metavar="[WORD]..."),
    _many("--agency", "Only this agency's, or one of several", metavar="SLUG"),
    _option(
        "--from",
        "date_from",
        type=partial_date,
        metavar="DATE",
        help="From this day, month or year on (2023-06-26, 2023-06, 2023).",
    ),
    _option(
        "--to",
        "date_to",
        type=partial_date,
        metavar="DATE",
        help="Up to the end of this day, month or year.",
    ),
    _flag("--undated", "Those without a year as well; alone: only those."),
    _many(
        "--facet",
        "Only with this value of a facet (topic=tolls), or one of several",
        type=facet_value,
        metavar="NAME=SLUG",
    ),
    _many("--language", "Only in this language (en, zh-Hant)", metavar="TAG"),
    _option(
        "--match",
        type=click.Choice(MATCHES),
        default="all",
        help="All words (where nothing holds all: most), any, or strictly all (default: all).",
    ),
    _option("--sort", type=click.Choice(SORTS), help="Default: relevance with words, else newest."),
]
"""What a search takes, and an export."""
_SEARCHING = [
    *FILTERS,
    _option("--page", type=_POSITIVE, metavar="N", default=1, help="Page, from 1."),
    _option(
        "--limit",
        type=number(1, 1_000_000),
        metavar="N",
        help=f"Results of a page (default: 10; at most "
        f"{MOST_SHOWN}), or lines of --csv and --jsonl (default: all).",
    ),
    _flag("--explain", "What the score of each is made of."),
    _flag("--copies", "Releases of the same text one by one."),
    _flag("--json", "Print what /search.json would give."),
    _flag("--csv", "Print all that is found as CSV, as /search.csv gives it."),
    _flag("--jsonl", "Print all that is found, whole, a line of JSON each."),
]
_EXPORTING = [
    *FILTERS,
    _option(
        "--format",
        type=click.Choice(FORMATS),
        default="jsonl",
        show_default=True,
        help="Lines of JSON, CSV with the texts, an SQLite file that Datasette opens, or Parquet "
        "(needs dateline[parquet]).",
    ),
    _option(
        "--after",
        type=cursor,
        metavar="CURSOR",
        help="Go on behind the `cursor` of the last line of an export that broke off.",
    ),
    _option(
        "--output",
        type=_PATH,
        metavar="FILE",
        help="Where to; it is there once it is whole. Without it: standard output.",
    ),
]
_COLLECTING = [
    click.Argument(["sources"], required=True, type=_PATH, metavar="SOURCES.toml"),
    _option(
        "--into",
        type=_PATH,
        metavar="FOLDER",
        required=True,
        help="Where what is fetched is kept, as WARC files that `dateline index` reads.",
    ),
    _flag("--allow-private", "Go to private addresses as well, such as those of this network."),
    _flag("--json", "Print the report as JSON."),
    _flag("--quiet", "No progress, only the report."),
]
_ALERTING = [
    click.Argument(["alerts"], required=True, type=_PATH, metavar="ALERTS.toml"),
    _option(
        "--state",
        type=_PATH,
        metavar="FILE",
        help="Where is remembered what was sent (default: beside ALERTS.toml).",
    ),
]
_SERVING = [
    _option(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        show_default=True,
        help="Address to listen at.",
    ),
    _option(
        "--port",
        type=number(0, 65_535),
        metavar="N",
        default=8000,
        show_default=True,
        help="Port; 0 takes a free one.",
    ),
    _option(
        "--workers", type=_POSITIVE, metavar="N", default=1, show_default=True, help="Processes."
    ),
    _option(
        "--threads",
        type=_POSITIVE,
        metavar="N",
        default=8,
        show_default=True,
        help="Threads of each.",
    ),
]
COMMANDS: dict[str, tuple[str, str, list[click.Parameter]]] = {
    "index": (
        "bring the index up to date with files, folders and archives",
        _paragraphs(_FORMS, _limits()),
        [*_READING],
    ),
    "fetch": (
        "collect new and changed releases from live sites into a folder",
        _paragraphs(_FETCHING),
        [*_COLLECTING],
    ),
    "update": (
        "collect, then index what was collected",
        _paragraphs(_FETCHING),
        [*_COLLECTING, *_GAZETTEERS],
    ),
    "search": ("search the index", _paragraphs(_WORDS), [*_SEARCHING]),
    "export": ("write every release of a search, whole", _paragraphs(_WORDS), [*_EXPORTING]),
    "show": (
        "print one release",
        "",
        [click.Argument(["id"], metavar="ID"), _flag("--json", "The whole record as JSON.")],
    ),
    "stats": ("say what the index holds", "", [_flag("--json", "As JSON.")]),
    "verify": (
        "read the whole index and check that it is sound",
        "",
        [
            _flag(
                "--repair",
                "Make a damaged index, or one of an earlier format, anew from what it still holds.",
            ),
            _flag("--json", "Print what was found as JSON."),
        ],
    ),
    "backup": (
        "copy the index, also while it is written, and check it",
        "",
        [
            click.Argument(["target"], metavar="FOLDER", type=_PATH),
            _flag("--json", "Print what was copied as JSON."),
        ],
    ),
    "restore": (
        "make a backup the index, in one step",
        "",
        [click.Argument(["source"], metavar="FOLDER", type=_PATH)],
    ),
    "copy": (
        "copy every release from one index to another: a folder, or a cluster's address",
        "",
        [
            click.Argument(["source"], type=index_place, metavar="FROM"),
            click.Argument(["target"], type=index_place, metavar="TO"),
        ],
    ),
    "serve": ("serve the search page", _paragraphs(_PROXY), [*_SERVING]),
    "alerts": (
        "tell by mail or webhook of new releases that match saved searches",
        _paragraphs(_ALERTS),
        [*_ALERTING],
    ),
    "mcp": (
        "answer an assistant that speaks the Model Context Protocol on standard input and output",
        "",
        [],
    ),
    "password": (
        "print a line for DATELINE_PASSWORD_FILE",
        _paragraphs(_HASHED),
        [click.Argument(["name"], metavar="NAME")],
    ),
}
"""Name -> what it does, what its help says besides, its parameters."""
_OF_WORDS = frozenset(("search", "export"))
