"""What may not be known: the primary rules, for everything or source by source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """What may not be known of the figures of a source.

    Args:
        threshold: counts of 1 to this are hidden: the minimum frequency rule (Hundepool et al. 2012,
            "Statistical Disclosure Control", chapters 4 and 5).
        hide_zeros: zeros too.
        smallest_base: a percentage of fewer than this is hidden: few answers say little, and two of them
            differ by whole people.
        whole_groups: where all of a group are in one category, the categories are hidden, and so are
            percentages of 0 and of 100: who is known to be in the group is known to be in that category
            (group disclosure, Hundepool et al. 2012, chapter 5).
        fewest_forces: a figure of a wider area that fewer forces are behind is hidden: it is nearly theirs
            (minimum frequency of respondents, Hundepool et al. 2012, chapter 4).
    """

    threshold: int = 9
    hide_zeros: bool = False
    smallest_base: int = 0
    whole_groups: bool = False
    fewest_forces: int = 0

    def is_small(self, count: int) -> bool:
        """Whether a count may not be known."""
        return 0 < count <= self.threshold or (self.hide_zeros and count == 0)

    @property
    def words(self) -> str:
        """As a certificate says it."""
        said = [f"counts of 1 to {self.threshold}{' and zeros' if self.hide_zeros else ''} are hidden"]
        if self.smallest_base:
            said.append(f"so are percentages of fewer than {self.smallest_base}")
        if self.whole_groups:
            said.append("so are categories where a whole group is in one")
        if self.fewest_forces:
            said.append(
                f"so are figures of wider areas with fewer than {self.fewest_forces} forces behind them"
            )
        return "; ".join(said)

    def as_json(self) -> dict[str, Any]:
        """As a certificate holds it: what is asked beyond small counts only where it is asked."""
        beyond = {name: value for name, value in list(asdict(self).items())[2:] if value}
        return {"threshold": self.threshold, "hide_zeros": self.hide_zeros, **beyond}


@dataclass(frozen=True)
class Rules:
    """One rule for everything, and others for single sources; a figure obeys those of all its sources."""

    every: Rule
    by_source: tuple[tuple[str, Rule], ...] = ()

    @classmethod
    def all(cls, rule: Rule | Rules) -> Rules:
        """A rule for everything, where just one is given."""
        return rule if isinstance(rule, Rules) else cls(rule)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Rules:
        """As a certificate has them."""
        by_source = {source: Rule(**rule) for source, rule in said.get("by_source", {}).items()}
        every = {name: value for name, value in said.items() if name != "by_source"}
        return cls(Rule(**every), tuple(by_source.items()))

    def of(self, sources: Iterable[str]) -> tuple[Rule, ...]:
        """The rules of these sources, each once; the one for everything where no source is named."""
        named = dict(self.by_source)
        return tuple(dict.fromkeys(named.get(source, self.every) for source in sorted(sources))) or (
            self.every,
        )

    @property
    def threshold(self) -> int:
        """The greatest small count of any."""
        return max(self.every.threshold, *(rule.threshold for _, rule in self.by_source), 0)

    @property
    def hide_zeros(self) -> bool:
        """Whether some zeros are hidden."""
        return self.every.hide_zeros or any(rule.hide_zeros for _, rule in self.by_source)

    @property
    def may_hide_zeros(self) -> bool:
        """Whether a hidden count may be zero."""
        rules = (self.every, *(rule for _, rule in self.by_source))
        return any(
            one.hide_zeros or one.smallest_base or one.whole_groups or one.fewest_forces for one in rules
        )

    @property
    def keeps_zeros(self) -> bool:
        """Whether a zero is a secret: where zeros are hidden, or nobody of a group is in a category."""
        return any(one.hide_zeros or one.whole_groups for one in (self.every, *dict(self.by_source).values()))

    def as_json(self) -> dict[str, Any]:
        """As a certificate holds them."""
        by_source = {source: rule.as_json() for source, rule in self.by_source}
        return {**self.every.as_json(), **({"by_source": by_source} if by_source else {})}
