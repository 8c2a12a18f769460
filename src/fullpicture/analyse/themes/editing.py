"""Changes of a codebook that keep what was coded before: merge, split, rename, retire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fullpicture.analyse.themes.codebook import Codebook, Theme


def merged(codebook: Codebook, theme: str, into: str) -> Codebook:
    """The codebook with one theme taken in by another, which also gets its examples.

    Raises:
        ValueError: one of the two is no theme in use, or they are the same.

    Examples:
        >>> book = Codebook((Theme("delay", "Delay"), Theme("waiting", "Waiting")))
        >>> merged(book, "delay", "waiting").now("delay")
        'waiting'
    """
    one, other = _in_use(codebook, theme), _in_use(codebook, into)
    if one.id == other.id:
        raise ValueError(f"{one.id}: a theme cannot be merged into itself.")
    examples = tuple(dict.fromkeys([*other.examples, *one.examples]))
    changed = {one.id: replace(one, merged_into=other.id), other.id: replace(other, examples=examples)}
    return _with(codebook, changed)


def split(codebook: Codebook, theme: str, into: Mapping[str, str]) -> Codebook:
    """The codebook with a theme replaced by others, whose ids and names are given; new ones stand after it.

    Raises:
        ValueError: the theme is not in use, there are fewer than two others, or one of them is not in use.

    Examples:
        >>> book = Codebook((Theme("waiting", "Waiting"),))
        >>> book = split(book, "waiting", {"call": "The call", "visit": "The visit"})
        >>> book.now("waiting"), book.to_code_again("waiting")
        (None, ('call', 'visit'))
    """
    one = _in_use(codebook, theme)
    if len(into) < 2 or one.id in into:
        raise ValueError(f"{one.id}: a theme is split into two others at least.")
    known = {each.id: each for each in codebook.themes}
    for id_ in into.keys() & known.keys():
        _in_use(codebook, id_)
    fresh = [Theme(id_, name or id_) for id_, name in into.items() if id_ not in known]
    themes: list[Theme] = []
    for each in codebook.themes:
        themes += [replace(one, split_into=tuple(into)), *fresh] if each.id == one.id else [each]
    return _next(codebook, tuple(themes))


def renamed(codebook: Codebook, theme: str, name: str) -> Codebook:
    """The codebook with another name for a theme; its id stays, and what was coded by the old name is known.

    Raises:
        ValueError: the theme is not in use, or another has the name.
    """
    one = _in_use(codebook, theme)
    if not name.strip() or any(name in (each.id, each.name) for each in codebook.themes if each.id != one.id):
        raise ValueError(f'"{name}" is empty, or the name of another theme.')
    formerly = tuple(dict.fromkeys([*one.formerly, one.name]))
    return _with(codebook, {one.id: replace(one, name=name, formerly=formerly)})


def retired(codebook: Codebook, theme: str) -> Codebook:
    """The codebook with a theme that is given no more.

    Raises:
        ValueError: the theme is not in use.
    """
    one = _in_use(codebook, theme)
    return _with(codebook, {one.id: replace(one, retired=True)})


def _in_use(codebook: Codebook, name: str) -> Theme:
    found = [theme for theme in codebook.in_use if name in (theme.id, theme.name)]
    if not found:
        known = ", ".join(theme.id for theme in codebook.in_use)
        raise ValueError(f'"{name}" is no theme in use. Themes in use: {known}.')
    return found[0]


def _with(codebook: Codebook, changed: Mapping[str, Theme]) -> Codebook:
    return _next(codebook, tuple(changed.get(theme.id, theme) for theme in codebook.themes))


def _next(codebook: Codebook, themes: tuple[Theme, ...]) -> Codebook:
    return Codebook(themes, codebook.version + 1)
