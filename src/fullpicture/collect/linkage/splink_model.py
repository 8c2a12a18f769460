"""A model of ours in Splink's terms. Splink is given numbers for texts, no names of columns to guess by."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from fullpicture.collect.linkage.settings import BORN_YEAR, Comparison, Model
from fullpicture.collect.linkage.shares import Shares
from fullpicture.core.errors import EngineMissing


@contextmanager
def splink() -> Iterator[Any]:
    """The library, silent: what it would log of its progress shows queries on people's records.

    Raises:
        EngineMissing: the extra is not installed.
    """
    try:
        import splink as library
    except ImportError as missing:
        raise EngineMissing("Linkage is not installed. Run: pip install 'fullpicture[link]'") from missing
    log = logging.getLogger("splink")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield library
    finally:
        log.setLevel(before)


def coded(mentions: pa.Table, model: Model) -> pa.Table:
    """The columns that the model looks at, each text as a number that means nothing elsewhere."""
    columns: dict[str, Any] = {"place": mentions["place"], "crime": mentions["crime"]}
    for name in dict.fromkeys([*model.columns, "police_force"]):
        column = mentions[name]
        is_text = pa.types.is_string(column.type)
        columns[name] = column.combine_chunks().dictionary_encode().indices if is_text else column
    return pa.table(columns)


def settings_of(model: Model, shares: Mapping[str, Shares], prior: float) -> dict[str, Any]:
    """Splink's settings: pairs within one table, keyed by `place`."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "place",
        "probability_two_random_records_match": prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule(names, model)} for names in model.blocks
        ],
        "comparisons": [_comparison(one, shares[one.field]) for one in model.compare],
        "linker_uid": f"fullpicture_{model.of}",
    }


def rule(names: Sequence[str], model: Model) -> str:
    """Pairs that agree on some columns and are not of one crime."""
    agree = [f'l."{name}" = r."{name}"' for name in names]
    apart = ['l."police_force" <> r."police_force"'] if model.between == "forces" else []
    return " and ".join([*agree, 'l."crime" <> r."crime"', *apart])


def gamma(one: Comparison) -> str:
    """The column in which Splink says at which level two records are: the closest has the highest number."""
    return f"gamma_{one.field}"


def _comparison(one: Comparison, shares: Shares) -> dict[str, Any]:
    conditions = _conditions(one)
    levels: list[dict[str, Any]] = [
        {"sql_condition": _nothing_known(one), "label_for_charts": "not known", "is_null_level": True}
    ]
    for place, said in enumerate(one.levels):
        level = {
            "sql_condition": conditions[place] if place < len(conditions) else "ELSE",
            "label_for_charts": said,
            "m_probability": shares.expected[place],
            "u_probability": shares.at_random[place],
        }
        if one.by_rarity and place == 0:
            level |= {"tf_adjustment_column": one.field, "tf_adjustment_weight": 1.0}
        levels.append(level)
    return {"output_column_name": one.field, "comparison_levels": levels}


def _nothing_known(one: Comparison) -> str:
    null = _either_null(one.field)
    return f"{null} and {_either_null(BORN_YEAR)}" if one.kind == "birth" else null


def _either_null(name: str) -> str:
    return f'("{name}_l" is null or "{name}_r" is null)'


def _conditions(one: Comparison) -> list[str]:
    """One for each level but the last, closest first."""
    left, right = f'"{one.field}_l"', f'"{one.field}_r"'
    if one.kind == "date":
        near = [f"abs(datediff('day', {left}, {right})) <= {days}" for days in one.within]
        return [f"{left} = {right}", *near]
    if one.kind == "birth":
        by_age = f'abs("{BORN_YEAR}_l" - "{BORN_YEAR}_r") <= 1'
        null = _either_null(one.field)
        return [
            f"{left} = {right}",
            _nearly(left, right),
            f"{null} and {by_age}",
            f"not {null}",
        ]
    return [f"{left} = {right}"]


def _nearly(left: str, right: str) -> str:
    """Two of day, month and year are the same, or day and month changed places."""
    same = {part: f"{part}({left}) = {part}({right})" for part in ("year", "month", "day")}
    pairs = [("year", "month"), ("year", "day"), ("month", "day")]
    swapped = f"({same['year']} and month({left}) = day({right}) and day({left}) = month({right}))"
    return "(" + " or ".join([*(f"({same[a]} and {same[b]})" for a, b in pairs), swapped]) + ")"
