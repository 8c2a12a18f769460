"""For every rule on records: rows that pass it and rows that break it."""

from __future__ import annotations

from tests.collect.rules.case import Case
from tests.collect.rules.cases_of_crimes import OF_CRIMES
from tests.collect.rules.cases_of_people import OF_PEOPLE

CASES: dict[str, list[Case]] = OF_CRIMES | OF_PEOPLE
