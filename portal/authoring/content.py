"""What is written in a draft: values that may be missing, as they are stored, compared and made into a version."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self

from pledges.errors import BadLimit, BadTarget
from pledges.limit import Limit, Unit
from pledges.pause import PausePolicy
from pledges.pledge import Measure, Promise, Source, Start, Target
from portal.pledgebook.models import Pledge, PledgeVersion, TargetUnit
from portal.pledgebook.promises import CLOCKED
from portal.pledgebook.scopes import scopes_on

WORDS = ("promise", "short", "applies_to", "measured_as", "owner")
LISTS = ("content", "not_applies", "duties", "remedy")
OF_VERSION = (
    *WORDS,
    *LISTS,
    "measure",
    "source",
    "amount",
    "unit",
    "target",
    "target_unit",
    "holding_answer",
    "starts_at",
    "pause_policy",
    "compensation",
    "law",
    "review_by",
)


@dataclass(frozen=True, order=True)
class Place:
    """Where a pledge holds: a service by its name in addresses, and within it a category or (empty) every one."""

    service: str
    category: str = ""

    def __str__(self) -> str:
        return f"{self.service}/{self.category}" if self.category else self.service

    @classmethod
    def named(cls, name: str) -> Self:
        """Give the place that `str` gave."""
        service, _, category = name.partition("/")
        return cls(service, category)


@dataclass(frozen=True)
class Content:
    """What a draft says. None, or nothing, is what has not been written yet.

    `valid_from` is the day from which it is wished to hold. `position` orders the pledges of one case, low first.
    """

    promise: str = ""
    short: str = ""
    content: tuple[str, ...] = ()
    applies_to: str = ""
    not_applies: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    remedy: tuple[str, ...] = ()
    measure: Measure | None = None
    measured_as: str = ""
    source: Source | None = None
    starts_at: Start = Start.RECEIVED
    amount: int | None = None
    unit: Unit | None = None
    pause_policy: PausePolicy = PausePolicy.QUESTION_OR_LAW
    target: Decimal | None = None
    target_unit: TargetUnit = TargetUnit.PERCENT
    holding_answer: bool = False
    scopes: tuple[Place, ...] = ()
    position: int = 1
    compensation: tuple[Mapping[str, str], ...] = ()
    law: Mapping[str, Any] = field(default_factory=dict)
    owner: str = ""
    keeper_id: int | None = None
    life_situations: tuple[str, ...] = ()
    review_by: date | None = None
    valid_from: date | None = None

    @property
    def is_clocked(self) -> bool:
        """Whether the cases themselves tell how long it takes."""
        return self.source is Source.CASES and self.measure in CLOCKED

    @property
    def limit(self) -> Limit | None:
        """The promised time; None while it is not whole."""
        if self.amount is None or self.unit is None:
            return None
        try:
            return Limit(self.amount, self.unit)
        except BadLimit:
            return None

    @property
    def law_limit(self) -> Limit | None:
        """The time that the law sets, if it names one."""
        amount, unit = self.law.get("amount"), self.law.get("unit")
        return Limit(amount, Unit(unit)) if amount is not None and unit is not None else None

    def promised(self) -> Promise | None:
        """Give what is promised apart from the words; None while it cannot be measured on cases."""
        if not self.is_clocked or self.limit is None or self.measure is None or self.target is None:
            return None
        try:
            target = Target(self.target)
        except BadTarget:
            return None
        return Promise(
            self.limit, self.measure, target, self.holding_answer, self.starts_at, self.pause_policy
        )

    def stored(self) -> dict[str, Any]:
        """Give the content as JSON can hold it."""
        return {one.name: _stored(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Give back what `stored` gave; what is left out has not been written."""
        known = {one.name for one in fields(cls)}
        return cls(**{key: _read(key, value) for key, value in stored.items() if key in known})

    @classmethod
    def of(cls, pledge: Pledge, version: PledgeVersion) -> Self:
        """Give what a version of a pledge, loaded with the services of its scopes, said on its first day."""
        values = {name: getattr(version, name) for name in OF_VERSION}
        values |= {name: tuple(values[name]) for name in (*LISTS, "compensation")}
        scopes = scopes_on(pledge, version.valid_from)
        return cls(
            **{**values, "review_by": None},
            scopes=tuple(Place(scope.service.slug, scope.category) for scope in scopes),
            position=scopes[0].position if scopes else 1,
            keeper_id=pledge.keeper_id,
            life_situations=tuple(pledge.life_situations),
        )

    def columns(self) -> dict[str, Any]:
        """Give what a version has of it, column by column."""
        columns = {name: getattr(self, name) for name in OF_VERSION}
        columns |= {name: list(columns[name]) for name in LISTS}
        columns |= {"compensation": [dict(rule) for rule in self.compensation], "law": dict(self.law)}
        return columns

    def as_version(self, number: int = 0) -> PledgeVersion:
        """Give it as a version that is in no database, to be read or compared."""
        return PledgeVersion(number=number, decided_by="", withdrawn_reason="", **self.columns())


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_stored(part) for part in value]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date | Decimal | Place):
        return str(value)
    return value


def _read(key: str, value: Any) -> Any:
    if value is None or key not in _READERS:
        return tuple(value) if isinstance(value, list) else value
    return _READERS[key](value)


_READERS: Mapping[str, Any] = {
    "measure": Measure,
    "source": Source,
    "starts_at": Start,
    "unit": Unit,
    "pause_policy": PausePolicy,
    "target": Decimal,
    "target_unit": TargetUnit,
    "scopes": lambda names: tuple(map(Place.named, names)),
    "review_by": date.fromisoformat,
    "valid_from": date.fromisoformat,
}
