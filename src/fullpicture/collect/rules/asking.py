"""Asks the rules of a table of records: which records break which rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Protocol

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from fullpicture.collect.returns.record import Unit
from fullpicture.collect.rules import RECORD_RULES
from fullpicture.collect.rules.alike import Alike, Array
from fullpicture.collect.rules.facts import shared_facts, with_facts, with_row_key
from fullpicture.collect.rules.rule import Context, RecordRule
from fullpicture.core.engine import connect

Places = Mapping[str, Array]
"""Where records are that break a rule, by its code: places in the table, ascending."""
_Schemas = tuple[ibis.Schema, ibis.Schema]
"""Of the records, and of what is known of the return."""

_NOT_ASKED = ("__raw", "__rule")
_NO_PLACES = np.empty(0, np.int64)
_NOT_WORTH_IT = "filter_pushdown"
"""Asking all conditions a second time, as a filter, takes 0.2 s to plan and saves nothing."""


class Ask(Protocol):
    """Asks the rules that compare records `among` those that have it in common; "" for all other rules."""

    def __call__(self, among: str, without: Array = _NO_PLACES) -> dict[str, Array]: ...


@contextmanager
def asking(unit: Unit, records: pa.Table, known: pa.Table, mapped: frozenset[str]) -> Iterator[Ask]:
    """A way to ask rules of records, in DuckDB in process.

    Ibis takes longer to write a question than DuckDB to answer it for a small return. So what rules know of a
    record (`facts`) is written once for all returns with the same columns, and the rules on single records
    once for all returns that run the same ones.
    """
    engine: Any = connect(threads=1)  # returns are taken in by a process for each core
    schemas = (ibis.Schema.from_pyarrow(records.schema), ibis.Schema.from_pyarrow(known.schema))
    engine.con.register("records", records)
    engine.con.register("known", known)
    engine.con.execute(f"SET disabled_optimizers = '{_NOT_WORTH_IT}'")
    engine.con.execute(f"CREATE TEMP VIEW facts AS {_facts(*schemas)[0]}")
    codes = tuple(rule.code for rule in RECORD_RULES if not rule.among and rule.applies(mapped))

    def ask(among: str, without: Array = _NO_PLACES) -> dict[str, Array]:
        if not among:
            return _single(engine.con, codes, records, schemas)
        engine.con.execute("SET disabled_optimizers = ''")
        engine.con.register("refused", pa.table({"place": without}))
        return places_of(engine.con.execute(_among(unit, among, *schemas)).to_arrow_table())

    yield ask
    engine.disconnect()


def _single(con: Any, codes: tuple[str, ...], records: pa.Table, schemas: _Schemas) -> dict[str, Array]:
    """Rules on single records: those on codes alone are asked of one record of each kind, others of all."""
    coded = frozenset(field.name for field in records.schema if pa.types.is_dictionary(field.type))
    on_codes = _on_codes(codes, coded, *schemas)
    others = tuple(code for code in codes if code not in on_codes)
    found = places_of(con.execute(_on_single(others, *schemas)).to_arrow_table())
    if on_codes:
        alike = Alike.of(records, sorted(frozenset().union(*on_codes.values())))
        con.register("records", records.take(pa.array(alike.first)))
        of_kinds = places_of(con.execute(_on_single(tuple(on_codes), *schemas)).to_arrow_table())
        con.register("records", records)
        found |= {code: alike.like(places) for code, places in of_kinds.items()}
    return found


def asked_of(records: pa.Table, context: Context) -> pa.Table:
    """What rules may look at: not the texts as delivered, and each record's place in the table."""
    table = records.select([name for name in records.column_names if not name.endswith(_NOT_ASKED)])
    for name, known in context.earlier.beside(records, context.unit).items():
        table = table.append_column(name, known)
    return table.append_column("place", pa.array(np.arange(records.num_rows)))


@cache
def _facts(records: ibis.Schema, known: ibis.Schema) -> tuple[str, ibis.Schema]:
    """The question for what rules know of each record, and the columns that answer it."""
    facts = with_facts(ibis.table(records, "records"), ibis.table(known, "known"))
    return str(ibis.to_sql(facts, dialect="duckdb")), facts.schema()


@cache
def _on_codes(
    codes: tuple[str, ...], coded: frozenset[str], records: ibis.Schema, known: ibis.Schema
) -> Mapping[str, frozenset[str]]:
    """Rules that look at columns of codes and at what is known of the return alone, with those columns."""
    facts = ibis.table(_facts(records, known)[1], "facts")
    rules = [rule for rule in RECORD_RULES if rule.code in codes]
    looked_at = {
        rule.code: {one.name for one in rule.breaks(facts).op().find(ops.Field, filter=ops.Value)}
        for rule in rules
    }
    return {code: coded & names for code, names in looked_at.items() if names <= {*coded, *known.names}}


@cache
def _on_single(codes: tuple[str, ...], records: ibis.Schema, known: ibis.Schema) -> str:
    facts = ibis.table(_facts(records, known)[1], "facts")
    return str(
        ibis.to_sql(broken(facts, [rule for rule in RECORD_RULES if rule.code in codes]), dialect="duckdb")
    )


@cache
def _among(unit: Unit, among: str, records: ibis.Schema, known: ibis.Schema) -> str:
    tables = (ibis.table(records, "records"), ibis.table(known, "known"))
    refused = ibis.table({"place": "int64"}, "refused")
    return str(ibis.to_sql(broken_among(among, unit, *tables, refused), dialect="duckdb"))


def broken(facts: ir.Table, rules: Sequence[RecordRule]) -> ir.Table:
    """The places of records that break any of some rules on single records, with one column for each rule.

    Args:
        facts: canonical records with `place`, as `facts.with_facts` makes them.
    """
    answers = {rule.code: rule.breaks(facts) for rule in rules}
    return _any_of(facts.select("place", **answers), list(answers))


def broken_among(among: str, unit: Unit, records: ir.Table, known: ir.Table, refused: ir.Table) -> ir.Table:
    """The same for rules that compare: they look only at records that have `among` in common with another.

    `refused` are the places of records to leave out: what is refused is no reason to warn of another.
    """
    left = records.anti_join(refused, "place")
    if among == "row_key":
        left = with_row_key(_sharing(left, "crime_ref"), unit)  # a long key, made for few records
    asked = shared_facts(with_facts(_sharing(left, among), known), unit)
    return _answers(asked, [rule for rule in RECORD_RULES if rule.among == among])


def _sharing(records: ir.Table, key: str) -> ir.Table:
    """The records that have a key in common with another."""
    keys = records.filter(records[key].notnull()).group_by(key).aggregate(sharing=ibis._.count())
    return records.semi_join(keys.filter(keys.sharing > 1), key)


def _answers(records: ir.Table, rules: Sequence[RecordRule]) -> ir.Table:
    """The same, where one question serves all returns: a rule that does not run on one is broken by none."""
    answers = {rule.code: records[f"runs_{rule.code}"] & rule.breaks(records) for rule in rules}
    return _any_of(records.select("place", **answers), list(answers))


def _any_of(answers: ir.Table, codes: Sequence[str]) -> ir.Table:
    return answers.filter(ibis.or_(*(answers[code] for code in codes))) if codes else answers.limit(0)


def places_of(answers: pa.Table) -> dict[str, Array]:
    """Where the answers to a question are true, rule by rule."""
    places = answers["place"].to_numpy()
    found = {
        code: np.sort(places[answers[code].to_numpy()]) for code in answers.column_names if code != "place"
    }
    return {code: each for code, each in found.items() if len(each)}
