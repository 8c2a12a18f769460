"""Tables in long form with their totals (design/contracts.md, "Tables to protect()"), out of CSV files."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fullpicture.core.errors import Mistake, TablesRefused
from fullpicture.disclosure.linked import Ints, LinkedTables, Tree
from fullpicture.disclosure.linking import link

STATUS = "status"


@dataclass(frozen=True)
class Layout:
    """What the columns of the files are.

    `count` is the column of counts; `hierarchies` has files `code,parent` for each dimension; each code of a
    `by` column has tables of its own; `labels` say nothing of their own, nor does `status`. `hidden` is what
    stands for a hidden count besides nothing, `c` and `[c]`.
    """

    count: str
    hierarchies: Mapping[str, Sequence[Path]]
    by: Sequence[str] = ()
    labels: Sequence[str] = ()
    hidden: Sequence[str] = ()


class Delivered(NamedTuple):
    """The linked tables and, for each file, its header, its rows and the cell of each row."""

    tables: LinkedTables
    files: tuple[tuple[Path, list[str], list[list[str]], Ints], ...]


def read_long_form(paths: Sequence[Path], layout: Layout) -> Delivered:
    """Reads all files as one set of tables; whatever is wrong with any of them is said at once.

    Examples:
        >>> from tempfile import mkdtemp
        >>> folder = Path(mkdtemp())
        >>> _ = (folder / "sex.csv").write_text("code,parent\\nall,\\nfemale,all\\nmale,all\\n")
        >>> _ = (folder / "cells.csv").write_text("sex,freq\\nall,12\\nfemale,10\\nmale,2\\n")
        >>> layout = Layout("freq", {"sex": [folder / "sex.csv"]})
        >>> read_long_form([folder / "cells.csv"], layout).tables.counts.tolist()
        [12, 10, 2]
    """
    mistakes: list[Mistake] = []
    dimensions = [*layout.hierarchies, *layout.by]
    places: list[dict[str, int]] = [{} for _ in dimensions]
    trees = [
        tree
        for place, files in enumerate(layout.hierarchies.values())
        for tree in _trees(place, files, places[place], mistakes)
    ]
    roots = [_root(place, trees) for place in range(len(dimensions))]
    reader = _Reader(layout, dimensions, places, roots, mistakes)
    files = [reader.read(path) for path in paths]
    if mistakes:
        raise TablesRefused(mistakes)
    known = np.array(reader.known, dtype=bool)
    trees = [_padded(tree, len(places[tree.dimension])) for tree in trees]
    codes = [list(codes) for codes in places]
    tables = link(dimensions, codes, trees, np.array(reader.keys), np.array(reader.counts), known)
    return Delivered(tables, tuple(files))


def refuse_inconsistent(delivered: Delivered) -> None:
    """Raises with every total that is not the sum of its parts; no count is said."""
    tables = delivered.tables
    totals = tables.equations.cells[tables.equations.starts[tables.inconsistent()]]
    mistakes = [
        Mistake(
            f"{path.name}:{row + 2}", f"{tables.name(cell)} is not the sum of its parts.", "Correct either."
        )
        for path, _, _, cells in delivered.files
        for row, cell in enumerate(cells.tolist())
        if cell in set(totals.tolist())
    ]
    if mistakes:
        raise TablesRefused(mistakes)


def _trees(place: int, files: Sequence[Path], codes: dict[str, int], mistakes: list[Mistake]) -> list[Tree]:
    read = [(path, *_edges(path, mistakes)) for path in files]
    for _, edges, _ in read:
        for edge in edges:
            for code in edge:
                if code:
                    codes.setdefault(code, len(codes))
    trees = []
    for path, edges, lines in read:
        parent = np.full(len(codes), -1, dtype=np.int64)
        for (code, above), line in zip(edges, lines, strict=True):
            if not above:
                continue
            if parent[codes[code]] >= 0:
                what = f"{code} has a second parent."
                mistakes.append(
                    Mistake(f"{path.name}:{line}", what, "Give a second way to split as a second file.")
                )
            parent[codes[code]] = codes[above]
        if _has_circle(parent):
            mistakes.append(Mistake(path.name, "a code is above itself.", "Correct the parents."))
        trees.append(Tree(place, parent))
    return trees


def _has_circle(parent: Ints) -> bool:
    above = parent.copy()
    for _ in range(len(parent)):
        if (above < 0).all():
            return False
        above = np.where(above >= 0, parent[above], -1)
    return bool((above >= 0).any())


def _edges(path: Path, mistakes: list[Mistake]) -> tuple[list[tuple[str, str]], list[int]]:
    header, rows = _rows(path)
    if header[:2] != ["code", "parent"]:
        what = "a hierarchy has the columns code,parent."
        mistakes.append(Mistake(f"{path.name}:1", what, "Leave the parent of the root empty."))
        return [], []
    return [(row[0], row[1]) for row in rows], list(range(2, len(rows) + 2))


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return (rows[0], rows[1:]) if rows else ([], [])


def _root(place: int, trees: Sequence[Tree]) -> int | None:
    """The one code of a dimension that has parts and is none, in whatever tree."""
    parents = [tree.parent for tree in trees if tree.dimension == place]
    if not parents:
        return None
    above = np.unique(np.concatenate([parent[parent >= 0] for parent in parents]))
    parts = np.any([parent >= 0 for parent in parents], axis=0)
    roots = [int(code) for code in above if not parts[code]]
    return roots[0] if len(roots) == 1 else None


def _padded(tree: Tree, codes: int) -> Tree:
    return Tree(tree.dimension, np.pad(tree.parent, (0, codes - len(tree.parent)), constant_values=-1))


class _Reader:
    """Collects the cells of one file after another."""

    def __init__(
        self,
        layout: Layout,
        dimensions: Sequence[str],
        places: list[dict[str, int]],
        roots: Sequence[int | None],
        mistakes: list[Mistake],
    ) -> None:
        self.layout, self.dimensions, self.places, self.roots = layout, dimensions, places, roots
        self.mistakes = mistakes
        self.keys: list[tuple[int, ...]] = []
        self.counts: list[int] = []
        self.known: list[bool] = []
        self.cell_of: dict[tuple[int, ...], int] = {}

    def read(self, path: Path) -> tuple[Path, list[str], list[list[str]], Ints]:
        """One file; a cell that an earlier file has as well must agree with it."""
        header, rows = _rows(path)
        cells = np.zeros(len(rows), dtype=np.int64)
        if self._header_is_wrong(path, header):
            return path, header, rows, cells
        at = [header.index(name) if name in header else None for name in self.dimensions]
        count_at = header.index(self.layout.count)
        seen: set[tuple[int, ...]] = set()
        for line, row in enumerate(rows, 2):
            where = f"{path.name}:{line}"
            if len(row) != len(header):
                self._wrong(
                    where, "has another number of fields than the header.", "Quote what has commas in it."
                )
                continue
            key = self._key(where, row, at)
            if key is None:
                continue
            if key in seen:
                self._wrong(where, "is a second row of the same cell.", "Keep one of them.")
                continue
            seen.add(key)
            cells[line - 2] = self._cell(where, key, row[count_at])
        return path, header, rows, cells

    def _wrong(self, where: str, what: str, mend: str) -> None:
        self.mistakes.append(Mistake(where, what, mend))

    def _header_is_wrong(self, path: Path, header: Sequence[str]) -> bool:
        said = {*self.dimensions, *self.layout.labels, self.layout.count, STATUS}
        unsaid = [column for column in header if column not in said]
        lacking = [
            name
            for name, root in zip(self.dimensions, self.roots, strict=True)
            if name not in header and root is None
        ]
        for column in unsaid:
            mend = (
                "Give it a hierarchy, or name it with --by (a table for each code) or --label (only a name)."
            )
            self._wrong(f"{path.name}:1", f"nothing is said of the column {column}.", mend)
        for column in lacking:
            mend = "Add it: only a dimension whose hierarchy has one root may be left out."
            self._wrong(f"{path.name}:1", f"the column {column} is missing.", mend)
        if self.layout.count not in header:
            mend = "Name the column of counts with --count."
            self._wrong(f"{path.name}:1", f"the column {self.layout.count} is missing.", mend)
        return bool(unsaid or lacking or self.layout.count not in header)

    def _key(self, where: str, row: Sequence[str], at: Sequence[int | None]) -> tuple[int, ...] | None:
        key: list[int] = []
        for place, column in enumerate(at):
            codes = self.places[place]
            if column is None:
                key.append(self.roots[place] or 0)
            elif row[column] in codes or self.dimensions[place] in self.layout.by:
                key.append(codes.setdefault(row[column], len(codes)))
            else:
                what = f"{self.dimensions[place]} {row[column]} is not in its hierarchy."
                self._wrong(where, what, "Add it there, or correct it.")
                return None
        return tuple(key)

    def _cell(self, where: str, key: tuple[int, ...], text: str) -> int:
        known, count = self._count(where, text)
        cell = self.cell_of.setdefault(key, len(self.keys))
        if cell == len(self.keys):
            self.keys.append(key)
            self.counts.append(count)
            self.known.append(known)
        elif known and self.known[cell] and self.counts[cell] != count:
            self._wrong(where, "differs from the same cell in an earlier row.", "Correct either.")
        elif known:
            self.counts[cell], self.known[cell] = count, True
        return cell

    def _count(self, where: str, text: str) -> tuple[bool, int]:
        if text.strip() in ("", "c", "[c]", *self.layout.hidden):
            return False, 0
        try:
            count = float(text)
        except ValueError:
            count = -1.0
        if count < 0 or count != int(count):
            mend = "Give whole numbers from 0 on, and leave empty what is not known; net corrections first."
            self._wrong(where, f"{self.layout.count} is no count.", mend)
            return True, 0
        return True, int(count)
