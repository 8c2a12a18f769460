"""Evidence on the response to vulnerability, safe to publish and traced to its rows.

Everything that users import is here; every other module may change. Names are imported when they are first
used, so that the command line's help does not wait for the engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fullpicture.analyse.statistics.cox import cause_specific_cox as cause_specific_cox
    from fullpicture.analyse.statistics.cumulative_incidence import (
        cumulative_incidence as cumulative_incidence,
    )
    from fullpicture.analyse.statistics.fine_gray import fine_gray as fine_gray
    from fullpicture.analyse.statistics.gray import gray_test as gray_test
    from fullpicture.analyse.statistics.outcome_counts import outcome_counts as outcome_counts
    from fullpicture.core.absence import Absence as Absence
    from fullpicture.core.areas import Area as Area
    from fullpicture.core.areas import Register as Register
    from fullpicture.core.engine import connect as connect
    from fullpicture.core.engine import divide as divide
    from fullpicture.core.errors import FullPictureError as FullPictureError
    from fullpicture.core.figure import Figure as Figure
    from fullpicture.core.period import Period as Period
    from fullpicture.core.table import InternalTable as InternalTable
    from fullpicture.core.table import PublicTable as PublicTable
    from fullpicture.demo import write_nation as write_nation
    from fullpicture.disclosure import Rule as Rule
    from fullpicture.disclosure import protect as protect
    from fullpicture.programme.build import build as build
    from fullpicture.programme.check import check as check
    from fullpicture.programme.explain import explain as explain
    from fullpicture.programme.load import load as load

_WHERE = {
    "Absence": "core.absence",
    "Area": "core.areas",
    "Figure": "core.figure",
    "FullPictureError": "core.errors",
    "InternalTable": "core.table",
    "Period": "core.period",
    "PublicTable": "core.table",
    "Register": "core.areas",
    "Rule": "disclosure",
    "build": "programme.build",
    "cause_specific_cox": "analyse.statistics.cox",
    "check": "programme.check",
    "connect": "core.engine",
    "cumulative_incidence": "analyse.statistics.cumulative_incidence",
    "divide": "core.engine",
    "explain": "programme.explain",
    "fine_gray": "analyse.statistics.fine_gray",
    "gray_test": "analyse.statistics.gray",
    "load": "programme.load",
    "outcome_counts": "analyse.statistics.outcome_counts",
    "protect": "disclosure",
    "write_nation": "demo",
}

__all__ = [
    "Absence",
    "Area",
    "Figure",
    "FullPictureError",
    "InternalTable",
    "Period",
    "PublicTable",
    "Register",
    "Rule",
    "build",
    "cause_specific_cox",
    "check",
    "connect",
    "cumulative_incidence",
    "divide",
    "explain",
    "fine_gray",
    "gray_test",
    "load",
    "outcome_counts",
    "protect",
    "write_nation",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"fullpicture has no {name}. It has {', '.join(__all__)}.")
    return getattr(import_module(f"fullpicture.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return __all__
