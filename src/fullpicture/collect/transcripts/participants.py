"""What participants of an interview or focus group say, turn by turn, each with an id that stays."""

from __future__ import annotations

from typing import NamedTuple

from fullpicture.collect.transcripts.pseudonyms import Pseudonyms
from fullpicture.collect.transcripts.turns import Transcript
from fullpicture.core.live import lifeless


class Said(NamedTuple):
    """A participant's turn: where it begins in the file, its id, the pseudonym, the words.

    Words are as they are written to a CSV file, so that places within them are the same in both.
    """

    row: int
    id: str
    speaker: str
    text: str


def said_by_participants(transcript: Transcript, code: str, pseudonyms: Pseudonyms) -> list[Said]:
    """The turns of those who do not ask the questions; `code` is what the key calls the file."""
    pairs = zip(pseudonyms.of(transcript), transcript.turns, strict=True)
    return [
        Said(turn.row, f"{code}-{number:03}", turn.speaker, lifeless(turn.text))
        for number, (turn, before) in enumerate(pairs, start=1)
        if not pseudonyms.is_interviewer(before.speaker)
    ]
