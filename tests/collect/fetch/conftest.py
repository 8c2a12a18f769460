from __future__ import annotations

from collections.abc import Iterator

import pytest

from fullpicture.collect.fetch import Web
from tests.collect.fetch.publisher import Publisher, open_publisher


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with open_publisher() as publisher:
        yield publisher


@pytest.fixture
def web() -> Web:
    return Web("tests (nobody)", pause=0.0, backoff=0.001)
