"""What the citizen has been told about a delay: why, and the new day. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from pledges.procedure import DelayNotice, owes_notice, told_day
from portal.cases.history import Happening, events_of
from portal.cases.rules import EventKind
from portal.clock import local_day


def notices(events: Sequence[Happening], cycle: int) -> tuple[DelayNotice, ...]:
    """Give the explanations of a delay in one cycle of a case, oldest first."""
    return tuple(_notice(event) for event in events_of(events, cycle) if _explains(event))


def _explains(event: Happening) -> bool:
    return event.kind is EventKind.DELAY_EXPLAINED


def _notice(event: Happening) -> DelayNotice:
    return DelayNotice(
        local_day(event.at), event.content["text"], date.fromisoformat(event.content["new_day"])
    )


def explanation(events: Sequence[Happening], cycle: int, on: date) -> DelayNotice | None:
    """Give the latest explanation of a cycle, while its new day has not passed; None without one."""
    found = notices(events, cycle)
    return found[-1] if found and found[-1].new_day >= on else None


def owes_explanation(events: Sequence[Happening], cycle: int, due_on: date, on: date) -> bool:
    """Tell whether the day the citizen expects has passed without a word on why.

    A holding answer that names its day counts as well: whoever has it knows how long to wait.
    """
    known = (*notices(events, cycle), *_holding(events, cycle))
    return owes_notice(due_on, known, on)


def expected_on(events: Sequence[Happening], cycle: int, due_on: date, on: date) -> date:
    """Give the last day on which the citizen expects the end, as far as they have been told."""
    return told_day(due_on, notices(events, cycle), on)


def _holding(events: Sequence[Happening], cycle: int) -> Iterator[DelayNotice]:
    for event in events_of(events, cycle):
        if event.kind is EventKind.HOLDING_ANSWER:
            sent, expected = local_day(event.at), date.fromisoformat(event.content["expected"])
            if expected > sent:
                yield DelayNotice(sent, event.content["text"] or event.kind.value, expected)
