"""Turns at the press: few at a time, in all processes that share a folder, since each takes a whole processor."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

AT_WORK = 2
AT_WORK_OR_WAITING = 4
LONGEST_WAIT = 20.0  # seconds
PAUSE = 0.05


class NoTurn(Exception):
    """Everybody who may work or wait already does, or the wait became too long."""


@contextmanager
def turn(folder: Path, patience: float = LONGEST_WAIT) -> Iterator[None]:
    """Wait for a turn, `patience` seconds at most, and hold it. Raises NoTurn, at once when the queue is full.

    The turns are locks on files, which the system lets go of when a process dies.
    """
    with ExitStack() as held:
        _take(_files(held, folder, "seat", AT_WORK_OR_WAITING), 0)
        _take(_files(held, folder, "press", AT_WORK), patience)
        yield


def _files(held: ExitStack, folder: Path, name: str, number: int) -> Sequence[BinaryIO]:
    folder.mkdir(parents=True, exist_ok=True)
    return [held.enter_context((folder / f"{name}-{place}.lock").open("ab")) for place in range(number)]


def _take(files: Sequence[BinaryIO], patience: float) -> None:
    until = monotonic() + patience
    while not any(_is_taken(file) for file in files):
        if monotonic() >= until:
            raise NoTurn
        sleep(PAUSE)


def _is_taken(file: BinaryIO) -> bool:
    """Tell whether the lock became ours."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
