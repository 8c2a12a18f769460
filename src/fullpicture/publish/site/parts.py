"""What one indicator says on the pages of the site, made once for as long as it stays as it was.

An area's page has rows of all indicators, so that one indicator which changed is on every page. Its parts are
made of one series and the places alone; pages lay the parts of all series beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from fullpicture.core.area import Area
from fullpicture.core.digest import fingerprint
from fullpicture.publish.blocks import series_block
from fullpicture.publish.figures_by import Series
from fullpicture.publish.kept import Kept, Texts, as_bytes, from_bytes
from fullpicture.publish.site.every_figure import every_figure
from fullpicture.publish.site.indicator_page import indicator_page
from fullpicture.publish.site.neighbours_row import neighbours_lines, neighbours_row
from fullpicture.publish.site.places import Places, names
from fullpicture.publish.site.render import macro, shown
from fullpicture.publish.site.rows import row_of


@dataclass(frozen=True)
class Parts:
    """The indicator's own page under ""; and by area its row among others, its chart and every figure.

    `home` is its row on the home page, `beside` that on the page of an area's neighbours, and `lines` are
    those in the file of that page.
    """

    page: Texts
    home: Texts
    rows: Texts
    charts: Texts
    every: Texts
    beside: Texts
    lines: Texts


def parts_of(series: Series, places: Places, kept: Kept) -> Parts:
    """The parts, taken from what is kept where they can be."""
    key = fingerprint("parts", series.digest, places.digest)
    found = kept.get(key)
    if found is not None:
        return Parts(**from_bytes(found))
    made = _made(series, places)
    kept.keep(key, as_bytes(vars(made)))
    return made


def _made(series: Series, places: Places) -> Parts:
    is_row = not series.description.changes
    areas = places.areas if is_row else []
    near = [area for area in areas if area.code in places.neighbours]
    charted = [area for area in areas if area.code in places.charted & series.areas_with_totals]
    widest = [places.widest] if is_row and places.widest else []
    return Parts(
        page={"": shown("indicator.html", indicator_page(series, places))},
        home=_texts((area, _home_row(series, area)) for area in widest),
        rows=_texts((area, _row(series, area, places)) for area in areas),
        charts=_texts((area, _chart(series, area, places)) for area in charted),
        every=every_figure(series),
        beside=_texts((area, neighbours_row(series, area, places)) for area in near),
        lines=_texts((area, neighbours_lines(series, area, places)) for area in near),
    )


def _texts(found: Iterable[tuple[Area, str]]) -> Texts:
    return {area.code: text for area, text in found if text}


def _home_row(series: Series, area: Area) -> str:
    row = row_of(series, area, [])
    return macro("rows.html", "row_of", row, "", False, False) if row else ""


def _row(series: Series, area: Area, places: Places) -> str:
    """Its row on an area's page; which columns there are is that page's alone."""
    row = row_of(series, area, places.beside(area.code))
    columns = area.code in places.compared, area.code in places.neighbours
    return macro("rows.html", "row_of", row, "../", *columns) if row else ""


def _chart(series: Series, area: Area, places: Places) -> str:
    """Its line beside those of the areas above it; counts of larger places would flatten it."""
    beside = places.beside(area.code) if series.description.unit != "count" else []
    others = [each for each in beside if each.code in series.totals]
    figure = series.at(area.code, series.latest)
    id_ = series.description.indicator
    block = series_block(series, [(area.code, area.name), *names(others)], f"i-{id_}", figure)
    return macro("block.html", "block_of", block, 3, f"../indicators/{quote(id_)}.html")
