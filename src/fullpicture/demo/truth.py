"""What is true of every delivered row, and of every force: written beside the data, for tests alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fullpicture.collect.returns.record import FIELDS, QUALIFIERS, fields_of
from fullpicture.demo.parts import Meaning, Part
from fullpicture.demo.people import POOL_FROM
from fullpicture.demo.rows import Rows

_TEXT = pa.dictionary(pa.int32(), pa.string())
_SCHEMA = pa.schema(
    [
        ("source", _TEXT), ("file", _TEXT), ("sheet", _TEXT), ("row", pa.int64()), ("police_force", _TEXT),
        ("fate", _TEXT), ("fault", _TEXT), ("beside", _TEXT), ("victim_person", pa.int32()),
        *((name, pa.string()) for one in FIELDS for name in (one.name, f"{one.name}__state")),
        *((name, pa.string()) for name in QUALIFIERS),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Delivered:
    """Rows as they stand in a file: where, from which row on, what was meant by them."""

    source: str
    police_force: str
    file: str
    first_row: int
    rows: Rows
    means: Mapping[str, Meaning]


class TruthWriter:
    """`truth/records.parquet`: one row for each delivered row, in the order of the files.

    `F` is the value of field F as text, null where there is none; `F__state` is why; fields that a file does
    not deliver are null and not recorded, those of another unit null and null. `fate` is kept or refused,
    `fault` the rule broken on purpose, `beside` that of a row with which it shares a crime or a person.
    """

    def __init__(self, path: Path) -> None:
        self._writer = pq.ParquetWriter(path, _SCHEMA, compression="zstd")

    def add(self, part: Part, delivered: Delivered, people: np.ndarray) -> None:
        """The rows of a slice of a file."""
        rows, count = delivered.rows, len(delivered.rows)
        columns: dict[str, Any] = {
            "source": _same(delivered.source, count),
            "file": _same(delivered.file, count),
            "sheet": _same(part.saving.sheet, count),
            "row": np.arange(delivered.first_row, delivered.first_row + count),
            "police_force": _same(delivered.police_force, count),
            "fate": np.where(rows.is_refused, "refused", "kept"),
            "fault": pa.array(rows.fault, pa.string()),
            "beside": pa.array(rows.beside, pa.string()),
            "victim_person": people,
        }
        means, qualifiers = derived(part, delivered.means)
        own = {one.name for one in fields_of(part.unit)}
        none, unsaid = _same(None, count), _same("not recorded", count)
        for one in FIELDS:
            said = means.get(one.name, Meaning(none, unsaid if one.name in own else none))
            columns |= {one.name: said.values, f"{one.name}__state": said.states}
        for name in QUALIFIERS:
            of = name.removesuffix("_basis").removesuffix("_scheme").removesuffix("_by")
            has = pc.is_valid(columns[of])
            columns[name] = pc.if_else(has, qualifiers.get(name, ""), "")
        arrays = [pa.array(columns[one.name]).cast(one.type) for one in _SCHEMA]
        self._writer.write_table(pa.table(arrays, schema=_SCHEMA))

    def close(self) -> None:
        """The end of the file."""
        self._writer.close()


def derived(part: Part, means: Mapping[str, Meaning]) -> tuple[dict[str, Meaning], dict[str, str]]:
    """The fields as delivered and those that follow from them: days between days, suspects aged 10 to 17."""
    found, qualifiers = dict(means), part.qualifiers
    pairs = (
        ("days_to_report", "offence_from", "reported_on", "offence from to reported"),
        ("days_to_report", "offence_from", "recorded_on", "offence from to recorded"),
        ("days_to_outcome", "reported_on", "outcome_on", "reported"),
        ("days_to_outcome", "recorded_on", "outcome_on", "recorded"),
    )
    for name, first, last, basis in pairs:
        if name not in found and first in means and last in means:
            found[name] = _between(means[first], means[last])
            qualifiers[f"{name}_basis"] = basis
    age = means.get("suspect_age")
    if age and "suspect_child" not in means and qualifiers.get("suspect_age_basis") == "offence":
        years = age.values.cast(pa.int32())
        is_child = pc.and_(pc.greater_equal(years, 10), pc.less_equal(years, 17))
        found["suspect_child"] = Meaning(pc.if_else(is_child, "yes", "no"), age.states)
    return found, qualifiers


def _between(first: Meaning, last: Meaning) -> Meaning:
    start, end = (one.values.cast(pa.date32()).cast(pa.int32()) for one in (first, last))
    states = pc.if_else(pc.is_null(last.values), last.states, first.states)
    return Meaning(pc.subtract(end, start).cast(pa.string()), states)


def _same(text: str | None, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), count)


@dataclass
class _Entity:
    """The things of a kind in a force's rows that are kept."""

    keys: list[np.ndarray] = field(default_factory=list)

    def distinct(self) -> int:
        return len(np.unique(np.concatenate(self.keys))) if self.keys else 0


@dataclass
class Counts:
    """What `truth/counts.json` says of each force and of the nation."""

    forces: dict[str, dict[str, Any]] = field(default_factory=dict)
    elsewhere: Counter[int] = field(default_factory=Counter)

    def add(self, force: str, about: Mapping[str, Any], tallies: Mapping[str, Tally]) -> None:
        """A force, with one tally for each of its sources."""
        together = Tally()
        for tally in tallies.values():
            together.join(tally)
        self.forces[force] = {
            **about,
            **together.said(),
            "sources": {id_: one.said() for id_, one in tallies.items()},
        }
        self.elsewhere.update(set(together.pool))

    def write(self, path: Path, nation: Mapping[str, Any]) -> None:
        """The file."""
        shared = sum(1 for forces in self.elsewhere.values() if forces > 1)
        said = {**nation, "victims_in_several_forces": shared, "forces": self.forces}
        path.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@dataclass
class Tally:
    """Counts of rows, and of the things that the kept ones are of."""

    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    crimes: _Entity = field(default_factory=_Entity)
    victims: _Entity = field(default_factory=_Entity)
    suspects: _Entity = field(default_factory=_Entity)
    victim_crimes: list[np.ndarray] = field(default_factory=list)
    pool: set[int] = field(default_factory=set)

    def add(self, part: Part, rows: Rows, people: np.ndarray) -> None:
        """Rows of a file."""
        self.rows += len(rows)
        self.refused.update(rows.fault[rows.is_refused].tolist())
        self.faults.update(rows.fault[rows.fault != ""].tolist())
        kept = ~rows.is_refused
        for name, entity in (("crime", self.crimes), ("victim", self.victims), ("suspect", self.suspects)):
            if f"{name}_ref" in part.fields:
                entity.keys.append(np.unique(rows.values[f"{name}_ref"][kept & rows.has(f"{name}_ref")]))
        if "victim_ref" in part.fields:
            has = kept & rows.has("victim_ref", "crime_ref")
            pairs = rows.values["victim_ref"][has].astype(np.int64) << 32 | rows.values["crime_ref"][has]
            self.victim_crimes.append(np.unique(pairs))
            self.pool |= set(people[has & (people >= POOL_FROM)].tolist())

    def join(self, other: Tally) -> None:
        """Adds those of another source of the same force."""
        self.rows += other.rows
        self.refused += other.refused
        self.faults += other.faults
        for mine, theirs in (
            (self.crimes, other.crimes),
            (self.victims, other.victims),
            (self.suspects, other.suspects),
        ):
            mine.keys += theirs.keys
        self.victim_crimes += other.victim_crimes
        self.pool |= other.pool

    def said(self) -> dict[str, Any]:
        """As plain numbers."""
        pairs = np.unique(np.concatenate(self.victim_crimes)) if self.victim_crimes else np.empty(0, np.int64)
        seen = np.unique(pairs >> 32, return_counts=True)[1]
        return {
            "rows": self.rows,
            "kept": self.rows - self.refused.total(),
            "refused": dict(sorted(self.refused.items())),
            "faults": dict(sorted(self.faults.items())),
            "crimes": self.crimes.distinct(),
            "victims": self.victims.distinct(),
            "suspects": self.suspects.distinct(),
            "repeat_victims": int((seen > 1).sum()),
        }
