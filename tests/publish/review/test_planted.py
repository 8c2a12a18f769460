"""Mistakes of real reports, and of our own making, each planted in a clean report and found by its code."""

from __future__ import annotations

import pytest

from fullpicture.publish.review.checks import findings
from tests.publish.review.reports import CLEAN, document, planted, reviewed


def test_a_clean_report_passes() -> None:
    assert [str(one) for one in findings(reviewed(document(CLEAN)))] == []


def test_a_clean_public_report_passes() -> None:
    assert [str(one) for one in findings(reviewed(document(CLEAN, name="public")))] == []


TYPED = [
    "Around 75% of these were directly against a child.",
    "Some seventy-three per cent were directly against a child.",
    "Three quarters were directly against a child.",
    "Three-quarters of crimes were directly against a child.",
    "About one in five had more than one victim.",
    "Nearly 4 in every 10 were online.",
    "Two thirds of suspects knew the victim.",
    "Half of the suspects knew the victim.",
    "A fifth of crimes were online.",
    "Every other victim knew the suspect.",
    "Crimes by groups have doubled.",
    "The number is nearly quadruple that of ten years ago.",
    "The number is more than five times what it was.",
    "It was a tenfold increase.",
    "There were around 107,000 crimes.",
    "There were one hundred and seven thousand crimes.",
    "More than 100k crimes were recorded.",
    "A dozen forces did not supply data.",
    "Dozens of victims were under 13.",
    "Forty-two forces supplied data.",
    "In 2022, 42 forces supplied data.",
    "Hundreds of crimes were not recorded.",
    "Half a million children are abused each year.",
    "Twice as many girls as boys were victims.",
    "The 2024 crimes were spread evenly.",
    "The most common age was 14.",
    "A vast majority told nobody.",
    "⅔ of victims were girls.",
    "Seven victims were under 13.",
    "75pc of them were online.",
    "Online crimes are 1.5 times what they were.",
    "One per cent had an outcome.",
    "Nine out of ten victims knew the suspect.",
    "Victims waited 98 days for an outcome.",
    "Girls outnumber boys by three to one.",
    "The number grew by a factor of four.",
    "Most victims were girls.",
    "Nearly all suspects were male.",
    "The bulk of offences were online.",
    "Roughly one offence in three was a rape.",
    "We received returns from all but two forces.",
    "A staggering 107 thousand crimes.",
    "Suspects were mostly male.",
    "Victims of rape were overwhelmingly girls.",
    "Group-based offending accounts for a small fraction of crimes.",
    "Kent, Essex and another five forces did not answer.",
    "It went from just over 20,000 to nearly four times that.",
]


@pytest.mark.parametrize("sentence", TYPED)
def test_a_typed_number_is_found(sentence: str) -> None:
    assert "REV-001" in {one.code for one in planted(sentence)}


PLANTED = [
    ("REV-004", 'There were more than {{ figure("crimes") }}.'),
    ("REV-004", 'Nearly {{ figure("crimes", 2024) }} were recorded the year before.'),
    ("REV-004", 'Crimes more than quintupled from {{ figure("crimes", 2022) }} to {{ figure("crimes") }}.'),
    ("REV-004", 'A minority, {{ figure("direct_pct") }}, were directly against a child.'),
    ("REV-004", 'The majority were of one kind: {{ share("crimes", by="kind", of="image") }}.'),
    ("REV-005", 'The number changed by {{ change("crimes") }} percentage points.'),
    ("REV-006", 'Crimes fell from {{ figure("crimes", 2024) }} to {{ figure("crimes") }}.'),
    ("REV-006", 'Recorded crime is down, at {{ figure("crimes") }}.'),
    ("REV-006", 'There was a decline: {{ change("crimes") }}.'),
    ("REV-006", 'The share climbed to {{ figure("direct_pct") }}.'),
    (
        "REV-006",
        'The direct share rose from {{ figure("direct_pct", 2024) }} to {{ figure("direct_pct") }}.',
    ),
    ("REV-006", "Offences against children are soaring."),
    ("REV-006", "Reports of abuse have been climbing year after year."),
    ("REV-006", '## Direct crimes on the rise\n\nThe share was {{ figure("direct_pct") }}.'),
    ("REV-006", 'The number of suspects grew to {{ figure("suspects") }}.'),
    (
        "REV-006",
        'Crimes were unchanged between {{ figure("crimes", 2023) }} and {{ figure("crimes", 2024) }}.',
    ),
    ("REV-006", 'Crimes did not rise: {{ words_of_change("crimes", 2024) }}.'),
    ("REV-006", "Offences went through the roof."),
    ("REV-006", "Things are getting worse for victims."),
    ("REV-006", "Reports continue to grow."),
    ("REV-006", "Fewer victims came forward than last year."),
    ("REV-006", 'The proportion, {{ figure("direct_pct") }}, has increased since 2024.'),
    ("REV-006", 'Suspects: {{ figure("suspects") }}, an increase on {{ figure("suspects", 2024) }}.'),
    ("REV-007", 'Crimes surged to {{ figure("crimes") }}.'),
    ("REV-007", 'There was a dramatic increase of {{ change("crimes") }}.'),
    ("REV-007", 'Crimes edged up from {{ figure("crimes", 2023) }} to {{ figure("crimes", 2024) }}.'),
    ("REV-008", 'At {{ figure("suspects") }}, suspects are the highest since 2021.'),
    ("REV-008", 'The number of suspects, {{ figure("suspects") }}, is a record high.'),
    ("REV-008", "Abuse is at its highest level on record."),
    ("REV-006", "A downward trend is clear."),
    ("REV-006", 'The share of {{ figure("direct_pct") }} is up on {{ figure("direct_pct", 2024) }}.'),
    (
        "REV-006",
        '{{ chart("direct_pct", periods=[2024, 2025], title="Direct crimes surge, England, 2025 (%)") }}',
    ),
    (
        "REV-006",
        '{{ table("direct_pct", periods=[2024, 2025], title="Direct crimes on the up, England, 2025 (%)") }}',
    ),
    ("REV-001", '{{ table("crimes", periods=[2022, 2025], title="Crimes quadrupled, England") }}'),
    ("REV-008", '# A record year for suspects\n\nThere were {{ figure("suspects") }}.'),
    ("REV-008", "The steepest rise since records began."),
    ("REV-008", "Crime has never been higher."),
    ("REV-008", "Recorded rape is higher than in any other year."),
    ("REV-008", 'Crimes rose by {{ change("crimes") }}, a record increase.'),
    ("REV-009", 'Rape was the most common kind, at {{ figure("crimes", by="kind", of="rape") }}.'),
    ("REV-009", 'Essex had the highest number, {{ figure("crimes", area="Essex") }}.'),
    ("REV-010", 'Crimes rose from {{ figure("crimes", 2021) }} to {{ figure("crimes", 2022) }}.'),
    (
        "REV-010",
        'There were {{ figure("crimes", 2022) }}, compared with {{ figure("crimes", 2021) }} before.',
    ),
    ("REV-012", 'There were more victims, {{ figure("victims") }}, than crimes, {{ figure("crimes") }}.'),
    ("REV-015", 'In Kent, {{ figure("direct_pct", area="Kent") }} were directly against a child.'),
    ("REV-018", 'In 2023 there were {{ figure("crimes") }}.'),
    ("REV-018", 'During the year to March 2024, forces recorded {{ figure("crimes") }}.'),
    ("REV-019", 'In Essex there were {{ figure("crimes", area="Kent") }}.'),
    ("REV-020", 'A share of {{ figure("direct_pct") }} of victims were attacked directly.'),
    ("REV-020", '{{ figure("girls_pct") }} of crimes were against girls.'),
    ("REV-020", 'Of the suspects, {{ figure("girls_pct") }} were female.'),
    ("REV-020", '{{ table("suspects", periods="all", title="Victims, England, 2024 to 2025 (number)") }}'),
    ("REV-021", 'Boys were {{ figure("girls_pct") }} of victims.'),
    ("REV-024", "The share is TBC."),
    ("REV-024", "The share was XX% this year."),
    ("REV-024", "[insert quote here]"),
    ("REV-028", "# Empty"),
    ("REV-017", "# Who\n\nAgain."),
]


@pytest.mark.parametrize(("code", "text"), PLANTED)
def test_a_planted_mistake_is_found_with_its_place(code: str, text: str) -> None:
    found = [one for one in planted(text) if one.code == code]
    assert found
    assert all("reports/totality.md" in one.where for one in found)
