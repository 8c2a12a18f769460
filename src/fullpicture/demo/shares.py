"""How much, of what, against whom: the shape of the invented nation, from what is published.

Child sexual abuse and exploitation in England and Wales: 106,984 crimes in 2022, 115,489 in 2023 and 6% more
in 2024; in 2023 sexual assault 29%, images 27%, rape 18% of crimes, contact 68%, suspects male 82%, victims
female 79%; suspects aged 10-17 52% (2022), online 42% (2024), group-based 5% and family 33% of contact
(2022). Source: the reports of the National Analysis of Police-Recorded Child Sexual Abuse and Exploitation
Crimes, and their releases. About 6 million other crimes a year are recorded around them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fullpicture.demo.values import day

CSAE = {2022: 106_984, 2023: 115_489, 2024: 122_418}
EXTRACTED_ON = day("2025-01-31")
FIRST_DAY, LAST_DAY = day("2022-01-01"), day("2024-12-31")


@dataclass(frozen=True)
class Size:
    """How much of the nation is invented.

    Args:
        csae: the share of its crimes of child sexual abuse and exploitation.
        crimes: how many crimes of any kind a year.
    """

    csae: float
    crimes: int


SIZES = {"small": Size(0.1, 24_000), "medium": Size(0.5, 350_000), "full": Size(1.0, 6_000_000)}


@dataclass(frozen=True)
class Kind:
    """A kind of child sexual abuse: its share of crimes, how many involve contact, how many are online."""

    share: float
    contact: float
    online: float


KINDS = {
    "sexual assault": Kind(0.29, 0.97, 0.12),
    "indecent images": Kind(0.27, 0.02, 0.97),
    "rape": Kind(0.18, 1.0, 0.12),
    "sexual activity": Kind(0.15, 0.95, 0.20),
    "grooming and exploitation": Kind(0.11, 0.62, 0.65),
}
OUTCOMES = {
    "1": 0.08, "2": 0.005, "3": 0.005, "4": 0.002, "8": 0.02, "14": 0.10, "15": 0.235, "16": 0.265,
    "18": 0.16, "20": 0.03,
    "21": 0.09, "22": 0.01,
}  # fmt: skip
"""How crimes against children are closed in the end."""
OTHER_OUTCOMES = {
    "1": 0.07, "2": 0.005, "3": 0.015, "4": 0.002, "8": 0.04, "14": 0.09, "15": 0.15, "16": 0.21,
    "18": 0.36, "20": 0.01,
    "21": 0.02, "22": 0.03,
}  # fmt: skip
MEDIAN_DAYS = {"rape": 98, "child": 55, "other": 14}
"""Days from record to outcome: log-normal with `SPREAD`, whatever the outcome. The median for rape is 98 days
(Home Office, year to March 2020), for all crime 14 (year to March 2023)."""
SPREAD = 1.0
WITH_SUSPECT = ("1", "2", "3", "4", "8", "10", "15", "16", "21", "22")
WITHOUT_SUSPECT = ("14", "18")

OTHER_OFFENCES = {
    "19C": 0.008, "19F": 0.001, "20A": 0.014, "17A": 0.002, "88E": 0.008, "11A": 0.012, "13": 0.003,
    "36": 0.004,
    "106": 0.003, "8N": 0.15, "105A": 0.18, "8L": 0.16, "9A": 0.10, "49": 0.14, "58": 0.12, "28E": 0.065,
    "34B": 0.03,
}  # fmt: skip
"""Crimes that are not of child sexual abuse: those with the code of a sexual offence are of adults."""
CLASSES: Mapping[str, tuple[str, ...]] = {
    "rape": ("19C", "19D", "19E", "19F", "19G", "19H", "N100/1", "N100/2", "N100/3"),
    "other sexual offence": ("17A", "17B", "20A", "20B", "21", "22B", "23", "73", "88A", "88E"),
    "indecent images": ("86",),
    "exploitation": ("71", "106"),
    "violence": ("11A", "13", "36", "8N", "105A", "8L"),
    "other": ("9A", "49", "58", "28E", "34B"),
}
UNLISTED = ("8N", "105A", "8L", "9A", "49", "58", "28E", "34B")
"""Offence codes that the canonical record has no place for: their class says what they are."""
NAMES_A_CHILD = ("17B", "19D", "19E", "19G", "19H", "20B", "21", "22B", "71", "73", "88A")
MONTHS = (0.97, 0.93, 1.03, 0.99, 1.06, 1.12, 1.09, 0.98, 1.01, 1.02, 0.98, 0.82)
"""More crimes are recorded in summer than in December."""
VICTIM_FEMALE, SUSPECT_MALE, SUSPECT_CHILD, GROUP = 0.79, 0.82, 0.52, 0.05
LOCATIONS = (0.50, 0.22, 0.12, 0.08, 0.03, 0.02, 0.02, 0.01)
ETHNICITIES = (0.76, 0.03, 0.07, 0.08, 0.01, 0.01, 0.03, 0.01)
RELATIONSHIPS = (0.09, 0.30, 0.05, 0.03, 0.12, 0.11, 0.10, 0.05, 0.03, 0.03, 0.05, 0.04)
"""Of crimes with contact, in the order of `values.WORDS`; a third is family."""
DISTANT_RELATIONSHIPS = (0.42, 0.34, 0.03, 0.03, 0.02, 0.02, 0.02, 0.03, 0.02, 0.01, 0.04, 0.02)
REPEAT_VICTIM, REPEAT_SUSPECT, ELSEWHERE = 0.09, 0.10, 0.02
"""Victims and suspects seen before in the force; victims of whom another force may know too."""
