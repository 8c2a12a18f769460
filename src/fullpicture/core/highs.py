"""The solver of linear programmes, without the banner that it prints when it starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import highspy

_STDOUT = 1


def quiet_highs() -> highspy.Highs:
    """A new HiGHS that says nothing, on one thread, the same for the same input.

    HiGHS 1.16 writes its name to the standard output before an option can tell it not to, where it would
    spoil what a machine reads.
    """
    with _nothing_said():
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        highs.setOptionValue(option, value)
    return highs


@contextmanager
def _nothing_said() -> Iterator[None]:
    sys.stdout.flush()
    kept, nowhere = os.dup(_STDOUT), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDOUT)
    try:
        yield
    finally:
        os.dup2(kept, _STDOUT)
        os.close(kept)
        os.close(nowhere)
