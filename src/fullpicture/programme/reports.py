"""Reports of a programme: texts in `reports/*.md`, made into a document of each edition."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pyarrow as pa

from fullpicture.analyse.statistics.funnel import funnel
from fullpicture.core.errors import Mistake, ProgrammeRefused
from fullpicture.core.figure import Figure
from fullpicture.programme.forms import STRICT
from fullpicture.programme.toml import checked
from fullpicture.publish.publication import Publication
from fullpicture.publish.report.charting import Limits
from fullpicture.publish.report.citing import Defaults
from fullpicture.publish.report.document import Correction, Document
from fullpicture.publish.report.making import ReportText, document_of

FENCE = "+++"
_LEVELS = (0.95, 0.998)


@dataclass(frozen=True)
class CorrectionForm:
    """`[[correction]]` of a report: what was put right, and when."""

    __pydantic_config__ = STRICT
    on: date
    what: str


@dataclass(frozen=True)
class ReportForm:
    """The head of a report's text, between two lines of `+++`.

    `area` and `period` are what a call takes that names none; `unknowns` says, for a share of what is known,
    which count has all of them; `withheld` what becomes of a sentence whose figure is withheld.
    """

    __pydantic_config__ = STRICT
    title: str
    area: str
    period: str
    subtitle: str = ""
    version: str = "1.0"
    withheld: Literal["say", "drop"] = "say"
    editions: list[Literal["internal", "public"]] = field(default_factory=lambda: ["internal", "public"])
    unknowns: dict[str, str] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)
    correction: list[CorrectionForm] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """A report as written, and the editions that it is in."""

    text: ReportText
    editions: tuple[str, ...]


def written_reports(folder: Path) -> tuple[Written, ...]:
    """The reports of a programme folder.

    Raises:
        ProgrammeRefused: the head of one is missing or has mistakes.
    """
    mistakes: list[Mistake] = []
    found = [_written(path, mistakes) for path in sorted((folder / "reports").glob("*.md"))]
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return tuple(one for one in found if one)


def _written(path: Path, mistakes: list[Mistake]) -> Written | None:
    name = f"reports/{path.name}"
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        mistakes.append(Mistake(name, "this file is not UTF-8.", "Save it as UTF-8."))
        return None
    ends = [at for at, line in enumerate(lines) if line.strip() == FENCE][:2]
    if len(ends) < 2 or ends[0] != 0:
        mend = f"Begin it with {FENCE}, title, area and period in TOML, and {FENCE} again."
        mistakes.append(Mistake(f"{name}:1", "this report has no head.", mend))
        return None
    try:
        given = tomllib.loads("\n".join(["", *lines[1 : ends[1]]]))  # the fence keeps its line
    except tomllib.TOMLDecodeError as error:
        mistakes.append(Mistake(name, f"its head is not valid TOML: {error}.", "Mend the line named."))
        return None
    form = checked(ReportForm, given, name, mistakes)
    if form is None:
        return None
    body = "\n".join(lines[ends[1] + 1 :])
    return Written(_text(path.stem, name, form, (body, ends[1] + 2)), tuple(form.editions))


def _text(id_: str, name: str, form: ReportForm, body: tuple[str, int]) -> ReportText:
    return ReportText(
        id=id_,
        path=name,
        title=form.title,
        body=body[0],
        first_line=body[1],
        defaults=Defaults(form.area, form.period, form.unknowns),
        subtitle=form.subtitle,
        version=form.version,
        falls_away=form.withheld == "drop",
        corrections=tuple(Correction(one.on.isoformat(), one.what) for one in form.correction),
        says=form.says,
    )


def documents_of(written: Iterable[Written], publication: Publication) -> tuple[Document, ...]:
    """The documents of an edition, of its own tables: of public ones where it is public.

    Raises:
        ProgrammeRefused: with every mistake in every report.
    """
    found: list[Document] = []
    mistakes: list[Mistake] = []
    for one in written:
        if publication.edition in one.editions:
            try:
                found.append(document_of(one.text, publication, funnel_of))
            except ProgrammeRefused as refused:
                mistakes += refused.mistakes
    if mistakes:
        raise ProgrammeRefused(mistakes)
    return tuple(found)


def funnel_of(figures: Sequence[Figure]) -> tuple[float, Sequence[Limits]]:
    """The value of all together and each place's limits, wider for what differs by more than chance."""
    is_share = figures[0].unit == "%"
    table = pa.table(
        {
            "events": [figure.numerator for figure in figures],
            "population": [figure.denominator for figure in figures],
        }
    )
    value, below = figures[0].value or 0.0, figures[0].numerator or 0.0
    per = 100.0 if is_share else value / (below / (figures[0].denominator or 1)) if below else 1000.0
    kind: Literal["proportion", "rate"] = "proportion" if is_share else "rate"
    found = funnel(table, "winsorised", _LEVELS, kind=kind, per=per).to_pylist()
    limits = [
        Limits(
            ((row["lower_95"], row["upper_95"]), (row["lower_99_8"], row["upper_99_8"])),
            row["signal"].endswith("99.8%"),
        )
        for row in found
    ]
    return float(found[0]["target"]), limits
