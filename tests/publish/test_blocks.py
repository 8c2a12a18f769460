"""What a figure block says: its title, its sentence and its chart speak of the same figure."""

from __future__ import annotations

from fullpicture.publish.blocks import level_block, series_block
from fullpicture.publish.charts import Bar, bar_chart
from fullpicture.publish.figures_by import Series
from tests.publish.editions import figure, table

KENT, ESSEX, ENGLAND = "E23000032", "E23000028", "E92000001"


def series() -> Series:
    rows = [figure(ENGLAND, "2024", 20.0), figure(ENGLAND, "2025", 22.6), figure(KENT, "2025", 10.0)]
    rows += [figure(KENT, "2024", 30.0), figure(ESSEX, "2025", None, absence="c")]
    return Series(table("unsupported", rows))


def test_the_title_and_the_sentence_are_of_the_figure_that_is_read_out() -> None:
    known = series()
    block = series_block(known, [(ENGLAND, "England"), (KENT, "Kent")], "b", known.at(ENGLAND, "2025"))
    assert block.title == "England rose to 22.6%"
    assert block.sentence.startswith("England, year to 31 March 2025: 22.6%")
    fell = series_block(known, [(KENT, "Kent")], "b", known.at(KENT, "2025"))
    assert fell.title == "Kent fell to 10.0%"


def test_a_suppressed_figure_has_no_movement_and_comes_last() -> None:
    known = series()
    assert series_block(known, [(ESSEX, "Essex")], "b", known.at(ESSEX, "2025")).title == "No figure to show"
    shown = [known.at(ESSEX, "2025"), known.at(KENT, "2025"), known.at(KENT, "2024")]
    block = level_block(known, "police force area", [one for one in shown if one], "b")
    assert block.title == "Kent highest, Kent lowest"
    assert [row[:2] for row in block.table.rows] == [["Kent", "30.0"], ["Kent", "10.0"], ["Essex", "[c]"]]
    assert level_block(known, "country", [known.at(ENGLAND, "2025")], "b").title == "By country"  # type: ignore[list-item]


def test_a_long_label_is_broken_over_two_lines_and_not_cut() -> None:
    chart = bar_chart("b", "Title", "What it shows", [Bar("Yorkshire and The Humber", 1.0, "1")])
    assert ">Yorkshire and The</text>" in chart
    assert ">Humber</text>" in chart
