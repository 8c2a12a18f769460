"""The ways in which hidden cells can move together while every equation holds, cheapest cells first.

A circuit is a smallest set of cells that can change and leave every published sum as it is. Columns of A
taken in order of cost are either independent of those before (they join the basis) or close exactly one
circuit with cells of the basis (Langsrud 2024, "Secondary cell suppression by Gaussian elimination", seen
from the other side: what he eliminates from the published cells, we build up from the hidden ones; the
result is the same, the work is not).
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

import numpy as np

from fullpicture.disclosure.linked import Ints, Mask
from fullpicture.disclosure.modular import PRIME, Sparse, compiled, empty, inverse, room_for


class Circuits(NamedTuple):
    """Each circuit's cells with how much they move, `owner` first with -1; which needed cells have none."""

    vectors: Sparse
    owner: Ints
    uncovered: Mask


class _Basis(NamedTuple):
    """Independent columns, reduced by those before them, and the steps that reduced each."""

    reduced: Sparse
    steps: Sparse
    scale: Ints
    cell: Ints
    age_of_row: Ints


class _Work(NamedTuple):
    """One column while it is reduced: its value in each row, the rows touched, the steps and shares."""

    value: Ints
    is_touched: Mask
    touched: Ints
    ages: Ints
    factors: Ints
    share: Ints


@compiled
def find_circuits(columns: Sparse, rows: int, order: Ints, need: Mask, always: Mask) -> Circuits:
    """The circuits that first cover a needed cell, and those of every dependent cell of `always`.

    Args:
        columns: of each cell, the equations that it is in.
        rows: how many equations there are.
        order: the cells that may be hidden, in the order in which they may join the basis.
        need: cells that must be in a circuit.
        always: cells whose own circuits are kept.
    """
    basis = _Basis(
        empty(rows),
        empty(rows),
        np.zeros(rows, np.int64),
        np.zeros(rows, np.int64),
        np.full(rows, -1, np.int64),
    )
    work = _new_work(rows)
    degree = np.bincount(columns.entries, minlength=rows)
    kept = empty(len(order))
    owner = np.zeros(len(order), np.int64)
    uncovered = need.copy()
    left = np.count_nonzero(need)
    size = found = 0
    for cell in order:
        touched, steps = _reduce(columns, cell, basis, work)
        pivot = _pivot(work, touched, basis.age_of_row, degree)
        if pivot >= 0:
            basis = _join(basis, work, (size, cell, pivot), (touched, steps))
            size += 1
        elif left > 0 or always[cell]:
            kept = _close(kept, found, cell, basis, (work, steps))
            covered = _cover(kept, found, uncovered)
            left -= covered
            if covered > 0 or always[cell]:
                owner[found] = cell
                found += 1
        for place in range(touched):
            work.value[work.touched[place]] = 0
            work.is_touched[work.touched[place]] = False
    end = kept.starts[found]
    vectors = Sparse(kept.starts[: found + 1], kept.entries[:end], kept.weights[:end])
    return Circuits(vectors, owner[:found], uncovered)


@compiled
def _new_work(rows: int) -> _Work:
    flags = np.zeros(rows, np.bool_)
    zeros = np.zeros(rows, np.int64)
    return _Work(zeros, flags, zeros.copy(), zeros.copy(), zeros.copy(), zeros.copy())


@compiled
def _touch(work: _Work, row: int, count: int, age_of_row: Ints, waiting: list[int]) -> int:
    if work.is_touched[row]:
        return count
    work.is_touched[row] = True
    work.touched[count] = row
    if age_of_row[row] >= 0:
        heapq.heappush(waiting, age_of_row[row])
    return count + 1


@compiled
def _reduce(columns: Sparse, cell: int, basis: _Basis, work: _Work) -> tuple[int, int]:
    """Takes the basis out of a column, oldest first; how many rows it touched and how many steps it took."""
    waiting = [0 for _ in range(0)]
    touched = steps = 0
    for entry in range(columns.starts[cell], columns.starts[cell + 1]):
        touched = _touch(work, columns.entries[entry], touched, basis.age_of_row, waiting)
        work.value[columns.entries[entry]] = columns.weights[entry]
    starts, entries, weights = basis.reduced
    while len(waiting) > 0:
        age = heapq.heappop(waiting)
        factor = work.value[entries[starts[age]]]
        if factor == 0:
            continue
        work.ages[steps], work.factors[steps] = age, factor
        steps += 1
        for entry in range(starts[age], starts[age + 1]):
            touched = _touch(work, entries[entry], touched, basis.age_of_row, waiting)
            work.value[entries[entry]] = (work.value[entries[entry]] - factor * weights[entry]) % PRIME
    return touched, steps


@compiled
def _pivot(work: _Work, touched: int, age_of_row: Ints, degree: Ints) -> int:
    """Of the rows that are left the one with fewest cells, so that little is filled in (Markowitz)."""
    best = -1
    for place in range(touched):
        row = work.touched[place]
        if work.value[row] != 0 and age_of_row[row] < 0 and (best < 0 or degree[row] < degree[best]):
            best = row
    return best


@compiled
def _join(basis: _Basis, work: _Work, what: tuple[int, int, int], used: tuple[int, int]) -> _Basis:
    """The basis with a column more: scaled so that its pivot, which comes first, is 1."""
    size, cell, pivot = what
    touched, steps = used
    reduced, taken = basis.reduced, basis.steps
    place = reduced.starts[size]
    entries, weights = room_for(reduced.entries, place + touched), room_for(reduced.weights, place + touched)
    scale = work.value[pivot]
    back = inverse(scale)
    entries[place], weights[place] = pivot, 1
    place += 1
    for entry in range(touched):
        row = work.touched[entry]
        if row != pivot and work.value[row] != 0:
            entries[place], weights[place] = row, work.value[row] * back % PRIME
            place += 1
    reduced.starts[size + 1] = place
    first = taken.starts[size]
    ages, factors = room_for(taken.entries, first + steps), room_for(taken.weights, first + steps)
    ages[first : first + steps] = work.ages[:steps]
    factors[first : first + steps] = work.factors[:steps]
    taken.starts[size + 1] = first + steps
    basis.scale[size], basis.cell[size], basis.age_of_row[pivot] = scale, cell, size
    new = Sparse(reduced.starts, entries, weights)
    return _Basis(new, Sparse(taken.starts, ages, factors), basis.scale, basis.cell, basis.age_of_row)


@compiled
def _close(kept: Sparse, found: int, cell: int, basis: _Basis, done: tuple[_Work, int]) -> Sparse:
    """Writes the circuit of a dependent column: the steps that reduced it, in cells, youngest first."""
    work, steps = done
    starts, entries, weights = kept
    end = starts[found]
    waiting = [0 for _ in range(0)]
    share = work.share
    for step in range(steps):
        share[work.ages[step]] = work.factors[step]
        heapq.heappush(waiting, -work.ages[step])
    entries, weights = room_for(entries, end + 1), room_for(weights, end + 1)
    entries[end], weights[end] = cell, PRIME - 1
    end += 1
    while len(waiting) > 0:
        age = -heapq.heappop(waiting)
        factor = share[age]
        share[age] = 0
        if factor == 0:
            continue
        factor = factor * inverse(basis.scale[age]) % PRIME
        entries, weights = room_for(entries, end + 1), room_for(weights, end + 1)
        entries[end], weights[end] = basis.cell[age], factor
        end += 1
        for entry in range(basis.steps.starts[age], basis.steps.starts[age + 1]):
            other = basis.steps.entries[entry]
            if share[other] == 0:
                heapq.heappush(waiting, -other)
            share[other] = (share[other] - factor * basis.steps.weights[entry]) % PRIME
    starts[found + 1] = end
    return Sparse(starts, entries, weights)


@compiled
def _cover(kept: Sparse, found: int, uncovered: Mask) -> int:
    """Marks the needed cells of the newest circuit; how many were not covered before."""
    covered = 0
    for entry in range(kept.starts[found], kept.starts[found + 1]):
        if uncovered[kept.entries[entry]]:
            uncovered[kept.entries[entry]] = False
            covered += 1
    return covered
