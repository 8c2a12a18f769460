"""The pages of an edition: every figure has an address, every page its file, every place a summary."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pytest

from fullpicture.core.joint import JOINT_SCHEMA, JointView, Theme
from fullpicture.disclosure import Rule, protect
from fullpicture.publish import write_data, write_site
from fullpicture.publish.blocks import level_block
from fullpicture.publish.figures_by import Series
from fullpicture.publish.publication import Publication, Section
from fullpicture.publish.site.every_figure import anchor
from tests.publish.editions import (
    SOURCE,
    compared,
    comparisons,
    crimes,
    edition,
    figure,
    table,
    unsupported,
)

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


def compared_edition() -> Publication:
    """Kent is worse and worsening, and beside Essex; Sussex is known from its authorities alone."""
    worse = compared(
        "unsupported_of_closed_pct", KENT, 30.0, lower=28.0, upper=32.0, england_value=20.0,
        england_label="worse", trend="increasing", trend_is="worse", trend_from="2021",
        neighbours=f"{ESSEX}|{ENGLAND}", neighbours_closeness="Very close: 2", neighbours_median=25.5,
        neighbours_with_value=2, neighbours_listed=2,
    )  # fmt: skip
    why = {"england_why": "The value has no interval.", "trend_why": "Fewer than 5 periods have a value."}
    essex = compared("unsupported_of_closed_pct", ESSEX, 40.0, **why)
    sussex = compared(
        "unsupported_of_closed_pct", KENT, 12.5, area_code="E23000033", area_name="Sussex",
        basis="sum of authorities", england_label="similar", england_value=20.0,
    )  # fmt: skip
    before = {"indicator": "unsupported_of_closed_pct", "area_code": "E23000033", "period": "2024"}
    before |= {"period_kind": "reporting", "comparator": "sum of authorities", "value": 11.25}
    rows = [figure(KENT, "2025", 30.0, lower=28.0, upper=32.0), figure(ESSEX, "2025", 40.0)]
    rows += [figure(ENGLAND, "2025", 20.0), figure(KENT, "2024", 22.0)]
    return replace(
        edition(table("unsupported_of_closed_pct", rows)),
        comparisons=comparisons(worse, essex, sussex, sums=[before]),
    )


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    write_site(compared_edition(), tmp_path)
    return tmp_path


def test_an_area_lists_what_is_worse_and_worsening(beside: Path) -> None:
    page = Page(beside / "areas" / f"{KENT}.html")
    assert "30.0 against 20.0 in England (%); increasing since Mar 2021" in page.text
    assert "#unsupported_of_closed_pct" in page.links
    assert "unsupported_of_closed_pct" in page.ids
    assert '<span class="tag worse">Increasing, getting worse</span>' in page.text
    other = Page(beside / "areas" / f"{ESSEX}.html")
    assert "None of the indicators that are compared" in other.text
    assert "Not compared: the value has no interval." in other.text


def test_an_area_known_from_its_authorities_alone_says_so(beside: Path) -> None:
    page = Page(beside / "areas" / "E23000033.html")
    assert "authorities’ together" in page.text
    assert "<b>12.5</b>" in page.text
    assert "11.2 a year before" in page.text
    assert "E23000033.csv" not in page.links


def test_an_area_stands_beside_each_of_its_neighbours_with_their_median_and_a_file(beside: Path) -> None:
    page = Page(beside / "neighbours" / f"{KENT}.html")
    assert "25.5<small>2 of 2</small>" in page.text
    assert "<td>40.0<td>20.0</tr>" in page.text
    assert "Outcomes 14 and 16 among closed crimes." in page.text
    assert {f"{KENT}.csv", f"../areas/{KENT}.html"} <= set(page.links)
    with (beside / "neighbours" / f"{KENT}.csv").open(encoding="utf-8", newline="") as file:
        found = {row["is"]: row["value"] for row in csv.DictReader(file)}
    assert found == {
        "the area": "30.0",
        "above": "20.0",
        "neighbour 1": "40.0",
        "neighbour 2": "20.0",
        "median of neighbours": "25.5",
    }
    assert [path.stem for path in sorted((beside / "neighbours").glob("*.html"))] == [KENT]


def test_a_proposed_indicator_and_a_source_not_supplied_are_marked(tmp_path: Path) -> None:
    proposed = table("proposed_pct", [figure(KENT, "2025", 1.0)], proposed=True)
    late = replace(SOURCE, missing="The publisher has not delivered it.")
    missing = table("late_pct", [figure(KENT, "2025", None, absence="x")], sources=(late,))
    write_site(edition(proposed, missing), tmp_path)
    assert "proposed by this project" in (tmp_path / "indicators/proposed_pct.html").read_text(
        encoding="utf-8"
    )
    said = Page(tmp_path / "indicators" / "late_pct.html").text
    assert "Source not supplied.</strong>" in said
    assert "The publisher has not delivered it." in said


def test_a_section_may_have_any_id(tmp_path: Path) -> None:
    sections = (Section("charts", "Charts", ("unsupported_of_closed_pct", "crimes_recorded")),)
    write_site(replace(edition(), sections=sections), tmp_path)
    for page in sorted(tmp_path.rglob("*.html")):
        ids = re.findall(r'<[^>]*\sid="([^"]*)"', page.read_text(encoding="utf-8"))
        assert sorted(ids) == sorted(set(ids)), page


def test_pages_taken_from_an_edition_that_says_the_same_are_those_it_would_write(
    tmp_path: Path,
) -> None:
    internal = edition()
    tables = protect(list(internal.tables), Rule(2), internal.register).tables
    public = replace(internal, edition="public", tables=tables)
    assert internal.says_the_same_as(public)
    bodies: dict[str, bytes] = {}
    grouped = write_site(public, tmp_path / "public", bodies)
    write_site(internal, tmp_path / "shared", bodies, grouped)
    write_site(internal, tmp_path / "alone")
    pages = sorted(path.relative_to(tmp_path / "alone") for path in (tmp_path / "alone").rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        assert (tmp_path / "shared" / page).read_bytes() == (tmp_path / "alone" / page).read_bytes()
        assert "Not for publication" not in (tmp_path / "public" / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "other",
    [
        edition(unsupported(), table("crimes_recorded", [figure(KENT, "2025", 1234568.0, unit="count")])),
        edition(unsupported()),
        replace(edition(), summary="Another summary."),
        replace(edition(), comparisons=comparisons(compared("crimes_recorded", KENT, 1.0))),
    ],
)
def test_one_figure_text_or_comparison_that_differs_and_nothing_is_shared(other: Publication) -> None:
    assert edition().says_the_same_as(replace(edition(), has_returns=True))
    assert not edition().says_the_same_as(other)


def test_a_force_area_shows_both_sides_of_a_theme_with_what_they_may_and_may_not_say(tmp_path: Path) -> None:
    share = "unsupported_of_closed_pct"
    words = ("Whether both rise.", "A cause.")
    theme = Theme("withdrawal", "Who goes on", (share,), ("crimes_recorded",), (), *words)
    place = {"theme": "withdrawal", "police_area_code": KENT, "police_area_name": "Kent", "area_code": KENT}
    place |= {"area_name": "Kent", "period": "2025", "period_kind": "reporting", "why": ""}
    rows = [
        place | {"side": "safeguarding", "indicator": share, "value": 12.5, "count": 25.0, "unit": "%"},
        place | {"side": "police", "indicator": "crimes_recorded", "absence": "c", "unit": "count"},
    ]
    joint = JointView((theme,), pa.Table.from_pylist(rows, schema=JOINT_SCHEMA))
    write_site(replace(edition(), joint=joint), tmp_path)
    page = Page(tmp_path / "areas" / f"{KENT}.html")
    assert page.text.index("Whether both rise.") < page.text.index("A cause.") < page.text.index("12.5</td>")
    assert page.text.index("Safeguarding partners</th>") < page.text.index("Police</th>")
    assert "[c]</td>" in page.text
    assert "Who goes on" not in Page(tmp_path / "areas" / f"{ESSEX}.html").text
