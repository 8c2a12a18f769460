"""The page of crimes followed in time: what it says, and that it is valid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import html5lib

from fullpicture.publish.followed_page import Control, Followed, Outlier, Step, controls_of, write_followed
from fullpicture.publish.force_pages import write_force_pages
from tests.publish.force_reports import MASTHEAD, kent

MONTHS = [f"2024-{month:02}" for month in range(1, 13)]
STEPS = [Step(0, 1.0, 0.5, 1.5, 900), Step(30, 20.0, 18.0, 22.0, 500), Step(60, 30.0, 27.5, 32.5, 120)]
FOLLOWED = Followed(
    id="withdrawal",
    title="Victims who withdraw",
    at=60,
    curve=STEPS,
    marks=STEPS[1:],
    forces=[
        Outlier("Avon", 10, 20.0, 0.5, [(0.7, 1.3), (0.6, 1.4)], "below 99.8%"),
        Outlier("Kent & Co", 40, 30.0, 1.33, [(0.8, 1.2), (0.7, 1.3)], "above 99.8%"),
        Outlier("Surrey", 30, 30.0, 1.0, [(0.8, 1.2), (0.7, 1.3)], ""),
    ],
    controls=[
        Control("Avon", MONTHS, [5.0] * 11 + [30.0], [7.0] * 12, [0.0] * 12, [12.0] * 12,
                [""] * 11 + ["above the upper limit"], "E23000036"),
        Control("Kent & Co", MONTHS, [5.0] * 12, [5.0] * 12, [2.0] * 12, [8.0] * 12, [""] * 12),
    ],
    left_out=["Mercia"],
)  # fmt: skip


def written(folder: Path) -> str:
    write_followed([FOLLOWED], folder, MASTHEAD)
    return (folder / "followed.html").read_text(encoding="utf-8")


def test_the_page_reads_its_charts_in_words(tmp_path: Path) -> None:
    page = written(tmp_path)
    for said in (
        "By day 60 it is 30.0% (95% interval 27.5 to 32.5). Crimes still open and followed:",
        "120 on day 60.",
        "2 of 3 forces lie outside the 95% limits",
        "2024-12: above the upper limit.",
        "Every month is within ordinary variation.",
        "Without Mercia, whose returns do not say",
        "What this does and does not mean",
        "Kent &amp; Co",
    ):
        assert said in page


def test_the_page_is_valid_and_every_id_is_there_once(tmp_path: Path) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(written(tmp_path))
    assert not parser.errors
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_every_force_leads_to_its_own_chart(tmp_path: Path) -> None:
    many = [replace(FOLLOWED.controls[0], force=f"Force {n}", code=f"E{n}") for n in range(20)]
    found = replace(FOLLOWED, controls=many)
    reports = [replace(kent(), code="E15", name="Force 15"), replace(kent(), code="E99", name="No chart")]
    write_force_pages(reports, tmp_path, MASTHEAD, followed=[found])
    folder = tmp_path / "returns"
    write_followed([found], folder, MASTHEAD)
    page = (folder / "followed.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2 + 12
    assert '<a href="E15.html#withdrawal-force-15-h">Force 15</a>' in page
    assert page.count('href="E1') == 1, "no link to a page that is not there"
    own = (folder / "E15.html").read_text(encoding="utf-8")
    assert 'id="withdrawal-force-15-h"' in own
    assert "2024-12: above the upper limit." in own
    assert '<p class="kicker">Victims who withdraw, by month</p>' in own
    assert "What this does and does not mean" in own
    assert "Outcomes by month" not in (folder / "E99.html").read_text(encoding="utf-8")
    assert [block.id for block in controls_of("E3", [found])] == ["withdrawal-force-3"]
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(own)
    assert not parser.errors


def test_forces_outside_the_widest_limits_are_named_in_the_funnel(tmp_path: Path) -> None:
    funnel = written(tmp_path).split('aria-labelledby="withdrawal-funnel-t')[1].split("</svg>")[0]
    assert funnel.count("<circle") == 3
    assert "Avon" in funnel
    assert "Surrey" not in funnel
