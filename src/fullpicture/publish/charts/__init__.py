"""Charts as inline SVG: titled, described, labelled directly, the same bytes each time."""

from __future__ import annotations

from fullpicture.publish.charts.bars import Bar, bar_chart
from fullpicture.publish.charts.lines import Line, line_chart

__all__ = ["Bar", "Line", "bar_chart", "line_chart"]
