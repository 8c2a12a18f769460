"""Finds what was asked for by its name, or says which names there are."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TypeVar

from fullpicture.collect.fetch.remote import NotFetched

Found = TypeVar("Found")


def one_named(name: str, known: Mapping[str, Found], what: str) -> Found:
    """The one of this name, case and spaces forgiven.

    Raises:
        NotFetched: there is none; the nearest names are said.
    """
    plain = {_plain(each): found for each, found in known.items()}
    if _plain(name) in plain:
        return plain[_plain(name)]
    near = difflib.get_close_matches(_plain(name), plain, n=3, cutoff=0.4)
    offered = [each for each in known if _plain(each) in near] or sorted(known)[:10]
    mend = f"Did you mean one of: {'; '.join(offered)}?" if offered else "The publisher names none."
    raise NotFetched(name, f"the publisher has no {what} of this name.", mend)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
