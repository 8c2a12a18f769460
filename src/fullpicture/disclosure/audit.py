"""The auditor: takes what is published, all of it, and says what can be worked out of each hidden cell.

It shares nothing with the suppressor but the type of linked tables. A hidden cell is *exact* where every
table of whole counts that fits what is published has the same count in it, and *narrow* where it could be a
small count and the tables that fit do not reach all of 1 to k. Both are found by bounds (`audit_bounds`) and,
for what bounds leave open, by other tables that fit (`audit_tables`), as smallest and largest values over the
linear relaxation (Fischetti and Salazar 2001; Hundepool et al. 2012, "Statistical Disclosure Control",
chapter 4). Where the audit is made by who knows the counts, it also asks what somebody could work out who is
alone in a cell (`audit_contributor`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from fullpicture.core.errors import Contradiction
from fullpicture.disclosure.audit_bounds import Unknowns, narrowed
from fullpicture.disclosure.audit_contributor import Others, Told, told_to_contributors
from fullpicture.disclosure.audit_tables import Programme, Search, Wanted
from fullpicture.disclosure.linked import Floats, Ints, LinkedTables, Mask, Steps

Mode = Literal["exact", "range"]
Proof = Literal["bounds", "whole tables", "tables", "programmes"]


@dataclass(frozen=True)
class Asked:
    """What an audit asks: small counts are 1 to `threshold`; `mode` range asks for all of these values.

    `primary` marks, over all cells, those that may not be known; without it every hidden cell is one.
    `offered` are changes of the true table which are said to fit what is published; each is tried.
    """

    threshold: int
    mode: Mode = "exact"
    primary: Mask | None = None
    offered: Steps | None = None


@dataclass(frozen=True)
class Audit:
    """What is known of each hidden cell (`cells`), from outside and from inside.

    No table that fits has less than `least` or more than `most`; some table that fits reaches `low`, some
    `high`. `is_exact` and `is_narrow` say what is wrong; in exact mode, nobody has looked for what is narrow.
    """

    asked: Asked
    cells: Ints
    least: Floats
    most: Floats
    low: Floats
    high: Floats
    has_whole_tables: Mask
    matters: Mask
    programmes: int
    told: tuple[Told, ...] = ()

    @property
    def is_exact(self) -> Mask:
        """Cells with one value left."""
        exact: Mask = self.low >= self.high
        return exact & self.matters

    @property
    def is_small(self) -> Mask:
        """Cells that may be a small count, as far as anybody can tell."""
        least = np.where(self.is_exact, self.low, self.least)
        small: Mask = least <= self.asked.threshold
        return small

    @property
    def is_narrow(self) -> Mask:
        """Cells that may be small and do not reach all of 1 to the threshold (the exact ones among them)."""
        short: Mask = (self.low > 1) | (self.high < self.asked.threshold)
        return short & self.is_small & self.matters

    @property
    def leaks(self) -> Mask:
        """What may not be: small counts that are exact, and in range mode those that are narrow."""
        known: Mask = self.is_exact & (self.is_small if self.asked.primary is None else self.matters)
        return known | self.is_narrow if self.asked.mode == "range" else known

    def proof(self, place: int) -> Proof:
        """How it is known what `low` and `high` say of a cell."""
        if self.least[place] == self.most[place]:
            return "bounds"
        if self.low[place] >= self.high[place]:
            return "programmes"
        return "whole tables" if self.has_whole_tables[place] else "tables"


def audit(published: LinkedTables, asked: Asked, truth: Ints | None = None) -> Audit:
    """Bounds every hidden cell of what is published.

    Args:
        published: all that is published together; a cell that is not `known` is hidden. truth: the counts of
        all cells, where the audit is made by who knows them: what small counts are, and who
            is alone in a cell, is then known.

    Raises:
        Contradiction: no table of counts fits.
    """
    unknowns = narrowed(Unknowns.of(published))
    _refuse_contradiction(published, unknowns)
    open_unknowns, is_open = unknowns.open()
    matters = np.ones(len(unknowns), dtype=bool)
    if asked.primary is not None:
        matters = asked.primary[unknowns.cells]
    start = None if truth is None else truth[open_unknowns.cells].astype(np.float64)
    search = Search(Programme(open_unknowns), _wanted(open_unknowns, asked), matters[is_open])
    span = search.run(start)
    least, most = unknowns.least.copy(), unknowns.most.copy()
    least[is_open], most[is_open] = search.least, search.most
    low, high = least.copy(), most.copy()
    low[is_open], high[is_open] = span.least, span.most
    whole = ~is_open
    whole[is_open] = (span.whole_low <= span.least) & (span.whole_high >= span.most)
    audited = Audit(asked, unknowns.cells, least, most, low, high, whole, matters, search.programme.solved)
    if truth is None:
        return audited
    small = matters & (truth[unknowns.cells] > 0) & (truth[unknowns.cells] <= asked.threshold)
    secret = (small & ~audited.is_exact)[is_open]
    others = Others(span.tables, asked.offered)
    return replace(audited, told=tuple(told_to_contributors(published, truth, open_unknowns, secret, others)))


def _wanted(unknowns: Unknowns, asked: Asked) -> Wanted:
    """Two values of each cell; in range mode all of 1 to the threshold, where bounds leave as much.

    Where they do not, the question is whether the cell can be small at all.
    """
    if asked.mode == "exact":
        return Wanted(np.full(len(unknowns), np.inf), np.full(len(unknowns), -np.inf))
    threshold = float(asked.threshold)
    reaches = unknowns.most >= threshold
    may_be_one, may_be_small = reaches & (unknowns.least <= 1), reaches & (unknowns.least <= threshold)
    lowest = np.where(may_be_one, 1.0, np.where(may_be_small, threshold, np.inf))
    return Wanted(lowest, np.where(may_be_one, threshold, -np.inf))


def _refuse_contradiction(published: LinkedTables, unknowns: Unknowns) -> None:
    """Totals that do not add up, and hidden cells that no count fits."""
    wrong = published.equations.cells[published.equations.starts[published.inconsistent()]]
    wrong = np.concatenate([wrong, unknowns.cells[unknowns.least > unknowns.most]])
    if len(wrong):
        named = "; ".join(published.name(int(cell)) for cell in wrong[:5])
        more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        raise Contradiction(
            f"no table of counts fits what is published at: {named}{more}. "
            "Check that the totals there are the sums of their parts."
        )
