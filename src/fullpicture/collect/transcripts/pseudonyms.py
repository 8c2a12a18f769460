"""Names of speakers out of transcripts: the same person has the same pseudonym in every file of a study."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from fullpicture.collect.transcripts.turns import Transcript, Turn, is_generic

INTERVIEWERS = ("interviewer", "int", "facilitator", "moderator", "researcher", "i", "q")
_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "pc", "dc", "ps", "ds", "di", "sgt"}


class Pseudonyms:
    """Who is called what. `key` leads from pseudonyms back to people: it stays inside.

    A label that names nobody ("Participant 2") is somebody else in every file, so the file is part of it.
    """

    def __init__(self, key: Mapping[str, str], interviewers: Iterable[str] = ()) -> None:
        self._interviewers = {*INTERVIEWERS, *(_plain(name) for name in interviewers)}
        self._key = dict(key)

    @property
    def key(self) -> dict[str, str]:
        """Every label with its pseudonym."""
        return dict(self._key)

    def is_interviewer(self, speaker: str) -> bool:
        """Whether a speaker asks the questions."""
        return re.sub(r"[ -]?\d+$", "", _plain(speaker)) in self._interviewers

    def of(self, transcript: Transcript) -> tuple[Turn, ...]:
        """The turns with pseudonyms for speakers, and for their names in what anybody says."""
        called = {label: self._called(label, transcript.file) for label in self._labels(transcript)}
        names = {
            part: called[label]
            for label in called
            if not is_generic(label)
            for part in (*_parts(label), label)
        }
        pattern = re.compile(
            "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True))
        )
        return tuple(
            Turn(
                turn.row,
                called[turn.speaker],
                pattern.sub(lambda found: names[found[0]], turn.text) if names else turn.text,
            )
            for turn in transcript.turns
        )

    def _labels(self, transcript: Transcript) -> list[str]:
        return list(dict.fromkeys(turn.speaker for turn in transcript.turns))

    def _called(self, label: str, file: str) -> str:
        known = f"{file}: {label}" if is_generic(label) else label
        known = next((one for one in self._key if _plain(one) == _plain(known)), known)
        if known not in self._key:
            kind = "Interviewer" if self.is_interviewer(label) else "Speaker"
            used = (re.fullmatch(rf"{kind} (\d+)", one) for one in self._key.values())
            self._key[known] = f"{kind} {max((int(one[1]) for one in used if one), default=0) + 1}"
        return self._key[known]


def _parts(label: str) -> list[str]:
    """The names in a label: not titles, and nothing so short that it could be a word."""
    words = re.sub(r"\([^)]*\)", "", label).split()
    return [word for word in words if len(word) > 2 and word[0].isupper() and word.lower() not in _TITLES]


def _plain(label: str) -> str:
    return " ".join(label.lower().split())
