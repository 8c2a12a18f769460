"""The only maker of a public table."""

from __future__ import annotations

from fullpicture.disclosure.certificate import Certificate
from fullpicture.disclosure.exceptions import SignedException
from fullpicture.disclosure.protect import Protected, protect
from fullpicture.disclosure.rule import Rule, Rules

__all__ = ["Certificate", "Protected", "Rule", "Rules", "SignedException", "protect"]
