"""The catalogue of faults, as a registrar or analyst thinks of them; written before any rule was read."""

from __future__ import annotations

from tests.faults_planted import faults_of_dates, faults_of_files, faults_of_offences, faults_of_people
from tests.faults_planted.planting import FAULTS

OPEN: dict[str, str] = {
    "rape_resolved_in_the_community": "rare, and guidance rather than law: for the programme to decide",
    "domestic_abuse_of_a_child_of_eight": "the flag is the force's own; since 2021 children are victims",
    "suspect_without_a_number": "a suspect may be described by a witness and never be identified",
}
"""Faults for which there is no rule, and why: the first list to read when rules are added."""

__all__ = ["FAULTS", "OPEN", "faults_of_dates", "faults_of_files", "faults_of_offences", "faults_of_people"]
