"""What the pages for whoever decides on disclosure read: what is withheld, and what else could be done."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence

from fullpicture.core.digest import digest_of, fingerprint
from fullpicture.core.figure import Figure, to_figures
from fullpicture.core.table import InternalTable
from fullpicture.disclosure import Protected, Rule
from fullpicture.disclosure.certificate import ProtectedTable
from fullpicture.disclosure.hidden import HiddenFigure
from fullpicture.disclosure.options import options_of, worth_of
from fullpicture.programme.cache import Cache, code_of
from fullpicture.programme.load import Programme
from fullpicture.programme.rules import rules_of
from fullpicture.publish.deciding_page import Deciding, Way, Withheld


def deciding(
    programme: Programme,
    tables: Sequence[InternalTable],
    protected: Protected,
    cache: Cache,
    say: Callable[[str], None] = lambda detail: None,
) -> list[Deciding]:
    """One of each table that the rules hold for; what else could be done is kept from build to build."""
    accounts = {account.indicator: account for account in protected.certificate.tables if account.rule}
    ours = [table for table in tables if table.description.indicator in accounts]
    found = []
    for number, table in enumerate(ours, 1):
        say(f"ways to publish {number:,} of {len(ours):,}")
        account = accounts[table.description.indicator]
        found.append(_deciding(programme, table, account, cache))
    return found


def _deciding(programme: Programme, table: InternalTable, account: ProtectedTable, cache: Cache) -> Deciding:
    figures = to_figures(table.figures)
    by_id = {figure.id: figure for figure in figures}
    heads = set(programme.form.headlines)
    withheld = [_withheld(one, by_id[one.figure], heads) for one in account.hidden_figures]
    now = _now(figures, {one.figure for one in account.hidden_figures})
    ways = [now, *_ways(programme, table, figures, cache)]
    title = table.description.title
    return Deciding(account.indicator, title, account.rule, len(figures), withheld, ways)


def _ways(programme: Programme, table: InternalTable, figures: Sequence[Figure], cache: Cache) -> list[Way]:
    sources = {source for figure in figures for source in figure.source.split()}
    rule = _strictest(rules_of(programme.form).of(sources))
    register, code = programme.register, code_of("disclosure", "core")
    key = fingerprint("ways", digest_of(table.figures), table.description, rule, register.areas, code)
    kept = cache.get(key)
    if kept is not None:
        return [Way(*option) for option in json.loads(kept[1])]
    options = options_of(table.description, figures, rule, register)
    cache.put(key, [], json.dumps(options))
    return [Way(*option) for option in options]


def _strictest(rules: Sequence[Rule]) -> Rule:
    """All that any of several rules asks."""
    return Rule(
        max(rule.threshold for rule in rules),
        any(rule.hide_zeros for rule in rules),
        max(rule.smallest_base for rule in rules),
        any(rule.whole_groups for rule in rules),
        max(rule.fewest_forces for rule in rules),
    )


def _now(figures: Sequence[Figure], hidden: Collection[str]) -> Way:
    worth = {figure.id: worth_of(figure) for figure in figures}
    lost, everything = sum(worth[id_] for id_ in hidden), sum(worth.values())
    share = lost / everything if everything else 0.0
    return Way("The public edition", len(figures) - len(hidden), len(hidden), 0, 0, share, 0)


def _withheld(one: HiddenFigure, figure: Figure, headlines: Collection[str]) -> Withheld:
    place = [figure.area_name, figure.when.label, figure.category.replace("|", ", ")]
    interval = (one.low, one.high, one.least, one.most)
    is_headline = figure.indicator in headlines and not figure.breakdown
    said = ", ".join(filter(None, place))
    return Withheld(one.figure, said, one.why, one.protects, interval, one.proof, is_headline)
