"""Shows again, dearest first, every cell that the protection can do without.

A cell is shown by keeping only those movements that leave it where it is: one circuit that moves it is
given up and taken out of the others. It stays hidden where a needed cell would have no movement left, or
where only circuits move it that may not be given up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fullpicture.disclosure.linked import Ints, Mask
from fullpicture.disclosure.modular import PRIME, Sparse, compiled, inverse, room_for


class Movements(NamedTuple):
    """Circuits with sorted cells, which may change: where each begins and how long it is."""

    start: Ints
    length: Ints
    cell: Ints
    weight: Ints
    used: int


class Worth(NamedTuple):
    """Circuits that may not be given up, and how much each counts for the cells that it moves."""

    is_kept: Mask
    credit: Ints


class _Lists(NamedTuple):
    """For each cell the circuits that have or had it, as linked lists."""

    head: Ints
    next: Ints
    circuit: Ints
    used: int


@compiled
def thin(circuits: Sparse, worth: Worth, need: Ints, order: Ints) -> tuple[Mask, Movements]:
    """Which cells of `order` stay hidden, and the movements that are left (given-up ones have length 0).

    Args:
        circuits: with the cells of each in increasing order.
        worth: what each circuit is worth to the cells that it moves.
        need: for each cell, what its circuits must be worth together.
        order: the cells that may be shown, dearest first.
    """
    moves = Movements(
        circuits.starts[:-1].copy(),
        circuits.starts[1:] - circuits.starts[:-1],
        circuits.entries.copy(),
        circuits.weights.copy(),
        len(circuits.entries),
    )
    lists = _listed(moves, len(need))
    cover = _covered(circuits, worth.credit, len(need))
    hidden = np.zeros(len(need), np.bool_)
    with_it = np.zeros(len(moves.start), np.int64)
    value = np.zeros(len(moves.start), np.int64)
    seen = np.full(len(moves.start), -1, np.int64)
    for cell in order:
        if cover[cell] == 0:
            continue
        count = _who_moves(cell, moves, lists, (with_it, value, seen))
        given = _shortest(with_it[:count], moves.length, worth.is_kept)
        if given < 0:
            hidden[cell] = True
            continue
        moves, lists, hidden[cell] = _without(
            given, (with_it[:count], value[:count]), (moves, lists), (cover, need, worth.credit)
        )
    return hidden, moves


@compiled
def _listed(moves: Movements, cells: int) -> _Lists:
    lists = _Lists(
        np.full(cells, -1, np.int64), np.zeros(moves.used, np.int64), np.zeros(moves.used, np.int64), 0
    )
    for circuit in range(len(moves.start)):
        for entry in range(moves.start[circuit], moves.start[circuit] + moves.length[circuit]):
            lists = _list(lists, moves.cell[entry], circuit)
    return lists


@compiled
def _list(lists: _Lists, cell: int, circuit: int) -> _Lists:
    next_, circuits = room_for(lists.next, lists.used + 1), room_for(lists.circuit, lists.used + 1)
    next_[lists.used], circuits[lists.used] = lists.head[cell], circuit
    lists.head[cell] = lists.used
    return _Lists(lists.head, next_, circuits, lists.used + 1)


@compiled
def _covered(circuits: Sparse, credit: Ints, cells: int) -> Ints:
    cover = np.zeros(cells, np.int64)
    for circuit in range(len(credit)):
        for entry in range(circuits.starts[circuit], circuits.starts[circuit + 1]):
            cover[circuits.entries[entry]] += credit[circuit]
    return cover


@compiled
def _find(moves: Movements, circuit: int, cell: int) -> int:
    """The entry of a cell in a circuit, or -1."""
    low, end = moves.start[circuit], moves.start[circuit] + moves.length[circuit]
    high = end
    while low < high:
        middle = (low + high) // 2
        if moves.cell[middle] < cell:
            low = middle + 1
        else:
            high = middle
    return low if low < end and moves.cell[low] == cell else -1


@compiled
def _who_moves(cell: int, moves: Movements, lists: _Lists, found: tuple[Ints, Ints, Ints]) -> int:
    """Writes the circuits that move a cell, and by how much; how many there are."""
    with_it, value, seen = found
    count, place = 0, lists.head[cell]
    while place >= 0:
        circuit = lists.circuit[place]
        place = lists.next[place]
        if seen[circuit] == cell:
            continue
        seen[circuit] = cell
        entry = _find(moves, circuit, cell)
        if entry >= 0:
            with_it[count], value[count] = circuit, moves.weight[entry]
            count += 1
    return count


@compiled
def _shortest(with_it: Ints, length: Ints, is_kept: Mask) -> int:
    best = -1
    for place in range(len(with_it)):
        circuit = with_it[place]
        if not is_kept[circuit] and (best < 0 or length[circuit] < length[with_it[best]]):
            best = place
    return best


@compiled
def _without(
    given: int, who: tuple[Ints, Ints], state: tuple[Movements, _Lists], needs: tuple[Ints, Ints, Ints]
) -> tuple[Movements, _Lists, bool]:
    """Gives one circuit up, where every needed cell keeps a movement; says whether that failed."""
    with_it, value = who
    moves, lists = state
    cover, need, credit = needs
    circuit = with_it[given]
    first, last = moves.start[circuit], moves.start[circuit] + moves.length[circuit]
    change = np.full(last - first, -credit[circuit], np.int64)
    used, back = moves.used, inverse(value[given])
    starts = np.zeros(len(with_it) + 1, np.int64)
    for place in range(len(with_it)):
        starts[place] = moves.used
        if place != given:
            factor = value[place] * back % PRIME
            gained = np.zeros(last - first, np.int64)
            moves = _taken_out(moves, with_it[place], circuit, factor, gained)
            change += gained * credit[with_it[place]]
    starts[len(with_it)] = moves.used
    for entry in range(first, last):
        cell = moves.cell[entry]
        if cover[cell] + change[entry - first] < need[cell]:
            return Movements(moves.start, moves.length, moves.cell, moves.weight, used), lists, True
    for entry in range(first, last):
        cover[moves.cell[entry]] += change[entry - first]
    for place in range(len(with_it)):
        if place != given:
            lists = _moved(with_it[place], (starts[place], starts[place + 1]), moves, lists)
    moves.length[circuit] = 0
    return moves, lists, False


@compiled
def _taken_out(moves: Movements, circuit: int, given: int, factor: int, gained: Ints) -> Movements:
    """Writes circuit - factor x given at the end; `gained`: which cells of `given` it has more or less."""
    here, end = moves.start[circuit], moves.start[circuit] + moves.length[circuit]
    first, last = moves.start[given], moves.start[given] + moves.length[given]
    there, to = first, moves.used
    cells = room_for(moves.cell, to + end - here + last - first)
    weights = room_for(moves.weight, to + end - here + last - first)
    while here < end or there < last:
        if there >= last or (here < end and cells[here] < cells[there]):
            cells[to], weights[to] = cells[here], weights[here]
            here += 1
        elif here >= end or cells[there] < cells[here]:
            cells[to], weights[to] = cells[there], -factor * weights[there] % PRIME
            gained[there - first] = 1
            there += 1
        else:
            cells[to], weights[to] = cells[here], (weights[here] - factor * weights[there]) % PRIME
            if weights[to] == 0:
                gained[there - first] = -1
                to -= 1
            here += 1
            there += 1
        to += 1
    return Movements(moves.start, moves.length, cells, weights, to)


@compiled
def _moved(circuit: int, span: tuple[int, int], moves: Movements, lists: _Lists) -> _Lists:
    """Puts a circuit's new version in the place of the old one, and lists it at the cells it gained."""
    here, end = moves.start[circuit], moves.start[circuit] + moves.length[circuit]
    for entry in range(span[0], span[1]):
        cell = moves.cell[entry]
        while here < end and moves.cell[here] < cell:
            here += 1
        if here >= end or moves.cell[here] != cell:
            lists = _list(lists, cell, circuit)
    moves.start[circuit], moves.length[circuit] = span[0], span[1] - span[0]
    return lists
