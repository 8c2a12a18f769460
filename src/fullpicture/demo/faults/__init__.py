"""Faults planted on purpose, each named by the rule that is meant for it."""

from __future__ import annotations

from fullpicture.demo.faults.dates import DATES
from fullpicture.demo.faults.fault import Fault
from fullpicture.demo.faults.offences import OFFENCES
from fullpicture.demo.faults.outcomes import OUTCOMES
from fullpicture.demo.faults.people import AGES, LINKS

FAULTS: tuple[Fault, ...] = (*DATES, *OUTCOMES, *OFFENCES, *AGES, *LINKS)
