"""The words that `dateline` understands, and its help."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path

from index.limits import table
from search.request import MATCHES, SORTS

OK, FAILED, USAGE, LOCKED, NO_INDEX, NOT_FOUND, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
EXIT_CODES = (
    (OK, "done; also when a search finds nothing or some documents were refused"),
    (FAILED, "an error, damage that `verify` finds and does not mend, or nothing to be indexed"),
    (USAGE, "the command line was not understood"),
    (LOCKED, "another process is writing to the index"),
    (NO_INDEX, "there is no index at that place, or not one that this version reads"),
    (NOT_FOUND, "no release has that id"),
    (INTERRUPTED, "interrupted (Ctrl-C, SIGTERM); the index is as it was"),
)
_FORMS = """
Read are newswire texts, release pages, RSS, Atom and JSON feeds, JSON, JSON
Lines and CSV records, alone or in folders, .zip, .tar, .gz, .bz2, .xz, .zst,
.warc and .wacz, by their content. The index changes in one step at the end;
until then searches see the old one.
"""
_WORDS = """
Words are read as in the search box: all words, "a phrase", OR, -without,
word*, headline:word. Put -- before words that begin with a dash:
dateline search -- port -harbour
"""
DEFAULT_INDEX = "var/index"


def parser() -> argparse.ArgumentParser:
    """The whole command line, with its help."""
    whole = argparse.ArgumentParser(
        prog="dateline",
        description="Full-text search for government press releases.",
        epilog=_exit_codes(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_index(whole, os.environ.get("DATELINE_INDEX") or DEFAULT_INDEX)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_index_command(commands)
    _add_search(commands)
    _add_serve(commands)
    _add_others(commands)
    return whole


def _add_index(command: argparse.ArgumentParser, default: str) -> None:
    command.add_argument(
        "--index",
        metavar="PLACE",
        default=default,
        help="folder of the index (default: DATELINE_INDEX, else %s)" % DEFAULT_INDEX,  # noqa: UP031
    )


def _command(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str,
             about: str, more: str = "") -> argparse.ArgumentParser:  # fmt: skip
    made = commands.add_parser(
        name,
        help=about,
        description=about[0].upper() + about[1:] + ".",
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_index(made, argparse.SUPPRESS)
    return made


def _add_index_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    made = _command(
        commands,
        "index",
        "bring the index up to date with files, folders and archives",
        f"{_FORMS}\n{_limits()}",
    )
    made.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="what to read")
    _add_reading_options(made)
    made.add_argument(
        "--prune",
        action="store_true",
        help="remove releases that lay under PATH and are no longer there",
    )
    made.add_argument(
        "--reread",
        action="store_true",
        help="read every file, also those that did not change since the last run",
    )
    made.add_argument(
        "--workers",
        metavar="N",
        type=_page,
        help="processes that read and write, or threads that merge (one for each processor that "
        "may be used); with 1 no process is started",
    )
    made.add_argument("--json", action="store_true", help="print the report as JSON")
    made.add_argument("--quiet", action="store_true", help="no progress, only the report")
    made.set_defaults(command="index")


def _add_reading_options(made: argparse.ArgumentParser) -> None:
    """Options that say how documents are read, and which."""
    made.add_argument(
        "--as-of",
        metavar="DATE",
        type=_day,
        help="day (YYYY-MM-DD) by when the "
        "documents were collected: dates without a year get the latest that fits",
    )
    made.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        help="how 03/06/2010 is read where neither its source nor its text tells; without it only "
        "the year is taken",
    )
    for name, what in (("include", "only documents"), ("exclude", "no documents")):
        made.add_argument(
            f"--{name}",
            metavar="PATTERN",
            action="append",
            default=[],
            help=f"{what} whose path or address is like this ('*/about/*'); may be repeated",
        )
    made.add_argument(
        "--gazetteer",
        metavar="FILE",
        action="append",
        type=Path,
        default=[],
        help="another list of agencies (docs/gazetteers.md); may be repeated",
    )
    made.add_argument(
        "--map",
        metavar="OURS=THEIRS",
        action="append",
        type=_mapping,
        default=[],
        help="what records call a field, as in headline=ttl; may be repeated",
    )


def _add_search(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    made = _command(commands, "search", "search the index", _WORDS)
    made.add_argument("words", nargs="*", metavar="WORD", help="what to look for; none: everything")
    made.add_argument(
        "--agency",
        metavar="SLUG",
        action="append",
        default=[],
        help="only this agency's; may be repeated for any of several",
    )
    made.add_argument(
        "--from",
        dest="date_from",
        metavar="DATE",
        type=_partial_date,
        help="from this day, month or year on (2023-06-26, 2023-06, 2023)",
    )
    made.add_argument(
        "--to",
        dest="date_to",
        metavar="DATE",
        type=_partial_date,
        help="up to the end of this day, month or year",
    )
    made.add_argument("--undated", action="store_true", help="those without a year as well")
    made.add_argument(
        "--language",
        metavar="TAG",
        action="append",
        default=[],
        help="only in this language (en, zh-Hant); may be repeated",
    )
    made.add_argument(
        "--match",
        choices=MATCHES,
        default="all",
        help="all words (where nothing holds all: most), any, or strictly all (default: all)",
    )
    made.add_argument("--sort", choices=SORTS, help="default: relevance with words, else newest")
    made.add_argument("--explain", action="store_true", help="what the score of each is made of")
    made.add_argument("--page", metavar="N", type=_page, default=1, help="page of ten, from 1")
    made.add_argument("--copies", action="store_true", help="releases of the same text one by one")
    made.add_argument("--json", action="store_true", help="print what /search.json would give")
    made.set_defaults(command="search")


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    made = _command(
        commands,
        "serve",
        "serve the search page",
        "For a public site put a proxy before it that does HTTPS, or run `gunicorn wsgi:app`\n"
        "with settings of your own (docs/operations.md).",
    )
    made.add_argument("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    made.add_argument("--port", type=_port, default=8000, help="port; 0 takes a free one (8000)")
    made.add_argument("--workers", type=_page, default=1, help="processes (%(default)s)")
    made.add_argument("--threads", type=_page, default=8, help="threads of each (%(default)s)")
    made.set_defaults(command="serve")


def _add_others(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    show = _command(commands, "show", "print one release")
    show.add_argument("id", metavar="ID", help="its id, or one that it had before")
    show.add_argument("--json", action="store_true", help="the whole record as JSON")
    show.set_defaults(command="show")
    verify = _command(commands, "verify", "read the whole index and check that it is sound")
    verify.add_argument(
        "--repair",
        action="store_true",
        help="make a damaged index, or one of an earlier format, anew from what it still holds",
    )
    verify.set_defaults(command="verify")
    backup = _command(commands, "backup", "copy the index, also while it is written, and check it")
    backup.add_argument("target", metavar="FOLDER", type=Path, help="a new folder for the copy")
    backup.set_defaults(command="backup")
    restore = _command(commands, "restore", "make a backup the index, in one step")
    restore.add_argument("source", metavar="FOLDER", type=Path, help="what `backup` made")
    restore.set_defaults(command="restore")
    password = _command(
        commands,
        "password",
        "print a line for DATELINE_PASSWORD_FILE",
        "Reads a password from standard input (hidden on a terminal) and prints the name with the\n"
        "password hashed. Append the line to the file that DATELINE_PASSWORD_FILE names.",
    )
    password.add_argument("name", metavar="NAME", help="whom the password is for")
    password.set_defaults(command="password")
    stats = _command(commands, "stats", "say what the index holds")
    stats.add_argument("--json", action="store_true", help="as JSON")
    stats.set_defaults(command="stats")


def _exit_codes() -> str:
    return "exit codes:\n" + "\n".join(f"  {code:>3}  {about}" for code, about in EXIT_CODES)


def _limits() -> str:
    rows = [f"  {default:>14,}  {about.replace('`', '')}" for _, default, about in table()]
    return "limits (bytes after unpacking, unless they say otherwise):\n" + "\n".join(rows)


def _day(text: str) -> str:
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2023-12-31")


def _partial_date(text: str) -> str:
    from index.dates.partial import parse

    read = parse(text)
    if read is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2023, 2023-06 or 2023-06-26")
    return read.iso


def _mapping(text: str) -> tuple[str, str]:
    from index.sources.record_fields import FIELDS

    ours, _, theirs = text.partition("=")
    if ours not in FIELDS or not theirs:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not OURS=THEIRS with OURS one of {', '.join(FIELDS)}"
        )
    return ours, theirs


def _page(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:12]) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1,000,000")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:6]) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; it goes from 0 to 65535")
    return int(text)
