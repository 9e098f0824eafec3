"""Measuring: everything in turn, in several rounds, and each figure beside its reference."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True)
class Figure:
    """One measured thing: its value, and how many of its reference it is. `most` is what the ratio may be at most."""

    name: str
    unit: str
    value: float
    reference: str
    ratio: float
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the ratio is within what is demanded; true when nothing is."""
        return self.most is None or self.ratio <= self.most


Todo = tuple[Callable[[], object], int]


def measured(todo: Callable[[], object], times: int) -> float:
    """Give the milliseconds that one call takes."""
    began = time.perf_counter()
    for _ in range(times):
        todo()
    return (time.perf_counter() - began) * 1000 / times


def interleaved(todos: dict[str, Todo], rounds: int = ROUNDS) -> dict[str, float]:
    """Measure all in turn, several rounds, so that a slow moment of the machine hits all; gives each one's median."""
    found: dict[str, list[float]] = {name: [] for name in todos}
    for _ in range(rounds):
        for name, (todo, times) in todos.items():
            found[name].append(measured(todo, times))
    return {name: statistics.median(values) for name, values in found.items()}
