"""`fullpicture explain`: a figure's definition, the delivered rows behind it, and where it is published."""

from __future__ import annotations

import csv
import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from fullpicture.analyse.change import change_id
from fullpicture.analyse.indicator import Indicator
from fullpicture.analyse.lineage import RowsBehind, rows_behind
from fullpicture.core.areas import Register
from fullpicture.core.errors import UnknownFigure, UsageError
from fullpicture.core.figure import FIGURE_COLUMNS, Figure
from fullpicture.programme.cache import Cache, sha256_of
from fullpicture.programme.load import Programme, load
from fullpicture.programme.receiving import Received
from fullpicture.programme.sources import Delivery, take_in
from fullpicture.programme.tables import Bases
from fullpicture.programme.usage import Collector

FORCE = "police force area"
_NUMBERS = ("value", "lower", "upper", "numerator", "denominator")


@dataclass(frozen=True)
class Explanation:
    """What is known of one figure; `rows` are those of the figure itself, of the two for a change.

    `returns` are those of the figure's forces that its sources join, whether they could be read or not.
    """

    figure: Figure
    indicator: Indicator
    rows: list[RowsBehind]
    sources: list[Delivery]
    returns: list[Received]
    pages: list[str]
    public: str

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "id": self.figure.id,
            "value": self.figure.value,
            "absence": self.figure.absence,
            "unit": self.figure.unit,
            "definition": self.indicator.definition,
            "remark": self.figure.remark,
            "rows": [_row_dict(behind, self.figure) for behind in self.rows],
            "refused": {one.source.id: dict(one.collected.refused) for one in self.sources},
            "returns": [_return_dict(one) for one in self.returns],
            "published": self.pages,
            "public": self.public,
        }


def _row_dict(behind: RowsBehind, figure: Figure) -> dict[str, Any]:
    where = {name: list(values) for name, values in behind.term.where.items()}
    if behind.in_category:
        parts = zip(figure.breakdown.split("|"), figure.category.split("|"), strict=True)
        where |= {name: [value] for name, value in parts}
    return {
        "source": behind.term.source,
        "column": behind.term.column,
        "where": where,
        "total": behind.total,
        "files": [
            {"file": file, "rows": ranges(rows), "count": len(rows)} for file, rows in behind.rows.items()
        ],
    }


def _return_dict(received: Received) -> dict[str, Any]:
    return {
        "source": received.source.id,
        "title": received.source.title,
        "police_force": received.source.mapping.police_force,
        "is_in": received.vintage is not None,
        "rows_in": received.rows_in,
        "rows_kept": received.rows_kept,
        "refused": dict(sorted(received.refused.items())),
    }


def explain(figure_id: str, folder: Path | str) -> Explanation:
    """Explains a figure of a build.

    Args:
        figure_id: as in `figures.csv`: indicator/area_code/period_kind:period/breakdown/category.
        folder: the build folder.

    Raises:
        UsageError: the folder holds no build, its programme has gone, or its files have changed since.
        UnknownFigure: no figure has that id.
    """
    folder = Path(folder)
    programme, cache = _origin(folder)
    _check_unchanged(folder, programme)
    figure = _read_figure(folder / "internal", figure_id)
    indicator, moments = _indicator_of(programme, figure)
    intake = take_in(programme, cache, Collector.by_login(), lambda _: None)
    found = intake.sources
    bases = Bases(programme, found).of([indicator])
    rows = [
        behind for moment in moments for behind in rows_behind(indicator, moment, bases, programme.register)
    ]
    sources = [found[source] for source in indicator.sources]
    returns = _returns_behind(figure, sources, intake.returns, programme.register)
    public = _public(folder / "public", figure_id)
    return Explanation(figure, indicator, rows, sources, returns, _pages(figure), public)


def _returns_behind(
    figure: Figure, sources: Iterable[Delivery], received: Mapping[str, Received], register: Register
) -> list[Received]:
    """The returns joined in the figure's sources that are of a force in its area."""
    forces = {figure.area_code, *register.base_members(figure.area_code, FORCE)}
    joined = dict.fromkeys(id_ for delivery in sources for id_ in delivery.source.joins)
    there = [received[id_] for id_ in joined]
    return [one for one in there if one.source.mapping.police_force in forces]


def _check_unchanged(folder: Path, programme: Programme) -> None:
    """Refuses to explain a figure by files that are others now than those it was made of."""
    inputs = json.loads((folder / "run.json").read_text(encoding="utf-8"))["inputs"]
    changed = [
        one["path"]
        for one in inputs
        if not (programme.data / one["path"]).is_file()
        or sha256_of(programme.data / one["path"]) != one["sha256"]
    ]
    if changed:
        names = f"{', '.join(changed[:3])}{' and others' if len(changed) > 3 else ''}"
        raise UsageError(f"{names}: delivered again or gone since this build. Build again, then explain.")


def remember_origin(cache_folder: Path, programme: Programme) -> None:
    """Notes, beside the build and not in it, which folders it was made from."""
    origin = {"programme": str(programme.folder.resolve()), "data": str(programme.data.resolve())}
    (cache_folder / "origin.json").write_text(json.dumps(origin), encoding="utf-8")


def cache_of(folder: Path) -> Path:
    """Where the build's cache is: beside it, so that it survives the swap and is never published."""
    return folder.with_name(f".{folder.name}.cache")


def programme_of(build: Path) -> Path:
    """The programme folder that a build was made from.

    Raises:
        UsageError: it is not known, because this is no build or its cache is gone.
    """
    note = cache_of(build.resolve()) / "origin.json"
    if not note.exists():
        raise UsageError(
            f"{build}: from which programme it was built is not known. Run fullpicture build again."
        )
    return Path(json.loads(note.read_text(encoding="utf-8"))["programme"])


def _origin(folder: Path) -> tuple[Programme, Cache]:
    note = cache_of(folder) / "origin.json"
    if not (folder / "internal" / "figures.csv").exists() or not note.exists():
        raise UsageError(
            f"{folder}: there is no build here. Run fullpicture build first, or name it with --build."
        )
    origin = json.loads(note.read_text(encoding="utf-8"))
    return load(Path(origin["programme"]), Path(origin["data"])), Cache(cache_of(folder))


def _read_figure(edition: Path, figure_id: str) -> Figure:
    with (edition / "figures.csv").open(encoding="utf-8", newline="") as file:
        ids = []
        for row in csv.DictReader(file):
            figure = _figure(row)
            if figure.id == figure_id:
                return figure._replace(remark=_remark(edition, figure_id))
            ids.append(figure.id)
    near = difflib.get_close_matches(figure_id, _plausible(ids, figure_id), n=1, cutoff=0.5)
    raise UnknownFigure(figure_id, near[0] if near else None)


def _plausible(ids: list[str], figure_id: str) -> list[str]:
    """Ids of the same indicator, or one of each indicator: comparing all of them would take minutes."""
    indicator = figure_id.split("/")[0]
    same = [id_ for id_ in ids if id_.startswith(f"{indicator}/")]
    return same[:5000] or list({id_.split("/")[0]: id_ for id_ in ids}.values())


def _figure(row: dict[str, str]) -> Figure:
    cells = {
        name: (float(cell) if cell else None) if name in _NUMBERS else cell for name, cell in row.items()
    }
    return Figure(**{name: cells[name] for name in FIGURE_COLUMNS})  # type: ignore[arg-type]


def _remark(edition: Path, figure_id: str) -> str:
    with (edition / "remarks.csv").open(encoding="utf-8", newline="") as file:
        return next((row["remark"] for row in csv.DictReader(file) if row["id"] == figure_id), "")


def _indicator_of(programme: Programme, figure: Figure) -> tuple[Indicator, list[Figure]]:
    """The indicator, and the figures whose rows count: a change stands on this period and the one before."""
    if figure.indicator in programme.indicators:
        return programme.indicators[figure.indicator], [figure]
    by_change = {change_id(one): one for one in programme.indicators.values() if one.change}
    before = figure.when.shifted(-1)
    return by_change[figure.indicator], [figure, figure._replace(period=before.name)]


def _pages(figure: Figure) -> list[str]:
    return [
        f"indicators/{figure.indicator}.html",
        f"areas/{figure.area_code}.html",
        "figures.csv",
        "workbook.xlsx",
        "workbook.ods",
    ]


def _public(edition: Path, figure_id: str) -> str:
    """What the public edition shows of the figure."""
    try:
        figure = _read_figure(edition, figure_id)
    except UnknownFigure:
        return "not in the public edition"
    return f"shown as [{figure.absence}]" if figure.absence else "published"


def ranges(rows: Iterable[int]) -> str:
    """Row numbers as people write them: `2-5, 9`.

    Examples:
        >>> ranges([2, 3, 4, 5, 9])
        '2-5, 9'
    """
    numbers = sorted(rows)
    if not numbers:
        return ""
    starts = [numbers[0], *(now for before, now in pairwise(numbers) if now != before + 1)]
    ends = [*(before for before, now in pairwise(numbers) if now != before + 1), numbers[-1]]
    return ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in zip(starts, ends, strict=True))
