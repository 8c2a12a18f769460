"""Sources in; typed rows and problems out."""

from __future__ import annotations

from fullpicture.collect.collecting import collect

__all__ = ["collect"]
