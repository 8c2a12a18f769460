"""The primary rules, on tables worked out by hand: what each hides, and of which sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.table import COVERAGE_SCHEMA, InternalTable
from fullpicture.disclosure import Protected, Rule, Rules, protect
from fullpicture.disclosure.recheck import Known, recheck, recheck_public
from tests.disclosure.test_protect import FORCES, REGISTER, figure
from tests.tables import table_of

LOOSE = Rule(2)


def hidden(tables: Sequence[InternalTable], rule: Rule | Rules) -> set[str]:
    return {
        f"{one.area_code}/{one.category}".rstrip("/")
        for table in protect(tables, rule, REGISTER).tables
        for one in to_figures(table.figures)
        if one.absence == "c"
    }


def shares(**of: tuple[int, int]) -> InternalTable:
    """A percentage in each area: part and whole."""
    figures = [
        figure(area, 100 * part / whole, numerator=part, denominator=whole, unit="%", indicator="share")
        for area, (part, whole) in of.items()
    ]
    return table_of(figures, indicator="share", unit="%", proportion=True)


def split(area: str, **kinds: int) -> list[Figure]:
    """A total and its categories."""
    parts = [figure(area, count, breakdown="kind", category=kind) for kind, count in kinds.items()]
    return [figure(area, sum(kinds.values())), *parts]


def test_a_percentage_of_few_is_hidden_and_one_of_more_is_not() -> None:
    """7 of 19 is of fewer than 20; 8 of 20 is not. Where nothing is asked of the base, both are shown."""
    table = shares(F11=(7, 19), F21=(8, 20))
    assert hidden([table], LOOSE) == set()
    assert hidden([table], replace(LOOSE, smallest_base=20)) == {"F11"}


def test_neither_count_of_such_a_percentage_gives_it_away() -> None:
    """The 7 are published as a count too: with the base of 19 anybody could divide."""
    counts = table_of([figure("F11", 7), figure("F21", 8)])
    done = [counts, shares(F11=(7, 19), F21=(8, 20))]
    assert hidden(done, replace(LOOSE, smallest_base=20)) == {"F11"}
    assert protect(done, replace(LOOSE, smallest_base=20), REGISTER).certificate.hidden == 2


def test_where_a_whole_group_is_in_one_category_its_categories_are_hidden() -> None:
    """All 12 of F11 are of kind a, so that everybody who was counted there was; those of F21 are of two."""
    table = table_of([*split("F11", a=12, b=0, c=0), *split("F21", a=12, b=5, c=0)])
    assert hidden([table], LOOSE) == set()
    assert hidden([table], replace(LOOSE, whole_groups=True)) == {"F11/a", "F11/b", "F11/c"}


def test_shares_of_nobody_and_of_all_are_such_groups() -> None:
    table = shares(F11=(0, 30), F12=(30, 30), F21=(20, 40))
    assert hidden([table], replace(LOOSE, whole_groups=True)) == {"F11", "F12"}


def test_a_figure_of_a_wider_area_with_few_forces_behind_it_is_hidden() -> None:
    """In R1 only F11 counts anything, in R2 both forces do."""
    own = dict(zip(FORCES, (40, 0, 30, 20), strict=True))
    regions = [figure("R1", 40), figure("R2", 50)]
    table = table_of([*(figure(force, count) for force, count in own.items()), *regions])
    few = hidden([table], replace(LOOSE, fewest_forces=2))
    assert "R1" in few
    assert "R2" not in few


def test_without_figures_by_force_the_coverage_tells_how_many_are_behind_one() -> None:
    row = dict(zip(COVERAGE_SCHEMA.names, ("crimes", "calendar", "2024", 4, 3, "F12"), strict=True))
    table = replace(
        table_of([figure("R1", 40), figure("R2", 50)]), coverage=pa.Table.from_pylist([row], COVERAGE_SCHEMA)
    )
    assert hidden([table], replace(LOOSE, fewest_forces=2)) == {"R1"}
    assert hidden([table], replace(LOOSE, fewest_forces=3)) == {"R1", "R2"}


def test_a_rule_of_one_source_is_for_its_figures_alone() -> None:
    survey = [figure(area, 5, indicator="answers", source="survey") for area in ("F11", "F21")]
    tables = [table_of([figure("F11", 5), figure("F21", 7)]), table_of(survey, indicator="answers")]
    rules = Rules(Rule(2), (("survey", Rule(9)),))
    done = protect(tables, rules, REGISTER)
    assert [table.figures["absence"].to_pylist() for table in done.tables] == [["", ""], ["c", "c"]]


def certified(done: Protected) -> list[str]:
    return [table.rule for table in done.certificate.tables]


def test_the_certificate_says_the_rules_and_holds_them() -> None:
    rules = Rules(Rule(2, smallest_base=20), (("survey", Rule(9, whole_groups=True)),))
    survey = [figure("F11", 15, indicator="answers", source="survey")]
    tables = [table_of([figure("F11", 5)]), table_of(survey, indicator="answers")]
    done = protect(tables, rules, REGISTER)
    assert certified(done) == [
        "counts of 1 to 2 are hidden; so are percentages of fewer than 20",
        "counts of 1 to 9 are hidden; so are categories where a whole group is in one",
    ]
    assert Rules.from_json(done.certificate.rules.as_json()) == rules


def test_who_checks_again_sees_what_each_rule_hides() -> None:
    tables = [shares(F11=(7, 19), F21=(8, 20)), table_of(split("F12", a=12, b=0))]
    read = [(table.description, to_figures(table.figures)) for table in tables]
    rules = Rules(replace(LOOSE, smallest_base=20, whole_groups=True))
    whats = {leak.what for leak in recheck_public(read, rules, REGISTER, Known(set()))}
    assert whats == {
        "this is shown, although it is a percentage of a base that is too small.",
        "this is shown, although a whole group is in one category.",
    }
    everything = {figure.id for _, figures in read for figure in figures}
    assert {leak.what for leak in recheck(read, everything, rules, REGISTER, Known(set()))} == whats


def test_what_is_protected_by_every_rule_passes_when_it_is_checked_again() -> None:
    tables = [
        shares(F11=(7, 19), F12=(30, 30), F21=(8, 20)),
        table_of(
            [*split("F12", a=12, b=0, c=0), *split("F21", a=12, b=5, c=30), *split("F22", a=20, b=9, c=11)]
        ),
    ]
    rules = Rules(Rule(2, smallest_base=20, whole_groups=True, fewest_forces=2))
    public = [
        (table.description, to_figures(table.figures)) for table in protect(tables, rules, REGISTER).tables
    ]
    shown = {figure.id for _, figures in public for figure in figures if figure.value is not None}
    inside = [(table.description, to_figures(table.figures)) for table in tables]
    assert 0 < len(shown) < 15
    assert recheck_public(public, rules, REGISTER, Known(set())) == []
    assert recheck(inside, shown, rules, REGISTER, Known(set())) == []


def test_a_zero_that_is_hidden_with_its_base_is_no_secret_unless_zeros_are() -> None:
    """Of F11 the base is hidden and the numerator is 0: the total and F12 say so, as zeros may be known."""
    figures = [
        figure(area, value, numerator=part, denominator=whole, unit="%", indicator="share", absence=absence)
        for area, value, part, whole, absence in (
            ("F11", None, None, None, "c"), ("F12", 20.0, 20, 100, ""), ("R1", 18.7, 20, 107, ""),
            ("F21", 20.0, 10, 50, ""), ("F22", 40.0, 20, 50, ""), ("R2", 30.0, 30, 100, ""),
        )
    ]  # fmt: skip
    table = table_of(figures, indicator="share", unit="%")
    read = [(table.description, figures)]
    numerator = "share/F11/calendar:2024// (numerator)"
    assert numerator not in {
        leak.where for leak in recheck_public(read, Rules(LOOSE), REGISTER, Known(set()))
    }
    zeros = Rules(replace(LOOSE, hide_zeros=True))
    assert numerator in {leak.where for leak in recheck_public(read, zeros, REGISTER, Known(set()))}
