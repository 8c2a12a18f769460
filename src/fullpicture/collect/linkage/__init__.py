"""Linkage: which records of victims and crimes are of the same person and the same crime, and why."""

from __future__ import annotations

from fullpicture.collect.linkage.link import Linked, link
from fullpicture.collect.linkage.repeats import RepeatVictims, repeat_victims
from fullpicture.collect.linkage.said import in_words
from fullpicture.collect.linkage.settings import Comparison, Model

__all__ = ["Comparison", "Linked", "Model", "RepeatVictims", "in_words", "link", "repeat_victims"]
