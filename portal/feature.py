"""The plug board: what a feature offers to the house, listed by hand in `portal/app.py`.

A lower feature never imports a higher one; what it needs from above comes to it here, as data.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from portal.settings import Settings

Sweep = Callable[[Session, Settings, datetime], int]
Load = Callable[[Session, int, datetime], Mapping[str, Any]]


@dataclass(frozen=True)
class MenuEntry:
    """A word in a menu. `order` decides the place, low first; `label` is a msgid.

    In the staff's menu the word is shown to those who may do the `deed`; without deed, to all.
    """

    label: str
    endpoint: str
    order: int
    deed: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a department's page that a higher feature draws: `load(db, department_id, at)` gives its values."""

    template: str
    load: Load
    order: int


@dataclass(frozen=True)
class Check:
    """A cache and its facts: `differences(db, at)` recomputes it and yields one line for each difference."""

    name: str
    differences: Callable[[Session, datetime], Iterable[str]]


@dataclass(frozen=True)
class SearchEntry:
    """One public thing that can be found: what it is called, what it says, where it is."""

    kind: str
    id: str
    title: str
    text: str
    path: str
    department: str = ""


@dataclass(frozen=True)
class Feature:
    """What one feature hangs on the plug board. `folder` holds its templates, under `templates/`."""

    name: str
    folder: Path
    blueprints: tuple[Any, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    desk_menu: tuple[MenuEntry, ...] = ()
    department_sections: tuple[Section, ...] = ()
    checks: tuple[Check, ...] = ()
    sweeps: tuple[Sweep, ...] = ()
    search_sources: tuple[Callable[[Session, datetime], Iterable[SearchEntry]], ...] = ()
    frame: Callable[[Session, datetime], Mapping[str, Any]] | None = None
