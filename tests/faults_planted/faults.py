"""The catalogue of faults, as a registrar or analyst thinks of them; written before any rule was read."""

from __future__ import annotations

from tests.faults_planted import faults_of_dates, faults_of_files, faults_of_offences, faults_of_people
from tests.faults_planted.planting import FAULTS

__all__ = ["FAULTS", "faults_of_dates", "faults_of_files", "faults_of_offences", "faults_of_people"]
