"""Pages of returns: what a force reads and in which order, what its file never holds, the matrix."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
import pytest

from fullpicture.publish import write_site
from fullpicture.publish.force_checks import CHECKS, state_of
from fullpicture.publish.force_pages import force_page, matrix_page, write_force_pages
from fullpicture.publish.force_report import FieldStates, ForceReport, Masthead, Month, Outcomes, Refused
from tests.publish.editions import edition
from tests.publish.force_reports import MASTHEAD, clean, kent, nation

MARKED = Refused("DUP-010", "", 40, by_choice=True)


def words(html: str) -> str:
    """What a person reads of a page's main part, tags and line ends taken away."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1]).split())


def test_a_page_says_first_what_is_to_be_known_first() -> None:
    page = words(force_page(kent(), MASTHEAD))
    order = [
        "State of the return", "Rows sent, kept and refused", "What to mend first", "Crimes by month",
        "Gaps and jumps", "Fields: what has a value", "Late outcomes", "Figures shared with you already",
    ]  # fmt: skip
    places = [page.index(heading) for heading in order]
    assert places == sorted(places)
    for said in (
        "Received, 2 May 2025; due 30 April 2025.",
        "3,000 rows in = 2,760 kept + 240 refused.",
        "1 gap and 2 jumps in 12 months",
        "June 2024 has no crimes; the other months usually have 200.",
        "August 2024 has 900 crimes, more than 3 times the usual; the other months usually have 200.",
        "12 crimes are recorded on no day that is given.",
        "35.0% of older crimes have no outcome",
        "Of 2,000 crimes recorded 90 days or more before the extract, 700 (35.0%) have no outcome.",
    ):
        assert said in page


def test_a_share_is_zero_only_where_there_is_none() -> None:
    page = words(force_page(kent(), MASTHEAD))
    assert "Victim's sex 100.0 0 0 0 [low] 0" in page.replace("&#39;", "'")
    assert "Online [z] [z] [z] [z] [z] 100.0" in page


def test_rows_in_are_rows_kept_and_refused() -> None:
    with pytest.raises(ValueError, match="rows in = rows kept"):
        kent(rows_kept=2761)


def test_text_of_a_return_is_never_markup() -> None:
    page = force_page(kent(), MASTHEAD)
    assert "Vic - &lt;sex&gt;" in page
    assert "<sex>" not in page


def test_a_file_to_send_stands_alone_and_names_no_other_force() -> None:
    page = force_page(kent(), MASTHEAD, standalone=True)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    assert [link.get("href") for link in tree.iter("a")] == ["#main"]
    assert not any(element.get("src") for element in tree.iter())
    assert not list(tree.iter("link"))
    assert "font:" in page
    assert "For Kent alone" in page
    assert not [report.name for report in nation() if report.name != "Kent" and report.name in page]


@pytest.mark.parametrize("standalone", [True, False])
def test_what_a_force_has_not_sent_is_said_and_not_left_blank(standalone: bool) -> None:
    nothing = ForceReport("W15000002", "Gwent", "requested", due_on=date(2025, 4, 30), is_overdue=True)
    page = words(force_page(nothing, MASTHEAD, standalone))
    assert "Requested; due 30 April 2025, overdue. No return is in: there is nothing to judge." in page
    yearly = words(force_page(kent(months=(), outcomes=None, fields=(), mend=()), MASTHEAD, standalone))
    for said in (
        "months cannot be told", "Nothing to mend.", "No field is counted.", "no outcomes that can be",
    ):  # fmt: skip
        assert said in yearly


def test_a_clean_return_has_nothing_to_mend() -> None:
    report = clean("E23000032", "Kent")
    assert [check.judged(report)[0] for check in CHECKS] == ["fine"] * len(CHECKS)
    assert "12 months without a gap or a jump" in words(force_page(report, MASTHEAD))


@pytest.mark.parametrize(
    ("title", "changed", "judged"),
    [
        ("Refused", {}, ("mend", "6.7%")),
        ("Refused", {"rows_in": 2800, "refused": (MARKED,)}, ("fine", "none")),
        ("Problems", {}, ("look", "1.6 per 100")),
        ("Gaps", {}, ("mend", "1 month")),
        ("Gaps", {"months": ()}, ("none", "not known")),
        ("Jumps", {}, ("look", "2 months")),
        ("Outside", {}, ("look", "0.5%")),
        ("Outside", {"outside": (0, 0, 1)}, ("look", "under 0.1%")),
        ("Outside", {"months": ()}, ("none", "not known")),
        ("Not sent", {}, ("look", "1 field")),
        ("No value", {}, ("look", "14.2%")),
        ("No value", {"fields": (FieldStates("Online", 9, 0, not_delivered=9),)}, ("none", "not known")),
        ("Late", {}, ("look", "35.0%")),
        ("Late", {"outcomes": Outcomes(9, 0, 0, 0, None)}, ("none", "not known")),
    ],
)  # fmt: skip
def test_checks(title: str, changed: dict[str, object], judged: tuple[str, str]) -> None:
    (check,) = (check for check in CHECKS if check.title == title)
    assert check.judged(kent(**changed)) == judged


def test_an_overdue_return_is_to_be_mended_whatever_its_state() -> None:
    assert state_of(kent()) == ("look", "received")
    assert state_of(kent(is_overdue=True)) == ("mend", "received, overdue")
    assert state_of(ForceReport("W15000002", "Gwent", "requested")) == ("none", "requested")


def test_limits_are_in_words() -> None:
    said = {check.title: check.limits for check in CHECKS}
    assert said["Refused"] == "Above 1.0% it is to be looked at, above 5.0% mended."
    assert said["Gaps"] == "Any is to be mended."
    assert said["Jumps"] == "Any is to be looked at."


def test_the_matrix_says_on_how_many_forces_it_stands() -> None:
    page = words(matrix_page(nation(), MASTHEAD))
    assert "42 of 43 returns are in. Not in: Gwent." in page
    assert page.count("33 of 42") == len(CHECKS)


def test_every_cell_of_the_matrix_leads_to_its_part_of_a_page(tmp_path: Path) -> None:
    write_site(edition(), tmp_path)
    write_force_pages(nation(), tmp_path, MASTHEAD)
    folder = tmp_path / "returns"
    ids = {
        page.name: {element.get("id") for element in html5lib.parse(page.read_text(encoding="utf-8")).iter()}
        for page in folder.glob("*.html")
    }
    tree = html5lib.parse((folder / "index.html").read_text(encoding="utf-8"), namespaceHTMLElements=False)
    links = [link.get("href") for cell in tree.iter("td") for link in cell.iter("a")]
    assert len(links) == 43 * (len(CHECKS) + 1)
    for link in links:
        page, _, part = link.partition("#")
        assert page in ids
        assert not part or part in ids[page], link
    assert len(ids) == 44


def test_the_matrix_has_a_header_for_every_cell_and_words_for_every_sign() -> None:
    tree = html5lib.parse(matrix_page(nation(), MASTHEAD), namespaceHTMLElements=False)
    (table,) = tree.iter("table")
    assert {header.get("scope") for header in table.iter("th")} == {"col", "row"}
    signs = [span for span in tree.iter("span") if span.get("class") == "sign"]
    assert all(sign.get("aria-hidden") == "true" for sign in signs)
    for cell in (cell for body in table.iter("tbody") for cell in body.iter("td")):
        assert re.search("fine|to be looked at|to be mended|cannot be said", "".join(cell.itertext()))


def test_pages_are_small_and_the_same_each_time() -> None:
    many = tuple(Month(date(2015 + at // 12, at % 12 + 1, 1), 100 + at, 150.0) for at in range(120))
    fields = tuple(FieldStates(f"Field {at}", 2760, 2000, 760) for at in range(40))
    mend = kent().mend * 30
    large = replace(kent(), months=many, fields=fields, mend=mend)
    for page in (force_page(large, MASTHEAD, standalone=True), matrix_page(nation(), MASTHEAD)):
        assert len(gzip.compress(page.encode())) < 60_000
    assert "50 more are in the check workbook" in words(force_page(large, MASTHEAD))
    assert force_page(large, MASTHEAD) == force_page(large, MASTHEAD)


def test_there_is_no_public_masthead() -> None:
    assert Masthead.of(edition()).title == edition().title
    with pytest.raises(ValueError, match="for the internal edition alone"):
        Masthead.of(replace(edition(), edition="public", tables=()))
