"""What is withheld cannot be worked out again, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pytest

from fullpicture.core.areas import Register
from fullpicture.core.errors import NotPublishable
from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.table import COVERAGE_SCHEMA, Description, SourceNote
from fullpicture.disclosure import Rule, Rules, protect
from fullpicture.disclosure.counts import Counts
from fullpicture.disclosure.figure_tables import linked_figures
from fullpicture.disclosure.primary import Primaries
from tests.tables import BLANK, DESCRIPTION, OFFICIAL, internal_table, table_of

INVENTED = [
    {"code": "N", "name": "Nation", "level": "country"},
    *({"code": f"R{r}", "name": f"Region {r}", "level": "region", "parent": "N"} for r in (1, 2)),
    *(
        {"code": f"F{r}{f}", "name": f"Force {r}{f}", "level": "police force area", "parent": f"R{r}"}
        for r in (1, 2)
        for f in (1, 2)
    ),
]
COLUMNS = [
    "code",
    "name",
    "level",
    "parent",
    "old_la_code",
    "valid_from",
    "valid_to",
    "successors",
    "members",
    "aliases",
]
REGISTER = Register.shipped().changed_by([{**dict.fromkeys(COLUMNS, ""), **row} for row in INVENTED])
FORCES = ("F11", "F12", "F21", "F22")
LEVELS = {"N": "country", "R1": "region", "R2": "region", **dict.fromkeys(FORCES, "police force area")}
PARTS = {"N": FORCES, "R1": FORCES[:2], "R2": FORCES[2:], **{force: (force,) for force in FORCES}}


def figure(area: str, count: float, **fields: object) -> Figure:
    placed = BLANK._replace(area_code=area, area_name=area, area_level=LEVELS[area])
    return placed._replace(value=count, **fields)  # type: ignore[arg-type]


def by_place(counts: Sequence[int]) -> list[Figure]:
    """Four forces, their two regions and the nation."""
    own = dict(zip(FORCES, counts, strict=True))
    return [figure(area, sum(own[part] for part in parts)) for area, parts in PARTS.items()]


def test_one_small_force_hides_another_but_not_the_level_nor_its_region() -> None:
    figures = by_place((1, 18, 19, 29))
    public = protect([table_of(figures)], Rule(2), REGISTER).tables[0]
    shown = {f.area_code: (f.value, f.absence) for f in to_figures(public.figures)}
    assert {code for code, (_, absence) in shown.items() if absence} == {"F11", "F12"}
    assert (shown["R1"], shown["N"], shown["F21"]) == ((19.0, ""), (67.0, ""), (19.0, ""))


def test_a_nested_indicator_is_withheld_where_it_leaves_little() -> None:
    every, most = [("F11", 50.0), ("F12", 40.0)], [("F11", 49.0), ("F12", 30.0)]
    tables = [internal_table(every), table_of(
        [BLANK._replace(indicator="rape", area_code=code, value=count) for code, count in most],
        indicator="rape", within=("crimes",),
    )]  # fmt: skip
    first, second = protect(tables, Rule(9), REGISTER).tables
    hidden = [table.figures["absence"].to_pylist() for table in (first, second)]
    assert [one + other for one, other in zip(*hidden, strict=True)] == ["c", ""]


def test_rates_and_changes_follow_their_counts_whether_or_not_they_say_so() -> None:
    rate = BLANK._replace(
        indicator="rate", area_code="F11", value=1.0, numerator=30.0, denominator=30000.0, unit="per 1,000"
    )
    other = rate._replace(area_code="F12", numerator=5.0, value=0.2)
    tables = [
        internal_table([("F11", 30.0), ("F12", 5.0)]),
        table_of([rate, other], indicator="rate", unit="per 1,000"),
    ]
    assert all(
        table.figures["absence"].to_pylist() == ["", "c"]
        for table in protect(tables, Rule(), REGISTER).tables
    )


def test_a_share_is_withheld_where_few_are_on_either_side_of_it() -> None:
    share = BLANK._replace(indicator="share", value=96.0, numerator=96.0, denominator=100.0, unit="%")
    table = table_of([share], indicator="share", unit="%", proportion=True)
    assert protect([table], Rule(), REGISTER).tables[0].figures["absence"].to_pylist() == ["c"]


def test_official_figures_pass_as_they_are_with_their_own_absences() -> None:
    figures = [BLANK._replace(value=3.0), BLANK._replace(area_code="B", absence="c")]
    table = table_of(figures, sources=(OFFICIAL,))
    protected = protect([table], Rule(), REGISTER)
    assert protected.tables[0].figures.equals(table.figures)
    assert protected.certificate.hidden == 0


def test_published_without_publisher_is_refused() -> None:
    table = internal_table([("A", 3.0)], sources=(SourceNote("x", "X", published=True),))
    with pytest.raises(NotPublishable, match="say its url, publisher, licence"):
        protect([table], Rule(), REGISTER)


def test_zeros_are_published_unless_the_rule_hides_them() -> None:
    table = internal_table([("F11", 0.0), ("F12", 50.0)])
    assert protect([table], Rule(), REGISTER).certificate.hidden == 0
    assert protect([table], Rule(hide_zeros=True), REGISTER).certificate.hidden == 1


def test_not_available_stays_only_where_the_public_coverage_says_so() -> None:
    figures = [
        BLANK._replace(area_code="F11", value=3.0, note="p", remark="Three of them."),
        BLANK._replace(area_code="F12", absence="x", remark="Nothing delivered."),
        BLANK._replace(area_code="F21", absence="x", remark="It was zero before."),
        BLANK._replace(area_code="F22", absence="z"),
    ]
    row = dict(zip(COVERAGE_SCHEMA.names, ("crimes", "calendar", "2024", 4, 3, "F12"), strict=True))
    table = replace(table_of(figures), coverage=pa.Table.from_pylist([row], COVERAGE_SCHEMA))
    public = protect([table], Rule(), REGISTER).tables[0].figures
    assert public["absence"].to_pylist() == ["c", "x", "c", "c"]
    assert set(public["note"].to_pylist()) == set(public["remark"].to_pylist()) == {""}


def test_a_change_from_one_large_count_to_another_near_it_is_published() -> None:
    years = [BLANK._replace(area_code="F11", period=year, value=value) for year, value in YEARS]
    change = BLANK._replace(
        indicator="change",
        area_code="F11",
        period="2024",
        unit="%",
        value=2.0,
        numerator=204.0,
        denominator=200.0,
    )
    text = {"indicator": "change", "unit": "%", "follows": ("crimes",), "changes": "crimes"}
    assert protect([table_of(years), table_of([change], **text)], Rule(), REGISTER).certificate.hidden == 0


def test_a_change_on_common_areas_that_leave_little_is_withheld() -> None:
    years = [BLANK._replace(area_code="F11", period=year, value=value) for year, value in YEARS]
    change = BLANK._replace(
        indicator="change",
        area_code="F11",
        period="2024",
        unit="%",
        value=2.0,
        numerator=204.0,
        denominator=197.0,
    )
    text = {"indicator": "change", "unit": "%", "follows": ("crimes",), "changes": "crimes"}
    assert protect([table_of(years), table_of([change], **text)], Rule(), REGISTER).certificate.hidden == 1


YEARS = (("2023", 200.0), ("2024", 204.0))


def hidden_in(tables: Sequence[tuple[Description, list[Figure]]]) -> set[str]:
    """Indicator and area of what the public does not see."""
    given = [table_of(figures, **vars(description)) for description, figures in tables]
    return {
        f"{figure.indicator}/{figure.area_code}"
        for table in protect(given, Rule(9), REGISTER).tables
        for figure in to_figures(table.figures)
        if figure.absence == "c"
    }


def shares(part: float, whole: float, indicator: str) -> tuple[Description, list[Figure]]:
    """A percentage with its two counts in each of two forces; the second force's are large."""
    counts = {"F11": (part, whole), "F12": (part + 100, whole + 300)}
    figures = [
        figure(area, 100 * n / d, numerator=n, denominator=d, unit="%", indicator=indicator)
        for area, (n, d) in counts.items()
    ]
    return replace(DESCRIPTION, indicator=indicator, unit="%", proportion=True), figures


def test_two_shares_whose_counts_differ_by_little_are_not_both_published() -> None:
    """50 with outcome a and 53 with outcome a or c, of 193: the three with c are one subtraction away."""
    hidden = hidden_in([shares(50, 193, "a_pct"), shares(53, 193, "a_or_c_pct")])
    assert {each.split("/")[1] for each in hidden} == {"F11", "F12"}
    assert not hidden_in([shares(50, 193, "a_pct"), shares(80, 193, "a_or_c_pct")])


def test_a_count_that_leaves_little_of_another_is_withheld_though_nobody_declared_it() -> None:
    def counts(indicator: str, of: dict[str, float]) -> tuple[Description, list[Figure]]:
        figures = [figure(area, count, indicator=indicator) for area, count in of.items()]
        return replace(DESCRIPTION, indicator=indicator), figures

    tables = [counts("crimes", {"F11": 93, "F12": 150}), counts("all_but_rare", {"F11": 90, "F12": 130})]
    assert hidden_in(tables) in ({"all_but_rare/F11"}, {"crimes/F11"})


def test_what_is_not_looked_at_of_a_part_is_not_taken_for_known() -> None:
    """One crime of F11 is left when the second count is taken away from the first, and none of F12, which
    nobody knows: so what is left of the region is not known to be that of F11."""
    both = {"charged": (28, 1, 29), "charged_within_a_year": (27, 1, 28)}
    counts = Counts([
        (replace(DESCRIPTION, indicator=name), [
            figure(area, n, indicator=name) for area, n in zip(("F11", "F12", "R1"), own, strict=True)
        ])
        for name, own in both.items()
    ])  # fmt: skip
    linked = linked_figures(counts, REGISTER, Primaries(counts, Rules(Rule()), REGISTER))
    equations = linked.tables.equations
    shown = equations.rows[~linked.is_rest[equations.cells]]
    assert linked.is_rest.sum() == 2
    assert set(shown.tolist()) == set(range(len(equations)))


def test_two_sums_of_the_same_counts_are_one_count() -> None:
    """Forces have the same crimes under two names, but of other years not all: their region is one cell."""
    counts = Counts([
        (replace(DESCRIPTION, indicator=name), [
            *(figure(area, n, indicator=name) for area, n in (("F11", 20), ("F12", 30), ("R1", 50))),
            figure("R1", last, indicator=name, period="2023"),
        ])
        for name, last in (("crimes", 48), ("followed", 47))
    ])  # fmt: skip
    linked = linked_figures(counts, REGISTER, Primaries(counts, Rules(Rule()), REGISTER))
    place = {what.indicator: cell for what, cell in linked.cells.items() if what.place.area == "R1"
             and what.place.period == "2024"}  # fmt: skip
    assert place["crimes"] == place["followed"]


def test_a_share_broken_down_into_one_category_alone_is_no_contradiction() -> None:
    whole = BLANK._replace(area_code="N", area_level="country", value=20.0, numerator=20.0, denominator=100.0)
    share = whole._replace(indicator="share", unit="%")
    kind = share._replace(breakdown="kind", category="only one")
    small = whole._replace(indicator="all", value=8.0, numerator=None, denominator=None)
    tables = [table_of([share, kind], indicator="share", unit="%"), table_of([small], indicator="all")]
    first, second = protect(tables, Rule(9), REGISTER).tables
    assert first.figures["absence"].to_pylist() == ["", ""]
    assert second.figures["absence"].to_pylist() == ["c"]


def test_the_base_of_a_share_where_known_gives_no_hidden_category_away() -> None:
    """Known are female and male: all less the base are the others, of whom a hidden one must not be alone."""
    years = {"2023": (400, 12, 50, 31, 4), "2024": (420, 13, 60, 35, 6)}
    names = ("female", "male", "not recorded", "unknown", "not applicable")
    counts, shares = [], []
    for year, numbers in years.items():
        known, place = sum(numbers[:2]), {"area_code": "N", "area_level": "country", "period": year}
        counts.append(BLANK._replace(value=float(sum(numbers)), **place))
        counts += [
            BLANK._replace(value=float(number), breakdown="sex", category=name, **place)
            for name, number in zip(names, numbers, strict=True)
        ]
        shares.append(
            BLANK._replace(
                indicator="share", value=100 * numbers[0] / known, numerator=float(numbers[0]),
                denominator=float(known), unit="%", **place,
            )
        )  # fmt: skip
    public = protect([table_of(counts), table_of(shares, indicator="share", unit="%")], Rule(9), REGISTER)
    every, share = (to_figures(table.figures) for table in public.tables)
    for year in years:
        hidden = {one.category for one in every if one.period == year and one.absence}
        base_is_public = any(one.period == year and not one.absence for one in share)
        apart = [hidden & set(names[:2]), hidden & set(names[2:])] if base_is_public else [hidden]
        assert "not applicable" in hidden
        assert all(len(group) != 1 for group in apart)
