"""The settings of a linkage in words, as people read them before it runs."""

from __future__ import annotations

from collections.abc import Iterable

from fullpicture.collect.linkage.settings import TITLES, Model


def in_words(model: Model) -> str:
    """What is compared, which pairs are looked at, and from where on two records become one.

    Examples:
        >>> print(in_words(Model.shipped("victim")).splitlines()[0])
        The same person, a victim in several crimes: linked from 0.95, shown to people from 0.5.
    """
    lines = [
        f"{model.title}: linked from {model.threshold:g}, shown to people from {model.review:g}.",
        "Compared: "
        + "; ".join(f"{TITLES[one.field]} ({', '.join(one.levels)})" for one in model.compare)
        + ".",
        f"Only pairs{_between(model)} that agree on one of these are looked at, at most "
        f"{model.most_comparisons:,}: {_groups(model.blocks)}.",
        f"Agreement by chance is estimated from {model.random_pairs:,} random pairs (seed {model.seed}); "
        f"agreement of true pairs is {_learned(model)}.",
        f"Before anything is known of a pair: as many are the same as agree on {_list(model.sure)}, taken to "
        f"be {model.recall:.0%} of all true pairs.",
        f"At most {model.largest_cluster} records become one by probability.",
    ]
    return "\n".join(lines)


def _between(model: Model) -> str:
    return " of two forces" if model.between == "forces" else ""


def _learned(model: Model) -> str:
    return f"learned from pairs with {_groups(model.learn)}" if model.learn else "that of the settings"


def _groups(groups: Iterable[Iterable[str]]) -> str:
    return "; or ".join(_list(group) for group in groups)


def _list(names: Iterable[str]) -> str:
    words = [TITLES[name] for name in names]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
