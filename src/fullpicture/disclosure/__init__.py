"""The only maker of a public table."""

from __future__ import annotations

from fullpicture.disclosure.cells import Rule
from fullpicture.disclosure.certificate import Certificate
from fullpicture.disclosure.protect import Protected, protect

__all__ = ["Certificate", "Protected", "Rule", "protect"]
