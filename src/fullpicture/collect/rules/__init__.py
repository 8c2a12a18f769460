"""The rules of returns, in families: what a force's records are refused, warned of or remarked on for.

A rule is a function from the table of records to the condition under which a record breaks it, with its facts
in the decorator. All are listed here by hand; docs/rules.md is made from them.
"""

from __future__ import annotations

from collections.abc import Mapping

from fullpicture.collect.rules import ages, coverage, dates, duplicates, links, offences, outcomes
from fullpicture.collect.rules.rule import RecordRule, ReturnRule, Rule

FAMILIES: Mapping[str, tuple[RecordRule, ...]] = {
    "Dates": (
        dates.recorded_in_the_future,
        dates.recorded_at_no_time,
        dates.recorded_before_reported,
        dates.reported_before_it_began,
        dates.ended_before_it_began,
        dates.outcome_before_recorded,
        dates.outcome_in_the_future,
        dates.began_after_recording,
        dates.on_a_stand_in,
        dates.recorded_late,
        dates.outside_the_period,
        dates.negative_days_to_report,
        dates.negative_days_to_outcome,
        dates.days_disagree,
        dates.year_disagrees,
        dates.a_century_ago,
        dates.ended_after_recording,
        dates.year_of_another_day,
    ),
    "Outcomes": (
        outcomes.day_without_type,
        outcomes.type_without_day,
        outcomes.diversion_too_early,
        outcomes.not_in_the_public_interest_too_early,
        outcomes.fraud_outcome_elsewhere,
        outcomes.alternative_offence,
        outcomes.open_with_a_day,
        outcomes.nobody_identified_but_a_suspect,
        outcomes.not_identified_but_a_suspect,
        outcomes.identified_but_no_suspect,
        outcomes.charged_without_suspect,
        outcomes.youth_caution_for_an_adult,
        outcomes.adult_caution_for_a_child,
        outcomes.withdrawn_without_victim,
        outcomes.under_age_but_ten,
        outcomes.cancelled,
        outcomes.incident,
        outcomes.given_to_nobody,
        outcomes.penalty_for_a_sexual_offence,
        outcomes.time_limit_of_a_rape,
    ),
    "Offences": (
        offences.no_offence,
        offences.reported_incident,
        offences.female_offence_male_victim,
        offences.male_offence_female_victim,
        offences.too_old_for_under_13,
        offences.too_old_for_under_16,
        offences.too_young_for_16,
        offences.too_young_for_13,
        offences.child_offence_not_flagged,
        offences.exploited_adult,
        offences.abused_adult,
        offences.images_of_nobody_knows_whom,
        offences.rape_without_contact,
        offences.class_disagrees,
        offences.too_old_for_under_18,
        offences.online_but_not_flagged,
        offences.rape_online,
    ),
    "Ages": (
        ages.very_old_victim,
        ages.suspect_under_ten,
        ages.very_old_suspect,
        ages.flagged_as_child,
        ages.not_flagged_as_child,
        ages.age_at_creation,
        ages.age_disagrees,
        ages.born_afterwards,
        ages.partner_of_a_child,
        ages.young_parent,
        ages.trusted_and_under_18,
    ),
    "Links": (
        links.no_crime_reference,
        links.two_days_of_recording,
        links.two_offences,
        links.two_outcomes,
        links.victim_of_two_sexes,
        links.victim_of_two_ages,
        links.suspect_of_two_sexes,
        links.related_to_nobody,
        links.victim_is_suspect,
        links.crime_not_delivered,
        links.many_victims,
        links.nobody_in_it,
        links.related_to_no_victim,
        links.domestic_abuse_by_a_stranger,
        links.familial_offence_by_a_stranger,
        links.victim_born_twice,
        links.victim_without_reference_again,
        links.suspect_without_reference_again,
        links.victim_without_reference,
        links.suspect_of_two_ages,
    ),
    "Duplicates": (
        duplicates.identical,
        duplicates.given_again,
        duplicates.given_in_another_return,
        duplicates.told_in_another_return,
        duplicates.alike_and_nameless,
        duplicates.recorded_twice,
    ),
}
"""Rules on records. A record that several rules refuse counts under the first in this order."""

COVERAGE: tuple[ReturnRule, ...] = (
    coverage.month_without_records,
    coverage.period_begins_or_ends_empty,
    coverage.sudden_jump,
    coverage.field_mostly_empty,
    coverage.field_always_alike,
    coverage.late_outcomes,
    coverage.share_outside,
)
"""Rules on a whole return."""

RECORD_RULES: tuple[RecordRule, ...] = tuple(rule for family in FAMILIES.values() for rule in family)
RULES: Mapping[str, Rule] = {rule.code: rule for rule in (*RECORD_RULES, *COVERAGE)}
"""Every rule by its code."""
