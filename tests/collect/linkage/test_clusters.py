"""Nodes joined one link at a time: against a slow way that tries every link, and the limits one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fullpicture.collect.linkage.clusters import Grouping, Limits, Link, members


@st.composite
def links(draw: st.DrawFn) -> list[Link]:
    ends = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25, unique=True))
    chances = draw(st.lists(st.sampled_from([None, 0.95, 0.97, 0.99]), min_size=25, max_size=25))
    return [
        Link(str(at), "LINK-010", *pair, chances[at]) for at, pair in enumerate(ends) if pair[0] < pair[1]
    ]


@given(links(), st.sets(st.tuples(st.integers(0, 4), st.integers(5, 9)), max_size=4))
def test_what_people_keep_apart_stays_apart_and_all_else_is_joined(
    given: list[Link], different: set[tuple[int, int]]
) -> None:
    grouping = Grouping(Limits(sorted(different)))
    grouping.join(given)
    assert not any(grouping.group_of(one) == grouping.group_of(other) for one, other in different)
    for link in given:
        together = grouping.group_of(link.left) == grouping.group_of(link.right)
        assert together != (link.id in grouping.because)


@given(links())
def test_every_member_has_a_chain_to_the_first_no_weaker_than_it_says(given: list[Link]) -> None:
    grouping = Grouping(Limits())
    grouping.join(given)
    weakest = {}
    for member in members(grouping.used):
        if member.through is None:
            weakest[member.node] = 1.0
            continue
        link = member.through
        before = link.left if link.right == member.node else link.right
        weakest[member.node] = min(weakest[before], link.probability or 1.0)
        assert member.weakest == weakest[member.node]
    assert len(grouping.used) == len(weakest) - sum(one.through is None for one in members(grouping.used))


def test_two_of_one_crime_are_kept_apart_by_the_likelier_link() -> None:
    grouping = Grouping(Limits(apart={1: 7, 2: 7, 3: 8}, why_apart="one crime"))
    grouping.join([Link("b", "", 2, 3, 0.96), Link("a", "", 1, 3, 0.99)])
    assert [link.id for link in grouping.used] == ["a"]
    assert grouping.because == {"b": "one crime"}


def test_no_more_than_the_largest_become_one_by_probability() -> None:
    grouping = Grouping(Limits(largest=2))
    grouping.join([Link("a", "", 1, 2, 0.99), Link("b", "", 2, 3, 0.98)])
    assert grouping.because == {"b": "more than 2 records would become one"}
