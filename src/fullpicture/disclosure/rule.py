"""What a small count is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """Counts of 1 to `threshold` are hidden; zeros too where `hide_zeros`."""

    threshold: int = 9
    hide_zeros: bool = False

    def is_small(self, count: int) -> bool:
        """Whether a count may not be known."""
        return 0 < count <= self.threshold or (self.hide_zeros and count == 0)

    @property
    def words(self) -> str:
        """As a certificate says it."""
        return f"counts of 1 to {self.threshold}{' and zeros' if self.hide_zeros else ''} are hidden"
