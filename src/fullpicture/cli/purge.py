"""`fullpicture purge`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fullpicture.cli.accountable import accountable
from fullpicture.core.errors import UsageError

if TYPE_CHECKING:
    from fullpicture.collect.source import Source
    from fullpicture.programme.load import Programme
    from fullpicture.programme.purge import Plan
    from fullpicture.programme.returns import Return
    from fullpicture.programme.usage import Account
    from fullpicture.programme.vintages import Store

_day = click.DateTime(["%Y-%m-%d"])


@click.command("purge")
@click.argument("programme", type=click.Path(path_type=Path))
@click.option("--expired", is_flag=True, help="Sources whose retention date has passed: all their vintages.")
@click.option("--until", type=_day, help="Vintages that a newer one had replaced by this day.")
@click.option("--source", help="Only of this source.")
@click.option("--data", is_flag=True, help="With --expired: their delivered files too.")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@accountable
def command(
    programme: Path,
    expired: bool,
    until: datetime | None,
    source: str | None,
    data: bool,
    dry_run: bool,
    by: Account,
) -> None:
    """Remove records of the PROGRAMME that may not be kept any longer, and record it in the log of use.

    A purge that was stopped is finished by the next one. With --expired, a --source that the programme has no
    more counts as expired. Build folders and copies of the records are yours to remove.
    """
    from fullpicture.programme.load import load
    from fullpicture.programme.purge import purge
    from fullpicture.programme.vintages import Store

    if expired == (until is not None) or (data and not expired):
        raise UsageError("Say what to remove: either --expired (with --data or without) or --until DATE.")
    read, store = load(programme), Store(programme)
    if dry_run:
        click.echo(_said(_plan(read, store, until, source, data), "Would remove"))
        return
    with store.state.locked():
        plan = _plan(read, store, until, source, data)
        click.echo(_said(plan, "Removing"))
        purge(store, plan, read.data, by)
    if not plan.is_empty:
        click.echo("Done. Build again, and remove older build folders and copies: they still show it.")


def _plan(read: Programme, store: Store, until: datetime | None, source: str | None, data: bool) -> Plan:
    from fullpicture.programme.purge import Withdrawn, expired, of_expired, of_replaced
    from fullpicture.programme.sources import with_codes
    from fullpicture.programme.toml import nearest_hint

    answers = {id_: with_codes(one) for id_, one in read.sources.items()}
    declared: dict[str, Source | Return] = {**answers, **read.returns.sources}
    known = dict.fromkeys([*declared, *store.sources()])
    if source is not None and source not in known:
        raise UsageError(f"--source {source}: there is no such source. {nearest_hint(source, list(known))}")
    if until is not None:
        return of_replaced(store, [source] if source else known, until.date())
    sources = list(declared.values())
    gone = [one for one in expired(sources, date.today()) if source in (None, one.id)]
    if source and source not in declared:
        gone = [Withdrawn(source)]
    return of_expired(store, gone, sources, read.data if data else None)


def _said(plan: Plan, verb: str) -> str:
    lines = [f"{verb} {one.source}, vintage {one.vintage}: {one.rows:,} rows" for one in plan.vintages]
    lines += [f"{verb} data/{one.file}, delivered for {one.source}" for one in plan.files]
    lines += [f"Keeping data/{name}: a source that is still kept reads it too" for name in plan.shared]
    return "\n".join(lines) or "There is nothing to remove."
