"""What follows when a promise was broken: an apology, an explanation, a lower fee.

Shares are exact fractions and money is whole öre, so that two people who reckon get the
same sum. A fee that cannot be split evenly is always rounded in the payer's favour.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import Final

from pledges.calendar import Calendar
from pledges.errors import BadCompensation


class Kind(StrEnum):
    """What the person whose promise was broken gets."""

    APOLOGY = "apology"
    EXPLANATION = "explanation"
    FEE_REDUCTION = "fee_reduction"


class Per(StrEnum):
    """What a share of the fee is taken off for: each week begun after the last day, or once."""

    STARTED_WEEK = "started_week"
    ONCE = "once"


# Working days that staff has for it after the day on which the promise was broken. A fee is
# lowered where it is set, with the decision; until then that is the day to say by how much.
WORKING_DAYS: Final[Mapping[Kind, int]] = MappingProxyType(
    {Kind.APOLOGY: 2, Kind.EXPLANATION: 5, Kind.FEE_REDUCTION: 5}
)


@dataclass(frozen=True)
class FeeShare:
    """The part of a fee that is taken off, for each started week or once, and `most` in all.

    Parts of one: over 0, `share` at most `most`, `most` at most 1. Raises BadCompensation.
    """

    share: Fraction
    per: Per
    most: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        """Refuse a part that nobody can take off a fee."""
        if not 0 < self.share <= self.most <= 1:
            raise BadCompensation(f"A reduction by {self.share}, at most {self.most}")


@dataclass(frozen=True)
class Rule:
    """One thing that follows when a promise is broken; only a fee reduction has a `fee`.

    Raises BadCompensation for a fee reduction without one, and for another kind with one.
    """

    kind: Kind
    fee: FeeShare | None = None

    def __post_init__(self) -> None:
        """Refuse a reduction that does not say by how much."""
        if (self.kind is Kind.FEE_REDUCTION) != (self.fee is not None):
            raise BadCompensation(f"Compensation {self.kind} with fee {self.fee}")


@dataclass(frozen=True)
class FollowUp:
    """Work that a broken promise gives staff; `due_on` is the last day to do it."""

    kind: Kind
    due_on: date


_PART: Final = re.compile(r"[0-9]{1,4}(/[0-9]{1,4})?")

# Plan- och bygglagen (2010:900) 12 kap. 8 a §: a fifth of the fee for every week begun after
# the time in 9 kap. has run out; nothing is left to pay from the fifth.
BUILDING_LAW_FEE: Final = FeeShare(Fraction(1, 5), Per.STARTED_WEEK)


def started_weeks(due_on: date, done_on: date) -> int:
    """Give how many weeks have begun after the last day: one from the day after, two from the eighth.

    Zero on the last day itself and before it.
    """
    days_over = max(0, (done_on - due_on).days)
    return (days_over + 6) // 7


def reduction(rule: FeeShare, due_on: date, done_on: date) -> Fraction:
    """Give the part of the fee that is taken off, from 0 to the rule's most.

    `due_on` is the last day in time, so what is done on it costs the full fee.
    """
    weeks = started_weeks(due_on, done_on)
    times = min(weeks, 1) if rule.per is Per.ONCE else weeks
    return min(times * rule.share, rule.most)


def reduced(fee: int, share: Fraction) -> int:
    """Give what is left to pay of a fee, in whole öre, when a share from 0 to 1 is taken off.

    Rounded down, so that nobody pays an öre too much.
    Raises BadCompensation for a fee below zero or a share outside 0 to 1.
    """
    if fee < 0 or not 0 <= share <= 1:
        raise BadCompensation(f"A fee of {fee} öre less {share}")
    return floor(fee * (1 - share))


def follow_ups(rules: Iterable[Rule], broken_on: date, calendar: Calendar) -> tuple[FollowUp, ...]:
    """Give the work that a promise broken on a day gives staff, the most urgent first.

    An apology with a new date within two working days, an explanation within five, and
    within five the word on what the fee will be. The day of the breach is not counted.
    A kind that stands there twice is done once. Raises UnknownYear when the calendar ends.
    """
    kinds = dict.fromkeys(rule.kind for rule in rules)
    work = (FollowUp(kind, calendar.working_day_after(broken_on, WORKING_DAYS[kind])) for kind in kinds)
    return tuple(sorted(work, key=lambda follow_up: (follow_up.due_on, list(Kind).index(follow_up.kind))))


def rules_from(values: Sequence[Mapping[str, object]]) -> tuple[Rule, ...]:
    """Give the rules that were written down by `written`.

    Raises BadCompensation for anything else, so that a promise never has half a rule.
    """
    return tuple(_rule(entry) for entry in values)


def written(rules: Iterable[Rule]) -> list[dict[str, str]]:
    """Write rules down as texts: kind, and for a fee reduction share, per and most ("1/5")."""
    return [{"kind": rule.kind.value, **_fee_texts(rule.fee)} for rule in rules]


def _fee_texts(fee: FeeShare | None) -> dict[str, str]:
    if fee is None:
        return {}
    return {"share": str(fee.share), "per": fee.per.value, "most": str(fee.most)}


def _rule(entry: Mapping[str, object]) -> Rule:
    texts = {key: value for key, value in entry.items() if isinstance(value, str)}
    fee_keys = texts.keys() - {"kind"}
    if len(texts) != len(entry) or fee_keys not in (set(), {"share", "per"}, {"share", "per", "most"}):
        raise BadCompensation(f"A rule with {', '.join(entry) or 'nothing'}")
    try:
        fee = _fee(texts) if fee_keys else None
        return Rule(Kind(texts.get("kind", "")), fee)
    except (ValueError, ZeroDivisionError) as error:
        raise BadCompensation(f"A rule with {texts}") from error


def _fee(texts: Mapping[str, str]) -> FeeShare:
    return FeeShare(_part(texts["share"]), Per(texts["per"]), _part(texts.get("most", "1")))


def _part(text: str) -> Fraction:
    if not _PART.fullmatch(text):
        raise BadCompensation(f"A part of a fee written {text!r}")
    return Fraction(text)
