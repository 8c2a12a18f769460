"""What is mapped is what was meant, field by field; every planted fault is found, no clean row is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from fullpicture.collect.returns.mapped import Mapped, map_rows
from fullpicture.collect.returns.record import QUALIFIERS, fields_of
from fullpicture.collect.rules.checking import CheckedRecords, check_records
from fullpicture.collect.rules.earlier import Earlier, Kept, read_of
from fullpicture.collect.rules.rule import Context
from fullpicture.core.problem import Problem
from fullpicture.demo.layouts import LAYOUTS
from fullpicture.demo.mapping_text import source_id
from fullpicture.demo.places import forces
from fullpicture.demo.planting import RULES
from tests.demo.nation import Nation

KEY = b"key of the tests"
AS_OF, FIRST_DAY, LAST_DAY = date(2025, 1, 31), date(2022, 1, 1), date(2024, 12, 31)
EVERY_ROW = {"AGE-006", "DAT-018", "LNK-017", "LNK-018"}
"""Named once for a whole return, of whose system they are: no row of it is wrong."""
FORCES = {force.name: layout for force, layout in zip(forces(), LAYOUTS, strict=True)}


@dataclass(frozen=True)
class Taken:
    """A part of a return as mapped and checked."""

    source: str
    mapped: list[Mapped]
    checked: CheckedRecords

    @property
    def records(self) -> pa.Table:
        return pa.concat_tables([one.records for one in self.mapped]).unify_dictionaries()

    @property
    def refused(self) -> Counter[str]:
        found = Counter(self.checked.refused)
        for one in self.mapped:
            found.update(one.refused)
        return found

    @property
    def problems(self) -> list[Problem]:
        return [*(problem for one in self.mapped for problem in one.problems), *self.checked.problems]


@pytest.fixture(scope="module", params=list(FORCES))
def taken(request: pytest.FixtureRequest, nation: Nation) -> tuple[str, list[Taken]]:
    name: str = request.param
    force = next(force for force in forces() if force.name == name)
    return name, list(_taken(nation, [source_id(force, part) for part in FORCES[name].parts]))


def _taken(nation: Nation, sources: list[str]) -> Iterator[Taken]:
    kept: list[Kept] = []
    for source in sources:
        mapping = nation.mapping(source)
        mapped = [map_rows(one, mapping, KEY) for one in nation.delivered(source)]
        records = pa.concat_tables([one.records for one in mapped]).unify_dictionaries()
        sheet, unit = mapping.reading.sheet, mapping.unit
        days = (AS_OF, FIRST_DAY, LAST_DAY)
        context = Context(source, sheet, *days, unit, earlier=Earlier.of(unit, kept))
        yield Taken(source, mapped, check_records(records, mapped[0].mapped, context))
        kept.append((unit, records.select(read_of(records.column_names))))


def test_rows_are_as_many_as_written_and_refused_as_planted(
    taken: tuple[str, list[Taken]], nation: Nation
) -> None:
    name, parts = taken
    tallies = nation.counts["forces"][name]["sources"]
    for part in parts:
        true = nation.true_of(part.source)
        rows_in = sum(one.records.num_rows + sum(one.refused.values()) for one in part.mapped)
        assert rows_in == true.num_rows == tallies[part.source]["rows"]
        assert part.refused == Counter(tallies[part.source]["refused"])
        assert part.checked.kept.num_rows == tallies[part.source]["kept"]


def test_every_field_of_every_row_is_what_was_meant(taken: tuple[str, list[Taken]], nation: Nation) -> None:
    wrong = {}
    for part in taken[1]:
        kept = part.checked.kept
        true = _beside(kept, nation.true_of(part.source))
        for field in fields_of(nation.mapping(part.source).unit):
            values = kept[field.name].cast(pa.string())
            if field.kind == "reference":
                same = pc.equal(pc.is_valid(values), pc.is_valid(true[field.name]))
            else:
                same = pc.equal(pc.fill_null(values, "none"), pc.fill_null(true[field.name], "none"))
            states = pc.equal(kept[f"{field.name}__state"].cast(pa.string()), true[f"{field.name}__state"])
            for what, as_meant in ((field.name, same), (f"{field.name}__state", states)):
                if count := as_meant.to_pylist().count(False):
                    wrong[part.source, what] = count
        for qualifier in (name for name in QUALIFIERS if name in kept.column_names):
            if kept[qualifier].cast(pa.string()).to_pylist() != true[qualifier].to_pylist():
                wrong[part.source, qualifier] = kept.num_rows
    assert wrong == {}


def test_things_are_as_many_as_there_are(taken: tuple[str, list[Taken]], nation: Nation) -> None:
    for part in taken[1]:
        said = nation.counts["forces"][taken[0]]["sources"][part.source]
        for name in ("crime", "victim", "suspect"):
            if f"{name}_ref" in part.checked.kept.column_names:
                assert pc.count_distinct(part.checked.kept[f"{name}_ref"]).as_py() == said[f"{name}s"]


def test_planted_faults_are_found_and_clean_rows_are_not_named(
    taken: tuple[str, list[Taken]], nation: Nation
) -> None:
    missed, alarms = [], []
    for part in taken[1]:
        named: dict[tuple[str, int], set[str]] = {}
        for problem in part.problems:
            if problem.row is not None:
                named.setdefault((problem.file, problem.row), set()).add(problem.rule)
        of_texts = {problem.rule for problem in part.problems if problem.rule.startswith("MAP-")}
        for row in nation.true_of(part.source).select(["file", "row", "fault", "beside"]).to_pylist():
            rules = named.get((row["file"], row["row"]), set()) - EVERY_ROW
            rules |= of_texts & {row["fault"]}  # named once for each text, at the first row that has it
            if row["fault"] in RULES and row["fault"] not in ("DUP-010", *rules):
                missed.append(row)
            if not row["fault"] and rules - {row["beside"]}:
                alarms.append((row, rules))
    assert (missed, alarms) == ([], [])


def test_faults_of_a_whole_return_are_found_and_clean_ones_have_none(
    taken: tuple[str, list[Taken]], nation: Nation
) -> None:
    said = nation.counts["forces"][taken[0]]
    whole = {
        p.rule for part in taken[1] for p in part.problems if p.row is None and p.rule.startswith("COV-")
    }
    assert whole >= set(said["return_faults"])
    if said["clean"]:
        assert whole == set()


def test_every_rule_is_broken_somewhere_and_clean_forces_break_none(nation: Nation) -> None:
    faults: Counter[str] = Counter()
    for force in nation.counts["forces"].values():
        if force["clean"]:
            assert force["faults"] == force["refused"] == {}
        faults.update(force["faults"])
    assert set(RULES) <= set(faults)
    messy = sum(force["rows"] for force in nation.counts["forces"].values() if not force["clean"])
    planted = sum(count for rule, count in faults.items() if rule not in ("SEL-001", "DUP-010", "LNK-011"))
    assert 0.003 < planted / messy < 0.01


def test_victims_are_seen_again_within_and_across_forces(nation: Nation) -> None:
    assert nation.counts["victims_in_several_forces"] > 20
    forces_ = nation.counts["forces"].values()
    with_refs = [force for force in forces_ if force["victims"]]
    assert all(force["repeat_victims"] > 10 for force in with_refs)


def _beside(records: pa.Table, true: pa.Table) -> pa.Table:
    """What is true of these records, in their order."""
    keys, known = (
        pc.binary_join_element_wise(table["file"].cast(pa.string()), table["row"].cast(pa.string()), "|")
        for table in (records, true)
    )
    return true.take(pc.index_in(keys, known))
