"""The command `dateline`: runs what was asked for, and turns errors into exit codes."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from index.errors import DatelineError, IndexLockedError, NoIndexError
from webapp.cli.arguments import FAILED, INTERRUPTED, LOCKED, NO_INDEX, NOT_FOUND, OK, parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code. Errors are a sentence on standard error."""
    _prepare_streams()
    arguments = parser().parse_args(argv)
    try:
        return _run(arguments)
    except IndexLockedError as error:
        return _fail(error, LOCKED)
    except NoIndexError as error:
        return _fail(error, NO_INDEX)
    except DatelineError as error:
        return _fail(error, FAILED)
    except BrokenPipeError:
        # Whoever read our output has enough of it (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        return _fail(error, FAILED)
    except KeyboardInterrupt:
        print("dateline: interrupted; the index is as it was before.", file=sys.stderr)
        return INTERRUPTED


def _run(arguments: argparse.Namespace) -> int:
    # Imported when it runs: `--help` and a usage error should not wait for the engine.
    if arguments.command in ("verify", "backup", "restore"):
        from webapp.cli import care_command

        if arguments.command == "verify":
            return OK if care_command.verify(arguments) else FAILED
        (care_command.backup if arguments.command == "backup" else care_command.restore)(arguments)
        return OK
    if arguments.command == "index":
        from webapp.cli import index_command

        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            return FAILED if index_command.run(arguments).useless else OK
        finally:
            signal.signal(signal.SIGTERM, before)
    if arguments.command == "password":
        from webapp.cli.password_command import password

        password(arguments)
        return OK
    if arguments.command == "serve":
        from webapp.cli.serve_command import serve

        serve(arguments)
        return OK
    from webapp.cli import search_command

    if arguments.command == "show":
        return OK if search_command.show(arguments) else NOT_FOUND
    (search_command.search if arguments.command == "search" else search_command.stats)(arguments)
    return OK


def _fail(error: Exception, code: int) -> int:
    print(f"dateline: {error}", file=sys.stderr)
    return code


def _prepare_streams() -> None:
    """Text that the terminal's encoding lacks is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
