"""Victims seen again, in other crimes and with other forces: counts that stay inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.linkage.link import Linked


@dataclass(frozen=True)
class RepeatVictims:
    """Counts of persons by force. On purpose no `InternalTable`: nothing makes a public table of it.

    They rest on links of identifying data that are probable in part, and small counts of people seen by
    several forces say who they are to those who know them.

    Args:
        counts: per force, and one row with `police_force` "ALL": `victims` (persons seen), `linkable` (with a
            reference, or with name and birth date, so that they could be seen again), `repeat` (victims in
            two or more crimes anywhere), `repeat_here` (in two or more crimes of this force), `across`
            (repeat victims seen by another force as well). A person counts once in each force that saw them,
            so that forces do not add up to the whole.
    """

    counts: pa.Table


def repeat_victims(linked: Linked) -> RepeatVictims:
    """Victims of two or more crimes. A crime that two forces have, or two files, is one crime."""
    seen = linked.mentions.filter(linked.mentions["is_victim"])
    known = pc.and_(pc.is_valid(seen["victim_name_key"]), pc.is_valid(seen["victim_born_on"]))
    people = pa.table(
        {
            "person": seen["person"],
            "event": seen["event"],
            "force": seen["police_force"],
            "linkable": pc.or_(known, pc.is_valid(seen["victim_ref"])).cast(pa.int8()),
        }
    )
    anywhere = _per(people, ["person"])
    here = _per(people, ["person", "force"])
    again = set(anywhere.filter(pc.greater(anywhere["event_count_distinct"], 1))["person"].to_pylist())
    far = set(anywhere.filter(pc.greater(anywhere["force_count_distinct"], 1))["person"].to_pylist())
    here = here.append_column(
        "repeat", pa.array([one in again for one in here["person"].to_pylist()], pa.bool_())
    )
    here = here.append_column("far", pa.array([one in far for one in here["person"].to_pylist()], pa.bool_()))
    rows = [_row(str(force), here.filter(pc.equal(here["force"], force))) for force in _forces(here)]
    return RepeatVictims(pa.Table.from_pylist([*rows, _whole(anywhere)], _SCHEMA))


_SCHEMA = pa.schema(
    [
        ("police_force", pa.string()),
        *((name, pa.int64()) for name in ("victims", "linkable", "repeat", "repeat_here", "across")),
    ]
)


def _per(people: pa.Table, keys: list[str]) -> pa.Table:
    measures = [("event", "count_distinct"), ("force", "count_distinct"), ("linkable", "max")]
    return people.group_by(keys).aggregate([one for one in measures if one[0] not in keys])


def _forces(here: pa.Table) -> list[str]:
    return sorted(set(here["force"].to_pylist()))


def _row(force: str, here: pa.Table) -> dict[str, object]:
    repeat, far = _flags(here["repeat"]), _flags(here["far"])
    return {
        "police_force": force,
        "victims": here.num_rows,
        "linkable": int(_flags(here["linkable_max"]).sum()),
        "repeat": int(repeat.sum()),
        "repeat_here": int((np.asarray(here["event_count_distinct"].to_numpy()) > 1).sum()),
        "across": int((repeat & far).sum()),
    }


def _whole(anywhere: pa.Table) -> dict[str, object]:
    repeat = np.asarray(anywhere["event_count_distinct"].to_numpy()) > 1
    far = np.asarray(anywhere["force_count_distinct"].to_numpy()) > 1
    return {
        "police_force": "ALL",
        "victims": anywhere.num_rows,
        "linkable": int(_flags(anywhere["linkable_max"]).sum()),
        "repeat": int(repeat.sum()),
        "repeat_here": int(repeat.sum()),
        "across": int((repeat & far).sum()),
    }


def _flags(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(column.to_numpy(), bool)
