"""Figures of indicators: counts, ratios, published values, sums over places and periods."""

from __future__ import annotations

from dataclasses import replace

import ibis
import pyarrow as pa
import pytest

from fullpicture.analyse.basis import Basis
from fullpicture.analyse.change import changes_of
from fullpicture.analyse.coverage import Coverage
from fullpicture.analyse.figures import figures_of
from fullpicture.analyse.indicator import Indicator, Term
from fullpicture.core.areas import Register
from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.period import Period

REGISTER = Register.shipped()
KENT, SURREY, LONDON, MET = "E23000032", "E23000031", "E23000034", "E23000001"
FORCES = ("police force area", "police force", "fraud body")
QUARTERS = [f"2024-25Q{n}" for n in (1, 2, 3, 4)]
COUNT = Indicator(
    id="crimes",
    title="Crimes",
    definition="Crimes",
    population="Crimes",
    unit="count",
    numerator=Term("crime", "crimes", is_sum=True),
    areas=("all bodies", "country", "region", "police force area", "police force"),
    periods=("financial", "financial-quarter"),
)


def basis(
    rows: list[tuple[str, str, str, float | None, str]], kind: str = "financial-quarter", **facts: object
) -> Basis:
    """A collected source from (area, period, offence group, crimes, absence)."""
    columns = list(zip(*rows, strict=True))
    table = pa.table({
        "file": ["returns.csv"] * len(rows),
        "row": pa.array(range(2, len(rows) + 2), pa.int64()),
        "area_code": columns[0],
        "period_kind": [kind] * len(rows),
        "period": columns[1],
        "offence_group": columns[2],
        "crimes": pa.array(columns[3], pa.float64()),
        "crimes__absence": columns[4],
        "blank_reason": [""] * len(rows),
    })  # fmt: skip
    periods = tuple(sorted({Period(kind, row[1]) for row in rows}, key=lambda p: p.last_day))  # type: ignore[arg-type]
    given = {"covers": "ALL", "base_levels": FORCES, **facts}
    return Basis(ibis.memtable(table), periods, **given)  # type: ignore[arg-type]


def by_id(indicator: Indicator, bases: dict[str, Basis]) -> dict[str, Figure]:
    return {
        figure.id.removeprefix(f"{indicator.id}/"): figure
        for figure in to_figures(figures_of(indicator, bases, REGISTER))
    }


def test_quarters_add_up_to_a_year_and_forces_to_a_region() -> None:
    rows = [(force, quarter, "Theft", 10.0, "") for force in (KENT, SURREY) for quarter in QUARTERS]
    found = by_id(COUNT, {"crime": basis(rows)})
    assert found[f"{KENT}/financial:2024-25//"].value == 40
    assert found["E12000008/financial:2024-25//"].value == 80
    assert found["K04000001/financial-quarter:2024-25Q3//"].value == 20


def test_a_part_of_a_year_is_called_a_part_and_a_gap_is_not_bridged() -> None:
    rows = [(KENT, "2025-26Q1", "Theft", 1.0, ""), (KENT, "2025-26Q2", "Theft", 2.0, "")]
    rows += [(KENT, "2023-24Q1", "Theft", 1.0, ""), (KENT, "2023-24Q4", "Theft", 2.0, "")]
    found = by_id(COUNT, {"crime": basis(rows)})
    assert found[f"{KENT}/financial-part:2025-26Q1-Q2//"].value == 3
    assert not [id_ for id_ in found if "financial:" in id_ or "2023-24Q1-" in id_]


def test_figures_given_for_a_time_before_the_area_began_are_in_no_sum() -> None:
    cumbria, cumberland, north_west = "E10000006", "E06000063", "E12000002"
    rows = [(cumbria, "2022", "", 9.0, ""), (cumberland, "2022", "", 5.0, "")]
    indicator = replace(COUNT, areas=("region", "local authority"), periods=("reporting",))
    found = by_id(indicator, {"crime": basis(rows, "reporting", base_levels=("local authority",))})
    assert found[f"{north_west}/reporting:2022//"].value == 9.0
    assert found[f"{cumberland}/reporting:2022//"].value == 5.0


def test_a_force_without_one_quarter_has_no_year_and_is_left_out_of_its_region() -> None:
    rows = [(KENT, quarter, "Theft", 10.0, "") for quarter in QUARTERS]
    rows += [(SURREY, quarter, "Theft", 10.0, "") for quarter in QUARTERS[:3]]
    found = by_id(COUNT, {"crime": basis(rows)})
    assert found[f"{SURREY}/financial:2024-25//"].absence == "x"
    assert found["E12000008/financial:2024-25//"].value == 40


def test_one_suppressed_member_suppresses_the_sum() -> None:
    rows = [(KENT, "2024-25Q1", "Theft", None, "c"), (SURREY, "2024-25Q1", "Theft", 5.0, "")]
    region = by_id(COUNT, {"crime": basis(rows)})["E12000008/financial-quarter:2024-25Q1//"]
    assert (region.value, region.absence) == (None, "c")


def test_nothing_counted_where_something_was_delivered_is_zero() -> None:
    counted = replace(COUNT, numerator=Term("crime", "crimes", {"offence_group": ("Rape",)}, is_sum=True))
    rows = [(KENT, "2024-25Q1", "Theft", 5.0, ""), (SURREY, "2024-25Q1", "Rape", 5.0, "")]
    found = by_id(counted, {"crime": basis(rows)})
    assert found[f"{KENT}/financial-quarter:2024-25Q1//"].value == 0
    assert f"{MET}/financial-quarter:2024-25Q1//" not in found


def test_negative_counts_are_kept() -> None:
    rows = [(KENT, "2024-25Q1", "Theft", -3.0, ""), (KENT, "2024-25Q1", "Rape", 1.0, "")]
    assert by_id(COUNT, {"crime": basis(rows)})[f"{KENT}/financial-quarter:2024-25Q1//"].value == -2


def test_a_share_has_its_numerator_denominator_and_wilson_interval() -> None:
    share = replace(
        COUNT,
        unit="%",
        numerator=Term("crime", "crimes", {"offence_group": ("Rape",)}, is_sum=True),
        denominator=Term("crime", "crimes", is_sum=True),
        per=100,
        proportion=True,
        breakdowns=(("offence_group",),),
    )
    rows = [(KENT, "2024-25Q1", "Theft", 90.0, ""), (KENT, "2024-25Q1", "Rape", 10.0, "")]
    found = by_id(share, {"crime": basis(rows)})
    total = found[f"{KENT}/financial-quarter:2024-25Q1//"]
    assert (total.value, total.numerator, total.denominator) == (10, 10, 100)
    assert (total.lower, total.upper) == pytest.approx((5.5229, 17.4366), abs=1e-4)
    theft = found[f"{KENT}/financial-quarter:2024-25Q1/offence_group/Theft"]
    assert (theft.value, theft.numerator, theft.denominator) == (0, 0, 90)


RATE = replace(
    COUNT,
    unit="per 1,000",
    per=1000,
    denominator=Term("population", "crimes"),
)
POPULATION = [
    (KENT, "2024-06-30", "", 2000.0, ""),
    (SURREY, "2024-06-30", "", 1000.0, ""),
    (LONDON, "2024-06-30", "", 10.0, ""),
]


def rates(rows: list[tuple[str, str, str, float | None, str]]) -> dict[str, Figure]:
    return by_id(RATE, {"crime": basis(rows), "population": basis(POPULATION, "as-at")})


def test_a_rate_takes_the_population_within_its_own_year_and_no_other() -> None:
    rows = [(KENT, "2024-25Q4", "Theft", 10.0, ""), (KENT, "2023-24Q4", "Theft", 10.0, "")]
    found = rates(rows)
    this, last = (found[f"{KENT}/financial-quarter:{period}//"] for period in ("2024-25Q4", "2023-24Q4"))
    assert (this.value, this.denominator) == (5, 2000)
    assert (this.lower, this.upper) == pytest.approx((2.394, 9.196), abs=1e-3)
    assert (last.value, last.absence) == (None, "x")
    assert last.remark == "No denominator is supplied for this period; another year's is never used."


def test_who_has_no_residents_has_no_rate() -> None:
    rows = [(code, "2024-25Q1", "Theft", 4.0, "") for code in (KENT, LONDON, "BTP")]
    found = rates(rows)
    assert found[f"{LONDON}/financial-quarter:2024-25Q1//"].absence == "z"
    assert found["BTP/financial-quarter:2024-25Q1//"].absence == "z"
    assert found["ALL/financial-quarter:2024-25Q1//"].absence == "z"


def test_a_lagged_denominator_is_taken_from_the_year_before() -> None:
    lagged = replace(RATE, denominator=Term("population", "crimes", lag=1), areas=(), periods=())
    rows = [(KENT, "2025", "", 10.0, "")]
    below = basis([(KENT, "2024", "", 100.0, ""), (KENT, "2025", "", 999.0, "")], "reporting")
    found = by_id(lagged, {"crime": basis(rows, "reporting"), "population": below})
    assert found[f"{KENT}/reporting:2025//"].value == 100


def test_a_published_value_stands_as_it_is_and_its_absence_too() -> None:
    published = replace(COUNT, value=Term("crime", "crimes"), numerator=None, areas=(), periods=())
    rows = [(KENT, "2025", "", 22.6, ""), (SURREY, "2025", "", None, "c"), (MET, "2025", "", None, "u")]
    found = by_id(published, {"crime": basis(rows, "reporting")})
    assert found[f"{KENT}/reporting:2025//"].value == 22.6
    assert (found[f"{SURREY}/reporting:2025//"].value, found[f"{SURREY}/reporting:2025//"].absence) == (
        None,
        "c",
    )
    assert found[f"{MET}/reporting:2025//"].absence == "u"


def changes(rows: list[tuple[str, str, str, float | None, str]]) -> dict[str, Figure]:
    bases = {"crime": basis(rows)}
    figures = to_figures(figures_of(COUNT, bases, REGISTER))
    coverage = Coverage(figures, bases["crime"], REGISTER)
    return {f.id.removeprefix("crimes_change_pct/"): f for f in changes_of(COUNT, figures, coverage)}


def test_a_change_is_computed_on_the_areas_both_periods_have() -> None:
    rows = [
        (KENT, "2023-24Q1", "", 100.0, ""),
        (KENT, "2024-25Q1", "", 110.0, ""),
        (SURREY, "2024-25Q1", "", 500.0, ""),
    ]
    found = changes(rows)["E12000008/financial-quarter:2024-25Q1//"]
    assert found.value == pytest.approx(10)
    assert found.remark == "Compared on the 1 areas in both periods, of 2."


def test_an_area_whose_code_has_changed_is_compared_with_itself() -> None:
    """North Yorkshire got a new code in April 2023; Cumberland is only a part of what Cumbria was."""
    authorities = replace(COUNT, areas=("country", "local authority"), periods=("reporting",))
    rows = [("E10000023", "2023", "", 100.0, ""), ("E06000065", "2024", "", 110.0, "")]
    rows += [("E10000006", "2023", "", 50.0, ""), ("E06000063", "2024", "", 60.0, "")]
    source = basis(rows, "reporting", base_levels=("local authority",), covers="E92000001")
    figures = to_figures(figures_of(authorities, {"crime": source}, REGISTER))
    made = changes_of(authorities, figures, Coverage(figures, source, REGISTER))
    found = {(f.area_code, f.period): f for f in made}
    assert found["E06000065", "2024"].value == pytest.approx(10)
    assert found["E06000063", "2024"].absence == "x"
    assert found["E92000001", "2024"].value == pytest.approx(10)
    assert found["E92000001", "2024"].remark == "Compared on the 1 areas in both periods, of 3."


def test_a_part_of_a_year_is_not_compared_with_a_whole_one() -> None:
    rows = [(KENT, quarter, "", 10.0, "") for quarter in QUARTERS]
    rows += [(KENT, f"2025-26Q{n}", "", 10.0, "") for n in (1, 2, 3)]
    found = changes(rows)
    part = found[f"{KENT}/financial-part:2025-26Q1-Q3//"]
    assert (part.value, part.absence) == (None, "x")
    assert "part of a year" in part.remark
    assert found[f"{KENT}/financial-quarter:2025-26Q2//"].value == 0


def test_coverage_names_the_areas_that_are_missing() -> None:
    rows = [(KENT, "2024-25Q1", "", 10.0, "")]
    bases = {"crime": basis(rows, covers="E12000008", base_levels=("police force area",))}
    figures = to_figures(figures_of(COUNT, bases, REGISTER))
    row = Coverage(figures, bases["crime"], REGISTER).table("crimes").to_pylist()[0]
    assert (row["areas_expected"], row["areas_in"]) == (5, 1)
    assert row["missing"] == "E23000029|E23000030|E23000031|E23000033"
