"""The lock files say exactly which packages, with hashes, and never from which address."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.checks.verdict import ROOT, conclude

PYTHON_LOCKS = {"requirements.in": "requirements.txt", "requirements-dev.in": "requirements-dev.txt"}
NODE_LOCKS = ("package-lock.json", "tests/tools/package-lock.json")
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|file://")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)$")
LOCKED = re.compile(r"^([a-z0-9._-]+)==(\S+)")


def findings() -> Iterator[str]:
    """Yield every fault of every lock file."""
    for wanted, lock in PYTHON_LOCKS.items():
        text = (ROOT / lock).read_text()
        yield from (f"{lock}: {fault}" for fault in faults_of_python_lock(text))
        yield from (f"{lock}: {fault}" for fault in not_locked((ROOT / wanted).read_text(), text))
    for lock in NODE_LOCKS:
        yield from (
            f"{lock}: {fault}" for fault in faults_of_node_lock(json.loads((ROOT / lock).read_text()))
        )


def faults_of_python_lock(text: str) -> Iterator[str]:
    """Yield addresses, and packages without a hash."""
    for number, line in enumerate(text.splitlines(), 1):
        if ADDRESS.search(line):
            yield f"line {number} holds an address"
    for entry in re.split(r"\n(?=[a-z0-9])", text.strip()):
        if "--hash=sha256:" not in entry:
            yield f"{entry.split()[0]} has no hash"


def not_locked(wanted: str, lock: str) -> Iterator[str]:
    """Yield what is asked for without an exact version, or is not in the lock as asked."""
    locked = {match.groups() for line in lock.splitlines() if (match := LOCKED.match(line))}
    for line in wanted.splitlines():
        asked = line.partition("#")[0].strip()
        if not asked or asked.startswith("-r "):
            continue
        pin = PIN.match(asked)
        if pin is None:
            yield f"{asked} names no exact version"
        elif (pin[1].lower(), pin[2]) not in locked:
            yield f"{asked} is not locked so; run make lock"


def faults_of_node_lock(lock: dict[str, Any]) -> Iterator[str]:
    """Yield packages with an address, and packages without a hash."""
    for name, entry in lock["packages"].items():
        if not name:
            continue
        if "resolved" in entry:
            yield f"{name} holds an address"
        if "integrity" not in entry and not entry.get("inBundle"):
            yield f"{name} has no hash"


if __name__ == "__main__":
    conclude(findings())
