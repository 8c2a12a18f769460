"""A suppressor made to fail: the auditor sees it whenever the slow audit does, and so does `verify`."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from fullpicture.disclosure.audit import Asked, audit
from fullpicture.disclosure.counts import Counts
from fullpicture.disclosure.figure_tables import FigureTables, linked_figures
from fullpicture.disclosure.linked import Equations, LinkedTables
from fullpicture.disclosure.primary import Primaries
from fullpicture.disclosure.repair import Safe, repaired
from fullpicture.disclosure.rule import Rule, Rules
from fullpicture.disclosure.suppress import suppress
from fullpicture.programme.build import build
from fullpicture.programme.edition_files import EditionFiles
from fullpicture.programme.verify import verify
from tests.disclosure.small_tables import drawn_tables, naive_audit
from tests.programme.folders import crime_csv, write_programme

PROTECTING = import_module("fullpicture.disclosure.protect")
K = 4
SEEDS = range(30)


def without_a_row(equations: Equations, chance: np.random.Generator) -> Equations:
    """The same but for one equation drawn at random."""
    kept = np.arange(len(equations)) != chance.integers(len(equations))
    sizes = np.diff(equations.starts)[kept]
    entries = kept[equations.rows]
    return Equations(
        np.concatenate([[0], np.cumsum(sizes)]),
        equations.cells[entries],
        equations.weights[entries],
        equations.rhs[kept],
    )


def sabotaged(tables: LinkedTables, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Small cells, and what a suppressor hides that forgets an equation or shows a cell again."""
    chance = np.random.default_rng(seed)
    small = (tables.counts > 0) & (tables.counts <= K)
    if seed % 2:
        forgetful = replace(tables, equations=without_a_row(tables.equations, chance))
        return small, suppress(forgetful.where_zeros_show(), small).hidden | small
    hidden = suppress(tables.where_zeros_show(), small).hidden | small
    others = np.flatnonzero(hidden & ~small)
    if len(others):
        hidden[chance.choice(others)] = False
    return small, hidden


def test_the_auditor_finds_every_leak_that_the_naive_audit_finds() -> None:
    leaky = 0
    for seed in SEEDS:
        tables = drawn_tables(seed, 2, most_codes=7)
        small, hidden = sabotaged(tables, seed)
        published = tables.without(hidden).where_zeros_show()
        naive = {
            cell for cell, (least, most) in naive_audit(published).items() if least == most and small[cell]
        }
        audited = audit(published, Asked(K, "exact", small))
        assert set(audited.cells[audited.leaks].tolist()) == naive, seed
        leaky += bool(naive)
    assert leaky > len(SEEDS) / 4


@pytest.mark.parametrize("seed", range(4))
def test_what_a_sabotaged_suppressor_certified_does_not_verify(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(seed)
    crimes = (
        crime_csv().replace("Surrey,Theft,41", "Surrey,Theft,4").replace("Kent,Robbery,60", "Kent,Robbery,7")
    )
    if seed % 2:
        monkeypatch.setattr(PROTECTING, "linked_figures", forgetful(chance))
    else:
        monkeypatch.setattr(PROTECTING, "repaired", careless(chance))
    build(write_programme(tmp_path / "programme", crime=crimes), tmp_path / "build")
    public, internal = tmp_path / "build" / "public", tmp_path / "build" / "internal"
    if leaks_naively(public, internal):
        assert verify(public, internal)
    else:
        assert seed % 2, "a cell that is needed was shown again, so that there is a leak"


def careless(chance: np.random.Generator) -> object:
    """Shows one of the cells again that were hidden for another's sake."""

    def show_one(linked: FigureTables, rules: Rules, *given: np.ndarray) -> Safe:
        safe = repaired(linked, rules, *given)
        others = np.flatnonzero(safe.hidden & ~linked.primary & ~linked.is_rest)
        hidden = safe.hidden.copy()
        hidden[chance.choice(others)] = False
        return replace(safe, hidden=hidden)

    return show_one


def forgetful(chance: np.random.Generator) -> object:
    """Does not know one of the equations, wherever it matters."""

    def forget(*given: object) -> FigureTables:
        linked = linked_figures(*given)  # type: ignore[arg-type]
        equations = without_a_row(linked.tables.equations, chance)
        return replace(linked, tables=replace(linked.tables, equations=equations))

    return forget


def leaks_naively(public: Path, internal: Path) -> bool:
    """Whether a linear programme for each small hidden count finds one that is known."""
    shown, inside = EditionFiles.read(public).by_id, EditionFiles.read(internal)
    counts = Counts(inside.tables)
    linked = linked_figures(counts, inside.register, Primaries(counts, Rules(Rule()), inside.register))
    seen = np.zeros(len(linked.tables), dtype=bool)
    for id_, sides in counts.sides.items():
        if shown[counts.figures[id_].id].value is not None:
            seen[[linked.cells[side] for side in sides]] = True
    small = linked.primary
    cells = np.flatnonzero(small)
    found = naive_audit(linked.published(seen), cells)
    return any(least == most for least, most in found.values()) or bool((seen & small).any())
