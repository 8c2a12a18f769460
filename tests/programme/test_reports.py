"""The heads of reports, and which edition has which report."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from fullpicture.core.errors import ProgrammeRefused
from fullpicture.core.figure import Figure
from fullpicture.programme.reports import ReportForm, documents_of, funnel_of, written_reports
from fullpicture.publish.report.author import Author
from fullpicture.publish.report.charting import Limits
from tests.publish.editions import figure
from tests.publish.report.nation import publication

DOCS = Path(__file__).resolve().parents[2] / "docs"
HEAD = '+++\ntitle = "Totality"\narea = "England"\nperiod = "2025"\n{more}+++\n'
BODY = '# Scale\n\nThere were {{ figure("crimes") }}.\n'


def programme(folder: Path, text: str) -> Path:
    (folder / "reports").mkdir()
    (folder / "reports" / "totality.md").write_text(text, encoding="utf-8")
    return folder


def test_a_report_is_in_the_editions_that_it_names(tmp_path: Path) -> None:
    found = written_reports(programme(tmp_path, HEAD.format(more='editions = ["public"]\n') + BODY))
    assert found[0].editions == ("public",)
    assert documents_of(found, publication()) == ()


def test_a_report_is_made_of_an_edition(tmp_path: Path) -> None:
    (document,) = documents_of(
        written_reports(programme(tmp_path, HEAD.format(more="") + BODY)), publication()
    )
    assert document.id == "totality"
    assert [sentence.text for _, sentence in document.sentences()] == ["Scale", "There were 1,000 crimes."]
    assert [sentence.source_line for _, sentence in document.sentences()] == [6, 8]


def test_a_programme_without_reports_has_none(tmp_path: Path) -> None:
    assert written_reports(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BODY, "reports/totality.md:1: this report has no head."),
        (HEAD.format(more='colour = "red"\n'), "reports/totality.md colour: this key is not known."),
        (HEAD.format(more="title\n"), "reports/totality.md: its head is not valid TOML"),
        ('+++\ntitle = "A"\narea = "England"\n+++\n', "reports/totality.md period: this key is missing."),
    ],
)
def test_a_head_with_mistakes_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ProgrammeRefused, match="reports") as refused:
        written_reports(programme(tmp_path, text))
    assert said in str(refused.value)


def test_every_key_of_a_head_and_every_call_is_documented() -> None:
    page = (DOCS / "reports.md").read_text(encoding="utf-8")
    keys = [field.name for field in fields(ReportForm)]
    assert [key for key in keys if f"`{key}`" not in page and f"`[[{key}]]`" not in page] == []
    calls = Author.calls(Author.__new__(Author))
    assert [name for name in calls if f"{name}(" not in page] == []


def test_a_funnel_has_the_limits_of_the_statistics_around_the_value_of_all() -> None:
    places = [
        figure(area, "2025", 100 * numerator / 400, numerator=numerator, denominator=400.0)
        for area, numerator in (("E23000032", 100.0), ("E23000028", 108.0))
    ]
    target, limits = funnel_of([Figure(**place) for place in places])
    assert target == pytest.approx(26.0)
    assert [type(one) for one in limits] == [Limits, Limits]
    assert limits[0].limits[0] == pytest.approx((21.87, 30.45), abs=0.5)
    assert not any(one.is_outside for one in limits)


def test_a_report_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert (
        written_reports(programme(tmp_path, "\ufeff" + HEAD.format(more="") + BODY))[0].text.id == "totality"
    )


def test_a_mistake_in_a_head_names_the_line_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeRefused, match="at line 2,"):
        written_reports(programme(tmp_path, '+++\ntitle "A"\n+++\n'))


def test_a_report_that_is_not_utf_8_says_how_to_mend_it(tmp_path: Path) -> None:
    (programme(tmp_path, BODY) / "reports" / "totality.md").write_bytes(b"+++\n\xff\n+++\n")
    with pytest.raises(ProgrammeRefused, match="Save it as UTF-8"):
        written_reports(tmp_path)
