"""The command `dateline`: runs what was asked for, and turns errors into exit codes."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper

import click

from index.errors import DatelineError, IndexLockedError, NoIndexError
from webapp.cli.arguments import (
    FAILED,
    INTERRUPTED,
    LOCKED,
    NO_INDEX,
    NOT_FOUND,
    OK,
    Arguments,
    Run,
    cli,
)
from webapp.cli.quick_start import import_whoosh_alone, start_quickly
from webapp.garbage_collection import GARBAGE_FROM

# What a command needs is imported when it runs: `--help` and a usage error wait for no engine.

_DATA = ("json", "csv", "jsonl", "format")
"""Options that make the output data, which is UTF-8 whatever the terminal's encoding is."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code. Errors are a sentence on standard error."""
    gc.set_threshold(GARBAGE_FROM)
    _prepare_streams()
    words = sys.argv[1:] if argv is None else list(argv)
    whole = cli({name: _ending(run) for name, run in _RUNS.items()})
    with _ended_by_sigterm():
        return _coded(
            lambda: whole.main(args=words, prog_name="dateline", standalone_mode=False) or OK
        )


def _ending(run: Run) -> Run:
    """A command whose errors are exit codes: click would end the process at some of them."""

    def ending(arguments: Arguments) -> int:
        if any(getattr(arguments, form, None) for form in _DATA):
            _prepare(sys.stdout, encoding="utf-8")
        return _coded(lambda: run(arguments))

    return ending


def _coded(act: Callable[[], int]) -> int:
    """The exit code of what is done, and of its errors, each with a sentence."""
    try:
        return _written_out(act())
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except IndexLockedError as error:
        return _fail(error, LOCKED)
    except NoIndexError as error:
        return _fail(error, NO_INDEX)
    except DatelineError as error:
        return _fail(error, FAILED)
    except BrokenPipeError:
        # Whoever read our output has enough of it (`| head`).
        return _silenced(OK)
    except OSError as error:
        return _silenced(_fail(_said(error), FAILED))
    except MemoryError:
        return _fail("there is not enough memory for this.", FAILED)
    except (click.Abort, KeyboardInterrupt):
        return _interrupted()


def _written_out(code: int) -> int:
    """The exit code, once all is written: a full disk is an error of ours, not of the shutdown."""
    sys.stdout.flush()
    return code


def _silenced(code: int) -> int:
    """The exit code; what could not be written is not tried again as the interpreter ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


_RIGHTS = (errno.EACCES, errno.EPERM, errno.EROFS)


def _said(error: OSError) -> str:
    """What the system refused, as a sentence: of which file, and why."""
    names = [str(name) for name in (error.filename, error.filename2) if name is not None]
    said = ": ".join([*names[-1:], error.strerror or str(error)])
    return f"{said}; run as an account that has the right to it" if error.errno in _RIGHTS else said


def _index(arguments: Arguments) -> int:
    import_whoosh_alone()
    from webapp.cli import index_command

    return FAILED if index_command.run(arguments).useless else OK


def _fetch(arguments: Arguments) -> int:
    from webapp.cli.fetch_command import fetch

    return FAILED if fetch(arguments).useless else OK


def _update(arguments: Arguments) -> int:
    from webapp.cli.fetch_command import update

    return OK if update(arguments) else FAILED


def _search(arguments: Arguments) -> int:
    start_quickly()
    from webapp.cli.search_command import search

    search(arguments)
    return OK


def _export(arguments: Arguments) -> int:
    from webapp.cli.export_command import export

    export(arguments)
    return OK


def _show(arguments: Arguments) -> int:
    start_quickly()
    from webapp.cli.search_command import show

    return OK if show(arguments) else NOT_FOUND


def _stats(arguments: Arguments) -> int:
    start_quickly()
    from webapp.cli.search_command import stats

    stats(arguments)
    return OK


def _verify(arguments: Arguments) -> int:
    from webapp.cli.maintenance_command import verify

    return OK if verify(arguments) else FAILED


def _backup(arguments: Arguments) -> int:
    from webapp.cli.maintenance_command import backup

    backup(arguments)
    return OK


def _restore(arguments: Arguments) -> int:
    from webapp.cli.maintenance_command import restore

    restore(arguments)
    return OK


def _copy(arguments: Arguments) -> int:
    from webapp.cli.maintenance_command import copy

    copy(arguments)
    return OK


def _serve(arguments: Arguments) -> int:
    from webapp.cli.serve_command import serve

    serve(arguments)
    return OK


def _alerts(arguments: Arguments) -> int:
    from webapp.cli.alerts_command import alerts

    return FAILED if alerts(arguments).failed else OK


def _mcp(arguments: Arguments) -> int:
    from webapp.cli.mcp_command import serve_tools

    serve_tools(arguments)
    return OK


def _password(arguments: Arguments) -> int:
    from webapp.cli.password_command import password

    password(arguments)
    return OK


_RUNS: dict[str, Run] = {
    "index": _index, "fetch": _fetch, "update": _update, "search": _search, "show": _show,
    "stats": _stats, "verify": _verify, "export": _export,
    "alerts": _alerts, "mcp": _mcp,
    "backup": _backup, "restore": _restore, "copy": _copy, "serve": _serve, "password": _password,
}  # fmt: skip


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends what runs inside as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _fail(error: Exception | str, code: int) -> int:
    print(f"dateline: {error}", file=sys.stderr)
    return code


def _interrupted() -> int:
    print("dateline: interrupted; the index is as it was before.", file=sys.stderr)
    return INTERRUPTED


def _prepare_streams() -> None:
    """Text that the terminal's encoding lacks is replaced, never an error."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, closed: `>&-`
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        _prepare(stream)


def _prepare(stream: object, encoding: str | None = None) -> None:
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace", encoding=encoding)


if __name__ == "__main__":
    sys.exit(main())
