"""The pages for whoever decides: what they say, that they are valid, and that they are internal."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from fullpicture.publish.deciding_page import Deciding, Way, Withheld, write_deciding
from tests.publish.editions import edition

SMALL = Withheld(
    "crimes/F1/calendar:2024//", "Kent & Co, 2024", "a count that it shows is small", "crimes/F1",
    (1, 9, 1, 9), "whole tables", True,
)  # fmt: skip
OTHER = Withheld(
    "crimes/F2/calendar:2024//", "Essex, 2024", "hidden to protect crimes/F1", "crimes/F1", (0, 40, 0, None),
    "tables", False,
)  # fmt: skip
CHANGE = Withheld(
    "crimes/F3/calendar:2024//", "Surrey, 2024", "what it is made of is hidden", "", (None,) * 4, "", False
)
TABLE = Deciding(
    "crimes", "Crimes", "counts of 1 to 9 are hidden", 20, [SMALL, OTHER, CHANGE],
    [
        Way("The public edition", 17, 3, 0, 0, 0.12, 0),
        Way("This table by itself", 18, 2, 0, 0, 0.1, 0),
        Way("Rounded to 10s: nothing hidden", 4, 0, 16, 0, 0.0, 1),
        Way("Without figures by region", 12, 0, 0, 8, 0.4, 2),
    ],
)  # fmt: skip


def written(folder: Path, name: str) -> str:
    write_deciding([TABLE], folder, edition())
    return (folder / "disclosure" / name).read_text(encoding="utf-8")


def test_a_table_says_what_is_lost_why_and_what_would_bring_it_back(tmp_path: Path) -> None:
    page = written(tmp_path, "crimes.html")
    for said in (
        "The public edition withholds 3 of 20 figures. By rule, counts of 1 to 9 are hidden.",
        "The public edition shows 85% of the figures exactly.",
        "this brings back most: without figures by region (2 figures).",
        "<li>1: a count that it shows is small</li>",
        "<li>1: hidden to protect another count</li>",
        "Headline figures that are lost",
        "Kent &amp; Co, 2024: a count that it shows is small",
        "Lost without a hidden count of their own",
        "Surrey, 2024: what it is made of is hidden",
    ):
        assert said in page


def test_one_page_leads_to_all_tables_and_names_the_headlines_that_are_lost(tmp_path: Path) -> None:
    page = written(tmp_path, "index.html")
    assert (
        '<a href="crimes.html">Crimes</a></th><td>20</td><td>3</td><td>15.0</td><td>12.0</td><td>1</td>'
        in page
    )
    assert "Essex" not in page


def test_every_withheld_figure_is_a_row(tmp_path: Path) -> None:
    lines = written(tmp_path, "withheld.csv").splitlines()
    assert lines[0] == "figure,why,protects,low,high,least,most,proof"
    assert lines[1:] == [
        "crimes/F1/calendar:2024//,a count that it shows is small,crimes/F1,1,9,1,9,whole tables",
        "crimes/F2/calendar:2024//,hidden to protect crimes/F1,crimes/F1,0,40,0,,tables",
        "crimes/F3/calendar:2024//,what it is made of is hidden,,,,,,",
    ]


@pytest.mark.parametrize("name", ["crimes.html", "index.html"])
def test_the_pages_are_valid_and_every_id_is_there_once(tmp_path: Path, name: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(written(tmp_path, name))
    assert not parser.errors
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_there_are_none_for_the_public(tmp_path: Path) -> None:
    public = edition()
    object.__setattr__(public, "edition", "public")
    with pytest.raises(ValueError, match="internal edition alone"):
        write_deciding([TABLE], tmp_path, public)
