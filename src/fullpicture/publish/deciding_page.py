"""For whoever decides what is published: what is withheld of each table, why, and what else could be done.

Of the internal edition alone: it says how many small counts there are, and where.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fullpicture.publish.blocks import Block, Table
from fullpicture.publish.charts import Bar, bar_chart
from fullpicture.publish.publication import Publication
from fullpicture.publish.site import environment
from fullpicture.publish.words import plain

FOLDER = "disclosure"
_MOST_NAMED = 60
_OTHER = "hidden to protect another count"
_COLUMNS = ("figure", "why", "protects", "low", "high", "least", "most", "proof")


@dataclass(frozen=True)
class Withheld:
    """A figure that the public edition does not show: where it stands in words, why, and what it protects."""

    figure: str
    place: str
    why: str
    protects: str
    interval: tuple[int | None, ...]
    proof: str
    is_headline: bool

    @property
    def reason(self) -> str:
        """Why, without the name of what is protected."""
        return _OTHER if self.why.startswith("hidden to protect") else self.why


@dataclass(frozen=True)
class Way:
    """One way to publish a table, in numbers of figures; `value` is the share hidden or left out."""

    what: str
    shown: int
    hidden: int
    changed: int
    left_out: int
    value: float
    back: int


@dataclass(frozen=True)
class Deciding:
    """What is known of one table: the first of its `ways` is the public edition as it is."""

    id: str
    title: str
    rule: str
    figures: int
    withheld: Sequence[Withheld]
    ways: Sequence[Way]

    @property
    def headlines(self) -> list[Withheld]:
        """Figures of a headline indicator that are lost, without those of breakdowns."""
        return [one for one in self.withheld if one.is_headline]

    @property
    def derived(self) -> list[Withheld]:
        """Figures that are hidden though no count that they show is: rates, changes, means, absences."""
        return [one for one in self.withheld if not one.protects]


def write_deciding(found: Sequence[Deciding], folder: Path, publication: Publication) -> None:
    """Writes `disclosure/`: a page for each table, one that leads to them, and every withheld figure as CSV.

    Raises:
        ValueError: the edition is public.
    """
    if publication.edition != "internal":
        raise ValueError("these pages tell where small counts are: they are for the internal edition alone.")
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for one in found:
        title = f"{one.title}: what is withheld"
        page = _page(publication, title, f"{one.id}.html", one=one, block=_block(one), **_lists(one))
        (target / f"{one.id}.html").write_text(page, encoding="utf-8")
    title = "What is withheld, and what else could be done"
    page = _page(publication, title, "index.html", table=_overview(found), headlines=_headlines(found))
    (target / "index.html").write_text(page, encoding="utf-8")
    with (target / "withheld.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for one in found:
            writer.writerows(
                [each.figure, each.why, each.protects, *each.interval, each.proof] for each in one.withheld
            )


def _page(publication: Publication, title: str, name: str, **content: object) -> str:
    template = environment().get_template("deciding.html")
    return template.render(
        publication=publication, title=title, root="../", here=f"{FOLDER}/{name}", **content
    )


def _lists(one: Deciding) -> dict[str, object]:
    reasons = Counter(each.reason for each in one.withheld)
    return {
        "reasons": [(why, many) for why, many in reasons.most_common()],
        "derived": one.derived[:_MOST_NAMED],
        "headlines": one.headlines[:_MOST_NAMED],
        "more_derived": max(0, len(one.derived) - _MOST_NAMED),
        "more_headlines": max(0, len(one.headlines) - _MOST_NAMED),
    }


def _share(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def _block(one: Deciding) -> Block:
    """Every way beside the others: how much of the table each still shows exactly."""
    now = one.ways[0]
    caption = f"{one.title}: figures by what each way to publish them would show"
    sentence = f"The public edition shows {plain(_share(now.shown, one.figures), 0)}% of the figures exactly."
    fewer = max((way for way in one.ways if way.left_out), key=lambda way: (way.back, way.shown), default=now)
    if fewer.back:
        what = f"{fewer.what[:1].lower()}{fewer.what[1:]} ({plain(fewer.back, 0)} figures)"
        sentence += f" Of what could be left out or merged, this brings back most: {what}."
    bars = [
        Bar(way.what, _share(way.shown, one.figures), f"{plain(_share(way.shown, one.figures), 0)}%")
        for way in one.ways
    ]
    chart = bar_chart(f"{one.id}-ways", caption, f"{caption}. {sentence}", bars, (0.0, 100.0))
    table = Table(caption, ["Way", *_HEADERS], [_row(way) for way in one.ways])
    return Block(
        f"{one.id}-ways", "Ways to publish it", "Figures shown exactly, % of all", sentence, chart, table
    )


_HEADERS = ("Exact", "Hidden", "Changed", "Left out", "Brought back", "Value hidden or left out (%)")


def _row(way: Way) -> list[str]:
    numbers = (way.shown, way.hidden, way.changed, way.left_out, way.back)
    return [way.what, *(plain(number, 0) for number in numbers), plain(100 * way.value, 1)]


def _overview(found: Sequence[Deciding]) -> Table:
    headers = ["Table", "Figures", "Withheld", "Withheld (%)", "Value withheld (%)", "Headline figures lost"]
    rows = [
        [
            one.title,
            plain(one.figures, 0),
            plain(len(one.withheld), 0),
            plain(_share(len(one.withheld), one.figures), 1),
            plain(100 * one.ways[0].value, 1),
            plain(len(one.headlines), 0),
        ]
        for one in found
    ]
    links = [f"{one.id}.html" for one in found]
    return Table("What the public edition withholds, table by table", headers, rows, links)


def _headlines(found: Sequence[Deciding]) -> list[tuple[Deciding, Sequence[Withheld], int]]:
    return [
        (one, one.headlines[:_MOST_NAMED], max(0, len(one.headlines) - _MOST_NAMED))
        for one in found
        if one.headlines
    ]
