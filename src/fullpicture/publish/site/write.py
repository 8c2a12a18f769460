"""Writes every page of an edition: home, indicators, areas, an index, methods, data, about."""

from __future__ import annotations

from pathlib import Path

from fullpicture.core.absence import Absence
from fullpicture.publish.files import lines_of
from fullpicture.publish.publication import Publication
from fullpicture.publish.site.area_page import area_page
from fullpicture.publish.site.compare_page import compare_page
from fullpicture.publish.site.find_page import find_page
from fullpicture.publish.site.grouped import Grouped, called
from fullpicture.publish.site.home_page import home_page
from fullpicture.publish.site.indicator_page import indicator_page
from fullpicture.publish.site.neighbours_page import COLUMNS, neighbours_page, neighbours_rows
from fullpicture.publish.site.render import copy_asset, write_page


def write_site(publication: Publication, folder: Path) -> None:
    """Writes the static site of an edition into a folder."""
    grouped = Grouped(publication)
    for asset in ("style.css", "site.js"):
        copy_asset(asset, folder)

    def page(path: str, title: str, content: dict[str, object]) -> None:
        write_page(publication, folder, path, title, content)

    page("index.html", publication.title, home_page(grouped))
    for id_, series in grouped.series.items():
        page(f"indicators/{id_}.html", series.description.title, indicator_page(grouped, series))
    for area in grouped.areas:
        page(f"areas/{area.code}.html", f"{called(area)}, {area.level}", area_page(grouped, area))
    for code in grouped.neighbours:
        area = grouped.register.area(code)
        title = f"{area.name} beside its neighbours"
        page(f"neighbours/{code}.html", title, neighbours_page(grouped, area))
        lines = lines_of([COLUMNS, *neighbours_rows(grouped, area)])
        (folder / "neighbours" / f"{code}.csv").write_text("".join(lines), encoding="utf-8", newline="")
    page("find.html", "Find an indicator or a place", find_page(grouped))
    page("compare.html", "Compare places and indicators", compare_page(grouped))
    page("methods.html", "Methods and definitions", _methods(grouped))
    page("data.html", "Data to download", {"template": "data"})
    page("about.html", "About this publication", {"template": "about"})


def _methods(grouped: Grouped) -> dict[str, object]:
    coverage = {
        id_: max(series.coverage, key=lambda row: str(row["period"]), default=None)
        for id_, series in grouped.series.items()
    }
    return {
        "template": "methods",
        "descriptions": [series.description for series in grouped.series.values()],
        "coverage": coverage,
        "absences": list(Absence),
    }
