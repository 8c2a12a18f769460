"""Tables of eight kinds and sizes protected and audited, beside the engine of tau-ARGUS where it can.

Run: python -m benchmarks.disclosure. The tables are invented (benchmarks/disclosure_tables.py); small is 1
to 4, and zeros show. Seconds are of a processor. Ours is `suppress`, proof included, from linked tables in
memory to the cells to hide; the peer begins with a row for each person, as it wants it. The auditor bounds
every hidden cell of what is then published, as anybody outside could. GaussSuppression 1.2.3 needed 0.64,
1.9, 12.1, 27, 410 (on a busy machine), 77 and more than 900 s for tables of these kinds and sizes, elsewhere.
What is lost is beside elimination (benchmarks/disclosure_elimination.py). The growth is drawn into
docs/images/disclosure-growth.svg.
"""

from __future__ import annotations

import tempfile
import time
from contextlib import chdir
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.disclosure_elimination import by_elimination
from benchmarks.disclosure_growth import Growth, growth_chart
from benchmarks.disclosure_tables import KINDS, Kind, table
from benchmarks.measure import Measured, compared, measured
from fullpicture.disclosure.audit import Asked, audit
from fullpicture.disclosure.linked import LinkedTables, Mask
from fullpicture.disclosure.suppress import suppress

THRESHOLD = 4
_PEER_CAN = 1
_ELIMINATED = 25_000
"""Cells up to which elimination is tried: beyond, it takes too long."""
_AUDITED = 25_000
_ELSEWHERE = (0.64, 1.9, 12.1, 27.0, 410.0, 77.0, None, None)
_CHART = Path(__file__).resolve().parents[1] / "docs" / "images" / "disclosure-growth.svg"


def small(tables: LinkedTables) -> Mask:
    """Counts that the rule hides."""
    return np.asarray((tables.counts > 0) & (tables.counts <= THRESHOLD))


def ours(kind: Kind, from_alone: bool) -> float:
    """Seconds, after a first call that reads the compiled code."""
    suppress(table(KINDS[0]), small(table(KINDS[0])))
    tables = table(kind).where_zeros_show()
    started = time.process_time()
    suppress(tables, small(tables), from_alone=from_alone)
    return time.process_time() - started


def auditor(kind: Kind) -> float:
    """Seconds to bound every hidden cell."""
    tables = table(kind).where_zeros_show()
    found = suppress(tables, small(tables))
    published = tables.without(found.hidden)
    started = time.process_time()
    audit(published, Asked(THRESHOLD, primary=found.primary))
    return time.process_time() - started


def peer(kind: Kind) -> float:
    """Seconds that pytauargus takes by its modular method."""
    from pytauargus import protect

    people = _people(kind)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        trees = {name: _tree(Path(folder), name, parents) for name, parents in kind.dimensions}
        started = time.process_time()
        protect(
            people,
            [name for name, _ in kind.dimensions],
            "n",
            safety_rules=f"FREQ({THRESHOLD + 1},10)",
            suppress="MOD(1)",
            hrc={name: path for name, path in trees.items() if path},
            hierleadstring="@",
            workdir=folder,
        )
        return time.process_time() - started


def _people(kind: Kind) -> dict[str, list[Any]]:
    """A row for each person who is counted in the finest cells."""
    tables = table(kind)
    is_finest = np.ones(len(tables), dtype=bool)
    for place, (_, parents) in enumerate(kind.dimensions):
        is_finest &= ~np.isin(tables.keys[:, place], parents)
    rows = np.repeat(tables.keys[is_finest], tables.counts[is_finest], axis=0)
    people: dict[str, list[Any]] = {
        name: [tables.codes[place][code] for code in rows[:, place].tolist()]
        for place, name in enumerate(tables.dimensions)
    }
    return {**people, "n": [1.0] * len(rows)}


def _tree(folder: Path, name: str, parents: list[int]) -> str:
    """The hierarchy as the peer reads it; nothing where it is flat."""
    if max(parents) == 0:
        return ""
    lines: list[str] = []

    def write(above: int, depth: int) -> None:
        for code, parent in enumerate(parents):
            if parent == above:
                lines.append("@" * depth + f"{name}{code:03}")
                write(code, depth + 1)

    write(0, 0)
    path = folder / f"{name}.hrc"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def lost(kind: Kind) -> str:
    """Cells hidden besides and the value in them: ours, without whoever is alone, and by elimination."""
    tables = table(kind).where_zeros_show()
    primary = small(tables)
    found = [suppress(tables, primary, from_alone=alone).hidden & ~primary for alone in (True, False)]
    if len(tables) <= _ELIMINATED:
        found.append(by_elimination(tables, primary))
    said = [f"{other.sum():,} / {tables.counts[other].sum():,}" for other in found]
    return f"| {kind.name} | {' | '.join(said)} |"


if __name__ == "__main__":
    drawn = []
    for place, kind in enumerate(KINDS):
        tables = table(kind)
        what = f"{kind.name} ({len(tables):,} cells, {small(tables).sum():,} small)"
        best = Measured(*measured(ours, kind, True))
        if place <= _PEER_CAN:
            print(compared(what, best, Measured(*measured(peer, kind, runs=1)), "pytauargus, modular"))
        else:
            print(f"| {what} | {best.seconds:.2f} s, {best.mebibytes:,.0f} MiB | | | |")
        audits = measured(auditor, kind, runs=1).seconds if len(tables) <= _AUDITED else None
        print(f"  audited in {audits and round(audits, 2)} s", flush=True)
        print(f"  {lost(kind)}", flush=True)
        drawn.append(Growth(len(tables), best.seconds, audits, _ELSEWHERE[place]))
    _CHART.write_text(growth_chart(drawn), encoding="utf-8")
