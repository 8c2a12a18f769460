"""Which fault goes into which file, and making it: every rule is broken somewhere, by clean forces none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from fullpicture.demo.columns import Code
from fullpicture.demo.faults import FAULTS
from fullpicture.demo.faults.fault import Fault
from fullpicture.demo.faults.texts import TEXT_FAULTS, fits
from fullpicture.demo.layouts import LAYOUTS
from fullpicture.demo.parts import Part
from fullpicture.demo.people import Flags
from fullpicture.demo.rows import Rows, repeated
from fullpicture.demo.values import word, words_of

SHARE, TIMES = 0.005, 3
"""Of the rows of a force that makes mistakes; and in how many files each rule is broken at least."""
MARKED = 0.01
"""Rows of a force that marks duplicates that are duplicates."""
VICTIMS = 31
RAGGED = ("ROW-001", "ROW-002")
"""A row with a cell too few, a row with a cell too many."""
_BESIDES = ("location_kind", "online", "third_party_report", "victim_ethnicity", "suspect_ethnicity")
"""Fields that may differ between two rows of the same thing without breaking another rule."""

Place = tuple[int, int]
"""A force's number and its part's."""


def plan() -> Mapping[Place, list[str]]:
    """For each file of a force that makes mistakes the rules to be broken there at least once."""
    messy = {(force, number): part for force, layout in enumerate(LAYOUTS) if not layout.clean
             for number, part in enumerate(layout.parts)}  # fmt: skip
    able: dict[str, list[Place]] = {}
    for rule in RULES:
        able[rule] = [place for place, part in messy.items() if can(part, rule)]
    chosen = {place: list(Counter(part.seeded).elements()) for place, part in messy.items()}
    load: Counter[int] = Counter()
    for rule in sorted(RULES, key=lambda rule: len(able[rule])):
        for place in sorted(able[rule], key=lambda place: (load[place[0]], place))[:TIMES]:
            chosen[place].append(rule)
            load[place[0]] += 1
    return chosen


def can(part: Part, rule: str) -> bool:
    """Whether a file can break a rule."""
    if rule == "DUP-010":
        return part.duplicates is not None
    if rule == "DUP-011":
        return True
    if rule in RAGGED:
        return part.saving.form in ("csv", "tsv")
    if rule == "DUP-012":
        return not part.alone and any(map(part.delivers, _BESIDES))
    if rule == "LNK-011":
        return part.delivers("victim_ref") and not part.alone
    if rule in TEXT_FAULTS:
        return fits(part, rule)
    return any(fault.rule == rule and fault.fits(part) for fault in FAULTS)


RULES: tuple[str, ...] = tuple(
    dict.fromkeys(
        [*(fault.rule for fault in FAULTS), *TEXT_FAULTS, "DUP-010", "DUP-011", "DUP-012", "LNK-011", *RAGGED]
    )
)
"""Every rule that is broken on purpose."""


def leave_out(rows: Rows, part: Part) -> None:
    """Marks the rows that the mapping does not choose."""
    for column in part.columns:
        if isinstance(column, Code) and column.header in part.where:
            texts = part.where[column.header]
            chosen = [
                said for said in words_of(column.name) if set(column.book.texts.get(said, ())) & set(texts)
            ]
            out = ~rows.is_(column.name, *chosen)
            rows.fault[out], rows.is_refused[out] = "SEL-001", True


def alone(rows: Rows) -> Flags:
    """Rows that have their crime and their people to themselves and no fault yet."""
    return np.asarray(rows.is_single & (rows.fault == "") & (rows.beside == ""))


def plant(rows: Rows, part: Part, rules: Sequence[str], rng: np.random.Generator) -> None:
    """Breaks rules, each in a row of its own; then more, up to the share of a force that makes mistakes."""
    able = [fault for fault in FAULTS if fault.fits(part)]
    planned = [fault for rule in rules for fault in [fault for fault in able if fault.rule == rule][:1]]
    more = round(SHARE * len(rows)) - len(planned)
    if able and more > 0:
        planned += [able[place] for place in rng.integers(0, len(able), more)]
    single = alone(rows)
    counts = Counter(able.index(fault) for fault in planned)
    for number, count in sorted(counts.items()):
        fault = able[number]
        possible = np.flatnonzero(fault.where(rows) & (_untouched(rows) if fault.same else single))
        at = np.sort(rng.permutation(possible)[:count])
        if fault.same:
            at = at[:3]
        fault.change(rows, at)
        rows.fault[at], rows.is_refused[at] = fault.rule, fault.refused
        single[at] = False
        if fault.same:
            _beside(rows, fault, at)
            single &= rows.beside == ""


def _untouched(rows: Rows) -> Flags:
    """Rows none of whose companions has a fault: the crime's and the people's."""
    spoilt = (rows.fault != "") | (rows.beside != "")
    found = ~spoilt
    for places in (rows.crime, rows.victim, rows.suspect):
        found &= ~np.isin(places, places[spoilt & (places >= 0)])
    return np.asarray(found)


def _beside(rows: Rows, fault: Fault, at: np.ndarray) -> None:
    """Marks the rows of the same crimes and people: a rule may name them, and they get no other fault."""
    for place in at:
        for places in (rows.crime, rows.victim, rows.suspect):
            if places[place] >= 0:
                same = (places == places[place]) & (rows.fault == "")
                rows.beside[same] = fault.rule


def with_copies(rows: Rows, part: Part, rules: Sequence[str], rng: np.random.Generator) -> Rows:
    """The rows with duplicates that the force marks, others that it does not, and a crime of many victims."""
    single = np.flatnonzero(alone(rows))
    if not len(single):
        return rows
    marked = max(1, round(MARKED * len(rows))) if part.duplicates else 0
    counts = {
        "DUP-010": marked,
        "DUP-012": 2 * ("DUP-012" in rules),
        "LNK-011": (VICTIMS - 1) * ("LNK-011" in rules),
    }
    chosen = rng.permutation(single)
    places, kinds = [], []
    for rule, count in counts.items():
        each, chosen = (chosen[:1], chosen[1:]) if rule == "LNK-011" else (chosen[:count], chosen[count:])
        if rule == "LNK-011" and count:
            _many(rows, each)
        places.append(np.repeat(each, count) if rule == "LNK-011" else each)
        kinds.append(np.full(len(places[-1]), rule, object))
    order = np.argsort(np.concatenate((np.arange(len(rows)), *places)), kind="stable")
    source = np.concatenate((np.arange(len(rows)), *places))[order]
    kind = np.concatenate((np.full(len(rows), "", object), *kinds))[order]
    copied = rows.take(source)
    copied.is_single &= ~repeated(copied.crime)
    for rule in counts:
        _turn(copied, rule, np.flatnonzero(kind == rule), part)
    return copied


def _many(rows: Rows, at: np.ndarray) -> None:
    rows.fault[at] = "LNK-011"


def _turn(rows: Rows, rule: str, at: np.ndarray, part: Part) -> None:
    """Makes copies what they are to be; what stands above them stays."""
    rows.fault[at] = rule
    rows.is_refused[at] = rule != "LNK-011"
    if rule == "LNK-011":
        rows.put("victim_ref", at, 6_000_000 + np.arange(len(at), dtype=np.int32))
    if rule == "DUP-010" and part.duplicates and part.duplicates.drop == ("C3", "C4"):
        rows.put("outcome_type", at, "duplicate")
    if rule == "DUP-012":
        name = next(name for name in _BESIDES if part.delivers(name))
        one, other = ("black", "asian") if name.endswith("ethnicity") else words_of(name)[:2]
        rows.put(
            name, at, np.where(rows.is_(name, one)[at], word(name, other), word(name, one)).astype(np.int32)
        )
