"""Calls every compiled loop with made-up buffers of the right types; each call answers or refuses.

In three of four calls something is spoiled (`fuzz_arguments.py`). `make sanitizers` runs this with a
module that finds every access outside of its memory, `INPUTS=1000000` as often as that.

    python -m tests.index.kernel.fuzz_loops --calls 100000 --seed 7 unite marked

Calls come in batches with a random generator of their own. The one that is under way is said on the
error stream, so that what ends the process can be run again: `--seed 7 --batch 12 --calls 1 unite`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from index import kernel
from tests.index.kernel.fuzz_arguments import GENERATORS, USES, Arguments, spoiled

BATCH = 10_000
REFUSALS = (ValueError, IndexError, OverflowError, MemoryError)  # UnicodeError is a ValueError
NOTHING_GIVEN = (TypeError, AttributeError)
"""What None, given for an array that there has to be, may raise besides."""


class Outcome(NamedTuple):
    """How the calls of one loop went, and in how many seconds of this process."""

    answered: int
    refused: int
    seconds: float


def fuzz(name: str, calls: int, seed: int, batch: int = 0) -> Outcome:
    """Calls a loop; the first batch has the number that is given.

    :raises AssertionError: if a call raises what is no refusal; it says how to run it again.
    """
    call = USES.get(name) or kernel.loop(name)
    assert call is not None, f"{name} is not built, or switched off"
    answered, begun = 0, time.process_time()
    for at in range(-(-calls // BATCH)):
        again = f"--seed {seed} --batch {batch + at} {name}"
        print(again, end="\r", file=sys.stderr, flush=True)
        rng = Random(f"{seed} {batch + at} {name}")  # noqa: S311
        for arguments in islice(_arguments(name, rng), min(BATCH, calls - at * BATCH)):
            answered += _is_answered(call, arguments, again)
    return Outcome(answered, calls - answered, time.process_time() - begun)


def _arguments(name: str, rng: Random) -> Iterator[Arguments]:
    """Without end: what is made up, and three times spoiled, since making it up takes longest."""
    while True:
        fitting = GENERATORS[name](rng)
        once = spoiled(rng, fitting)
        yield from (fitting, once, spoiled(rng, once), spoiled(rng, fitting))


def _is_answered(call: Callable[..., Any], arguments: Arguments, again: str) -> bool:
    try:
        call(*arguments)
    except REFUSALS:
        return False
    except NOTHING_GIVEN as error:
        if "None" not in str(error):
            raise AssertionError(f"{again}: {arguments!r:.5000}") from error
        return False
    except Exception as error:
        raise AssertionError(f"{again}: {arguments!r:.5000}") from error
    return True


def table(names: Iterable[str], calls: int, seed: int, batch: int) -> Iterator[str]:
    yield f"{'loop':20}{'calls':>10}{'answered':>10}{'refused':>10}{'calls/s':>10}"
    for name in names:
        answered, refused, seconds = fuzz(name, calls, seed, batch)
        yield f"{name:20}{calls:10}{answered:10}{refused:10}{calls / max(seconds, 1e-3):10.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=kernel.names(), help="loops (default: all)")
    parser.add_argument("--calls", type=int, default=BATCH, help="of each loop")
    parser.add_argument("--seed", type=int, default=1, help="other arguments")
    parser.add_argument("--batch", type=int, default=0, help="the first batch of 10,000 calls")
    given = parser.parse_args()
    for line in table(given.names, given.calls, given.seed, given.batch):
        print(line, flush=True)


if __name__ == "__main__":
    main()
