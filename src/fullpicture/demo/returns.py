"""Writes one force's return: its world as rows, faults and duplicates planted, files saved, truth noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from fullpicture.demo.faults.texts import TEXT_FAULTS, spoil, with_spoilt
from fullpicture.demo.layouts import Layout
from fullpicture.demo.mapping_text import mapping_text, source_id
from fullpicture.demo.parts import Meaning, Part, Written
from fullpicture.demo.people import Places
from fullpicture.demo.places import Force
from fullpicture.demo.planting import RAGGED, alone, leave_out, plant, with_copies
from fullpicture.demo.rows import Rows, between, rows_of
from fullpicture.demo.saving import Workbook, Writer, ragged_rows, save_sheets, writer
from fullpicture.demo.truth import Delivered, Tally, TruthWriter
from fullpicture.demo.values import STATE, ages
from fullpicture.demo.world import World

SLICE = 400_000
MOST_CELLS = {
    "csv": 50_000_000,
    "csv.gz": 50_000_000,
    "tsv": 50_000_000,
    "parquet": 90_000_000,
    "xls": 900_000,
}
"""Cells of a file, before a force sends a file for each year; of a workbook 3 million."""
TEXT_SHARE = 0.0005
"""Of the rows of a force that makes mistakes: texts that nobody can use, over those planned."""

Rules = Sequence[str] | None
"""The rules that are to be broken at least once; None where a force makes no mistakes."""


@dataclass
class Return:
    """One force's return as it is written."""

    data: Path
    truth: TruthWriter
    force: Force
    known: World
    rng: np.random.Generator
    tallies: dict[str, Tally] = field(default_factory=dict)
    patterns: list[tuple[Part, str]] = field(default_factory=list)
    sheets: dict[str, list[Workbook]] = field(default_factory=dict)
    spoilt_crimes: Places = field(default_factory=lambda: np.empty(0, np.int64))

    @property
    def mapping(self) -> str:
        """Its `sources/<force>.toml`."""
        return mapping_text(self.force, self.patterns)

    def write(self, layout: Layout, rules: Mapping[int, Rules]) -> None:
        """All parts; sheets of one workbook together at the end."""
        for number, part in enumerate(layout.parts):
            self._part(part, None if layout.clean else rules.get(number, ()))
        for sheets in self.sheets.values():
            save_sheets(sheets)

    def _part(self, part: Part, rules: Rules) -> None:
        rows = prepared(part, self.known, self.rng)
        rows.beside[np.isin(rows.crime, self.spoilt_crimes)] = "LNK-010"
        leave_out(rows, part)
        if rules is not None:
            plant(rows, part, rules, self.rng)
            rows = with_copies(rows, part, rules, self.rng)
            _make_ragged(rows, rules, self.rng)
        if part.unit == "crime":
            self.spoilt_crimes = np.unique(rows.crime[rows.fault != ""])
        pattern, files = _files(self.force, part, rows, self.known)
        self.patterns.append((part, f"returns/{pattern}"))
        planned = Counter(rule for rule in rules or () if rule in (*TEXT_FAULTS, "DUP-011"))
        for name, places in files:
            self._file(part, name, rows.take(places), None if rules is None else planned)
            planned = Counter()

    def _file(self, part: Part, name: str, rows: Rows, planned: Counter[str] | None) -> None:
        """A file, slice by slice."""
        saved: Writer | None = None
        id_ = source_id(self.force, part)
        tally = self.tallies.setdefault(id_, Tally())
        row = len(part.saving.above) + 2
        for start in range(0, len(rows), SLICE):
            own = rows.take(np.arange(start, min(start + SLICE, len(rows))))
            own, written, kinds = written_rows(own, part, planned if start == 0 else None, self.rng)
            saved = saved or writer(self.data / "returns" / name, part.saving, kinds)
            saved.add(pa.table(dict(written.cells)), ragged_rows(own.fault))
            people = _people(own, self.known)
            noted = Delivered(id_, self.force.code, f"returns/{name}", row, own, written.means)
            self.truth.add(part, noted, people)
            tally.add(part, own, people)
            row += len(own)
        if isinstance(saved, Workbook) and _is_sheet_of_several(part):
            self.sheets.setdefault(name, []).append(saved)
        elif saved is not None:
            saved.close()


def prepared(part: Part, known: World, rng: np.random.Generator) -> Rows:
    """The world's rows of a part, each value taken as this force takes it."""
    rows = rows_of(known, part.unit, part.alone)
    if not known.is_delivered.all():
        rows = rows.take(np.flatnonzero(known.is_delivered[rows.crime]))
    values, days = rows.values, {name: column[rows.crime] for name, column in known.crimes.items()}
    said = part.qualifiers
    if said.get("recorded_year_basis") == "reported":
        years = days["reported_on"].astype("datetime64[D]").astype("datetime64[Y]")
        values["recorded_year"] = years.astype(np.int32) + 1970
    if said.get("days_to_report_basis") == "offence from to recorded":
        values["days_to_report"] = days["recorded_on"] - days["offence_from"]
    if said.get("days_to_outcome_basis") == "reported":
        values["days_to_outcome"] = between(days["reported_on"], days["outcome_on"])
    for role in ("victim", "suspect"):
        if said.get(f"{role}_age_basis") == "record created":
            age = values[f"{role}_age"]
            older = ages(rows.born[role], days["recorded_on"])
            values[f"{role}_age"] = np.where(age >= 0, older, age).astype(np.int32)
    for name, share in part.gaps.items():
        values[name][rng.random(len(rows)) < share] = STATE["not recorded"]
    return rows


def _make_ragged(rows: Rows, rules: Sequence[str], rng: np.random.Generator) -> None:
    single = rng.permutation(np.flatnonzero(alone(rows)))
    for rule, at in zip([rule for rule in RAGGED if rule in rules], single, strict=False):
        rows.fault[at], rows.is_refused[at] = rule, True


def _files(force: Force, part: Part, rows: Rows, known: World) -> tuple[str, Iterator[tuple[str, Places]]]:
    """The pattern of the files' names, and each name with the places of its rows."""
    form = part.saving.form
    name = f"{force.stem}-{part.name}" if part.name and not _is_sheet_of_several(part) else force.stem
    cells = len(known.is_csae) * max(len(part.columns), 20)
    if not part.saving.yearly and cells <= MOST_CELLS.get(form, 3_000_000):
        return f"{name}.{form}", iter([(f"{name}.{form}", np.arange(len(rows)))])
    days = known.crimes["recorded_on"][rows.crime].astype("datetime64[D]")
    years = days.astype("datetime64[Y]").astype(int) + 1970
    each = ((f"{name}-{year}.{form}", np.flatnonzero(years == year)) for year in np.unique(years))
    return f"{name}-20*.{form}", each


def _is_sheet_of_several(part: Part) -> bool:
    """Sheets without a title stand together in one workbook, one for each part of the return."""
    return part.saving.form == "xlsx" and not part.saving.above


def written_rows(
    rows: Rows, part: Part, planned: Counter[str] | None, rng: np.random.Generator
) -> tuple[Rows, Written, dict[str, str]]:
    """The rows as cells, with faults of the text and rows given twice; and what kind each column is of."""
    cells: dict[str, pa.Array] = {}
    means: dict[str, Meaning] = {}
    kinds: dict[str, str] = {}
    for column in part.columns:
        one = column.write(rows, rng, part)
        cells |= one.cells
        means |= one.means
        kinds |= dict.fromkeys(one.cells, column.kind)
    written = Written(cells, means)
    if planned is None:
        return rows, written, kinds
    more = Counter(rng.choice(TEXT_FAULTS, round(TEXT_SHARE * len(rows))).tolist())
    spoilt = spoil(rows, part, written, _of_texts(planned + more), rng, alone(rows))
    rows, written = _with_twice(rows, with_spoilt(written, spoilt), 2 * planned["DUP-011"], rng)
    return rows, written, kinds


def _of_texts(planned: Counter[str]) -> dict[str, int]:
    return {rule: planned[rule] for rule in TEXT_FAULTS if planned[rule]}


def _with_twice(rows: Rows, written: Written, count: int, rng: np.random.Generator) -> tuple[Rows, Written]:
    """Some rows given twice, cell by cell the same, one after the other."""
    chosen = rng.permutation(np.flatnonzero(alone(rows)))[:count]
    order = np.sort(np.concatenate((np.arange(len(rows)), chosen)))
    rows = rows.take(order)
    again = np.flatnonzero(order[1:] == order[:-1]) + 1
    rows.fault[again], rows.is_refused[again] = "DUP-011", True
    places = pa.array(order)
    cells = {header: column.take(places) for header, column in written.cells.items()}
    means = {
        name: Meaning(said.values.take(places), said.states.take(places))
        for name, said in written.means.items()
    }
    return rows, Written(cells, means)


def _people(rows: Rows, known: World) -> np.ndarray:
    """Who the victim is in the nation; -1 for nobody, and for the many of one crime."""
    numbers = known.victims.everyone.number[rows.victim]
    nobody = (rows.victim < 0) | (rows.values.get("victim_ref", numbers * 0) >= 6_000_000)
    return np.where(nobody, -1, numbers).astype(np.int32)
