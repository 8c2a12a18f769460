"""A report as pages of the site: cover with contents, a page for each section, and one of notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fullpicture.publish.publication import Publication
from fullpicture.publish.report.document import (
    Document,
    Paragraph,
    Part,
    ReportChart,
    ReportTable,
    Section,
    Subheading,
)
from fullpicture.publish.report.markup import NOTES, Wording
from fullpicture.publish.site.render import Pages

FOLDER = "reports"
INDEX = "report.html"


@dataclass(frozen=True)
class Group:
    """Parts that are set together: items of one list, or a single part of any other kind."""

    kind: str
    parts: tuple[Part, ...]


def grouped(parts: Sequence[Part]) -> list[Group]:
    """Parts with the items of a list together."""
    found: list[Group] = []
    for part in parts:
        kind = kind_of(part)
        if kind == "item" and found and found[-1].kind == "item":
            found[-1] = Group(kind, (*found[-1].parts, part))
        else:
            found.append(Group(kind, (part,)))
    return found


def kind_of(part: Part) -> str:
    """What a part is, for a template."""
    if isinstance(part, Paragraph):
        return part.kind
    names: dict[type, str] = {Subheading: "subheading", ReportTable: "table", ReportChart: "chart"}
    return names[type(part)]


def places_of(document: Document) -> dict[str, str]:
    """The page on which each id stands."""
    places = {f"{NOTES}-{note.number}": f"{NOTES}.html" for note in document.notes}
    for section in document.sections:
        places[section.id] = page_of(section)
    for section, part in document.parts():
        if isinstance(part, ReportTable | ReportChart | Subheading):
            places[part.id] = page_of(section)
    return places


def page_of(section: Section) -> str:
    """The name of a section's page."""
    return f"{section.id}.html"


def forms_of(document: Document, with_pdf: bool) -> list[tuple[str, str]]:
    """The files a report is issued in beside its pages: names and what they are."""
    forms = [(f"{document.id}.pdf", "PDF, tagged for assistive technology (PDF/UA)")] if with_pdf else []
    return [
        *forms,
        (f"{document.id}.ods", "Every table, OpenDocument"),
        (f"{document.id}.xlsx", "Every table, Excel"),
    ]


def write_pages(document: Document, publication: Publication, folder: Path, with_pdf: bool) -> None:
    """Writes the report's pages into `reports/<id>/` of an edition."""
    pages, base = Pages(publication, folder, {}), f"{FOLDER}/{document.id}"
    wording = Wording(places_of(document))
    shared = {"document": document, "words": wording, "pages": _around(document)}
    forms = forms_of(document, with_pdf)
    pages.write(f"{base}/index.html", document.title, "report_cover.html", lambda: shared | {"forms": forms})
    for section in document.sections:
        content = shared | {"section": section, "groups": grouped(section.parts), "here": page_of(section)}
        title = f"{section.title} – {document.title}"
        pages.write(f"{base}/{page_of(section)}", title, "report_section.html", lambda c=content: c)  # type: ignore[misc]
    notes = shared | {"here": f"{NOTES}.html"}
    pages.write(f"{base}/{NOTES}.html", f"Notes – {document.title}", "report_notes.html", lambda: notes)


def _around(document: Document) -> list[tuple[str, str]]:
    """Pages in order, with what leads to them."""
    sections = [(page_of(one), f"{one.number}. {one.title}") for one in document.sections]
    return [("index.html", "Contents"), *sections, (f"{NOTES}.html", "Notes")]


def write_index(publication: Publication, folder: Path, with_pdf: bool) -> None:
    """Writes `report.html`: every report of the edition with its forms."""
    listed = [(one, forms_of(one, with_pdf)) for one in publication.reports]
    Pages(publication, folder, {}).write(INDEX, "Reports", "reports.html", lambda: {"listed": listed})
