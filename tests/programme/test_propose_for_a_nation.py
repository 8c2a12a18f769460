"""What is proposed for 43 invented forces, whose layouts were made by people who had not seen our words."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import fullpicture as fp
from fullpicture.collect.returns.headers import Headers
from fullpicture.collect.returns.mapping import ReturnMapping
from fullpicture.collect.returns.propose import Proposal, propose
from fullpicture.collect.returns.proposing.file import open_return
from fullpicture.collect.source import Reading
from fullpicture.core.areas import Register
from fullpicture.programme.find_mapping import declared_in

Proposed = list[tuple[ReturnMapping, Proposal]]


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Proposed:
    """One file of every layout, with the mapping that its force's analyst has written."""
    folder = tmp_path_factory.mktemp("nation") / "nation"
    fp.write_nation(folder, scale=0.05)
    return list(_proposals(folder))


def _proposals(folder: Path) -> Iterator[tuple[ReturnMapping, Proposal]]:
    areas = (folder / "areas.csv").read_text(encoding="utf-8-sig").splitlines()
    register = Register.shipped().changed_by(list(csv.DictReader(areas)))
    seen: set[tuple[str, ...]] = set()
    for declared in declared_in(sorted((folder / "sources").glob("*.toml")), register):
        path = next(path for pattern in declared.files for path in sorted((folder / "data").glob(pattern)))
        opened = open_return(path, Reading(sheet=declared.mapping.reading.sheet))
        layout = tuple(opened.delivered.rows.column_names)
        if layout not in seen:
            seen.add(layout)
            yield declared.mapping, propose(opened.delivered)


def _fields(mapping: ReturnMapping, proposal: Proposal) -> dict[str, set[str]]:
    """For each column that the force's mapping uses, the fields that it makes of it."""
    headers = Headers.of(column.header for column in proposal.columns)
    found: dict[str, set[str]] = {}
    for field in mapping.fields:
        for _, columns in headers.wanted(field):
            for column in columns:
                found.setdefault(column, set()).add(field.name)
    for column in headers.named(mapping.duplicates.header) if mapping.duplicates else ():
        found.setdefault(column, set()).add("duplicates")
    return found


def test_most_columns_of_every_layout_are_right(
    proposed: Proposed, record_property: Callable[[str, object], None]
) -> None:
    right = []
    for mapping, proposal in proposed:
        fields = {column.header: column.field for column in proposal.columns}
        right += [fields[header] in meant for header, meant in _fields(mapping, proposal).items()]
    record_property("share of columns right", sum(right) / len(right))
    assert len(proposed) >= 12
    assert len(right) >= 200
    assert sum(right) >= 0.9 * len(right), f"{sum(right)} of {len(right)} columns are right"


def test_what_a_row_is_and_the_order_of_dates_are_right_or_left_open(proposed: Proposed) -> None:
    assert all(proposal.unit == mapping.unit for mapping, proposal in proposed)
    said = [
        (mapping.date_order, proposal.date_order) for mapping, proposal in proposed if proposal.date_order
    ]
    assert said
    assert all(declared == found for declared, found in said)
