"""Exact arithmetic modulo a prime, and sparse vectors of it, compiled.

Whole numbers modulo a prime of 31 bits have no rounding: whether a sum of cells is zero is known, not
guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from fullpicture.disclosure.linked import Equations, Ints

PRIME = 2**31 - 1
_LARGEST_DENOMINATOR = 720
_LARGEST_NUMERATOR = 1_000_000
_ROOM = 1024

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function in machine code, kept beside its source between runs."""
    return cast(Function, numba.njit(cache=True)(function))


class Sparse(NamedTuple):
    """Vectors one after another: vector v has the entries `starts[v]:starts[v + 1]`."""

    starts: Ints
    entries: Ints
    weights: Ints


def columns(equations: Equations, cells: int) -> Sparse:
    """The equations of each cell with its weights in them."""
    order = np.argsort(equations.cells, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(equations.cells, minlength=cells))])
    return Sparse(starts, equations.rows[order], equations.weights[order] % PRIME)


@compiled
def inverse(number: int) -> int:
    """What gives 1 when multiplied with the number (Fermat)."""
    power, base, left = 1, number % PRIME, PRIME - 2
    while left > 0:
        if left & 1:
            power = power * base % PRIME
        base = base * base % PRIME
        left >>= 1
    return power


@compiled
def room_for(array: NDArray[np.int64], entries: int) -> NDArray[np.int64]:
    """The array, or a longer copy of it that has so many entries."""
    if entries <= len(array):
        return array
    longer = np.zeros(max(entries, 2 * len(array)), dtype=np.int64)
    longer[: len(array)] = array
    return longer


@compiled
def empty(vectors: int) -> Sparse:
    """Room for so many vectors, none of them written."""
    none = np.zeros(_ROOM, dtype=np.int64)
    return Sparse(np.zeros(vectors + 1, dtype=np.int64), none, none.copy())


def fractions(weights: Ints) -> tuple[Ints, Ints]:
    """Numerators and denominators of the least size that the numbers modulo the prime can stand for.

    A denominator of 0 says that there is none of up to 720 with a numerator of up to a million.
    """
    numerators = np.zeros_like(weights)
    denominators = np.zeros_like(weights)
    for denominator in range(1, _LARGEST_DENOMINATOR + 1):
        open_ = np.flatnonzero(denominators == 0)
        if not len(open_):
            break
        value = weights[open_] * denominator % PRIME
        value = np.where(value > PRIME // 2, value - PRIME, value)
        fits = np.abs(value) <= _LARGEST_NUMERATOR
        numerators[open_[fits]] = value[fits]
        denominators[open_[fits]] = denominator
    return numerators, denominators
