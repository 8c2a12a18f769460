"""What else could be done with a table, on one that is small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace

from fullpicture.core.figure import Figure
from fullpicture.disclosure import Rule
from fullpicture.disclosure.options import Option, options_of
from tests.disclosure.test_protect import REGISTER, figure
from tests.tables import DESCRIPTION

KINDS = {"F11": {"a": 30, "b": 2, "c": 2}, "F12": {"a": 40, "b": 25, "c": 30}}


def table() -> list[Figure]:
    """Two forces and their region, of three kinds: the two small counts of F11 hide two counts of F12."""
    region = {kind: sum(KINDS[force][kind] for force in KINDS) for kind in "abc"}
    return [
        figure(area, count, breakdown=breakdown, category=kind)
        for area, kinds in {**KINDS, "R1": region}.items()
        for breakdown, kind, count in (
            ("", "", sum(kinds.values())),
            *(("kind", kind, count) for kind, count in kinds.items()),
        )
    ]


def found(rule: Rule, figures: list[Figure] | None = None) -> dict[str, Option]:
    given = table() if figures is None else figures
    return {option.what: option for option in options_of(DESCRIPTION, given, rule, REGISTER)}


def test_the_table_by_itself_hides_what_its_small_counts_need() -> None:
    itself = found(Rule(2))["This table by itself"]
    assert (itself.shown, itself.hidden, itself.left_out) == (8, 4, 0)
    everything = 2 * (34 + 95 + 129)
    assert itself.value == (2 + 2 + 25 + 30) / everything


def test_merging_the_small_kinds_brings_their_figures_of_others_back() -> None:
    """b and c of F11 are 4 together, which is not small: nothing is hidden any more; six are merged."""
    ways = found(Rule(2))
    merged = ways["b and c as one"]
    assert (merged.hidden, merged.left_out, merged.shown) == (0, 6, 6)
    without = ways["Without the breakdown by kind"]
    assert (without.hidden, without.left_out, without.shown, without.back) == (0, 9, 3, 0)
    by_region = ways["Without figures by police force area"]
    assert (by_region.hidden, by_region.left_out, by_region.shown) == (0, 8, 4)


def test_another_threshold_is_counted_against_the_rule_as_it_is() -> None:
    higher = found(Rule(2))["With a threshold of 4"]
    assert (higher.shown, higher.back) == (8, 0)
    lower = found(Rule(9))["With a threshold of 4"]
    assert lower.shown >= found(Rule(9))["This table by itself"].shown


def test_rounding_hides_nothing_and_changes_what_is_no_multiple() -> None:
    rounded = found(Rule(4))["Rounded to 5s: nothing hidden"]
    assert rounded.hidden == 0
    exact = [one for one in table() if (one.value or 0) % 5 == 0]
    assert rounded.shown <= len(exact)
    assert rounded.changed == 12 - rounded.shown


def test_what_a_rule_beyond_the_threshold_hides_is_one_of_the_ways() -> None:
    figures = [
        figure(area, count, breakdown=breakdown, category=kind)
        for area, kinds in (("F11", {"a": 12, "b": 0, "c": 0}), ("F21", {"a": 12, "b": 5, "c": 0}))
        for breakdown, kind, count in (
            ("", "", sum(kinds.values())),
            *(("kind", *each) for each in kinds.items()),
        )
    ]
    ways = found(replace(Rule(2), whole_groups=True), figures)
    assert (ways["This table by itself"].hidden, ways["Without the rule of whole groups"].back) == (3, 3)
