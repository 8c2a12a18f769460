"""The checks themselves: codes, documentation, and words that must not alarm anybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fullpicture.publish.report.document import Document
from fullpicture.publish.review.checks import CHECKS, findings
from fullpicture.publish.review.reviewed import PageFacts
from scripts.write_checks import page
from tests.publish.review.reports import CLEAN, document, planted, reviewed

DOCS = Path(__file__).resolve().parents[3] / "docs" / "review.md"


def test_codes_are_unique_and_the_page_of_checks_is_as_they_are() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    text = DOCS.read_text(encoding="utf-8")
    assert page(text) == text, "run scripts/write_checks.py"


@pytest.mark.parametrize(
    "sentence",
    [
        "Counts of 1 to 9 are not the concern of this section, which follows the Sexual Offences Act 2003.",
        "Figures for 2023/24 were revised on 14 March 2025.",
        "A crime with no outcome yet is still open.",
        "The first half of the year is not shown apart, nor is the third quarter.",
        "A higher threshold hides more, and a lower one less.",
        "An increase in reporting can hide a decrease in crime.",
        "Whether crimes rose cannot be said.",
        "Crimes that fell outside the definition are left out.",
        "Victims who declined to support action are counted by outcome.",
        "One of the two coders read each file; no one else did.",
        "Rates are per 1,000 residents, with 95% confidence intervals.",
        "Suspects aged 10 to 17 are children; so is everybody under 18.",
        "See table 1, figures 2 and 3, and note 4.",
        "Children growing up now use other services.",
    ],
)
def test_what_claims_nothing_alarms_nobody(sentence: str) -> None:
    found = [one for one in planted(sentence) if one.code not in ("REV-028",)]
    assert [str(one) for one in found] == []


def _with_table(made: Document, at: int, **changed: object) -> Document:
    """The document with one table changed."""
    target = made.tables[at]
    sections = tuple(
        replace(
            section,
            parts=tuple(
                replace(part, **changed) if part is target else part  # type: ignore[arg-type]
                for part in section.parts
            ),
        )
        for section in made.sections
    )
    return replace(made, sections=sections)


def _codes(made: Document, **other: object) -> dict[str, str]:
    return {one.code: str(one) for one in findings(reviewed(made, **other))}  # type: ignore[arg-type]


def test_two_titles_over_the_same_numbers_are_found() -> None:
    made = document(CLEAN)
    victims = made.tables[1]
    found = _codes(_with_table(made, 2, rows=victims.rows, cited=victims.cited))
    assert 'has the same numbers as the table "Victims by ethnicity' in found["REV-013"]
    assert "table 3" in found["REV-013"]


def test_a_total_that_does_not_add_is_found() -> None:
    made = document(CLEAN)
    rows = tuple(
        (row[0], "1,200", *row[2:]) if row[0] == "All" else row for row in made.tables[1].rows
    )  # fmt: skip
    found = _codes(_with_table(made, 1, rows=rows))
    assert "the rows add up to 1,100, and the total is 1,200" in found["REV-014"]


def test_a_number_that_is_not_its_figures_is_found() -> None:
    made = document(CLEAN)
    cited = tuple(tuple(one and replace(one, shown_text="75") for one in row) for row in made.tables[1].cited)
    assert 'is shown, and the figure is "' in _codes(_with_table(made, 1, cited=cited))["REV-002"]


def test_symbols_captions_descriptions_and_certificates_are_looked_at() -> None:
    made = document(CLEAN)
    rows = (("Asian", "[c]"), *made.tables[1].rows[1:])
    assert "[c] is not explained" in _codes(_with_table(made, 1, rows=rows, notes=()))["REV-016"]
    untold = _with_table(made, 1, title="Victims", columns=("Ethnicity", "Number"))
    assert "does not say its" in _codes(untold)["REV-017"]
    assert "suspects is not in the certificate" in "".join(
        str(one)
        for one in findings(
            reviewed(document(CLEAN, name="public"), certified=frozenset({"crimes", "victims"}))
        )
        if one.code == "REV-027"
    )


def test_a_link_to_nowhere_and_a_picture_without_words_are_found() -> None:
    pages = (
        PageFacts(
            "a/report.html", frozenset(), ("../gone.html", "#top", "http:/x", "mailto:a@b.org"), ("x",)
        ),
    )
    found = [
        str(one)
        for one in findings(reviewed(document(CLEAN), pages=pages, files=frozenset({"a/report.html"})))
    ]
    assert sum("REV-026" in one for one in found) == 3
    assert sum("REV-025" in one for one in found) == 1


def test_a_single_case_is_told_to_nobody_outside() -> None:
    text = CLEAN.replace("\n# Who", "\nThe youngest suspect was a toddler.\n\n# Who")
    assert "REV-022" in _codes(document(text, name="public"))
    assert "REV-022" not in _codes(document(text))
