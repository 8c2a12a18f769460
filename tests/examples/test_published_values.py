"""Every published value of the National Framework comes through, in both editions, whatever its absence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.examples.figures import DATA, Editions
from tests.examples.published import Cell, Key, Published, area_of, as_published, cell, path_of, rows_of

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside the checkout")
ALL = as_published() if DATA.is_dir() else []
BEGAN = {
    "E06000058": 2019, "E06000059": 2019, "E06000061": 2021, "E06000062": 2021,
    "E06000063": 2023, "E06000064": 2023,
}  # fmt: skip
"""Authorities whose figures the hospital files give for years before the one in which they began."""


def ours(edition: Mapping[str, Mapping[str, str]], indicator: str, column: str = "value") -> dict[Key, Cell]:
    found: dict[Key, Cell] = {}
    for row in edition.values():
        if row["indicator"] == indicator:
            key = (row["area_code"], f"{row['period_kind']}/{row['period']}", row["category"])
            found[key] = float(row[column]) if row[column] else row["absence"]
    return found


@pytest.mark.parametrize("published", ALL, ids=lambda one: one.id)
def test_values_and_absences_are_those_of_the_file(framework: Editions, published: Published) -> None:
    expected = published.cells()
    assert len(expected) > 40
    for edition in framework.values():
        found = ours(edition, published.id)
        assert {key: found.get(key) for key in expected if found.get(key) != expected[key]} == {}
        invented = {key: found[key] for key in found if key not in expected}
        assert set(invented.values()) <= {"z"}
        assert {key[0] for key in invented} <= _accounted_for(published)


def _accounted_for(published: Published) -> set[str]:
    """Areas without a row: members of a joint return, and everywhere where a figure is only national."""
    if published.id == "adoption_decision_to_match_months":
        everywhere = rows_of("c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv")
        return {area_of(row) for row in everywhere} | {"E10000023", "E10000027"}
    return {member for row in rows_of(published.file) for member in area_of(row).split("+")}


@pytest.mark.parametrize("published", [one for one in ALL if one.beside], ids=lambda one: one.id)
def test_published_counts_stand_beside_the_value(framework: Editions, published: Published) -> None:
    """A count whose value is shown is the file's own; one without a value only where that is unreliable."""
    values = published.cells()
    for name, column in published.beside.items():
        expected, found = published.cells(column), ours(framework["public"], published.id, name)
        shown = {key for key, value in values.items() if isinstance(value, float)}
        assert {
            key for key in shown if isinstance(expected[key], float) and found[key] != expected[key]
        } == set()
        assert {values[key] for key in values if key not in shown and isinstance(found[key], float)} <= {"u"}


TOGETHER = ("E06000053", "E09000001")
"""Areas whose admissions are counted with those of another: the Isles of Scilly, the City of London."""


def _hospital(column: str) -> Iterator[tuple[Key, Cell]]:
    for name in ("la_hospital_admissions_2324.csv", "region_hospital_admissions_2324.csv"):
        for row in rows_of(name):
            year, code = row["Time period"], row["Area Code"]
            if row["Category"] or int(year[:4]) < BEGAN.get(code, 0):
                continue
            category = "" if row["Sex"] == "Persons" else row["Sex"]
            key = (code, f"financial/{year[:4]}-{year[5:]}", category)
            if row["Value"]:
                yield key, float(row[column])
            else:
                suppressed = row["Value note"].startswith("Value suppressed")
                yield key, "z" if code in TOGETHER else "c" if suppressed else "x"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("value", "Value"),
        ("lower", "Lower CI 95.0 limit"),
        ("upper", "Upper CI 95.0 limit"),
        ("numerator", "Count"),
        ("denominator", "Denominator"),
    ],
)
def test_hospital_admissions_are_those_of_the_two_files(framework: Editions, name: str, column: str) -> None:
    expected = dict(_hospital(column))
    assert len(expected) > 5_000
    for edition in framework.values():
        found = ours(edition, "hospital_admissions_0_14_rate", name)
        assert {key: found.get(key) for key in expected if found.get(key) != expected[key]} == {}
        assert {key[0] for key in found if key not in expected} == {"E13000001", "E13000002"}


def test_figures_for_an_area_before_it_began_are_left_out_and_counted(framework_folder: Path) -> None:
    dropped = [
        row
        for name in ("la_hospital_admissions_2324.csv", "region_hospital_admissions_2324.csv")
        for row in rows_of(name)
        if not row["Category"] and int(row["Time period"][:4]) < BEGAN.get(row["Area Code"], 0)
    ]
    record = (framework_folder / "run.json").read_text(encoding="utf-8")
    assert f'"AREA-004": {len(dropped)}' in record
    assert len(dropped) > 100


def _rates(file: str, columns: Mapping[str, str], since: int) -> Iterator[tuple[str, Key, Cell]]:
    """Counts per 10,000 children of the mid-year before; an absence of the count before one of children."""
    children = {
        (area_of(row), int(row["time_period"]) + 1): cell(row["population_estimate"])
        for row in rows_of("ons_mid-year_population_estimates_2012_to_2024.csv")
    }
    for row in rows_of(file):
        year = int(row["time_period"])
        for id_, column in columns.items() if year >= since else ():
            count, below = cell(row[column]), children.get((area_of(row), year), "x")
            key = (area_of(row), f"reporting/{year}", "")
            if isinstance(count, float) and isinstance(below, float):
                yield id_, key, count / below * 10_000
            else:
                yield id_, key, next(one for one in ("c", "u", "x", "low", "z") if one in (count, below))


FACTORS = {
    f"factor_{name.lower()}_rate": name
    for name in (
        "Domestic_Abuse_child", "Domestic_Abuse_parent", "Domestic_Abuse_person", "Emotional_Abuse",
        "Faith_linked_abuse", "Neglect", "Physical_Abuse_adult_on_child", "Physical_Abuse_child_on_child",
        "Physical_Abuse_unknown", "Sexual_Abuse_adult_on_child", "Sexual_Abuse_child_on_child",
        "Sexual_Abuse_unknown", "Child_criminal_exploitation", "Child_sexual_exploitation", "Gangs",
        "Going_missing", "Trafficking",
    )
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "columns", "since"),
    [
        ("b1_children_in_need_2013_to_2025.csv", {"cin_rate": "At31_episodes"}, 2013),
        ("c3_factors_identified_at_end_of_assessment_2018_to_2025.csv", FACTORS, 2019),
    ],
    ids=["children in need", "factors"],
)
def test_rates_agree_with_a_computation_of_their_own(
    framework: Editions, file: str, columns: Mapping[str, str], since: int
) -> None:
    expected: dict[str, dict[Key, Cell]] = {id_: {} for id_ in columns}
    for id_, key, value in _rates(file, columns, since):
        expected[id_][key] = value
    for edition in framework.values():
        for id_, cells in expected.items():
            assert _differences(ours(edition, id_), cells) == {}, id_


def _differences(found: Mapping[Key, Cell], expected: Mapping[Key, Cell]) -> dict[Key, tuple[object, object]]:
    """Cells that are not the same: numbers to 1e-9 of their size, absences by type."""
    return {
        key: (found.get(key), expected.get(key))
        for key in {*found, *expected}
        if not _same(found.get(key), expected.get(key))
    }


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(other))
    return one == other


def test_conferences_for_every_enquiry_may_exceed_a_hundred(framework: Editions) -> None:
    expected: dict[Key, Cell] = {}
    for row in rows_of("c4_children_in_need_section_47s_and_icpcs_2013_to_2025.csv"):
        if int(row["time_period"]) < 2014:
            continue
        above, below = cell(row["ICPC"]), cell(row["Section47"])
        if isinstance(above, float) and isinstance(below, float):
            value: Cell = above / below * 100 if below else "z"
        else:
            value = next(one for one in ("c", "u", "x", "low", "z") if one in (above, below))
        expected[area_of(row), f"reporting/{row['time_period']}", ""] = value
    found = ours(framework["public"], "icpc_per_s47_pct")
    assert _differences(found, expected) == {}
    assert max(value for value in found.values() if isinstance(value, float)) > 100
    rows = framework["public"].values()
    assert {row["lower"] for row in rows if row["indicator"] == "icpc_per_s47_pct"} == {""}


def _sheet(file: str, name: str, header: int) -> list[dict[str, object]]:
    rows = CalamineWorkbook.from_path(path_of(file)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [dict(zip(map(str, rows[header - 1]), row, strict=True)) for row in rows[header:]]


def _regions() -> dict[str, str]:
    """The region of every authority, and Inner or Outer London, from the publisher's own rows."""
    rows = rows_of("c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv")
    return {
        row["new_la_code"]: row["region_code"] for row in rows if row["geographic_level"] == "Local authority"
    }


def test_spending_is_published_for_england_and_added_up_for_regions(framework: Editions) -> None:
    above, below = (
        f"{name} - Total Expenditure (C3 = C1 + C2)"
        for name in ("Children Social Care", "Total Service Expenditure")
    )
    parts: dict[str, list[tuple[float, float]]] = {}
    expected: dict[Key, Cell] = {}
    regions = _regions()
    for row in _sheet("RSX_LA_Data_2024-25_data_by_LA.ods", "RSX_LA_Data_202425", 7):
        code, one, all_ = str(row["ONS Code"]), row[above], row[below]
        if row["Class"] not in ("UA", "MD", "LB", "SC", "Eng") or len(code) < 9:
            continue
        key = (code, "financial/2024-25", "")
        if not isinstance(one, float) or not isinstance(all_, float):
            expected[key] = "x"
            continue
        expected[key] = one / all_ * 100
        if code in regions:
            parts.setdefault(regions[code], []).append((one, all_))
    london = parts["E13000001"] + parts["E13000002"] if "E13000001" in parts else parts["E12000007"]
    for region, amounts in {**parts, "E12000007": london}.items():
        total = sum(all_ for _, all_ in amounts)
        expected[region, "financial/2024-25", ""] = sum(one for one, _ in amounts) / total * 100
    found = ours(framework["public"], "cs_share_of_spend_pct")
    if "E13000001" not in parts:
        found = {key: value for key, value in found.items() if not key[0].startswith("E13")}
    assert _differences(found, expected) == {}
    assert len(expected) > 160


def test_judgements_are_counted_where_areas_are_counted_and_named_where_they_are_judged(
    framework: Editions,
) -> None:
    header = "The impact of leaders on social work practice with children and families"
    rows = _sheet("LA_Inspection_Outcomes_as_at_31_March_2025.ods", "Inspections_as_at_31_March", 3)
    judged = {str(row["Local authority area code"]): str(row[header]) for row in rows}
    places = _regions()
    regions = Counter((places[code], judgement) for code, judgement in judged.items())
    for id_, judgement in (("outstanding", "Outstanding"), ("inadequate", "Inadequate"), ("good", "Good")):
        figures = [
            row
            for row in framework["public"].values()
            if row["indicator"] == f"ofsted_leadership_{id_}_count"
        ]
        local = {row["area_code"]: row["value"] for row in figures if row["area_level"] == "local authority"}
        assert local == {code: str(int(text == judgement)) for code, text in judged.items()}
        for row in figures:
            if row["area_code"] in places.values():
                assert int(row["value"]) == regions[row["area_code"], judgement], row["area_name"]
        england = next(row for row in figures if row["area_code"] == "E92000001")
        assert int(england["value"]) == sum(text == judgement for text in judged.values())


FOLDS = {
    "Asian": range(1, 6),
    "Black": range(6, 9),
    "Mixed": range(9, 13),
    "White": range(13, 18),
    "Other": (18, 19),
}


def test_twenty_groups_of_the_census_fold_to_five(framework: Editions) -> None:
    expected: dict[Key, Cell] = {}
    for level, name in (
        ("nat", "Countries"),
        ("reg", "Regions"),
        ("la", "2023 Upper tier local authorities"),
    ):
        counts: Counter[tuple[str, str]] = Counter()
        for row in rows_of(f"ons-ethnic-population-{level}.csv"):
            code = int(row["Ethnic group (20 categories) Code"])
            group = next((group for group, codes in FOLDS.items() if code in codes), "")
            counts[row[f"{name} Code"], group] += int(row["Observation"])
        for area, group in counts:
            if group:
                total = sum(count for (code, _), count in counts.items() if code == area)
                expected[area, "as-at/2021-03-21", group] = counts[area, group] / total * 100
    found = ours(framework["public"], "population_ethnicity_pct")
    assert _differences(found, {key: value for key, value in expected.items() if key in found}) == {}
    assert {key for key in expected if key not in found and key[0].startswith("E")} == set()
