"""The certificate of every edition whose pages are looked at holds: the demo and the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from fullpicture.programme.verify import verify

pytestmark = pytest.mark.pages


def test_every_certificate_is_verified(editions: list[Path]) -> None:
    assert {build.name: verify(build / "public", build / "internal") for build in editions} == {
        build.name: [] for build in editions
    }
