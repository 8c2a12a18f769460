"""An invented nation, to look at and to learn from; nobody in it is real."""

from __future__ import annotations

from fullpicture.demo.answers import write_answers
from fullpicture.demo.nation import write_nation

__all__ = ["write_answers", "write_nation"]
