"""What changed since the last build: which sources were delivered again, and which figures that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from fullpicture.analyse.change import change_id
from fullpicture.analyse.indicator import Indicator
from fullpicture.collect.returns.record import FIELDS
from fullpicture.core.digest import fingerprint
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.core.table import InternalTable
from fullpicture.programme.load import Programme
from fullpicture.programme.parquet import read_rows, write_rows
from fullpicture.programme.sources import Intake
from fullpicture.programme.state import Log, State, flush_folder, utc
from fullpicture.programme.vintages import Store, Vintage, differences

FIGURE = ("indicator", "area_code", "period_kind", "period", "breakdown", "category")
"""The parts of a figure's id."""
_SAID = ("value", "absence", "definition")
_KEPT = "figures.parquet"
_CLOSE = 1e-9
"""Figures that differ by less than this share are the same: sums are not always added up in one order."""
_REFERENCES = tuple(field.name for field in FIELDS if field.name.endswith("_ref"))
Change = Literal["revised", "new", "withdrawn"]


class RevisedFigure(NamedTuple):
    """A figure that is not what it was; `new` and `withdrawn` where there was, or is, no such figure at all.

    Args:
        by: which of the revision's `changed` it rests on; none where something else changed it, as when the
            way it is computed did.
        is_redefined: its definition changed as well, so that a new delivery may not be what changed it.
    """

    indicator: str
    area_code: str
    period_kind: str
    period: str
    breakdown: str
    category: str
    change: Change
    value_before: float | None
    absence_before: str
    value_after: float | None
    absence_after: str
    by: tuple[int, ...]
    is_redefined: bool


@dataclass(frozen=True)
class Counts:
    """Rows of two deliveries: the old are `same + revised + withdrawn`, the new `same + revised + new`."""

    same: int = 0
    new: int = 0
    revised: int = 0
    withdrawn: int = 0


@dataclass(frozen=True)
class Redelivered:
    """A source whose current vintage is another one.

    Args:
        before, after: ids of vintages, or what stands for one where no records of people are kept; "" where
            there was nothing, or is nothing any more.
        is_delivered: other files came; otherwise the same were mapped or checked in another way.
        rows: None where they cannot be compared: not records of people, or the old ones were erased.
    """

    source: str
    before: str
    after: str
    is_delivered: bool
    rows: Counts | None


@dataclass(frozen=True)
class Revision:
    """A build from other deliveries than the one before it: a line of `state/revisions.jsonl`.

    Args:
        vintages: all that it was built from, by source.
        figures: what changed; None where there was nothing to compare with, as in a first build.
    """

    at: datetime
    vintages: tuple[tuple[str, str], ...]
    changed: tuple[Redelivered, ...]
    figures: tuple[RevisedFigure, ...] | None


def revisions_with(
    programme: Programme, intake: Intake, tables: Sequence[InternalTable], at: datetime
) -> tuple[Revision, ...]:
    """All revisions of a programme, oldest first, the one that this build is among them.

    A build from the same deliveries as the last adds none. Of a programme without returns nothing is kept.
    The line comes first and the figures to compare the next build with after it, so that a process killed in
    between loses no revision.

    Raises:
        ProgrammeRefused: it could not be written.
    """
    if not intake.returns:
        return ()
    store, now = Store(programme.folder), _vintages(intake)
    with store.state.locked():
        found = revisions_of(programme.folder)
        before, figures = _kept(store.state), _figures(programme, tables)
        if not found or found[-1].vintages != now:
            then = dict(found[-1].vintages) if found else {}
            changed = tuple(_redelivered(store, intake, id_, then) for id_ in _other(then, dict(now)))
            revised = None if before is None else _revised(before, figures, _Rests(programme, changed))
            found = (*found, Revision(utc(at), now, changed, revised))
            _log(store.state).add(found[-1:])
        if before is None or not before.equals(figures):
            _keep(store.state, figures)
    return found


def revisions_of(programme: Path) -> tuple[Revision, ...]:
    """All revisions of a programme folder so far, oldest first."""
    return _log(State(programme)).read()


def _log(state: State) -> Log[Revision]:
    return Log(state, "revisions", Revision)


def _vintages(intake: Intake) -> tuple[tuple[str, str], ...]:
    """What is current of every return, and what was read of every other source."""
    returns = {id_: one.vintage.id if one.vintage else "" for id_, one in intake.returns.items()}
    others = {
        id_: fingerprint(delivery.files)
        for id_, delivery in intake.sources.items()
        if not delivery.source.joins
    }
    return tuple(sorted((returns | others).items()))


def _other(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [id_ for id_ in sorted({*then, *now}) if then.get(id_, "") != now.get(id_, "")]


def _redelivered(store: Store, intake: Intake, id_: str, then: Mapping[str, str]) -> Redelivered:
    kept = {one.id: one for one in store.history(id_)}
    received = intake.returns.get(id_)
    old, new = kept.get(then.get(id_, "")), received.vintage if received else None
    if id_ in intake.sources:
        return Redelivered(id_, then.get(id_, ""), fingerprint(intake.sources[id_].files), True, None)
    is_delivered = old is None or new is None or old.inputs != new.inputs
    after = new.id if new else ""
    return Redelivered(id_, then.get(id_, ""), after, is_delivered, _rows(store, old, new))


def _rows(store: Store, old: Vintage | None, new: Vintage | None) -> Counts | None:
    if old is None:
        return Counts(new=sum(new.rows.values())) if new else None
    if new is None:
        return Counts(withdrawn=sum(old.rows.values()))
    if old.id not in store.live(old.source):
        return None
    before, after = _records(store, old), _records(store, new)
    key = [
        name for name in _REFERENCES if all(_has_any(table, name) for table in (before, after))
    ] or _REFERENCES[:1]
    found = differences(before, after, key)
    return Counts(found.same, found.new, found.revised, found.withdrawn)


def _records(store: Store, vintage: Vintage) -> pa.Table:
    """The records without the raw texts and rules, which are not compared."""
    names = pq.read_schema(store.path(vintage)).names
    return store.read(vintage, [name for name in names if not name.endswith(("__raw", "__rule"))])


def _has_any(table: pa.Table, name: str) -> bool:
    return name in table.column_names and table[name].null_count < table.num_rows


def _figures(programme: Programme, tables: Sequence[InternalTable]) -> pa.Table:
    """Every figure's id, what it says, and what stands for its definition."""
    definitions = {id_: _definition(programme, one) for id_, one in _indicators(programme).items()}
    parts = []
    for table in tables:
        said = definitions[table.description.indicator]
        column = pa.array([said] * table.figures.num_rows, pa.string())
        parts.append(table.figures.select([*FIGURE, *_SAID[:2]]).append_column("definition", column))
    return pa.concat_tables(parts).combine_chunks().replace_schema_metadata()


def _indicators(programme: Programme) -> dict[str, Indicator]:
    """Indicators by the ids that their figures have: an indicator's own, and that of its change."""
    found = {}
    for id_, one in programme.indicators.items():
        found[id_] = one
        if one.change:
            found[change_id(one)] = one
    return found


def _definition(programme: Programme, indicator: Indicator) -> str:
    """What stands for all that makes a figure what it is, but which returns are joined and what came."""
    plain = replace(indicator, title="", caveat="", group="", decimals=0, polarity="none")
    sources = [
        replace(programme.sources[id_], title="", caveat="", next_update="", files=(), joins=())
        for id_ in indicator.sources
    ]
    return fingerprint(plain, sources, programme.returns.csae)


class _Rests:
    """Which of the sources that changed a figure rests on."""

    def __init__(self, programme: Programme, changed: Sequence[Redelivered]) -> None:
        self._programme, self._indicators = programme, _indicators(programme)
        self._changed = [one.source for one in changed]
        self.of = cache(self._of)

    def _of(self, indicator: str, area: str) -> tuple[int, ...]:
        """Those that the indicator reads; of returns those of forces in the area, where there are any."""
        read = self._read(indicator)
        found = [place for place, source in enumerate(self._changed) if source in read]
        near = [place for place in found if self._is_in(self._changed[place], area)]
        return tuple(near or found)

    def _read(self, indicator: str) -> set[str]:
        one = self._indicators.get(indicator)
        sources = [self._programme.sources[id_] for id_ in one.sources] if one else []
        return {name for source in sources for name in (source.id, *source.joins)}

    def _is_in(self, source: str, area: str) -> bool:
        """Whether a return is of a force in the area; every other source may be of any area."""
        declared = self._programme.returns.sources.get(source)
        if declared is None:
            return True
        force, register = declared.mapping.police_force, self._programme.register
        return force == area or force in register.base_members(area, register.area(force).level)


def _revised(before: pa.Table, after: pa.Table, rests: _Rests) -> tuple[RevisedFigure, ...]:
    """Figures that differ, in the order of their ids."""
    there = pa.array([True] * before.num_rows), pa.array([True] * after.num_rows)
    old = before.rename_columns([*FIGURE, *(f"{name}_before" for name in _SAID)])
    both = old.append_column("was", there[0]).join(
        after.append_column("is", there[1]), list(FIGURE), join_type="full outer"
    )
    both = both.filter(pa.array(_differ(both))).sort_by([(name, "ascending") for name in FIGURE])
    return tuple(_figure(row, rests) for row in both.to_pylist())


def _differ(both: pa.Table) -> np.ndarray:
    before, after = both["value_before"].to_numpy(), both["value"].to_numpy()
    same = np.isclose(before, after, rtol=_CLOSE, atol=0, equal_nan=True)
    said = pc.fill_null(pc.equal(both["absence_before"], both["absence"]), False)
    return np.asarray(~(same & said.to_numpy()))


def _figure(row: Mapping[str, object], rests: _Rests) -> RevisedFigure:
    change: Change = "revised" if row["was"] and row["is"] else "new" if row["is"] else "withdrawn"
    parts = {name: row[name] for name in FIGURE}
    return RevisedFigure(
        **parts,  # type: ignore[arg-type]
        change=change,
        value_before=row["value_before"],  # type: ignore[arg-type]
        absence_before=str(row["absence_before"] or ""),
        value_after=row["value"],  # type: ignore[arg-type]
        absence_after=str(row["absence"] or ""),
        by=rests.of(str(row["indicator"]), str(row["area_code"])),
        is_redefined=change == "revised" and row["definition_before"] != row["definition"],
    )


def _kept(state: State) -> pa.Table | None:
    path = state.folder / _KEPT
    return read_rows(path, None, f"state/{_KEPT}") if path.exists() else None


def _keep(state: State, figures: pa.Table) -> None:
    """Puts the figures where the next build looks for them, the old or the new ones whole."""
    path = state.folder / _KEPT
    fresh = path.with_name(f".new-{_KEPT}")
    try:
        write_rows(fresh, figures)
        fresh.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        what = f"the figures could not be kept ({error.strerror or 'the disk failed'})."
        raise ProgrammeRefused([Mistake(f"state/{_KEPT}", what, "Make room, then build again.")]) from None
