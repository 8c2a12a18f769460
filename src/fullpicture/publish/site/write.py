"""Writes every page of an edition: home, indicators, areas, neighbours, an index, methods, data, about."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from fullpicture.core.absence import Absence
from fullpicture.publish.files import lines_of
from fullpicture.publish.kept import Kept, Nothing
from fullpicture.publish.publication import Publication
from fullpicture.publish.site.area_page import area_page
from fullpicture.publish.site.compare_page import compare_page
from fullpicture.publish.site.find_page import find_page
from fullpicture.publish.site.grouped import Grouped
from fullpicture.publish.site.home_page import home_page
from fullpicture.publish.site.neighbours_page import neighbours_page
from fullpicture.publish.site.neighbours_row import COLUMNS
from fullpicture.publish.site.places import called
from fullpicture.publish.site.render import Bodies, Pages
from fullpicture.publish.site.themes_page import question_page

OF_THE_EDITION = ("methods.html", "data.html", "about.html")
"""Pages that speak of their edition: they are never taken from another one."""


def write_site(
    publication: Publication,
    folder: Path,
    bodies: Bodies | None = None,
    like: Grouped | None = None,
    kept: Kept | None = None,
) -> Grouped:
    """Writes the static site of an edition into a folder.

    Args:
        bodies: what the pages of an edition that says the same show, by path; filled where it is empty.
        like: the figures of such an edition, grouped.
        kept: what indicators say on pages, of earlier builds.

    Returns:
        The figures grouped, for an edition that says the same.
    """
    grouped = like.of(publication) if like else Grouped(publication, kept or Nothing())
    shared: Bodies = {} if bodies is None else bodies
    for path in OF_THE_EDITION:
        shared.pop(path, None)
    pages = Pages(publication, folder, shared)
    for asset in ("style.css", "site.js"):
        pages.copy(asset)
    pages.write("index.html", publication.title, "home.html", partial(home_page, grouped))
    for id_, series in grouped.series.items():
        pages.put(f"indicators/{id_}.html", series.description.title, grouped.parts[id_].page[""])
    for area in grouped.places.areas:
        title = f"{called(area)}, {area.level}"
        pages.write(f"areas/{area.code}.html", title, "area.html", partial(area_page, grouped, area))
    _write_neighbours(grouped, pages, folder)
    _write_questions(grouped, pages)
    pages.write("find.html", "Find an indicator or a place", "find.html", partial(find_page, grouped))
    pages.write(
        "compare.html", "Compare places and indicators", "compare.html", partial(compare_page, grouped)
    )
    pages.write("methods.html", "Methods and definitions", "methods.html", partial(_methods, grouped))
    pages.write("data.html", "Data to download", "data.html")
    pages.write("about.html", "About this publication", "about.html")
    return grouped


def _write_neighbours(grouped: Grouped, pages: Pages, folder: Path) -> None:
    shown = [series for _, found in grouped.sections for series in found]
    for code in grouped.places.neighbours:
        area = grouped.places.register.area(code)
        title, content = f"{area.name} beside its neighbours", partial(neighbours_page, grouped, area)
        pages.write(f"neighbours/{code}.html", title, "neighbours.html", content)
        path = folder / "neighbours" / f"{code}.csv"
        if not path.exists():
            lines = [*lines_of([COLUMNS]), *grouped.said("lines", shown, area).values()]
            path.write_text("".join(lines), encoding="utf-8", newline="")


def _write_questions(grouped: Grouped, pages: Pages) -> None:
    asked = grouped.publication.questions
    if asked:
        pages.write("themes/index.html", "What people said", "themes.html", lambda: {"questions": asked})
    for question in asked:
        content = partial(question_page, grouped, question)
        pages.write(f"themes/{question.id}.html", question.wording, "question.html", content)


def _methods(grouped: Grouped) -> dict[str, object]:
    coverage = {
        id_: max(series.coverage, key=lambda row: str(row["period"]), default=None)
        for id_, series in grouped.series.items()
    }
    return {
        "descriptions": [series.description for series in grouped.series.values()],
        "coverage": coverage,
        "absences": list(Absence),
    }
