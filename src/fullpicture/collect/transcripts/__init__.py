"""Interviews and focus groups: who said what, in turns, from files that people write or programs make."""

from fullpicture.collect.transcripts.pseudonyms import Pseudonyms
from fullpicture.collect.transcripts.transcript import SUFFIXES, read_transcript
from fullpicture.collect.transcripts.turns import Transcript, Turn

__all__ = ["SUFFIXES", "Pseudonyms", "Transcript", "Turn", "read_transcript"]
