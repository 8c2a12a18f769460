"""The static site of an edition: home, indicators, areas, methods, data, about; no script, one stylesheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from fullpicture.core.absence import Absence
from fullpicture.core.areas import LEVELS, Area
from fullpicture.core.figure import Figure
from fullpicture.publish.blocks import Block, breakdown_block, by_level, level_block, series_block
from fullpicture.publish.figures_by import Series
from fullpicture.publish.publication import Publication
from fullpicture.publish.words import cell, with_unit

Named = tuple[str, str]


@cache
def environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("fullpicture.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = quote
    return environment


class Site:
    """One edition's pages, written from figures that are grouped once."""

    def __init__(self, publication: Publication, folder: Path) -> None:
        self.publication, self.folder = publication, folder
        self.series = {table.description.indicator: Series(table) for table in publication.tables}
        codes = {code for series in self.series.values() for code in series.totals}
        areas = [publication.register.area(code) for code in codes]
        self.areas = sorted(areas, key=lambda area: (LEVELS.index(area.level), area.name, area.code))

    def write(self) -> None:
        """Writes every page and the stylesheet."""
        style = resources.files("fullpicture.publish") / "templates" / "style.css"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "style.css").write_text(style.read_text(encoding="utf-8"), encoding="utf-8")
        self._page("index.html", "home.html", self.publication.title, **self._home())
        for id_, series in self.series.items():
            title = series.description.title
            self._page(f"indicators/{id_}.html", "indicator.html", title, **self._indicator(series))
        for area in self.areas:
            self._page(
                f"areas/{area.code}.html", "area.html", f"{area.name} ({area.level})", **self._area(area)
            )
        self._page("methods.html", "methods.html", "Methods and definitions", **self._methods())
        self._page("data.html", "data.html", "Data to download")
        self._page("about.html", "about.html", "About this publication")

    def _page(self, path: str, template: str, title: str, **content: object) -> None:
        root = "../" * path.count("/")
        page = environment().get_template(template)
        html = page.render(publication=self.publication, title=title, root=root, here=path, **content)
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html, encoding="utf-8")

    def _home(self) -> dict[str, object]:
        sections = [
            (section, [self.series[id_].description for id_ in section.indicators if id_ in self.series])
            for section in self.publication.sections
        ]
        return {"headlines": self._headlines(), "sections": sections, "levels": self._levels()}

    def _headlines(self) -> list[dict[str, object]]:
        found = []
        for id_ in self.publication.headlines:
            series = self.series[id_]
            top = self._top(series)
            figure = series.at(top[0], series.latest)
            block = series_block(series, [top], f"h-{id_}", figure)
            said = with_unit(figure, series.description) if figure else "[x]"
            number, _, unit = said.partition(" ")
            shown = {"number": number, "unit": unit, "change": self._change(id_, figure)}
            found.append({"id": id_, "block": block, **shown})
        return found

    def _change(self, id_: str, figure: Figure | None) -> str:
        """The published change on the year before, in words; nothing where it is refused."""
        for suffix in ("change_pct", "change_points"):
            series = self.series.get(f"{id_}_{suffix}")
            change = series.at(figure.area_code, figure.period) if series and figure else None
            if series and change and change.value is not None:
                sign = "+" if change.value > 0 else ""
                return f"{sign}{with_unit(change, series.description, 1)} on the year before"
        return ""

    def _levels(self) -> list[tuple[str, list[Area]]]:
        return [
            (level, [area for area in self.areas if area.level == level])
            for level in LEVELS
            if any(area.level == level for area in self.areas)
        ]

    def _top(self, series: Series) -> Named:
        """The widest area that has a value in the latest period."""
        wide = [area for area in self.areas if series.at(area.code, series.latest)]
        wide.sort(key=lambda area: (len(self.publication.register.above(area.code)), area.code))
        known = [area for area in wide if _value(series, area.code) is not None] or wide
        return (known[0].code, known[0].name) if known else ("", "")

    def _indicator(self, series: Series) -> dict[str, object]:
        top = self._top(series)
        first = by_level(series, series.latest, self.publication.register)
        beside = _highest_and_lowest(first) if series.description.unit != "count" else []
        over_time = series_block(series, [top, *beside], "over-time", series.at(top[0], series.latest))
        levels = [
            level_block(series, level, figures, f"level-{level.replace(' ', '-')}")
            for level, figures in first
            if len(figures) > 1
        ]
        broken = [
            breakdown_block(series, name, top, f"by-{name.replace('|', '-')}") for name in series.breakdowns
        ]
        parts = [(f, cell(f, series.description.decimals)) for f in series.parts.get(top[0], [])]
        return {
            "description": series.description,
            "blocks": [over_time, *levels, *filter(None, broken)],
            "parts": parts,
            "remarks": sorted(series.remarks)[:12],
        }

    def _area(self, area: Area) -> dict[str, object]:
        register = self.publication.register
        known = {each.code for each in self.areas}
        above = [register.area(code) for code in register.above(area.code) if code in known]
        below = [each for each in self.areas if register.above(each.code)[:1] == (area.code,)]
        blocks = []
        for id_, series in self.series.items():
            if area.code in series.totals and not _is_change(id_):
                blocks.append((series.description, self._area_block(series, area, above)))
        return {"area": area, "above": above, "below": below, "blocks": blocks}

    def _area_block(self, series: Series, area: Area, above: Sequence[Area]) -> Block:
        beside = [(each.code, each.name) for each in above if each.code in series.totals]
        if series.description.unit == "count":
            beside = []
        lines = [(area.code, area.name), *(beside[:1] + beside[1:][-1:] if len(beside) > 1 else beside)]
        figure = series.at(area.code, series.latest)
        return series_block(series, lines, f"i-{series.description.indicator}", figure)

    def _methods(self) -> dict[str, object]:
        coverage = {
            id_: max(series.coverage, key=lambda row: str(row["period"]), default=None)
            for id_, series in self.series.items()
        }
        return {
            "descriptions": [series.description for series in self.series.values()],
            "coverage": coverage,
            "absences": list(Absence),
        }


def _highest_and_lowest(levels: Sequence[tuple[str, list[Figure]]]) -> list[Named]:
    """The regions at the two ends: what a line of the whole is worth looking at beside."""
    regions = [f for level, figures in levels if level == "region" for f in figures if f.value is not None]
    regions.sort(key=lambda f: (-(f.value or 0), f.area_name))
    ends = [regions[0], regions[-1]] if len(regions) > 1 else []
    return [(figure.area_code, figure.area_name) for figure in ends]


def _is_change(indicator: str) -> bool:
    """Whether an indicator is another's change, which the other's block already says."""
    return indicator.endswith(("_change_pct", "_change_points"))


def _value(series: Series, code: str) -> float | None:
    figure = series.at(code, series.latest)
    return figure.value if figure else None


def write_site(publication: Publication, folder: Path) -> None:
    """Writes the static site of an edition into a folder."""
    Site(publication, folder).write()
