"""Runs pieces of work in processes of their own and compares them: seconds, and the most memory each held."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple


class Measured(NamedTuple):
    """The best of several runs: seconds, and the most memory in MiB."""

    seconds: float
    mebibytes: float


def measured(work: Callable[..., Any], *inputs: Any, runs: int = 3) -> Measured:
    """The quickest of several runs, each in a fresh process; `work` may return its own seconds."""
    return min(_once(work, inputs) for _ in range(runs))


def _once(work: Callable[..., Any], inputs: tuple[Any, ...]) -> Measured:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return Measured(*pool.submit(_timed, work, inputs).result())


def _timed(work: Callable[..., Any], inputs: tuple[Any, ...]) -> tuple[float, float]:
    started = time.perf_counter()
    said = work(*inputs)
    seconds = said if isinstance(said, float) else time.perf_counter() - started
    return seconds, _most_memory()


def _most_memory() -> float:
    """MiB of the process itself and, if it had workers, of its largest for each core."""
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own + workers * (os.cpu_count() or 1)


def compared(what: str, ours: Measured, peer: Measured, peer_name: str) -> str:
    """One line for docs/performance.md."""
    return (
        f"| {what} | {ours.seconds:.2f} s, {ours.mebibytes:,.0f} MiB | {peer.seconds:.2f} s, "
        f"{peer.mebibytes:,.0f} MiB ({peer_name}) | {ours.seconds / peer.seconds:.2f} | "
        f"{ours.mebibytes / peer.mebibytes:.2f} |"
    )
