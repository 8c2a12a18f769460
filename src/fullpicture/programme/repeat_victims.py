"""What the last linkage says of victims seen again, ready for the internal edition."""

from __future__ import annotations

from collections.abc import Mapping

from fullpicture.core.areas import Register
from fullpicture.programme.desk import name_of
from fullpicture.programme.linking import REPEATS, Run, last_run
from fullpicture.programme.receiving import Received
from fullpicture.programme.vintages import Store
from fullpicture.publish.force_pages import written
from fullpicture.publish.repeat_victims import RepeatVictims, SeenAgain

_ALL = "ALL"


def repeat_victims(
    store: Store, received: Mapping[str, Received], register: Register
) -> RepeatVictims | None:
    """The counts of the last linkage; None where nothing is linked.

    A linkage of returns as they were before is shown, and said to be so: what it counts is not what the
    figures of this build count.
    """
    found = last_run(store)
    if found is None or REPEATS not in found[0].rows:
        return None
    vintage, run = found
    current = {(id_, one.vintage.id) for id_, one in received.items() if one.vintage}
    rows = store.read(vintage, table=REPEATS).to_pylist()
    named = [SeenAgain(force=_name(row["police_force"], register), **row) for row in rows]
    seen = tuple(sorted(named, key=lambda one: (one.police_force == _ALL, one.force)))
    said = f"Linked on {written(vintage.at.date())}{_threshold(run)}, "
    if set(vintage.inputs) == current:
        return RepeatVictims(seen, f"{said}from the returns as they are in this edition.")
    return RepeatVictims(
        seen, f"{said}from other returns than those of this edition: to count these, run fullpicture link."
    )


def _name(police_force: str, register: Register) -> str:
    return "All forces, each person once" if police_force == _ALL else name_of(police_force, register)


def _threshold(run: Run) -> str:
    return f", from a probability of {run.thresholds['victim']:g} on" if "victim" in run.thresholds else ""
