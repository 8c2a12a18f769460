"""Faults of days, years and days between days."""

from __future__ import annotations

import numpy as np

from fullpicture.demo.faults.fault import Fault, anywhere
from fullpicture.demo.people import Places
from fullpicture.demo.rows import Rows
from fullpicture.demo.shares import EXTRACTED_ON
from fullpicture.demo.values import day

STAND_INS = ("1900-01-01", "1970-01-01", "1901-01-01")


def _stand_in(rows: Rows, at: Places) -> None:
    days = np.array([day(text) for text in STAND_INS], np.int32)
    rows.put("offence_from", at, days[at % len(days)])


def _offence(rows: Rows, at: Places, on: np.ndarray | int) -> None:
    rows.put("offence_from", at, on)
    rows.put("offence_to", at, on)


def _late(rows: Rows, at: Places) -> None:
    rows.put("reported_on", at, rows.values["recorded_on"][at] - 500)


DATES = (
    Fault("DAT-001", ("recorded_on",), anywhere, lambda r, at: r.put("recorded_on", at, EXTRACTED_ON + 45),
          refused=True),
    Fault("DAT-001", ("recorded_year",), anywhere, lambda r, at: r.put("recorded_year", at, 2027),
          refused=True,
          takes=lambda part: not part.delivers("recorded_on")),
    Fault("DAT-002", ("recorded_on",), anywhere, lambda r, at: r.put("recorded_on", at, "not recorded"),
          ("recorded_on, left empty",), refused=True, takes=lambda part: not part.delivers("recorded_year")),
    Fault("DAT-002", ("recorded_year",), anywhere, lambda r, at: r.put("recorded_year", at, "not recorded"),
          refused=True, takes=lambda part: not part.delivers("recorded_on")),
    Fault("DAT-003", ("recorded_on", "reported_on"), lambda r: r.has("reported_on"),
          lambda r, at: r.put("reported_on", at, r.values["recorded_on"][at] + 3)),
    Fault("DAT-004", ("offence_from", "reported_on"), lambda r: r.has("reported_on"),
          lambda r, at: _offence(r, at, r.values["reported_on"][at] + 2), ("offence_from",)),
    Fault("DAT-005", ("offence_from", "offence_to"), anywhere,
          lambda r, at: r.put("offence_to", at, r.values["offence_from"][at] - 10)),
    Fault("DAT-006", ("outcome_on", "recorded_on"), lambda r: r.has("outcome_on"),
          lambda r, at: r.put("outcome_on", at, r.values["recorded_on"][at] - 4)),
    Fault("DAT-007", ("outcome_on",), lambda r: r.has("outcome_on"),
          lambda r, at: r.put("outcome_on", at, EXTRACTED_ON + 60)),
    Fault("DAT-008", ("offence_from", "recorded_on"), anywhere,
          lambda r, at: _offence(r, at, r.values["recorded_on"][at] + 20), ("offence_from",)),
    Fault("DAT-009", ("offence_from",), anywhere, _stand_in, ("offence_from",)),
    Fault("DAT-010", ("recorded_on", "reported_on", "offence_from"),
          lambda r: r.values["offence_from"] < r.values["recorded_on"] - 520, _late),
    Fault("DAT-011", ("recorded_on",), anywhere, lambda r, at: r.put("recorded_on", at, day("2021-06-15")),
          refused=True),
    Fault("DAT-012", ("days_to_report",), anywhere, lambda r, at: r.put("days_to_report", at, -5)),
    Fault("DAT-013", ("days_to_outcome",), lambda r: r.has("days_to_outcome"),
          lambda r, at: r.put("days_to_outcome", at, -3)),
    Fault("DAT-014", ("days_to_report", "offence_from", "reported_on"), anywhere,
          lambda r, at: r.put("days_to_report", at, r.values["days_to_report"][at] + 40)),
    Fault("DAT-015", ("recorded_year", "recorded_on"), anywhere,
          lambda r, at: r.put("recorded_year", at, r.values["recorded_year"][at] - 1)),
    Fault("DAT-016", ("offence_from",), anywhere, lambda r, at: _offence(r, at, day("1915-06-03")),
          ("offence_from",)),
    Fault("DAT-017", ("offence_to", "recorded_on"), anywhere,
          lambda r, at: r.put("offence_to", at, r.values["recorded_on"][at] + 20)),
)  # fmt: skip
