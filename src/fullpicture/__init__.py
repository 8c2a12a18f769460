"""Evidence on the response to vulnerability, safe to publish and traced to its rows.

Everything that users import is here; every other module may change. Names are imported when they are first
used, so that the command line's help does not wait for the engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fullpicture.analyse.statistics.attribute_charts import p_chart as p_chart
    from fullpicture.analyse.statistics.attribute_charts import u_chart as u_chart
    from fullpicture.analyse.statistics.cox import cause_specific_cox as cause_specific_cox
    from fullpicture.analyse.statistics.cumulative_incidence import (
        cumulative_incidence as cumulative_incidence,
    )
    from fullpicture.analyse.statistics.dsr import dsr as dsr
    from fullpicture.analyse.statistics.fine_gray import fine_gray as fine_gray
    from fullpicture.analyse.statistics.funnel import funnel as funnel
    from fullpicture.analyse.statistics.gray import gray_test as gray_test
    from fullpicture.analyse.statistics.outcome_counts import outcome_counts as outcome_counts
    from fullpicture.analyse.statistics.rates import proportion as proportion
    from fullpicture.analyse.statistics.rates import rate as rate
    from fullpicture.analyse.statistics.standardised_ratio import (
        indirectly_standardised as indirectly_standardised,
    )
    from fullpicture.analyse.statistics.standardised_ratio import standardised_ratio as standardised_ratio
    from fullpicture.analyse.statistics.trend import change_points as change_points
    from fullpicture.analyse.statistics.trend import trend_test as trend_test
    from fullpicture.analyse.statistics.xmr import xmr as xmr
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
    from fullpicture.disclosure import Rules as Rules
    from fullpicture.disclosure import SignedException as SignedException
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
    "Rules": "disclosure",
    "SignedException": "disclosure",
    "build": "programme.build",
    "cause_specific_cox": "analyse.statistics.cox",
    "change_points": "analyse.statistics.trend",
    "check": "programme.check",
    "connect": "core.engine",
    "cumulative_incidence": "analyse.statistics.cumulative_incidence",
    "divide": "core.engine",
    "dsr": "analyse.statistics.dsr",
    "explain": "programme.explain",
    "fine_gray": "analyse.statistics.fine_gray",
    "funnel": "analyse.statistics.funnel",
    "gray_test": "analyse.statistics.gray",
    "indirectly_standardised": "analyse.statistics.standardised_ratio",
    "load": "programme.load",
    "outcome_counts": "analyse.statistics.outcome_counts",
    "p_chart": "analyse.statistics.attribute_charts",
    "proportion": "analyse.statistics.rates",
    "protect": "disclosure",
    "rate": "analyse.statistics.rates",
    "standardised_ratio": "analyse.statistics.standardised_ratio",
    "trend_test": "analyse.statistics.trend",
    "u_chart": "analyse.statistics.attribute_charts",
    "write_nation": "demo",
    "xmr": "analyse.statistics.xmr",
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
    "Rules",
    "SignedException",
    "build",
    "cause_specific_cox",
    "change_points",
    "check",
    "connect",
    "cumulative_incidence",
    "divide",
    "dsr",
    "explain",
    "fine_gray",
    "funnel",
    "gray_test",
    "indirectly_standardised",
    "load",
    "outcome_counts",
    "p_chart",
    "proportion",
    "protect",
    "rate",
    "standardised_ratio",
    "trend_test",
    "u_chart",
    "write_nation",
    "xmr",
]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"fullpicture has no {name}. It has {', '.join(__all__)}.")
    return getattr(import_module(f"fullpicture.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return __all__
