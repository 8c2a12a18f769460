"""Links by probability (Fellegi and Sunter), estimated and scored by Splink on DuckDB in this process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from fullpicture.collect.linkage.blocks import pairs_agreeing, pairs_looked_at, refuse_explosions
from fullpicture.collect.linkage.settings import NOT_KNOWN, TITLES, Model
from fullpicture.collect.linkage.shares import Shares, from_settings, settled
from fullpicture.collect.linkage.splink_model import coded, gamma, rule, settings_of, splink
from fullpicture.core.engine import connect

_MEMORY = "2500MB"
_DIGITS = 6


@dataclass(frozen=True)
class Probable:
    """Pairs from the model's `review` probability on, in order of their places.

    Args:
        pairs: `left`, `right` (places), `probability`, `agreed` (words, never values).
        shares: what was used, per compared field.
        prior: the probability of two records of which nothing is known yet.
        looked_at: the most pairs that were compared.
    """

    pairs: pa.Table
    shares: Mapping[str, Shares]
    prior: float
    looked_at: int


def probable(mentions: pa.Table, model: Model) -> Probable:
    """Compares mentions by a model. Same mentions, same pairs, same probabilities.

    Chance agreement is counted in random pairs with the model's seed; agreement of true pairs is learned by
    expectation maximisation on one core, so that sums have one order. Where too few pairs agree on what is
    to be learned from, the settings' shares stand.

    Raises:
        EngineMissing: the extra `link` is not installed.
        UsageError: the model's blocks would compare too many pairs.
    """
    with splink() as library:
        looked_at = refuse_explosions(mentions, model)
        shares: Mapping[str, Shares] = from_settings(model)
        prior = _prior(mentions, model)
        if looked_at == 0:
            return Probable(_worded(_NOTHING, model), shares, prior, 0)
        with _engine() as engine:
            engine.register("mentions", coded(mentions, model))
            api = library.DuckDBAPI(connection=engine)
            shares = _learned(library, api, mentions, model, prior)
            found = _scored(library, api, settings_of(model, shares, prior), model)
    return Probable(_worded(found, model), shares, prior, looked_at)


_NOTHING = pa.table({"left": pa.array([], pa.int64())})


@contextmanager
def _engine() -> Iterator[Any]:
    """DuckDB's own connection, offline; what does not fit into memory goes to a folder that is removed."""
    with tempfile.TemporaryDirectory(prefix="fullpicture-link-") as spill:
        backend = connect(
            temp_directory=spill,
            memory_limit=_MEMORY,
            autoinstall_known_extensions=False,
            autoload_known_extensions=False,
        )
        try:
            yield backend.con
        finally:
            backend.disconnect()


def _prior(mentions: pa.Table, model: Model) -> float:
    """The share of all pairs that are of the same, from those that agree on what makes one sure."""
    total = mentions.num_rows * (mentions.num_rows - 1) // 2
    if model.between == "forces":
        total -= pairs_agreeing(mentions, ["police_force"])
    sure = max(pairs_looked_at(mentions, model.sure, model), 1)
    return min(float(f"{sure / model.recall / max(total, 1):.{_DIGITS}g}"), 0.5)


def _learned(library: Any, api: Any, mentions: pa.Table, model: Model, prior: float) -> Mapping[str, Shares]:
    """Shares estimated from the data, where there is enough of it."""
    shares = from_settings(model)
    if mentions.num_rows * (mentions.num_rows - 1) // 2 < model.least_pairs:
        return shares
    linker = _linker(library, api, settings_of(model, shares, prior))
    linker.training.estimate_u_using_random_sampling(max_pairs=model.random_pairs, seed=model.seed)
    learned: set[str] = set()
    with _one_core(api.duckdb_con):
        for group in model.learn:
            if pairs_looked_at(mentions, group, model) >= model.least_pairs and _learn(linker, group, model):
                learned |= {one.field for one in model.compare if one.field not in group}
    return settled(model, _estimates(linker.misc.save_model_to_json(), learned))


def _learn(linker: Any, group: Sequence[str], model: Model) -> bool:
    """One round of expectation maximisation; Splink raises where it finds no true pairs at all."""
    from splink.internals.exceptions import EMTrainingException

    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule(group, model), estimate_without_term_frequencies=True, max_pairs=model.learn_pairs
        )
    except (ValueError, EMTrainingException):
        return False
    return True


def _estimates(
    saved: Mapping[str, Any], learned: set[str]
) -> dict[str, Sequence[tuple[float | None, float | None]]]:
    """Per compared field the two shares of each level; the first is None where nothing was learned."""
    found: dict[str, Sequence[tuple[float | None, float | None]]] = {}
    for comparison in saved["comparisons"]:
        name = comparison["output_column_name"]
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        found[name] = [
            (level.get("m_probability") if name in learned else None, level.get("u_probability"))
            for level in levels
        ]
    return found


def _scored(library: Any, api: Any, settings: Mapping[str, Any], model: Model) -> pa.Table:
    """Pairs with their probability and levels."""
    scored = _linker(library, api, settings).inference.predict(
        threshold_match_probability=model.review, warning_mode="never"
    )
    levels = ", ".join(f'cast("{gamma(one)}" as tinyint) as "{gamma(one)}"' for one in model.compare)
    query = f"""
        select least(place_l, place_r) as "left", greatest(place_l, place_r) as "right",
            round(match_probability, {_DIGITS}) as probability, {levels}
        from {scored.physical_name} order by 1, 2
    """
    return api.duckdb_con.sql(query).to_arrow_table()


def _linker(library: Any, api: Any, settings: Mapping[str, Any]) -> Any:
    return library.Linker(api.register("mentions", table_name=None), dict(settings), log_level=None)


@contextmanager
def _one_core(engine: Any) -> Iterator[None]:
    (threads,) = engine.execute("select current_setting('threads')").fetchone()
    engine.execute("set threads = 1")
    try:
        yield
    finally:
        engine.execute(f"set threads = {threads}")


def _worded(found: pa.Table, model: Model) -> pa.Table:
    """The pairs with what agreed in words: `name by sound: the same; birth: nearly the same day; ...`."""
    if not found.num_rows:
        return pa.table(
            {
                "left": pa.array([], pa.int64()),
                "right": pa.array([], pa.int64()),
                "probability": pa.array([], pa.float64()),
                "agreed": pa.array([], pa.string()),
            }
        )
    said = []
    for one in model.compare:
        words = pa.array([f"{TITLES[one.field]}: {level}" for level in (*one.levels[::-1], NOT_KNOWN)])
        at = np.asarray(found[gamma(one)].to_numpy(), np.int64)
        said.append(words.take(pa.array(np.where(at < 0, len(one.levels), at))))
    agreed = pc.binary_join_element_wise(*said, "; ")
    return found.select(["left", "right", "probability"]).append_column("agreed", agreed)
