"""Crimes followed in time: curves, a funnel of forces and control charts; internal alone.

A step of a curve is a case, and a month of a force is a small count: the public edition has fixed days
instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fullpicture.publish.blocks import Block, Table
from fullpicture.publish.charts import Line, Spot, funnel_chart, line_chart
from fullpicture.publish.force_report import Masthead
from fullpicture.publish.site import environment
from fullpicture.publish.words import plain

_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
FILE = "followed.html"
"""Beside the pages of returns, in the internal edition."""
_MOST_CHARTS = 12
"""Charts of forces on the page, the first; every force's own page has its own."""


@dataclass(frozen=True)
class Step:
    """A curve on one day: shares (0-100) with their limits, and how many are still open and followed."""

    day: int
    share: float
    lower: float
    upper: float
    open: int


@dataclass(frozen=True)
class Outlier:
    """A force in a funnel: observed over expected, limits by level, and which it lies outside of, if any."""

    force: str
    observed: float
    expected: float
    ratio: float
    limits: Sequence[tuple[float, float]]
    signal: str


@dataclass(frozen=True)
class Control:
    """A force's months on a control chart: values, mean, limits, and the rule that fired, in words."""

    force: str
    months: Sequence[str]
    values: Sequence[float]
    mean: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    rules: Sequence[str]
    code: str = ""

    @property
    def last_rule(self) -> str:
        """What fired in the last month in which anything did."""
        return next(
            (f"{m}: {rule}" for m, rule in zip(self.months[::-1], self.rules[::-1], strict=True) if rule), ""
        )


@dataclass(frozen=True)
class Followed:
    """What is shown of one measure: `left_out` are forces whose crimes cannot be followed.

    `controls` are of every force that has the outcome, those in which a rule fired last first.
    """

    id: str
    title: str
    at: int
    curve: Sequence[Step]
    marks: Sequence[Step]
    forces: Sequence[Outlier]
    controls: Sequence[Control]
    left_out: Sequence[str]


def write_followed(found: Sequence[Followed], folder: Path, masthead: Masthead) -> None:
    """Writes the page into the folder of the returns' pages, which it leads to where they are there."""
    shown = [(one, [block for block in _blocks(one) if block], _every_force(one, folder)) for one in found]
    page = environment().get_template("followed.html")
    text = page.render(
        publication=masthead, title="Crimes followed in time", root="../", here=f"returns/{FILE}", shown=shown
    )
    (folder / FILE).write_text(text, encoding="utf-8")


def _blocks(one: Followed) -> list[Block | None]:
    return [_curve(one), _funnel(one), *(_control(one, control) for control in one.controls[:_MOST_CHARTS])]


def controls_of(code: str, found: Sequence[Followed]) -> list[Block]:
    """A force's control charts, one of each measure in which it has the outcome."""
    own = [(one, control) for one in found for control in one.controls if control.code == code]
    return [replace(_control(*each), kicker=f"{each[0].title}, by month") for each in own]


def _every_force(one: Followed, folder: Path) -> Table | None:
    """What fired last in each force, leading to its chart on its own page."""
    if not one.controls:
        return None
    ordered = sorted(one.controls, key=lambda control: control.force)
    rows = [[control.force, control.last_rule or "ordinary variation"] for control in ordered]
    links = [
        f"{control.code}.html#{_id(one, control)}-h" if (folder / f"{control.code}.html").exists() else ""
        for control in ordered
    ]
    return Table(f"{one.title}: the last rule that fired, every force", ["Force", "Rule"], rows, links)


def _id(one: Followed, control: Control) -> str:
    return f"{one.id}-{_NOT_IN_IDS.sub('-', control.force.lower())}"


def _curve(one: Followed) -> Block | None:
    if not one.marks:
        return None
    last = one.marks[-1]
    caption = f"{one.title}: share by day, all forces that can be followed"
    still = ", ".join(f"{plain(step.open, 0)} on day {step.day}" for step in one.marks)
    sentence = (
        f"By day {last.day} it is {plain(last.share, 1)}% (95% interval {plain(last.lower, 1)} to "
        f"{plain(last.upper, 1)}). Crimes still open and followed: {still}."
    )
    days = [f"day {step.day}" for step in one.curve]
    lines = [
        Line("Share (%)", [step.share for step in one.curve]),
        Line("Lower limit", [step.lower for step in one.curve]),
        Line("Upper limit", [step.upper for step in one.curve]),
    ]
    chart = line_chart(f"{one.id}-curve", caption, f"{caption}. {sentence}", days, lines)
    rows = [
        [f"{s.day}", f"{plain(s.share, 1)}", f"{plain(s.lower, 1)} to {plain(s.upper, 1)}", plain(s.open, 0)]
        for s in one.marks
    ]
    table = Table(caption, ["Day", "Share (%)", "95% interval", "Still open"], rows)
    return Block(
        f"{one.id}-curve",
        "Share by day",
        f"{plain(last.share, 1)}% by day {last.day}",
        sentence,
        chart,
        table,
    )


def _funnel(one: Followed) -> Block | None:
    if not one.forces:
        return None
    outside = [force for force in one.forces if force.signal]
    caption = f"{one.title} within {one.at} days: observed over expected, by force"
    sentence = (
        f"{len(outside)} of {len(one.forces)} forces lie outside the 95% limits, over-dispersion included; "
        "1 is what all forces together would have among these crimes."
    )
    spots = [Spot(f.force, f.expected, f.ratio, f.limits, f.signal.endswith("99.8%")) for f in one.forces]
    chart = funnel_chart(f"{one.id}-funnel", caption, f"{caption}. {sentence}", spots, 1.0)
    rows = [
        [f.force, plain(f.observed, 0), plain(f.expected, 1), plain(f.ratio, 2), f.signal or "inside"]
        for f in sorted(one.forces, key=lambda force: (-abs(force.ratio - 1), force.force))
    ]
    table = Table(caption, ["Force", "Observed", "Expected", "Ratio", "Limits"], rows)
    title = f"{len(outside)} of {len(one.forces)} forces outside the limits"
    return Block(f"{one.id}-funnel", "Forces compared", title, sentence, chart, table)


def _control(one: Followed, control: Control) -> Block:
    caption = f"{one.title}, crimes by month of the outcome, {control.force}"
    sentence = f"{control.last_rule[:1].upper()}{control.last_rule[1:]}." if control.last_rule else (
        "Every month is within ordinary variation."
    )  # fmt: skip
    lines = [
        Line("Crimes", list(control.values)),
        Line("Mean", list(control.mean)),
        Line("Upper limit", list(control.upper)),
        Line("Lower limit", list(control.lower)),
    ]
    id_ = _id(one, control)
    chart = line_chart(id_, caption, f"{caption}. {sentence}", list(control.months), lines)
    rows = [
        [month, plain(value, 0), rule or "ordinary variation"]
        for month, value, rule in zip(control.months, control.values, control.rules, strict=True)
    ]
    table = Table(caption, ["Month", "Crimes", "Rule"], rows)
    title = f"{control.force}: a rule fired" if control.last_rule else f"{control.force}: ordinary variation"
    return Block(id_, f"{control.force}, by month", title, sentence, chart, table)
