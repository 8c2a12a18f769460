"""Runs pieces of work in processes of their own and compares them: seconds, and the most memory held."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

_EVERY = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE") / 1024**2


class Measured(NamedTuple):
    """The best of several runs: seconds, the most MiB held by the process and all that it started, and how
    many seconds they had a processor, which other work on the machine changes little."""

    seconds: float
    mebibytes: float
    processor: float = 0.0


def measured(work: Callable[..., Any], *inputs: Any, runs: int = 3) -> Measured:
    """The quickest of several runs, each in a fresh process; `work` may return its own seconds."""
    return min(_once(work, inputs) for _ in range(runs))


def _once(work: Callable[..., Any], inputs: tuple[Any, ...]) -> Measured:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return Measured(*pool.submit(_timed, work, inputs).result())


def _timed(work: Callable[..., Any], inputs: tuple[Any, ...]) -> tuple[float, float, float]:
    with _watched() as most:
        started, used = time.perf_counter(), _processor()
        said = work(*inputs)
        seconds = said if isinstance(said, float) else time.perf_counter() - started
    return seconds, most[0], _processor() - used


def _processor() -> float:
    """Seconds of processor of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The most memory held at one time, looked at twenty times a second (Linux)."""
    most, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(_EVERY):
            most[0] = max(most[0], _held(os.getpid()))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def _held(pid: int) -> float:
    """MiB of a process and of those that it started; one that has just ended holds nothing."""
    with suppress(OSError):
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
        tasks = Path(f"/proc/{pid}/task").iterdir()
        started = [child for task in tasks for child in (task / "children").read_text().split()]
        return own + sum(_held(int(child)) for child in started)
    return 0.0


def compared(what: str, ours: Measured, peer: Measured, peer_name: str) -> str:
    """One line for docs/performance.md."""
    return (
        f"| {what} | {ours.seconds:.2f} s, {ours.mebibytes:,.0f} MiB | {peer.seconds:.2f} s, "
        f"{peer.mebibytes:,.0f} MiB ({peer_name}) | {ours.seconds / peer.seconds:.2f} | "
        f"{ours.mebibytes / peer.mebibytes:.2f} |"
    )
