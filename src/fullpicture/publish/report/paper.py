"""A report as PDF/UA-1: tagged, titled, in its language, each chart with its words; the same bytes each
time."""

from __future__ import annotations

import hashlib
import logging
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from fullpicture.publish.report.document import Document
from fullpicture.publish.report.markup import Wording
from fullpicture.publish.report.pages import grouped
from fullpicture.publish.site.render import environment

INSTALL = (
    'pip install "fullpicture[report]", and Pango of the system (Debian: libpango-1.0-0 libpangoft2-1.0-0).'
)
"""Pages are set in Lato (Debian: fonts-lato), or in the next font of the stylesheet where it is not there."""


def why_no_pdf() -> str:
    """What is missing for a PDF, and what to install; "" where nothing is."""
    try:
        import_module("weasyprint")
    except ImportError:
        return f"No PDF of reports: WeasyPrint is not installed. {INSTALL}"
    except OSError:
        return f"No PDF of reports: WeasyPrint does not find Pango. {INSTALL}"
    return ""


def write_pdf(document: Document, path: Path) -> None:
    """Writes the report as PDF; `why_no_pdf` says whether that can be done."""
    weasyprint: Any = import_module("weasyprint")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    html = print_html(document)
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    weasyprint.HTML(string=html, url_fetcher=_refused).write_pdf(
        path, pdf_variant="pdf/ua-1", pdf_identifier=identifier, stylesheets=[weasyprint.CSS(string=_style())]
    )


def _refused(url: str, *_given: object, **_named: object) -> dict[str, object]:
    """Nothing is fetched for a report: all of it is in the document."""
    raise ValueError(f"{url} is not fetched.")


def _style() -> str:
    return (files("fullpicture.publish") / "templates" / "report.css").read_text(encoding="utf-8")


def print_html(document: Document) -> str:
    """The whole report as one page, for paper."""
    sections = [(section, grouped(section.parts)) for section in document.sections]
    wording = Wording({}, is_print=True)
    template = environment().get_template("report_print.html")
    chart_style = (files("fullpicture.publish") / "templates" / "chart.css").read_text(encoding="utf-8")
    return template.render(document=document, sections=sections, words=wording, chart_style=chart_style)
