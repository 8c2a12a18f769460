"""Every form of a report says the same, and says it to everybody."""

from __future__ import annotations

import gzip
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from fullpicture.publish.report.document import Correction
from fullpicture.publish.report.paper import print_html, why_no_pdf, write_pdf
from fullpicture.publish.report.saving import saved
from fullpicture.publish.report.write import write_reports
from tests.publish.report.nation import document, publication

BODY = """# Scale of {{ figure("crimes") }} {#scale}

There were **{{ figure("crimes") }}**; see {{ ref("kinds") }}.
A third: {{ in_words("children_where_known_pct") }}.

- One.
- Two & three.

> Mind the [method](https://example.org/method).

## By kind

{{ table("crimes", by="kind", share=True, id="kinds") }}

# Places {#places}

{{ chart("children_where_known_pct", level="police force area") }}

{{ chart("children_where_known_pct", level="police force area", kind="funnel", id="funnel") }}

{{ tables() }}
"""


@pytest.fixture(scope="module")
def made() -> object:
    corrected = (Correction("2025-07-01", "Table 2 was wrong."),)
    return document(BODY, subtitle="What was recorded", corrections=corrected)


@pytest.fixture(scope="module")
def folder(made: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("edition")
    write_reports(replace(publication(), reports=(made,)), where)  # type: ignore[arg-type]
    return where


def test_an_edition_has_the_report_in_every_form(folder: Path) -> None:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    home = "reports/totality/"
    pages = {f"{home}{name}.html" for name in ("index", "scale", "places", "notes")}
    books = {f"{home}totality.{ending}" for ending in ("ods", "xlsx", "pdf")}
    tables = {f"{home}tables/table-{number}.csv" for number in (1, 2)}
    assert found == {"report.html", f"{home}document.json"} | pages | books | tables


def test_what_is_saved_is_the_document(folder: Path, made: object) -> None:
    assert saved(folder / "reports" / "totality") == made


def test_pages_say_the_text_with_notes_and_links(folder: Path) -> None:
    page = (folder / "reports/totality/scale.html").read_text(encoding="utf-8")
    shown = '<strong><data value="crimes/E92000001/reporting:2025//">1,000 crimes</data></strong>'
    assert shown in page
    assert '<a href="scale.html#kinds">table 1</a>' in page
    assert '<sup><a href="notes.html#notes-1"><span class="unseen">note </span>1</a></sup>' in page
    assert "<li>Two &amp; three.</li>" in page
    assert '<a href="https://example.org/method">method</a>' in page
    cover = (folder / "reports/totality/index.html").read_text(encoding="utf-8")
    assert "2025-07-01: Table 2 was wrong." in cover
    assert "Invented Office, Totality (internal), version 1.0, 2025-06-01." in cover


def test_pages_are_small(folder: Path) -> None:
    assert max(len(gzip.compress(page.read_bytes())) for page in folder.rglob("*.html")) < 60_000


def test_a_table_as_csv_has_numbers_as_numbers(folder: Path) -> None:
    text = (folder / "reports/totality/tables/table-1.csv").read_text(encoding="utf-8")
    assert text.splitlines() == [
        "Kind,Mar 2025 (crimes),Mar 2025 (% of all)", "image,600,60.0", "rape,[c],[c]",
        "not recorded,330,33.0", "All,1000,100.0",
    ]  # fmt: skip


def test_the_pdf_is_tagged_titled_and_speaks_for_its_charts(folder: Path, made: object) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(folder / "reports/totality/totality.pdf") as pdf:
        root = pdf.Root
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Totality (internal)"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        figures = [node for node in nodes(root.StructTreeRoot) if node.get("/S") == "/Figure"]
        tables = [node for node in nodes(root.StructTreeRoot) if node.get("/S") == "/Table"]
    charts = made.charts  # type: ignore[attr-defined]
    assert all(chart.alt in str(node.Alt) for node, chart in zip(figures, charts, strict=True))
    assert len(tables) == 2


def nodes(tree: object) -> list[object]:
    """Every element of a structure tree, in order."""
    pikepdf = import_module("pikepdf")
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary):
            found.append(node)
            children = node.get("/K")
            waiting += reversed(list(children)) if isinstance(children, pikepdf.Array) else [children]
    return found


def test_the_same_document_is_the_same_bytes(made: object, folder: Path, tmp_path: Path) -> None:
    write_pdf(made, tmp_path / "again.pdf")  # type: ignore[arg-type]
    assert (tmp_path / "again.pdf").read_bytes() == (folder / "reports/totality/totality.pdf").read_bytes()


def test_paper_has_no_links_to_pages_of_the_site() -> None:
    html = print_html(document("# A\n\nSee [returns](../../returns/index.html).\n"))
    assert "returns/index.html" not in html


@pytest.mark.parametrize(
    ("error", "said"),
    [(ImportError(), "WeasyPrint is not installed."), (OSError(), "WeasyPrint does not find Pango.")],
)
def test_without_its_libraries_there_is_no_pdf_and_it_is_said(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> None:
        raise error

    monkeypatch.setattr("fullpicture.publish.report.paper.import_module", broken)
    assert said in why_no_pdf()
    assert "fullpicture[report]" in why_no_pdf()
