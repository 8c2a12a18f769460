"""The public summary of the invented nation shows public figures, and no other number but those reviewed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fullpicture.demo import write_nation
from fullpicture.programme.build import build
from fullpicture.publish.report.document import Document
from fullpicture.publish.report.saving import saved
from tests.publish.report.accounting import (
    left_over,
    on_paper,
    said_by,
    text_of_page,
    text_of_pdf,
    unaccounted,
    wrong_cells,
)

YEARS = {"2022", "2023", "2024"}
AGES = {"10", "15", "17", "18"}
"""Ages of children, and the band that the most frequent age at the offence is in."""
DAYS = {"30", "90", "180", "365"}
CODES = {"14", "16"}
OF_STATISTICS = {"95", "1,000"}
TYPED = YEARS | AGES | DAYS | CODES | OF_STATISTICS
"""Reviewed: every number that the text of the report has of itself, and why it may."""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_nation(folder / "nation", scale=0.02)
    build(folder / "nation", folder / "build")
    return folder / "build" / "public"


@pytest.fixture(scope="module")
def home(public: Path) -> Path:
    return public / "reports" / "totality"


@pytest.fixture(scope="module")
def document(home: Path) -> Document:
    return saved(home)


def test_the_document_says_public_figures_by_their_rules(public: Path, document: Document) -> None:
    assert document.edition == "public"
    assert unaccounted(document, public, TYPED) == []
    assert sum(one.number is not None for one in document.citations()) > 500


def test_every_section_asked_for_is_there(document: Document) -> None:
    assert [section.id for section in document.sections] == [
        "findings", "scale", "trend", "types", "contact", "place", "victims", "suspects", "family",
        "groups", "delay", "outcomes", "areas", "files", "quality", "method", "glossary", "tables",
    ]  # fmt: skip


def test_pages_show_what_the_document_says_and_no_other_number(home: Path, document: Document) -> None:
    said = list(said_by(document))
    left = {page.name: left_over(text_of_page(page), said) for page in home.glob("*.html")}
    assert {name: found for name, found in left.items() if found} == {}
    assert len(left) == len(document.sections) + 2


def test_the_pdf_shows_what_the_document_says_and_no_other_number(home: Path, document: Document) -> None:
    text = text_of_pdf(home / "totality.pdf", document)
    assert left_over(text, [*said_by(document), *on_paper(document)]) == []
    assert len(text) > 20_000


def test_workbooks_and_csv_hold_the_cells_of_the_tables(home: Path, document: Document) -> None:
    assert wrong_cells(document, home) == []


def test_a_number_that_is_changed_is_found(
    public: Path, home: Path, document: Document, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "totality"))
    page = copy / "scale.html"
    shown = next(one.shown_text for one in document.citations()).split()[0]
    page.write_text(page.read_text(encoding="utf-8").replace(shown, "987,654"), encoding="utf-8")
    assert "987,654" in "".join(left_over(text_of_page(page), said_by(document)))
    table = copy / "tables" / "table-1.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2022,", "2022,1"), encoding="utf-8")
    assert any(one.startswith("csv 1") for one in wrong_cells(document, copy))
    first, *others = document.sections
    heading = replace(first.heading, runs=(replace(first.heading.runs[0], text="Up by 73%"),))
    planted = replace(document, sections=(replace(first, heading=heading), *others))
    assert unaccounted(planted, public, TYPED) == ["text 73: Up by 73%"]
