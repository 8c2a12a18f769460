"""Protects linked tables by one of three methods, and lets nothing out that the auditor can undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from fullpicture.core.errors import Unprotectable
from fullpicture.disclosure.alone import persons
from fullpicture.disclosure.audit import Asked, Audit, Mode, audit
from fullpicture.disclosure.coarsening import coarsen, only
from fullpicture.disclosure.linked import Floats, Ints, LinkedTables, Mask, Steps
from fullpicture.disclosure.optimum import SMALL, least_hidden
from fullpicture.disclosure.ranges import loosen, widen
from fullpicture.disclosure.rounding import as_bounds, round_to
from fullpicture.disclosure.rule import Rule
from fullpicture.disclosure.suppress import Suppression, suppress

Method = Literal["suppress", "round", "coarsen"]
Alone = Literal["audited", "one movement", "not asked"]
METHODS: tuple[Method, ...] = ("suppress", "round", "coarsen")
_ROUNDS = 3
_MANY = 80_000
"""Entries of equations above which the movement alone answers for who is alone: audits take too long."""


@dataclass(frozen=True)
class Request:
    """What is asked of a protection.

    In mode `exact` no small count may be known; in mode `range` each must keep every value from 1 to the
    threshold. `plan` names the dimensions to coarsen, in order; `cost` says what hiding a cell loses (its
    count, where nothing is said); `from_alone`, that who is alone in a cell must not learn another count.
    Counts are rounded to the threshold and one.
    """

    rule: Rule
    mode: Mode = "exact"
    plan: tuple[str, ...] = ()
    cost: Floats | None = None
    from_alone: bool = True

    @property
    def base(self) -> int:
        """What counts are rounded to, so that a rounded count can be any small one."""
        return self.rule.threshold + 1


@dataclass(frozen=True)
class Draft:
    """A protected table before its audit.

    `published` is what a reader knows, `shown` the counts to print where `is_shown`; `left_out` cells are no
    part of the table any more. `protects` names for each hidden cell the primary that it is hidden for.
    `is_movement`: one movement proves it against both intruders (`suppress`); `offered` are small ones that
    lead to other tables that fit. `steps` are the dimensions that were coarsened, `within` how far rounded
    counts are from the truth.
    """

    method: Method
    tables: LinkedTables
    primary: Mask
    published: LinkedTables
    shown: Ints
    is_shown: Mask
    left_out: Mask
    protects: Ints
    unproven: Ints
    is_movement: bool = False
    offered: Steps | None = None
    steps: tuple[str, ...] = ()
    within: int = 0

    @property
    def loss(self) -> float:
        """The share of cells that do not say their count any more."""
        return float(np.mean(~self.is_shown | (self.shown != self.tables.counts)))

    @property
    def hidden(self) -> Mask:
        """Cells that are in the table without their count."""
        return ~self.is_shown & ~self.left_out

    @property
    def status(self) -> list[str]:
        """`published`, `primary` or `secondary` for each cell."""
        hidden = np.where(self.primary, "primary", "secondary")
        said: list[str] = np.where(self.is_shown, "published", hidden).tolist()
        return said


@dataclass(frozen=True)
class Answer:
    """A protected table that the auditor let pass, and what he found.

    `alone` says how it is known that who is alone in a cell learns nothing: asked of the auditor, or by one
    movement alone, which leaves him an interval, if perhaps with one whole number in it.
    """

    draft: Draft
    audited: Audit
    alone: Alone


def protect_tables(tables: LinkedTables, request: Request, methods: Sequence[Method] = METHODS) -> Answer:
    """The answer of the method that loses least, of those that the auditor lets pass.

    Raises:
        Unprotectable: none does; the cells that stand in the way are named.
    """
    tables = tables if request.rule.hide_zeros else tables.where_zeros_show()
    found = [draft for method in methods if (draft := _BY[method](tables, request)) is not None]
    failures = [Unprotectable(" or ".join(methods), [])]
    for draft in sorted(found, key=lambda draft: draft.loss):
        try:
            return _let_pass(draft, request)
        except Unprotectable as failure:
            failures.append(failure)
    raise failures[-1]


def primaries(tables: LinkedTables, rule: Rule) -> Mask:
    """The cells that the rule hides."""
    is_small = (tables.counts > 0) & (tables.counts <= rule.threshold)
    return np.asarray(tables.known & (is_small | (rule.hide_zeros & (tables.counts == 0))))


def _suppressed(tables: LinkedTables, request: Request) -> Draft:
    return _hidden(tables, request, np.zeros(len(tables), dtype=bool), "suppress")


def _coarsened(tables: LinkedTables, request: Request) -> Draft | None:
    """By the plan; what is small in the coarsest table that the plan gives is suppressed."""
    done = coarsen(tables, primaries(tables, request.rule), request.plan)
    if not done.steps:
        return None
    return replace(_hidden(tables, request, done.left_out, "coarsen"), steps=done.steps)


def _hidden(tables: LinkedTables, request: Request, left_out: Mask, method: Method) -> Draft:
    cells = np.flatnonzero(~left_out)
    kept, primary = only(tables, cells) if left_out.any() else tables, primaries(tables, request.rule)
    cost = None if request.cost is None else request.cost[cells]
    found = _found(kept, primary[cells], request, cost)
    hidden, protects = left_out.copy(), np.full(len(tables), -1, dtype=np.int64)
    hidden[cells] = found.hidden
    protects[cells] = np.where(found.protects >= 0, cells[found.protects], -1)
    published = tables.without(hidden)
    published = replace(published, lower=np.where(left_out, 0.0, published.lower))
    shown, is_shown, unproven = published.counts, published.known, cells[found.unproven]
    moved = bool(found.direction.any()) and not left_out.any() and not len(unproven)
    draft = Draft(method, tables, primary, published, shown, is_shown, left_out, protects, unproven, moved)
    offered = found.steps and found.steps._replace(cells=cells[found.steps.cells])
    return replace(draft, offered=offered)


def _found(tables: LinkedTables, primary: Mask, request: Request, cost: Floats | None) -> Suppression:
    """Cells to hide: the fewest in a small table; in range mode, until each small count has its range."""
    found = suppress(tables, primary, cost, request.from_alone)
    if request.mode == "range":
        return widen(tables, found, request.rule.threshold, cost)
    if len(tables) <= SMALL:
        costs = tables.counts.astype(np.float64) if cost is None else cost
        return least_hidden(tables, found, costs, request.from_alone)
    return found


def _rounded(tables: LinkedTables, request: Request) -> Draft | None:
    rounded = round_to(tables, request.base) if tables.known.all() else None
    if rounded is None:
        return None
    nothing, none = np.zeros(len(tables), dtype=bool), np.full(len(tables), -1, dtype=np.int64)
    primary, published = primaries(tables, request.rule), as_bounds(tables, rounded)
    draft = Draft(
        "round", tables, primary, published, rounded.counts, ~nothing, nothing, none, none[:0]
    )  # fmt: skip
    return replace(draft, within=rounded.within)


def _let_pass(draft: Draft, request: Request) -> Answer:
    """What the auditor can work out is hidden better, or never let out."""
    audited = _audited(draft, request)
    for _ in range(_ROUNDS):
        is_wrong = bool(audited.told) or (request.mode == "exact" and audited.leaks.any())
        if draft.method == "round" or not is_wrong:
            break
        draft = _loosened(draft, audited, request.cost)
        audited = _audited(draft, request)
    told = [one.told for one in audited.told]
    short = draft.unproven.tolist() if request.mode == "range" else []
    wrong = sorted({*short, *audited.cells[audited.leaks].tolist(), *told})
    if wrong:
        raise Unprotectable(draft.method, [draft.tables.name(cell) for cell in wrong])
    return Answer(draft, audited, _alone(draft, request))


def _audited(draft: Draft, request: Request) -> Audit:
    mode: Mode = "range" if draft.method == "round" else request.mode
    asked = Asked(request.rule.threshold, mode, draft.primary, draft.offered)
    truth = draft.tables.counts if _alone(draft, request) == "audited" else None
    return audit(draft.published, asked, truth)


def _alone(draft: Draft, request: Request) -> Alone:
    if not request.from_alone:
        return "not asked"
    return "one movement" if draft.is_movement and len(draft.tables.equations.cells) > _MANY else "audited"


def _loosened(draft: Draft, audited: Audit, cost: Floats | None) -> Draft:
    """Hides more for counts that have an interval, but one whole number in it; the movement still holds."""
    tables, none = draft.tables, np.zeros(len(draft.tables), dtype=np.int64)
    costs = tables.counts.astype(np.float64) if cost is None else cost
    found = Suppression(~draft.is_shown, draft.primary, draft.protects, none, draft.unproven)
    found = loosen(tables, found, audited.cells[audited.leaks], costs, none > 0)
    alone = persons(tables, draft.primary) if audited.told else []
    for one in audited.told:
        held = none > 0
        held[next(cells for cells in alone if one.alone_in in cells)] = True
        found = loosen(tables, found, np.array([one.told]), costs, held)
    published = draft.published.without(found.hidden)
    return replace(
        draft,
        published=published,
        shown=published.counts,
        is_shown=published.known,
        protects=found.protects,
        unproven=found.unproven,
    )


_BY = {"suppress": _suppressed, "round": _rounded, "coarsen": _coarsened}
