"""Pages of returns: one a force, which is also a file to send, and the national matrix; internal alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from fullpicture.publish.blocks import Block, Table
from fullpicture.publish.charts import Line, line_chart
from fullpicture.publish.followed_page import Followed, controls_of
from fullpicture.publish.force_checks import CHECKS, SIGNS, Check, Level, state_of
from fullpicture.publish.force_report import FieldStates, ForceReport, Masthead, Month, Outcomes
from fullpicture.publish.repeat_victims import RepeatVictims, write_repeat_victims
from fullpicture.publish.site import environment
from fullpicture.publish.words import plain

FOLDER = "returns"
"""Where the pages stand in the internal edition: `returns/index.html` is the matrix."""
MOST_MENDS = 40
MARKS = {
    "": "",
    "gap": "gap",
    "up": "more than 3 times the usual",
    "down": "less than a third of the usual",
}


def write_force_pages(
    reports: Sequence[ForceReport],
    folder: Path,
    masthead: Masthead,
    repeats: RepeatVictims | None = None,
    followed: Sequence[Followed] = (),
) -> None:
    """Writes `returns/index.html`, the national matrix, and `returns/<code>.html` for every force.

    Args:
        reports: of every force that is asked for a return, those without one as well.
        folder: the internal edition, with its `style.css` (`write_site`).
        repeats: victims seen again, where the returns were linked: a part of the matrix, and a file.
        followed: crimes followed in time, of which each force's page has the charts by month.
    """
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    ordered = sorted(reports, key=lambda report: (report.name, report.code))
    matrix = matrix_page(ordered, masthead, repeats, bool(followed))
    (target / "index.html").write_text(matrix, encoding="utf-8")
    if repeats is not None:
        write_repeat_victims(repeats, target)
    for report in ordered:
        page = force_page(report, masthead, controls=controls_of(report.code, followed))
        (target / f"{report.code}.html").write_text(page, encoding="utf-8")


def force_page(
    report: ForceReport, masthead: Masthead, standalone: bool = False, controls: Sequence[Block] = ()
) -> str:
    """A force's page; `standalone` makes it one file to send, with its style and without links to others."""
    style = resources.files("fullpicture.publish") / "templates" / "style.css"
    page = environment().get_template("force.html")
    return page.render(
        base="pack.html" if standalone else "page.html",
        style=style.read_text(encoding="utf-8") if standalone else "",
        publication=masthead,
        title=f"{report.name}: its return",
        root="../",
        here=f"{FOLDER}/{report.code}.html",
        report=report,
        state=_state(report),
        refused=sorted(report.refused, key=lambda one: (-one.rows, one.rule)),
        mends=report.mend[:MOST_MENDS],
        months=_months_block(report),
        odd=_odd_months(report),
        fields=[(field.title, _shares(field)) for field in report.fields],
        outcomes=_outcomes_block(report),
        controls=controls,
        day=written,
    )


def matrix_page(
    reports: Sequence[ForceReport],
    masthead: Masthead,
    repeats: RepeatVictims | None = None,
    is_followed: bool = False,
) -> str:
    """The national matrix: every force against every check, each cell leading to where it is explained."""
    return (
        environment()
        .get_template("matrix.html")
        .render(
            publication=masthead,
            title="Returns of all forces",
            root="../",
            here=f"{FOLDER}/index.html",
            checks=CHECKS,
            signs=SIGNS,
            rows=[(report, _cells(report)) for report in reports],
            standing=[_standing(check, reports) for check in CHECKS],
            coverage=_coverage(reports),
            repeats=repeats,
            is_followed=is_followed,
        )
    )


def written(day: date | None) -> str:
    """A day as people write it: `1 March 2024`."""
    return f"{day.day} {day:%B %Y}" if day else ""


def _state(report: ForceReport) -> str:
    said = f"{report.state[:1].upper()}{report.state[1:]}"
    since = f", {written(report.state_since)}" if report.state_since else ""
    due = f"; due {written(report.due_on)}" if report.due_on else ""
    return f"{said}{since}{due}{', overdue' if report.is_overdue else ''}."


def _cells(report: ForceReport) -> list[tuple[str, Level, str]]:
    """Of every column: the part of the force's page it leads to, its level, and what it says."""
    judged = [(check.anchor, *check.judged(report)) for check in CHECKS]
    return [("state", *state_of(report)), *judged]


def _standing(check: Check, reports: Sequence[ForceReport]) -> str:
    """On how many forces a column stands, and how many of them are fine."""
    levels = [check.judged(report)[0] for report in reports]
    known = sum(level != "none" for level in levels)
    return f"{levels.count('fine')} of {known}"


def _coverage(reports: Sequence[ForceReport]) -> str:
    missing = [report.name for report in reports if not report.is_in]
    said = f"{len(reports) - len(missing)} of {len(reports)} returns are in."
    return f"{said} Not in: {', '.join(missing)}." if missing else said


def _month(day: date) -> str:
    return f"{day:%b %Y}"


def _months_block(report: ForceReport) -> Block | None:
    if not report.months:
        return None
    found = report.months
    total = sum(month.crimes for month in found)
    sentence = (
        f"{plain(total, 0)} {report.counted} are recorded in {_count(len(found), 'month')}, "
        f"{plain(total / len(found), 0)} a month on average."
    )
    lines = [
        Line("Recorded", [month.crimes for month in found]),
        Line("Usual", [month.usual for month in found]),
    ]
    caption = f"{report.counted.capitalize()} recorded by month, {report.name}"
    desc = f"{caption}. {sentence} Usual is the median of the other months."
    chart = line_chart("months", caption, desc, [_month(month.first_day) for month in found], lines)
    rows = [
        [_month(month.first_day), plain(month.crimes, 0), plain(month.usual, 0), MARKS[month.mark]]
        for month in found
    ]
    table = Table(caption, ["Month", "Recorded", "Usual", "What is odd"], rows)
    return Block(
        "months", f"{report.counted.capitalize()} by month", _months_title(found), sentence, chart, table
    )


def _months_title(months: Sequence[Month]) -> str:
    marks = [month.mark for month in months]
    gaps, jumps = marks.count("gap"), marks.count("up") + marks.count("down")
    if not gaps and not jumps:
        return f"{_count(len(months), 'month')} without a gap or a jump"
    return f"{_count(gaps, 'gap')} and {_count(jumps, 'jump')} in {_count(len(months), 'month')}"


def _odd_months(report: ForceReport) -> list[str]:
    """Gaps, jumps and what is outside the period, a sentence each."""
    said = [_odd(month, report.counted) for month in report.months if month.mark]
    words = ("before the period", "after the period", "on no day that is given")
    for count, where in zip(report.outside, words, strict=True):
        if count:
            said.append(f"{plain(count, 0)} {report.counted} are recorded {where}.")
    return said


def _odd(month: Month, counted: str) -> str:
    name = f"{month.first_day:%B %Y}"
    if month.mark == "gap":
        return f"{name} has no {counted}; the other months usually have {plain(month.usual, 0)}."
    said = f"{name} has {plain(month.crimes, 0)} {counted}, {MARKS[month.mark]}"
    return f"{said}; the other months usually have {plain(month.usual, 0)}."


def _shares(field: FieldStates) -> list[str]:
    """Shares of the records, in %; [z] throughout where the field is not sent at all."""
    states = ("with_value", "unknown", "not_recorded", "not_applicable", "unusable", "not_delivered")
    if not field.records or field.not_delivered == field.records:
        return ["[z]"] * (len(states) - 1) + ["100.0"]
    return [_share(getattr(field, state), field.records) for state in states]


def _share(part: int, whole: int) -> str:
    """A share in %, zero only where it is none at all."""
    share = 100 * part / whole
    return "0" if not part else "[low]" if 0 < share < 0.05 else plain(share, 1)


def _outcomes_block(report: ForceReport) -> Block | None:
    found = report.outcomes
    if found is None or not (found.old or found.closed):
        return None
    sentence = _late_sentence(found, report)
    months = [month for month in report.outcome_months if month.month]
    caption = f"Crimes still open, by month of recording, {report.name}"
    shares = [100 * month.late / month.old if month.old else None for month in months]
    names = [_month(month.month) for month in months if month.month]
    chart = line_chart("outcomes", caption, f"{caption}, in %. {sentence}", names, [Line("Open, %", shares)])
    rows = [_outcome_row(name, month) for name, month in zip(names, months, strict=True)]
    headers = ["Month", "Old enough", "Still open", "Still open (%)", "Closed", "Median days"]
    notes = [
        f"[z] no crime was recorded {report.late_after} days or more before the extract, or none is closed"
    ]
    known = any(share is not None for share in shares)
    table = Table(caption, headers, rows)
    return Block(
        "outcomes", "Late outcomes", _late_title(found), sentence, chart if known else "", table, notes
    )


def _late_title(found: Outcomes) -> str:
    if not found.old:
        return "No crime is old enough to be late"
    return f"{_share(found.late, found.old)}% of older crimes have no outcome"


def _late_sentence(found: Outcomes, report: ForceReport) -> str:
    said = f"No crime was recorded {report.late_after} days or more before the extract."
    if found.old:
        said = (
            f"Of {plain(found.old, 0)} crimes recorded {report.late_after} days or more before the extract, "
            f"{plain(found.late, 0)} ({_share(found.late, found.old)}%) have no outcome."
        )
    if found.median_days is None:
        return said
    days = plain(found.median_days, 0)
    return f"{said} Half of the {plain(found.closed, 0)} closed ones took {days} days or less."


def _outcome_row(name: str, month: Outcomes) -> list[str]:
    share = _share(month.late, month.old) if month.old else "[z]"
    days = plain(month.median_days, 0) if month.median_days is not None else "[z]"
    return [name, plain(month.old, 0), plain(month.late, 0), share, plain(month.closed, 0), days]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
