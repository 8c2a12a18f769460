"""Charts as inline SVG: titled, described, labelled directly, the same bytes each time."""

from __future__ import annotations

from fullpicture.publish.charts.bars import Bar, bar_chart, scale_of
from fullpicture.publish.charts.funnel import Spot, funnel_chart
from fullpicture.publish.charts.lines import Line, line_chart
from fullpicture.publish.charts.spark import spark
from fullpicture.publish.charts.strip import strip

__all__ = [
    "Bar", "Line", "Spot", "bar_chart", "funnel_chart", "line_chart", "scale_of", "spark", "strip",
]  # fmt: skip
