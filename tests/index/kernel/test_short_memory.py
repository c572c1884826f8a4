"""When memory is short, each compiled loop raises MemoryError, and goes on working afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from random import Random
from typing import Any

import pytest

from index import kernel
from index.text.characters import character_classes
from tests.index.kernel.fuzz_arguments import GENERATORS, Arguments

pytestmark = pytest.mark.skipif(not kernel.status().endswith("in use."), reason=kernel.status())
REFUSALS = (ValueError, IndexError, OverflowError, MemoryError)
Call = tuple[Callable[..., Any], Arguments]


def compiled_calls(name: str, arguments: Arguments) -> list[Call]:
    """Calls of compiled code alone: Python itself gives a SystemError at times."""
    loop = kernel.loop(name)
    assert loop is not None
    if name == "WordTable":
        made_of = (arguments[0], str.split, arguments[1])
        return [(loop, made_of), (loop(*made_of).words_of, arguments[2:])]
    if name == "find_spans":
        text, filter_of, answer = arguments
        make = kernel.loop("TokenFilter")
        assert make is not None
        return [(loop, (text, make(*filter_of), defaultdict(partial(tuple, answer))))]
    return [(loop, arguments)]


def starved(call: Callable[..., Any], arguments: Arguments, place: int) -> None:
    """A call in which Python finds no memory once: when it asks for the time `place`."""
    memory = pytest.importorskip("_testcapi", reason="this Python came without its own test tools")
    memory.set_nomemory(place, place + 1)
    try:
        call(*arguments)
    finally:
        memory.remove_mem_hooks()


@pytest.mark.parametrize("name", sorted(GENERATORS))
def test_no_memory_at_any_place_is_an_error_and_no_crash(name: str) -> None:
    errors: list[str] = []
    for seed in range(12):
        with suppress(ValueError):  # what the object of a loop is made of does not fit
            for call, arguments in compiled_calls(name, GENERATORS[name](Random(seed))):  # noqa: S311
                with suppress(*REFUSALS):
                    call(*arguments)  # imports the codecs it needs while there is memory
                for place in range(50):
                    try:
                        starved(call, arguments, place)
                    except REFUSALS as error:
                        errors.append(type(error).__name__)
    assert "MemoryError" in errors


def test_a_table_of_words_goes_on_after_a_text_for_which_there_was_no_room() -> None:
    make, words = kernel.loop("WordTable"), [f"word{at}" for at in range(5_000)]
    assert make is not None
    arguments = [" ".join(words)], b"\0", 1 << 22
    for place in range(40):
        table = make(character_classes(), str.split, 5)
        with suppress(MemoryError):
            starved(table.words_of, arguments, place)
        assert list(table.words_of(*arguments)[0]) == list(range(5_000))


ONE_HUGE_CALL = """
import resource, sys
from array import array
from index.kernel import loop
from index.text.characters import character_classes

def none(kind): return array(kind)

def word_table():
    return loop("WordTable")(character_classes(), str.split, 5)

name = sys.argv[1]
call, arguments = {
    "inverted": lambda: (loop(name), (none("i"), none("q"), none("i"), array("q", [0]), none("i"),
                                      none("i"), none("q"), none("i"), 2**31 - 1)),
    "grouped": lambda: (loop(name), (array("Q", bytes(8000)), array("q", [0, 1000]),
                                     array("i", bytes(400_000)), True)),
    "unite": lambda: (loop(name), ([(none("I"), None)] * 3_000_000, 9, 1.0, 0.0, none("I"), None)),
    "match_phrase": lambda: (loop(name), (
        [(array("I", [0]), array("I", [1]), None, None, None, 1.0, 1.0, 0.0)],
        [array("B", bytes(2))], [2], [0] * 3_000_000, array("I", [1]) * (6_000_000 - 2), 9, None,
        array("I", [0]))),
    "TokenFilter": lambda: (loop(name), ([b"a" * 3_000_000], b"", character_classes(), True, b"")),
    "WordTable": lambda: (word_table().words_of, (["a " * 2 * 10**7], b"\\0", 1 << 22)),
    "single_spaced": lambda: (loop(name), ("a  " * 6 * 10**7,)),
    "pack": lambda: (loop(name), (array("I", [2**32 - 1]) * 4 * 10**7,
                                  array("q", [1]) * 4 * 10**7, 0)),
}[name]()
pages = int(open("/proc/self/statm").read().split()[0])
resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 10**8,) * 2)
try:
    call(*arguments)
except MemoryError:
    print("refused")
else:
    print("answered")
"""
HUGE = (
    "inverted", "grouped", "unite", "match_phrase", "TokenFilter", "WordTable",
    "single_spaced", "pack",
)  # fmt: skip


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or "asan" in os.environ.get("LD_PRELOAD", ""),
    reason="memory can be limited on Linux, without the address sanitizer, which takes terabytes",
)
@pytest.mark.parametrize("name", HUGE)
def test_what_takes_more_memory_than_there_is_is_refused(name: str) -> None:
    """A process that may have 100 MB more than it has, and a call that takes several times that."""
    command = [sys.executable, "-c", ONE_HUGE_CALL, name]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (made.stdout, made.returncode) == ("refused\n", 0), made.stderr
