"""A report of 40 pages with 30 charts as tagged PDF, beside Chromium printing the same page.

Run: python -m benchmarks.report. The invented nation is built once; timed are reading and setting its report.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pikepdf

from benchmarks.measure import Measured, measured
from fullpicture.demo import write_nation
from fullpicture.programme.build import build
from fullpicture.publish.report.document import Document, ReportChart
from fullpicture.publish.report.paper import print_html, write_pdf
from fullpicture.publish.report.saving import saved

CHARTS = 30
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
)  # fmt: skip


def report(home: Path) -> Document:
    """The report of the invented nation, with as many of its charts again as make 30."""
    document = saved(home)
    again = [
        replace(
            chart,
            id=f"{chart.id}-again",
            number=CHARTS - at,
            svg=chart.svg.replace(chart.id, f"{chart.id}-again"),
        )
        for at, chart in enumerate(document.charts[: CHARTS - len(document.charts)])
    ]
    last = document.sections[-1]
    return replace(document, sections=(*document.sections[:-1], replace(last, parts=(*last.parts, *again))))


def ours(home: Path, to: Path) -> None:
    """Reads the document and writes it as PDF/UA."""
    write_pdf(report(home), to)


def peer(page: Path, to: Path) -> None:
    """Chromium prints the same page; it sets no contents with numbers of pages and no heads."""
    profile = tempfile.mkdtemp()
    chromium = shutil.which("chromium") or "chromium"
    command = [chromium, *_QUIET, f"--user-data-dir={profile}", f"--print-to-pdf={to}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    shutil.rmtree(profile, ignore_errors=True)


def main() -> None:
    """Builds the invented nation once and prints what both took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_nation(folder / "nation", scale=0.02)
        build(folder / "nation", folder / "build")
        home = folder / "build" / "public" / "reports" / "totality"
        document = report(home)
        page = folder / "report.html"
        page.write_text(print_html(document), encoding="utf-8")
        own = measured(ours, home, folder / "ours.pdf")
        print(_said("ours", own, folder / "ours.pdf", document))
        if shutil.which("chromium"):
            other = measured(peer, page, folder / "peer.pdf")
            print(_said("Chromium", other, folder / "peer.pdf", document))
            time, memory = own.seconds / other.seconds, own.mebibytes / other.mebibytes
            print(f"ratio: {time:.2f} of time, {memory:.2f} of memory")


def _said(who: str, found: Measured, path: Path, document: Document) -> str:
    with pikepdf.open(path) as pdf:
        pages = len(pdf.pages)
    charts = sum(isinstance(part, ReportChart) for _, part in document.parts())
    took = f"{found.seconds:.2f} s, {found.processor:.2f} s of processor, {found.mebibytes:.0f} MiB"
    return f"{who}: {pages} pages, {charts} charts: {took}"


if __name__ == "__main__":
    main()
