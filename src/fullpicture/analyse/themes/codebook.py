"""The codebook: what each theme is, what it is not, and words that show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """One theme; `merged_into` names the theme that took it in, `retired` says that it is given no more.

    `split_into` names themes that took its place, so that what was coded with it is to be coded again;
    `formerly` are names that it had.
    """

    id: str
    name: str
    is_: str = ""
    is_not: str = ""
    examples: tuple[str, ...] = ()
    merged_into: str = ""
    retired: bool = False
    split_into: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All that is said of what the theme is, as one text to compare answers with."""
        return " ".join([self.name, self.is_, *self.examples])


@dataclass(frozen=True)
class Codebook:
    """Themes in the order in which people read them; the version goes up with every edit.

    Raises:
        ValueError: two themes with one id, or one merged into a theme that is not there.
    """

    themes: tuple[Theme, ...]
    version: int = 1

    def __post_init__(self) -> None:
        ids = [theme.id for theme in self.themes]
        twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
        if twice:
            raise ValueError(f"themes need ids of their own; these are used twice: {', '.join(twice)}.")
        lost = [theme.id for theme in self.themes if not set(_heirs(theme)) <= set(ids)]
        if lost:
            raise ValueError(f"these became a theme that is not in the codebook: {', '.join(lost)}.")

    @property
    def in_use(self) -> tuple[Theme, ...]:
        """Themes that are given to answers: neither merged, nor split, nor retired."""
        return tuple(theme for theme in self.themes if not _heirs(theme) and not theme.retired)

    def now(self, name: str) -> str | None:
        """The id of the theme that an id or a name stands for today, through what was merged, or None."""
        theme = self._last(name)
        return None if theme is None or theme.retired or theme.split_into else theme.id

    def to_code_again(self, name: str) -> tuple[str, ...]:
        """The themes that what was coded with this id or name is to be coded with again; none mostly."""
        theme = self._last(name)
        return theme.split_into if theme is not None else ()

    def _last(self, name: str) -> Theme | None:
        """The theme of an id or a name, or the one that took it in at last."""
        known = {old: theme for theme in self.themes for old in theme.formerly}
        known |= {theme.name: theme for theme in self.themes} | {theme.id: theme for theme in self.themes}
        theme = known.get(name)
        for _ in self.themes:
            if theme is None or not theme.merged_into:
                break
            theme = known[theme.merged_into]
        return theme


def _heirs(theme: Theme) -> tuple[str, ...]:
    return (*filter(None, [theme.merged_into]), *theme.split_into)
