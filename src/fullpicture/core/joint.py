"""The multi-agency view: what safeguarding partners and the police each record of one thing, side by side."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

JOINT_SCHEMA = pa.schema(
    [
        ("theme", pa.string()),
        ("police_area_code", pa.string()),
        ("police_area_name", pa.string()),
        ("side", pa.string()),
        ("indicator", pa.string()),
        ("area_code", pa.string()),
        ("area_name", pa.string()),
        ("area_level", pa.string()),
        ("period", pa.string()),
        ("period_kind", pa.string()),
        ("value", pa.float64()),
        ("count", pa.float64()),
        ("unit", pa.string()),
        ("absence", pa.string()),
        ("why", pa.string()),
    ]
)
"""Columns of `joint.csv`: the figures of a theme for one police force area (docs/comparison.md).

`side` is `safeguarding`, `police` or `both`; `area_code` is the force area's or, on the safeguarding side,
that of one of its authorities; `count` is the figure's numerator; `why` says why there is no value, or that
its period differs.
"""


@dataclass(frozen=True)
class Theme:
    """One thing that both sides record: which indicators, what may be read from them and what may not.

    `both` names indicators that put the counts of both sides in one number.
    """

    id: str
    title: str
    safeguarding: tuple[str, ...]
    police: tuple[str, ...]
    both: tuple[str, ...]
    may: str
    may_not: str


@dataclass(frozen=True)
class JointView:
    """All themes of one edition, from that edition's figures and nothing else."""

    themes: tuple[Theme, ...]
    rows: pa.Table

    def __post_init__(self) -> None:
        if self.rows.schema.names != JOINT_SCHEMA.names:
            raise ValueError(f"a table of the joint view has the columns {', '.join(JOINT_SCHEMA.names)}.")

    @classmethod
    def none(cls) -> JointView:
        """Of a programme that declares no theme."""
        return cls((), JOINT_SCHEMA.empty_table())
