"""The pages of an edition: every figure has an address, every page its file, every place a summary."""

from __future__ import annotations

import csv
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fullpicture.publish import write_data, write_site
from fullpicture.publish.blocks import level_block
from fullpicture.publish.figures_by import Series
from fullpicture.publish.site.every_figure import anchor
from tests.publish.editions import crimes, edition, figure, table, unsupported

KENT, ESSEX, ENGLAND = "E23000032", "E23000028", "E92000001"


class Page(HTMLParser):
    """What a page's cells, links and anchors are."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.cells: dict[str, str] = {}
        self.links: list[str] = []
        self.ids: list[str] = []
        self._within = ""
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._within = said.get("id") or "" if tag == "td" else ""
        self.ids += [said["id"] or ""] if "id" in said else []
        self.links += [said["href"] or ""] if tag == "a" and "href" in said else []

    def handle_data(self, data: str) -> None:
        if self._within:
            self.cells[self._within] = self.cells.get(self._within, "") + data.strip()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_site(edition(), tmp_path)
    write_data(edition(), tmp_path)
    return tmp_path


def test_every_figure_has_an_address_where_its_value_or_its_absence_stands(written: Path) -> None:
    with (written / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = {}
    for row in rows:
        id_ = "{indicator}/{area_code}/{period_kind}:{period}/{breakdown}/{category}".format(**row)
        said[id_] = Page(written / "areas" / f"{row['area_code']}.html").cells[anchor(id_)]
    assert said["unsupported_of_closed_pct/E23000032/reporting:2025//"] == "[c]"
    assert said["unsupported_of_closed_pct/E23000032/reporting:2024//"] == "12.5"
    assert said["unsupported_of_closed_pct/E92000001/reporting:2025/age|sex/10-15|female"] == "0.0"
    assert said["crimes_recorded/E23000032/reporting:2025//"] == "1,234,567"


def test_an_area_stands_beside_those_above_it_and_counts_beside_none(written: Path) -> None:
    page = Page(written / "areas" / f"{KENT}.html")
    assert "England</th>" in page.text
    assert "<b>[c]</b>" in page.text
    assert "<b>1,234,567</b>" in page.text
    assert page.text.count("<td>[z]</td>") == 1
    assert f"{KENT}.csv" in page.links


def test_an_indicator_leads_to_its_file_and_to_the_page_of_every_area(written: Path) -> None:
    page = Page(written / "indicators" / "unsupported_of_closed_pct.html")
    assert "unsupported_of_closed_pct.csv" in page.links
    assert {f"../areas/{KENT}.html", f"../areas/{ESSEX}.html"} <= set(page.links)
    assert all((written / "indicators" / link).exists() for link in page.links if link.startswith("../areas"))


def test_the_index_holds_everything_that_has_a_page_and_works_without_its_script(written: Path) -> None:
    page = Page(written / "find.html")
    pages = {path.relative_to(written).as_posix() for path in written.glob("*s/*.html")}
    assert set(page.links) >= pages
    assert "letter-K" in page.ids


def test_only_the_two_pages_that_need_it_have_the_script(written: Path) -> None:
    scripted = {path.name for path in written.rglob("*.html") if "<script" in Page(path).text}
    assert scripted == {"find.html", "compare.html"}
    assert all("<noscript>" in Page(written / name).text for name in scripted)


def test_many_areas_are_all_in_the_chart_in_order_and_on_one_scale() -> None:
    rows = [
        figure(KENT, "2025", float(at), area_code=f"E0{at}", area_name=f"Place {at}") for at in range(100)
    ]
    series = Series(table("unsupported", rows))
    block = level_block(series, "local authority", [f[0] for f in series.by_area.values()], "b")
    assert block.chart.count("<svg") == 2
    assert block.chart.count("<rect") == 100
    assert block.chart.index("Place 99<") < block.chart.index("Place 50<") < block.chart.index("Place 0<")
    widths = [float(part.split('"')[0]) for part in block.chart.split('width="')[1:] if "height" in part]
    assert max(widths) == widths[0]
    assert widths[50] == pytest.approx(widths[0] * 49 / 99, abs=0.1)


def test_an_area_that_has_ended_says_when(tmp_path: Path) -> None:
    ended = figure(KENT, "2022", 4.0, area_code="E10000023", area_name="North Yorkshire")
    ended["area_level"] = "local authority"
    write_site(edition(unsupported(), crimes(), table("other", [ended])), tmp_path)
    assert "North Yorkshire (to 31 March 2023)" in (tmp_path / "find.html").read_text(encoding="utf-8")
