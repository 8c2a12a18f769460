"""Writes an edition's reports in every form: pages, PDF, workbooks, CSV, and the document itself."""

from __future__ import annotations

from pathlib import Path

from fullpicture.publish.publication import Publication
from fullpicture.publish.report.books import write_books
from fullpicture.publish.report.pages import FOLDER, write_index, write_pages
from fullpicture.publish.report.paper import why_no_pdf, write_pdf
from fullpicture.publish.report.saving import save


def write_reports(publication: Publication, folder: Path) -> None:
    """Writes `report.html` and `reports/<id>/`; nothing where the edition has no reports."""
    if not publication.reports:
        return
    with_pdf = not why_no_pdf()
    write_index(publication, folder, with_pdf)
    for document in publication.reports:
        home = folder / FOLDER / document.id
        home.mkdir(parents=True, exist_ok=True)
        write_pages(document, publication, folder, with_pdf)
        write_books(document, publication, home)
        save(document, home)
        if with_pdf:
            write_pdf(document, home / f"{document.id}.pdf")
