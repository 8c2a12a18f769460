"""What an author writes and what a reader reads."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from fullpicture.core.errors import ProgrammeRefused
from fullpicture.publish.report.citing import number_of
from fullpicture.publish.report.rounding import said_of
from tests.publish.report.nation import change, children, crimes, document, said


def test_figures_come_by_name_with_their_unit() -> None:
    assert said('There were {{ figure("crimes") }} in {{ latest }}, to the nearest hundred '
                '{{ figure("crimes", 2024, nearest=100) }} before.') == [
        "There were 1,000 crimes in 2025, to the nearest hundred 900 crimes before."]  # fmt: skip


def test_words_come_from_the_value() -> None:
    assert said('It {{ words_of_change("crimes") }}. It is {{ times("crimes", 2025, 2023) }} that of 2023. '
                'Of all, {{ share("crimes", by="kind", of="image", in_words=True) }} were of images.') == [
        "It rose by 6.4%.",
        "It is about four times that of 2023.",
        "Of all, about three fifths were of images.",
    ]  # fmt: skip


def test_a_share_of_what_is_known_prints_its_base_and_the_unknowns() -> None:
    assert said('Children were {{ in_words("children_where_known_pct") }}.') == [
        "Children were about a third (of 900 where known; not known for 100)."]  # fmt: skip


def test_a_withheld_figure_makes_its_sentence_say_so_or_fall_away() -> None:
    body = 'Rape: {{ share("crimes", by="kind", of="rape") }}. All: {{ figure("crimes") }}.'
    assert said(body) == [
        "Crimes recorded, rape, England, year to 31 March 2025: suppressed to protect people [c].",
        "All: 1,000 crimes.",
    ]
    assert said(body, falls_away=True) == ["All: 1,000 crimes."]
    assert said(body.replace('of="rape"', 'of="rape", withheld="drop"')) == ["All: 1,000 crimes."]


def test_periods_on_different_areas_are_not_compared() -> None:
    body = 'It is {{ times("crimes", 2025, 2023) }} that of 2023.'
    (refused,) = said(body, crimes(y2023="E23000028"))
    assert refused.endswith(
        "not compared: 2 areas are in year to 31 March 2025 and 1 in year to 31 March 2023, not the same "
        "ones."
    )


def test_a_refused_change_says_why() -> None:
    remark = "Not compared: there is no figure for year to 31 March 2024."
    refused = change(None, absence="x", remark=remark)
    assert said('It {{ words_of_change("crimes") }}.', crimes(), refused) == [
        "Change in crimes, England, year to 31 March 2025: "
        "not compared: there is no figure for year to 31 March 2024."]  # fmt: skip


def test_what_is_not_known_is_never_called_the_most() -> None:
    assert said('Most: {{ most("crimes", by="kind", count=2) }}.') == ["Most: image (60.0%)."]


def test_every_citation_can_be_made_again_from_its_figure() -> None:
    made = document(
        '# A\n\n{{ figure("crimes") }} {{ words_of_change("crimes") }} '
        '{{ interval("children_where_known_pct") }} '
        '{{ in_words("children_where_known_pct") }} {{ share("crimes", by="kind", of="image") }}\n\n'
        '{{ table("crimes", by="kind", share=True) }}\n\n{{ chart("children_where_known_pct", '
        'level="police force area", kind="funnel") }}\n\n{{ tables() }}\n'
    )
    found = [one for one in made.citations() if one.number is not None]
    for one in found:
        assert one.figure is not None
        if one.claim not in ("areas in", "areas expected"):
            assert number_of(one.figure, one.claim, one.against) == one.number
        unit = {"share": "%", "base": "", "unknown": ""}.get(one.claim, one.figure.unit)
        described = made.descriptions[one.figure.indicator]
        again = said_of(one.figure._replace(unit=unit), one.number, one.rule, described)
        assert again == one.shown_text
    assert len(found) > 15


def test_tables_and_charts_are_numbered_and_referred_to() -> None:
    made = document(
        '# A\n\nSee {{ ref("late") }} and {{ ref("bars") }}.\n\n'
        '{{ chart("crimes", by="kind", id="bars") }}\n\n{{ table("crimes", periods="all", id="late") }}\n\n'
        "# Tables\n\n{{ tables() }}\n"
    )
    assert [sentence.text for _, sentence in made.sentences()][1] == "See table 1 and figure 1."
    assert [(table.number, table.id) for table in made.tables] == [(1, "late"), (2, "table-1")]
    assert made.charts[0].table == "table-1"
    assert made.charts[0].alt.startswith("image 600 crimes; not recorded 330 crimes")
    assert made.tables[1].rows[-1] == ("All", "1,000")


def test_a_table_by_kind_shows_what_is_withheld_and_explains_the_symbol() -> None:
    (table,) = document('# A\n\n{{ table("crimes", by="kind", share=True) }}\n').tables
    assert table.columns == ("Kind", "Mar 2025 (crimes)", "Mar 2025 (% of all)")
    assert table.rows == (
        ("image", "600", "60.0"), ("rape", "[c]", "[c]"), ("not recorded", "330", "33.0"),
        ("All", "1,000", "100.0"),
    )  # fmt: skip
    assert table.notes == ("[c] suppressed to protect people.",)


def test_each_indicator_has_one_note_with_its_coverage_and_caveat() -> None:
    made = document(
        '# A\n\n{{ figure("crimes") }} now. {{ figure("crimes", 2024) }} then.\n',
        crimes(y2024="x"),
    )
    (note,) = made.notes
    assert note.text == (
        "Crimes recorded. Crimes recorded in the year. Counts crimes. "
        "Coverage of areas: 1 of 2 in Mar 2024, 2 of 2 in Mar 2025. Shown as whole numbers."
    )
    marks = [run.note for _, sentence in made.sentences() for run in sentence.runs if run.note]
    assert marks == [1, 1]


def test_all_mistakes_are_said_at_once_with_their_lines() -> None:
    body = (
        '# A\n\n{{ figure("crime") }} and\n{{ figure("crimes", 2019) }} and '
        '{{ figure("crimes", by="sort") }}.\n'
        '\n{{ table("crimes", level="parish") }}\n'
    )
    with pytest.raises(ProgrammeRefused) as refused:
        document(body)
    assert [str(one) for one in refused.value.mistakes] == [
        'reports/totality.md:7: there is no indicator "crime". Did you mean crimes?',
        "reports/totality.md:8: crimes has no period 2019. Write one of 2023, 2024, 2025.",
        'reports/totality.md:8: crimes is not broken down by "sort". Known here: kind.',
        'reports/totality.md:10: crimes has no figures of a "parish". '
        "Known here: country, police force area.",
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Before.\n", "reports/totality.md:5: this stands before the first heading."),
        ("# A\n\n{{ figure( }}\n", "reports/totality.md:7: this is no template"),
        ("# A\n\n{{ nothing }}\n", "reports/totality.md:7: 'nothing' is undefined."),
        ("# A\n\n```\ncode\n```\n", "a report cannot have this (fence code)."),
        ('# A\n\nSee {{ table("crimes") }}.\n', "reports/totality.md:7: a table or a chart stands within"),
        ('# A\n\n{{ ref("x") }}\n', 'reports/totality.md:7: there is no table or chart "x".'),
        ("# A\n\n{{ ''.__class__ }}\n", "reports/totality.md:7: access to attribute"),
    ],
)
def test_what_is_no_report_is_refused(body: str, said: str) -> None:
    with pytest.raises(ProgrammeRefused, match="reports") as refused:
        document(body)
    assert said in str(refused.value)


def test_a_chart_says_where_its_series_has_a_break() -> None:
    broken = crimes()
    marks = pa.array(["b" if year == "2024" else "" for year in broken.figures["period"].to_pylist()])
    place = broken.figures.schema.get_field_index("note")
    broken = replace(broken, figures=broken.figures.set_column(place, "note", marks))
    made = document('# A\n\n{{ chart("crimes", periods="all") }}\n\n{{ tables() }}\n', broken)
    assert made.charts[0].notes[0] == (
        "A break in the series: Mar 2024. Before and after are not to be compared."
    )
    assert made.tables[0].rows[1][1] == "940 [b]"


def test_the_same_table_stands_once() -> None:
    body = '# A\n\n{{ table("crimes", by="kind") }}\n\n{{ table("crimes", by="kind", title="Again") }}\n'
    with pytest.raises(ProgrammeRefused, match="stands in the text already"):
        document(body)


def test_an_id_that_stands_twice_is_a_mistake() -> None:
    body = '# A {#kinds}\n\n{{ table("crimes", by="kind", id="kinds") }}\n\n## B {#kinds}\n\nC.\n'
    with pytest.raises(ProgrammeRefused) as refused:
        document(body)
    assert [(mistake.where[-2:], mistake.what) for mistake in refused.value.mistakes] == [
        (":7", 'the id "kinds" stands in line 5 already.'),
        (":9", 'the id "kinds" stands in line 5 already.'),
    ]


def test_a_heading_may_cite_and_lists_and_caveats_are_set_apart() -> None:
    made = document(
        '# Crimes {{ words_of_change("crimes") }} {#rise}\n\n- **One** {{ figure("crimes") }}\n'
        '- Two.\n\n> Mind.\n',
        crimes(), change(), children(),
    )  # fmt: skip
    (section,) = made.sections
    assert (section.title, section.id) == ("Crimes rose by 6.4%", "rise")
    assert [part.kind for part in section.parts] == ["item", "item", "caveat"]  # type: ignore[union-attr]
    assert section.parts[0].sentences[0].runs[0].strong  # type: ignore[union-attr]


def test_an_author_may_ask_whether_there_is_a_figure() -> None:
    body = '{% if has("crimes", by="kind") %}\nYes.\n{% endif %}\n{% if has("other") %}\nNo.\n{% endif %}'
    assert said(body) == ["Yes."]
