"""The awkward kinds of indicator, each as a declaration."""

from __future__ import annotations

from dataclasses import replace

import ibis
import pytest

from fullpicture.analyse.indicator import BlankPeriods, Indicator, Term
from tests.analyse.rows import (
    CAMDEN,
    ENGLAND,
    HACKNEY,
    INNER,
    KENT,
    KINGSTON,
    LONDON,
    MEDWAY,
    RICHMOND,
    basis,
    figures,
)

VALUE = Indicator("a", "A", "A", "Children", "%", value=Term("s", "v"), per=100)
COUNT = Indicator("a", "A", "A", "Children", "count", numerator=Term("s", "n", is_sum=True))
SHARE = replace(VALUE, value=None, numerator=Term("s", "n"), denominator=Term("s", "d"), proportion=True)


def test_a_complement_keeps_absences_and_turns_its_counts_and_limits() -> None:
    rows = [{"area": KENT, "v": 30.0, "n": 3.0, "d": 10.0}, {"area": MEDWAY, "v": "c", "n": "c", "d": 10.0}]
    indicator = replace(VALUE, of=(Term("s", "n"), Term("s", "d")), proportion=True, complement=100)
    found = figures(indicator, {"s": basis(rows, ["v", "n", "d"])})
    kent = found[KENT]
    assert (kent.value, kent.numerator, kent.denominator) == (70.0, 7.0, 10.0)
    assert kent.lower is not None
    assert kent.upper is not None
    assert kent.lower < 70 < kent.upper
    assert (found[MEDWAY].value, found[MEDWAY].absence) == (None, "c")


def test_readers_may_split_by_a_column_and_one_of_its_values_is_the_total() -> None:
    rows = [
        {"area": KENT, "school": school, "v": value}
        for school, value in (("Total", 5.0), ("Primary", 4.0), ("Secondary", "c"))
    ]
    found = figures(replace(VALUE, split={"school": "Total"}), {"s": basis(rows, ["v"])})
    assert {key: figure.value for key, figure in found.items()} == {
        KENT: 5.0,
        f"{KENT}/Primary": 4.0,
        f"{KENT}/Secondary": None,
    }
    assert found[f"{KENT}/Secondary"].absence == "c"
    assert found[f"{KENT}/Primary"].breakdown == "school"


FOLDED = replace(
    SHARE,
    numerator=Term("s", "n"),
    denominator=None,
    proportion=False,
    fold={"role": {"Manager": ("First line", "Middle")}},
    breakdowns=(("group", "role"),),
    share_of="group",
)


def _staff(middle: float | str) -> list[dict[str, float | str]]:
    return [
        {"area": KENT, "group": group, "role": role, "n": n}
        for group, role, n in (
            ("White", "First line", 6.0), ("White", "Middle", middle), ("Black", "First line", 2.0),
            ("White", "Agency", 3.0), ("Black", "Agency", 1.0),
        )
    ]  # fmt: skip


def test_several_values_fold_into_one_and_categories_are_shares_of_their_sum() -> None:
    found = figures(FOLDED, {"s": basis(_staff(2.0), ["n"])})
    assert {key: figure.value for key, figure in found.items()} == {
        f"{KENT}/Black|Agency": 25.0,
        f"{KENT}/Black|Manager": 20.0,
        f"{KENT}/White|Agency": 75.0,
        f"{KENT}/White|Manager": 80.0,
    }


def test_one_suppressed_member_suppresses_the_fold_and_every_share_of_the_whole() -> None:
    found = figures(FOLDED, {"s": basis(_staff("c"), ["n"])})
    assert {key: figure.absence for key, figure in found.items()} == {
        f"{KENT}/Black|Agency": "",
        f"{KENT}/Black|Manager": "c",
        f"{KENT}/White|Agency": "",
        f"{KENT}/White|Manager": "c",
    }


def test_a_level_that_is_not_published_is_added_up_beside_what_is() -> None:
    rows = [
        {"area": area, "v": v, "n": n, "d": d}
        for area, v, n, d in (
            (LONDON, 33.3, 100.0, 300.0), (CAMDEN, 30.0, 30.0, 100.0), (HACKNEY, 50.0, 50.0, 100.0),
            (KINGSTON, 10.0, 10.0, 100.0),
        )
    ]  # fmt: skip
    indicator = replace(VALUE, of=(Term("s", "n"), Term("s", "d")), sums=("sub-region",))
    found = figures(indicator, {"s": basis(rows, ["v", "n", "d"], rounded={"local authority": 5})})
    assert (found[LONDON].value, found[LONDON].note) == (33.3, "")
    assert (found[INNER].value, found[INNER].numerator, found[INNER].note) == (40.0, 80.0, "approx")
    assert (found[CAMDEN].value, found[CAMDEN].note) == (30.0, "")


def test_inner_and_outer_london_are_never_added_to_london() -> None:
    rows = [{"area": area, "n": 1.0} for area in (LONDON, INNER, CAMDEN, HACKNEY, KINGSTON)]
    indicator = replace(COUNT, areas=("country", "region", "sub-region"))
    found = figures(indicator, {"s": basis(rows, ["n"])})
    assert (found[ENGLAND].value, found[LONDON].value, found[INNER].value) == (3.0, 3.0, 2.0)


def test_members_of_a_joint_return_have_none_of_their_own_and_the_pair_is_an_area() -> None:
    pair = f"{KINGSTON}+{RICHMOND}"
    rows = [{"area": pair, "v": 7.0, "year": "2024"}, {"area": pair, "v": 8.0, "year": "2025"}]
    rows += [{"area": KINGSTON, "v": 1.0, "year": "2024"}]
    found = figures(VALUE, {"s": basis(rows, ["v"])})
    assert found[f"2025/{pair}"].value == 8.0
    alone = found[f"2025/{KINGSTON}"]
    assert (alone.value, alone.absence) == (None, "z")
    assert "Kingston upon Thames and Richmond upon Thames" in alone.remark
    assert found[f"2024/{KINGSTON}"].value == 1.0
    assert found[f"2024/{RICHMOND}"].absence == "z"


def test_years_are_left_blank_with_a_reason_by_one_indicator_and_not_by_another() -> None:
    rows = [{"area": KENT, "v": 4.0, "year": "2020"}, {"area": KENT, "v": 5.0, "year": "2021"}]
    bases = {"s": basis(rows, ["v"])}
    found = figures(replace(VALUE, blank=(BlankPeriods(("2020",), "x", "No tests."),)), bases)
    assert (found[f"2020/{KENT}"].value, found[f"2020/{KENT}"].absence) == (None, "x")
    assert found[f"2020/{KENT}"].remark == "No tests."
    assert found[f"2021/{KENT}"].value == 5.0
    assert figures(VALUE, bases)[f"2020/{KENT}"].value == 4.0


def test_where_a_figure_is_only_national_every_other_level_says_so() -> None:
    indicator = replace(VALUE, not_applicable=("region", "local authority"))
    found = figures(indicator, {"s": basis([{"area": ENGLAND, "v": 10.0}], ["v"])})
    assert found[ENGLAND].value == 10.0
    assert {found[area].absence for area in (KENT, LONDON)} == {"z"}
    assert INNER not in found


def test_an_area_is_in_a_category_and_areas_above_count_such_areas() -> None:
    judged = {CAMDEN: "Good", HACKNEY: "Good", KINGSTON: "Inadequate"}
    rows = [{"area": area, "rating": rating, "n": 1.0} for area, rating in judged.items()]
    good = replace(
        COUNT,
        numerator=Term("s", "n", {"rating": ("Good",)}, is_sum=True),
        areas=("sub-region", "local authority"),
        state="rating",
    )
    found = figures(good, {"s": basis(rows, ["n"])})
    assert (found[INNER].value, found[INNER].remark) == (2.0, "")
    assert (found[CAMDEN].value, found[CAMDEN].remark) == (1.0, "Good")
    assert (found[KINGSTON].value, found[KINGSTON].remark) == (0.0, "Inadequate")


def test_a_ratio_that_is_no_proportion_has_no_interval_and_may_exceed_a_hundred() -> None:
    bases = {"s": basis([{"area": KENT, "n": 12.0, "d": 10.0}], ["n", "d"])}
    found = figures(replace(SHARE, proportion=False), bases)[KENT]
    assert (found.value, found.lower, found.upper) == (120.0, None, None)


def test_a_denominator_of_another_source_may_be_years_behind_and_is_never_another_years() -> None:
    children = basis([{"area": KENT, "d": 200.0, "year": "2024"}], ["d"])
    rows = [{"area": KENT, "n": 10.0, "year": year} for year in ("2024", "2025")]
    late = replace(SHARE, denominator=Term("c", "d", lag=1), proportion=False)
    found = figures(late, {"s": basis(rows, ["n"]), "c": children})
    assert found[f"2025/{KENT}"].value == 5.0
    assert (found[f"2024/{KENT}"].value, found[f"2024/{KENT}"].absence) == (None, "x")


@pytest.mark.parametrize("part", ["main", "denominator"])
def test_a_source_that_is_not_supplied_leaves_a_reason_and_no_gap(part: str) -> None:
    there = basis([{"area": KENT, "n": 10.0}], ["n"])
    empty = basis([], ["n", "d"], missing="it is too large.")
    empty = replace(
        empty, rows=there.rows.mutate(d=1.0, d__absence=ibis.literal("")).filter(False), periods=there.periods
    )
    indicator = replace(SHARE, denominator=Term("c", "d"), proportion=False)
    bases = {"s": empty, "c": empty} if part == "main" else {"s": there, "c": empty}
    found = figures(indicator, bases)[KENT]
    assert (found.value, found.absence) == (None, "x")
    assert found.remark.endswith("not supplied: it is too large.")


def _told(area: str, support: str, number: float = 1.0) -> dict[str, object]:
    return {"area": area, "support": support, "n": number}


NEVER = replace(
    COUNT,
    unit="%",
    per=100,
    numerator=Term("s", "n", {"support": ("never supported",)}, is_sum=True),
    denominator=Term("s", "n", is_sum=True),
    needs=("support",),
)


def test_an_area_that_does_not_tell_what_is_needed_has_no_value_and_sums_are_without_it() -> None:
    rows = [
        _told(CAMDEN, "never supported"), _told(CAMDEN, "withdrew"), _told(CAMDEN, "not recorded"),
        _told(HACKNEY, "not recorded", 7.0), _told(HACKNEY, "", 5.0),
    ]  # fmt: skip
    indicator = replace(NEVER, areas=("region", "local authority"))
    found = figures(indicator, {"s": basis(rows, ["n"])})  # type: ignore[list-item]
    assert (found[HACKNEY].value, found[HACKNEY].absence) == (None, "x")
    assert found[HACKNEY].remark == "Returns that do not tell support are left out."
    assert (found[LONDON].numerator, found[LONDON].denominator) == (1.0, 3.0)
    assert found[LONDON].remark == found[HACKNEY].remark
    plain = figures(replace(indicator, needs=()), {"s": basis(rows, ["n"])})  # type: ignore[list-item]
    assert (plain[HACKNEY].value, plain[LONDON].denominator) == (0.0, 15.0)


def test_a_figure_may_be_broken_down_at_some_of_its_areas_alone() -> None:
    rows = [_told(CAMDEN, "withdrew"), _told(HACKNEY, "never supported", 2.0)]
    indicator = replace(
        COUNT,
        areas=("region", "local authority"),
        breakdowns=(("support",),),
        breakdown_areas=("region",),
    )
    found = figures(indicator, {"s": basis(rows, ["n"])})  # type: ignore[list-item]
    assert {key: one.value for key, one in found.items() if one.value is not None} == {
        LONDON: 3.0, f"{LONDON}/withdrew": 1.0, f"{LONDON}/never supported": 2.0, CAMDEN: 1.0, HACKNEY: 2.0,
    }  # fmt: skip
    assert all(one.area_code == LONDON for one in found.values() if one.breakdown)
