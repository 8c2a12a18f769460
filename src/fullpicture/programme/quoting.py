"""`fullpicture themes release` and `withdraw`: from a programme folder to the words of one answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fullpicture.core.errors import UsageError
from fullpicture.programme.load import Programme, load
from fullpicture.programme.releases import Masking, Released, Shown, release, withdraw
from fullpicture.programme.sources import read_voices
from fullpicture.programme.state import State
from fullpicture.programme.toml import nearest_hint
from fullpicture.programme.usage import Account, Records, log


@dataclass(frozen=True)
class Quoting:
    """A programme's source of answers, and who uses its words, when and why."""

    programme: Programme
    source: str
    by: Account

    @classmethod
    def of(cls, folder: Path, source: str, by: Account) -> Quoting:
        """Of the source named, or of the only one.

        Raises:
            UsageError: there is no such source of answers, or several and none is named.
        """
        programme = load(folder)
        known = [id_ for id_, one in programme.sources.items() if one.has_words]
        chosen = source or (known[0] if len(known) == 1 else "")
        if chosen not in known:
            said = (
                f'"{source}" is no source of answers.' if source else "which source of answers is not said."
            )
            raise UsageError(f"--source: {said} {nearest_hint(source, known)}")
        return cls(programme, chosen, by)

    @cached_property
    def _masking(self) -> Masking:
        return Masking(read_voices(self.programme, self.programme.sources[self.source]))

    def shown(self, answer: str, theme: str, span: tuple[int, int] | None) -> Shown:
        """Words as they would be public; that somebody looks at an answer is in the log of use first."""
        place = self._masking.place(answer, theme, span)
        log(State(self.programme.folder), "consultation", [Records(self.source, rows=1)], self.by)
        return self._masking.shown(place)

    def surest(self, theme: str) -> str:
        """The answer of which the machine is surest that it has a theme, among those that nobody has read.

        Raises:
            UsageError: there is none.
        """
        voices = self._masking.voices
        found = [
            (-given.score, answer)
            for (answer, one), given in voices.machine.items()
            if one == theme and given.is_given and answer not in voices.first
        ]
        if not found:
            raise UsageError(f"{theme}: the machine has given this theme to no answer that nobody has read.")
        return min(found)[1]

    def release(self, shown: Shown) -> Released:
        """Releases words as they were shown."""
        return release(self.programme.folder, self._masking.voices, shown, self.by)

    def withdraw(self, answer: str, theme: str) -> int:
        """Takes back what was released of an answer for a theme; a theme that is no more keeps its id."""
        codebook = self.programme.codebooks[self.programme.sources[self.source].codebook]
        named = {one.name: one.id for one in codebook.themes}
        return withdraw(self.programme.folder, self.source, answer, named.get(theme, theme), self.by)
