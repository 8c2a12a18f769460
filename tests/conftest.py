"""How long property tests look: `make nightly` tries ten thousand tables."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("nightly", max_examples=10_000, deadline=None)
