"""What changed between two deliveries is listed by row and field, and nothing else is."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fullpicture.core.errors import UsageError
from fullpicture.programme.cache import sha256_of
from fullpicture.programme.vintages import Contents, Differences, Store, Vintage, differences
from tests.programme.vintages import AT, contents, records


def listed(found: Differences) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in found.rows.to_pylist()]


def test_new_revised_and_withdrawn_rows_are_listed_by_place_and_field() -> None:
    old = records("1", "14", "18")
    new = pa.table(
        {
            "file": ["kent.csv"] * 3,
            "row": [2, 3, 4],
            "ref": ["ref-4", "ref-2", "ref-9"],
            "outcome": ["16", "1", "1"],
        }
    )
    found = differences(old, new, ["ref"])
    assert (found.same, found.new, found.revised, found.withdrawn) == (1, 1, 1, 1)
    assert listed(found) == [
        ("new", "kent.csv", 4, None, None, ""),
        ("revised", "kent.csv", 2, "kent.csv", 4, "outcome"),
        ("withdrawn", None, None, "kent.csv", 3, ""),
    ]


def test_a_field_is_named_once_and_raw_texts_and_rules_do_not_revise() -> None:
    old = pa.table(
        {
            "file": ["a"],
            "row": [2],
            "crime_ref": ["r"],
            "sex": ["female"],
            "sex__state": [""],
            "sex__raw": ["F"],
            "sex__rule": ["1"],
        }
    )
    silent = old.set_column(5, "sex__raw", pa.array(["Female"])).set_column(6, "sex__rule", pa.array(["2"]))
    assert differences(old, silent, ["crime_ref"]).rows.num_rows == 0
    spoken = old.set_column(3, "sex", pa.array([None], pa.string())).set_column(
        4, "sex__state", pa.array(["unknown"])
    )
    assert [row[-1] for row in listed(differences(old, spoken, ["crime_ref"]))] == ["sex"]


def test_columns_of_one_delivery_only_are_named_and_not_compared() -> None:
    new = records("1").append_column("extra", pa.array(["x"]))
    found = differences(records("1"), new, ["ref"])
    assert (found.same, found.columns_new, found.columns_gone) == (1, ("extra",), ())
    assert differences(new, records("1"), ["ref"]).columns_gone == ("extra",)
    with pytest.raises(UsageError, match="has no column crime_ref"):
        differences(new, records("1"), ["crime_ref"])


def test_columns_that_differ_in_case_only_and_any_key_are_compared() -> None:
    old = records("1", "14").append_column("Outcome", pa.array(["a", "b"]))
    new = old.set_column(4, "Outcome", pa.array(["a", "c"]))
    assert [row[-1] for row in listed(differences(old, new, ["file", "row"]))] == ["Outcome"]
    assert [row[-1] for row in listed(differences(old, new, ["ref", "outcome"]))] == ["Outcome"]


def test_dictionaries_empty_tables_and_other_types_are_compared_by_what_they_say() -> None:
    old = records("1", "14")
    coded = old.set_column(3, "outcome", old["outcome"].dictionary_encode())
    numbers = old.set_column(3, "outcome", pa.array([1, 14], pa.int64()))
    for other in (coded, numbers):
        assert differences(old, other, ["ref"]).same == 2
        assert differences(other, old, ["ref"]).same == 2
    empty = old.slice(0, 0)
    assert (differences(empty, old, ["ref"]).new, differences(old, empty, ["ref"]).withdrawn) == (2, 2)
    assert differences(empty, empty, ["ref"]).rows.num_rows == 0


ROWS = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["x", "y", None])), max_size=8
)


@settings(max_examples=30, deadline=None)
@given(ROWS, ROWS)
def test_every_row_of_both_is_same_revised_new_or_withdrawn(
    old: list[tuple[str, str | None]], new: list[tuple[str, str | None]]
) -> None:
    """Against plain counting: how many are alike, and how many share a key among the rest."""

    def table(rows: list[tuple[str, str | None]]) -> pa.Table:
        places = {"file": ["f"] * len(rows), "row": pa.array(range(len(rows)), pa.int64())}
        columns = {
            "id": pa.array([id_ for id_, _ in rows], pa.string()),
            "v": pa.array([v for _, v in rows], pa.string()),
        }
        return pa.table({**places, **columns})

    found = differences(table(old), table(new), ["id"])
    alike = Counter(old) & Counter(new)
    rest = [Counter(id_ for id_, _ in (Counter(rows) - alike).elements() if id_) for rows in (old, new)]
    revised = (rest[0] & rest[1]).total()
    assert (found.same, found.revised) == (alike.total(), revised)
    assert found.withdrawn == len(old) - alike.total() - revised
    assert found.new == len(new) - alike.total() - revised


STREET = (
    Path(__file__).resolve().parents[2] / "../shared/data/police/police_uk/city_of_london_2018-12_2021-11"
)
KEY = ["Crime ID"]


def street(path: Path) -> pa.Table:
    from fullpicture.collect.reading import read
    from fullpicture.collect.source import Reading

    rows = read(path, Reading()).rows
    return rows.add_column(0, "file", pa.array([path.name] * rows.num_rows))


def plant(month: Path, to: Path, ids: Counter[str]) -> list[tuple[object, ...]]:
    """Writes a changed copy of a month, and says what was changed in it, as it should be listed."""
    with month.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    was = {id(cells): number for number, cells in enumerate(rows, start=2)}
    location, outcome = header.index("Location"), header.index("Last outcome category")
    known = [cells for cells in rows if cells[0] and ids[cells[0]] == 1]
    twice = [cells for cells in rows if cells[0] and ids[cells[0]] == 2]
    nameless: dict[tuple[str, ...], list[list[str]]] = {}
    for cells in rows:
        if not cells[0]:
            nameless.setdefault(tuple(cells), []).append(cells)
    often, (single, other) = (
        max(nameless.values(), key=len),
        [one for one, *more in nameless.values() if not more][:2],
    )

    revised = [known[0], known[100], next(cells for cells in twice if cells[0] == twice[-1][0])]
    fields = ["Last outcome category", "Location|Last outcome category", "Last outcome category"]
    for cells in revised:
        cells[outcome] = "An outcome of the tests"
    revised[1][location] = "On or near Nowhere"
    gone = [known[50], often[-1]]
    moved = [*single]
    moved[location] = "On or near Nowhere"
    rows[was[id(single)] - 2] = moved
    added = [["0" * 64, *known[1][1:]], [*other]]
    rows = [cells for cells in rows if not any(cells is one for one in gone)] + added

    to.parent.mkdir()
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    now, name = {id(cells): number for number, cells in enumerate(rows, start=2)}, to.name
    return [
        *(("new", name, row, None, None, "") for row in sorted(now[id(cells)] for cells in (moved, *added))),
        *sorted(
            ("revised", name, now[id(cells)], name, was[id(cells)], field)
            for cells, field in zip(revised, fields, strict=True)
        ),
        *(
            ("withdrawn", None, None, name, row, "")
            for row in sorted(was[id(cells)] for cells in (*gone, single))
        ),
    ]


@pytest.mark.skipif(not STREET.is_dir(), reason="no folder shared/data beside the checkout")
def test_the_street_files_of_the_city_of_london_are_such_a_source(tmp_path: Path) -> None:
    """Month by month, then again, then one month changed by hand in known places."""
    paths = sorted(STREET.glob("*-street.csv"))
    months = [street(path) for path in paths]
    hashes = [(path.name, sha256_of(path)) for path in paths]
    store = Store(tmp_path)

    def load(count: int) -> Vintage:
        rows = pa.concat_tables(months[:count])
        contents = Contents(hashes[:count], "", {"records": rows}, {"in": rows.num_rows})
        return store.put("city", contents, AT)

    vintages = [load(count) for count in range(1, len(paths) + 1)]
    whole = store.read(vintages[-1])
    ids = Counter(whole["Crime ID"].to_pylist())
    without = ids.pop("")
    assert (whole.num_rows, without, sum(count - 1 for count in ids.values())) == (22_480, 2_983, 273)
    for before, after, month in zip(vintages, vintages[1:], months[1:], strict=False):
        found = differences(store.read(before), store.read(after), KEY)
        assert (found.same, found.new, found.rows.num_rows) == (
            before.rows["records"],
            month.num_rows,
            month.num_rows,
        )
    bytes_before = contents(tmp_path)
    assert [load(count).id for count in [len(paths)]] == [vintages[-1].id]
    assert contents(tmp_path) == bytes_before

    changed = tmp_path / "changed" / paths[20].name
    planted = plant(paths[20], changed, ids)
    months[20], hashes[20] = street(changed), (changed.name, sha256_of(changed))
    found = differences(whole, store.read(load(len(paths))), KEY)
    assert listed(found) == planted
    assert (found.new, found.revised, found.withdrawn) == (3, 3, 3)
    assert found.same == whole.num_rows - found.revised - found.withdrawn
