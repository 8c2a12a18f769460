"""Interviews and focus groups: who said what, in turns, from files that people write or programs make."""

from fullpicture.collect.transcripts.participants import Said, said_by_participants
from fullpicture.collect.transcripts.pseudonyms import Pseudonyms
from fullpicture.collect.transcripts.transcript import SUFFIXES, read_transcript
from fullpicture.collect.transcripts.turns import Transcript, Turn

__all__ = [
    "SUFFIXES",
    "Pseudonyms",
    "Said",
    "Transcript",
    "Turn",
    "read_transcript",
    "said_by_participants",
]
