"""Accounts for every number that a report shows: a public figure by its rule, or on a reviewed list."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import python_calamine
from pypdf import PdfReader

from fullpicture.core.table import Description
from fullpicture.publish.report.citing import number_of
from fullpicture.publish.report.document import Citation, Document, ReportChart, Sentence
from fullpicture.publish.report.rounding import said_of

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR = re.compile(r"(?:20\d\d(?:-\d\d)?)+")
_MARKER = re.compile(r"\s*\d+\.\s*")
_MARKS = re.compile(r" \[[a-z]+\]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def numbers(text: str) -> list[str]:
    """The numbers of a text; a date is none, and neither is the mark of a number with letters (MSOA11)."""
    return NUMBER.findall(_ISO.sub(" ", text))


class Figures:
    """The figures and the coverage of an edition, as its files have them."""

    def __init__(self, edition: Path, described: Mapping[str, Description]) -> None:
        self.described = described
        self.values: dict[str, dict[str, str]] = {}
        with (edition / "figures.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                parts = (row["indicator"], row["area_code"], f"{row['period_kind']}:{row['period']}",
                         row["breakdown"], row["category"])  # fmt: skip
                self.values["/".join(parts)] = row
        self.covered: dict[tuple[str, str], tuple[str, str]] = {}
        with (edition / "coverage.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                at = (row["indicator"], f"{row['period_kind']}:{row['period']}")
                self.covered[at] = (row["areas_in"], row["areas_expected"])

    def has(self, one: Citation) -> bool:
        """Whether a citation shows a figure of the edition, rounded by its rule."""
        if one.number is None:
            return not numbers(one.shown_text)
        if one.claim in ("areas in", "areas expected"):
            indicator, _, when = one.figure_id.split("/")[:3]
            found = self.covered[indicator, when]
            return one.shown_text == found[one.claim == "areas expected"]
        return one.figure is not None and self._is_public(one.figure) and self._is_rounded(one)

    def _is_public(self, figure: object) -> bool:
        row = self.values[figure.id]  # type: ignore[attr-defined]
        sides = ("value", "lower", "upper", "numerator", "denominator")
        said = [None if row[side] == "" else float(row[side]) for side in sides]
        return said == [getattr(figure, side) for side in sides]

    def _is_rounded(self, one: Citation) -> bool:
        assert one.figure is not None
        assert one.number is not None
        if one.against is not None and not self._is_public(one.against):
            return False
        unit = {"share": "%", "base": "", "unknown": ""}.get(one.claim, one.figure.unit)
        described = self.described[one.figure.indicator]
        again = said_of(one.figure._replace(unit=unit), one.number, one.rule, described)
        return number_of(one.figure, one.claim, one.against) == one.number and again == one.shown_text


def unaccounted(document: Document, edition: Path, typed: Iterable[str]) -> list[str]:
    """What a document says in numbers that is no figure of its edition and is not listed as typed."""
    figures, allowed = Figures(edition, document.descriptions), set(typed)
    found: list[str] = []
    found += [
        f"figure {one.figure_id} {one.shown_text}" for one in document.citations() if not figures.has(one)
    ]
    for _, sentence in document.sentences():
        outside = sentence.text_outside_citations
        found += [f"text {n}: {outside}" for n in numbers(outside) if n not in allowed]
    for table in document.tables:
        for row, cited in zip(table.rows, table.cited, strict=True):
            for cell, one in zip(row[1:], cited[1:], strict=True):
                if _MARKS.sub("", cell) != (one.shown_text if one else "") and numbers(cell):
                    found.append(f"table {table.number}: {cell}")
    for chart in document.charts:
        shown = {one.shown_text for one in chart.cited} | set(chart.axis)
        found += [
            f"chart {chart.number}: {text}" for text in texts_of(chart) if numbers(text) and text not in shown
        ]
    return found


def texts_of(chart: ReportChart) -> list[str]:
    """What stands in a chart."""
    return [text for text in re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg) if text]


def left_over(text: str, said: Iterable[str]) -> list[str]:
    """The numbers of a form that are in nothing that the document says; spaces play no part."""
    rest = _close(text)
    for one in sorted({_close(one) for one in said if numbers(one)}, key=len, reverse=True):
        rest = rest.replace(one, "|")
    return [number for number in numbers(rest) if not _YEAR.fullmatch(number)]


def _close(text: str) -> str:
    return "".join(text.split())


def said_by(document: Document) -> Iterator[str]:
    """Everything that a document says, as a form prints it, in the pieces that forms keep together."""
    for section, sentence in document.sentences():
        yield "".join(run.text for run in sentence.runs)
        yield _with_notes(sentence)
        yield f"{section.number}. {section.title}"
    for table in document.tables:
        yield f"Table {table.number}: {table.title}"
        yield f"Table {table.number} as CSV"
        yield "".join(table.columns)
        for row in table.rows:
            yield "".join(row)
        yield " ".join(table.notes)
    for chart in document.charts:
        yield f"Figure {chart.number}: {chart.title}"
        yield f"(figure {chart.number})"
        yield f"{chart.title}{chart.alt}"
        yield "".join(texts_of(chart))
        yield " ".join(chart.notes)
    for note in document.notes:
        yield note.text
    yield from (document.title, document.subtitle, document.notice, document.how_to_cite, document.contact)
    yield from (f"version {document.version}", f"Version {document.version}")


def _with_notes(sentence: Sentence) -> str:
    """As pages print it, for those who listen: note 1,note 2."""
    parts, again = [], False
    for run in sentence.runs:
        parts.append(f"{',' if again else ''}note {run.text}" if run.note else run.text)
        again = bool(run.note)
    return "".join(parts)


def on_paper(document: Document) -> Iterator[str]:
    """What only paper prints: several notes with commas, numbers of notes, heads of pages."""
    for _, sentence in document.sentences():
        marks = [run.text for run in sentence.runs if run.note]
        yield sentence.text + ",".join(marks)
    for note in document.notes:
        yield f"{note.number}. {note.text}"


class _Text(HTMLParser):
    """What an HTML page shows; charts' lines and the head are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_main = self._in_main or tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self._in_main = self._in_main and tag != "main"

    def handle_data(self, data: str) -> None:
        if self._in_main:
            self.found.append(data)


def text_of_page(path: Path) -> str:
    """The text of a page's main part."""
    reader = _Text()
    reader.feed(path.read_text(encoding="utf-8"))
    return "".join(reader.found)


def text_of_pdf(path: Path, document: Document) -> str:
    """The text of all pages but the contents, without numbers of pages and notes and charts' lines.

    A chart's texts are lines of their own on paper; years among them stay, for captions may end with one.
    """
    pages = PdfReader(path).pages
    texts = [page.extract_text() for page in pages]
    first = next(at for at, text in enumerate(texts) if at and "Contents" not in text and ". . ." not in text)
    texts = [re.sub(rf"(?m)^\d+ of {len(pages)}$", "", text) for text in [texts[0], *texts[first:]]]
    heads = {document.title, "Public summary"}
    within = heads | {one for chart in document.charts for one in texts_of(chart) if not _YEAR.fullmatch(one)}
    lines = [line for text in texts for line in text.split("\n")]
    return "\n".join(line for line in lines if line.strip() not in within and not _MARKER.fullmatch(line))


def wrong_cells(document: Document, home: Path) -> list[str]:
    """Cells of workbooks and of CSV files that are not those of the document's tables."""
    found = []
    for ending in ("xlsx", "ods"):
        book = python_calamine.CalamineWorkbook.from_path(str(home / f"{document.id}.{ending}"))
        assert book.sheet_names[3:] == [str(table.number) for table in document.tables]
        for table in document.tables:
            rows = book.get_sheet_by_name(str(table.number)).to_python()[-len(table.rows) :]
            found += [f"{ending} {table.number} {a}" for a in _differing(rows, table.rows)]
    for table in document.tables:
        with (home / "tables" / f"table-{table.number}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        found += [f"csv {table.number} {a}" for a in _differing(rows, table.rows)]
    return found


def _differing(rows: Iterable[Iterable[object]], said: Iterable[Iterable[str]]) -> list[str]:
    pairs = (
        (_number(cell), _number(one)) for row, line in zip(rows, said, strict=True)
        for cell, one in zip(row, line, strict=True)
    )  # fmt: skip
    return [f"{cell} for {one}" for cell, one in pairs if cell != one]


def _number(cell: object) -> object:
    text = str(cell).replace(",", "").replace("\N{MINUS SIGN}", "-")
    try:
        return float(text)
    except ValueError:
        return text
