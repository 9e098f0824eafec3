"""How a pledge has gone: its version, what was counted, and the figure that may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pledges.fulfilment import Better, Count, Figure, Verdict, figure, percent, value_figure
from pledges.pledge import Source
from portal.drawings.strip import Strip, strip
from portal.i18n import N_, Text
from portal.pledgebook.figures.reported import Reported
from portal.pledgebook.models import Pledge, PledgeVersion, TallyState, TargetUnit
from portal.pledgebook.promises import is_counted, promise_of

MONTHS_SHOWN = 12
REPORTED: Mapping[Source, str] = {
    Source.PHONE: N_("Mäts i telefonväxeln. Siffrorna har inte lästs in än."),
    Source.SURVEY: N_("Mäts med en enkät. Svaren har inte lästs in än."),
    Source.MONITOR: N_("Mäts med driftövervakning. Siffrorna har inte lästs in än."),
    Source.WORK_LOG: N_("Mäts i verksamhetens egen journal. Siffrorna har inte lästs in än."),
    Source.TEXT: N_("Mäts med en textkontroll. Siffrorna har inte lästs in än."),
}
NOT_COUNTED = N_("Våra ärenden visar inte det här än.")
PAUSED = N_("Mätningen är pausad. %(reason)s")
# Where a standing clock is counted. What is not here stands in no figure.
PLACES: Mapping[TallyState, str] = {
    TallyState.KEPT: "kept",
    TallyState.BROKEN: "broken",
    TallyState.LATE: "late_now",
    TallyState.RUNNING: "running",
    TallyState.PAUSED: "running",
    TallyState.EXCUSED: "excused",
    TallyState.VOID: "void",
}
BETTER: Mapping[TargetUnit, Better] = {
    TargetUnit.PERCENT: Better.HIGHER,
    TargetUnit.INDEX: Better.HIGHER,
    TargetUnit.PERSONS_AT_MOST: Better.LOWER,
}


@dataclass(frozen=True)
class Period:
    """Whole months from `first` to `last`, each named by its first day."""

    first: date
    last: date

    def holds(self, month: date) -> bool:
        """Tell whether a month is one of them."""
        return self.first <= month <= self.last

    def months(self) -> tuple[date, ...]:
        """Give every month, oldest first."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return tuple(month_after(self.first, step) for step in range(count))


@dataclass(frozen=True)
class Outcome:
    """One pledge in one version, with its figure over `period`; `why` says why there is no figure, if so.

    `reported` is what somebody has reported, when no case shows it.
    """

    pledge: Pledge
    version: PledgeVersion
    period: Period
    count: Count
    figure: Figure
    begun: bool
    why: Text | None
    reported: Reported | None = None

    @property
    def verdict(self) -> Verdict:
        """What the figure says about the promise."""
        if self.value is None:
            return self.figure.verdict
        return value_figure(self.value, self.version.target, better=BETTER[self.version.target_unit])

    @property
    def value(self) -> Decimal | None:
        """What was reported when the target is no percentage, such as an index; None otherwise."""
        has_value = self.reported is not None and self.version.target_unit is not TargetUnit.PERCENT
        return self.reported.value if self.reported is not None and has_value else None

    @property
    def broken(self) -> int:
        """The cases that ended too late; 0 when no number may be shown."""
        figure = self.figure
        return (figure.outcomes or 0) - (figure.kept or 0) - (figure.late_now or 0)

    @property
    def strip(self) -> Strip | None:
        """The strip of marks beside the pledge; None when no number may be shown."""
        figure = self.figure
        if figure.outcomes is None:
            return None
        kept, late_now, running = figure.kept or 0, figure.late_now or 0, figure.running or 0
        return strip(kept=kept, broken=self.broken, running=running, late_now=late_now)

    @property
    def share(self) -> Decimal | None:
        """How often the promise was kept, in percent with one decimal; None when it must not be shown."""
        return None if self.figure.share is None else percent(self.figure.share)


@dataclass(frozen=True)
class Summary:
    """How many pledges there are, and how many stand in each place."""

    total: int
    held: int
    near: int
    broken: int
    too_few: int
    not_measured: int


def month_of(day: date) -> date:
    """Give the month of a day, named by its first day."""
    return day.replace(day=1)


def month_after(month: date, count: int) -> date:
    """Give the month that is `count` after a month; below zero: before it."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def period_of(version: PledgeVersion, today: date) -> Period:
    """Give the latest twelve months, this month included, but none before the version began."""
    last = month_of(today)
    first = max(month_after(last, 1 - MONTHS_SHOWN), month_of(version.valid_from))
    return Period(min(first, last), last)


def has_ended(version: PledgeVersion, today: date) -> bool:
    """Tell whether the version's last day has passed."""
    return version.valid_to is not None and version.valid_to < today


def whole_period_of(version: PledgeVersion, today: date) -> Period:
    """Give every month from the first of a version up to and including this one."""
    return Period(min(month_of(version.valid_from), month_of(today)), month_of(today))


def last_period_of(version: PledgeVersion, decided: Iterable[date]) -> Period:
    """Give the last twelve months of a version that has ended; `decided` are the months in which its cases were.

    A case keeps the version it was received under, so the last month is that of the last case decided, or the one
    in which the version ended, whichever is later.
    """
    last = max((month_of(version.valid_to or version.valid_from), *decided))
    return Period(max(month_after(last, 1 - MONTHS_SHOWN), month_of(version.valid_from)), last)


def why_not_measured(pledge: Pledge, version: PledgeVersion, has_scope: bool) -> Text | None:
    """Say why a pledge has no figure; None when its cases are counted."""
    if pledge.paused_reason:
        return Text(PAUSED, {"reason": pledge.paused_reason})
    if version.source in REPORTED:
        return Text(REPORTED[version.source])
    if not is_counted(version) or not has_scope:
        return Text(NOT_COUNTED)
    return None


def outcome_of(
    pledge: Pledge,
    version: PledgeVersion,
    count: Count,
    period: Period,
    *,
    has_scope: bool,
    today: date,
    reported: Reported | None = None,
) -> Outcome:
    """Give the outcome of one version of a pledge, counted over a period, or as it was reported for its months."""
    begun = version.valid_from <= today
    why = None if reported else why_not_measured(pledge, version, has_scope)
    if reported is not None:
        count = reported.count
        period = Period(reported.months[0].month, reported.months[-1].month)
    is_counted = begun and why is None and version.target_unit is TargetUnit.PERCENT
    shown = figure(count, promise_of(version).target, measured=is_counted)
    return Outcome(
        pledge=pledge,
        version=version,
        period=period,
        count=count,
        figure=_without_single_cases(shown) if pledge.statistics_only else shown,
        begun=begun,
        why=why,
        reported=reported,
    )


def _without_single_cases(figure: Figure) -> Figure:
    """Give a figure of secret cases: how many were kept of how many, and nothing that could be about one of them."""
    return replace(figure, late_now=None, running=None, excused=None)


def counted(state: TallyState, *, overdue: bool, number: int) -> Count:
    """Give a number of clocks that stand alike as a count. Open and past its day is late now, written or not.

    What is counted beside the clocks, such as those that started, is in no count.
    """
    if state is TallyState.RUNNING and overdue:
        state = TallyState.LATE
    place = PLACES.get(state)
    return Count(**{place: number}) if place else Count()


def total(counts: Iterable[Count]) -> Count:
    """Give all counts together."""
    return sum(counts, Count())


def version_on(pledge: Pledge, today: date) -> PledgeVersion:
    """Give the version in force on a day; else the next to come; else the last that was. Latest first in `versions`."""
    begun = [version for version in pledge.versions if version.valid_from <= today]
    still = [version for version in begun if version.valid_to is None or version.valid_to >= today]
    if still:
        return still[0]
    coming = [version for version in pledge.versions if version.valid_from > today]
    return coming[-1] if coming else pledge.versions[0]


def summary_of(outcomes: Sequence[Outcome]) -> Summary:
    """Count the pledges by what their figures say."""
    verdicts = [outcome.verdict for outcome in outcomes]
    return Summary(
        total=len(verdicts),
        held=verdicts.count(Verdict.HELD),
        near=verdicts.count(Verdict.NEAR),
        broken=verdicts.count(Verdict.BROKEN),
        too_few=verdicts.count(Verdict.TOO_FEW),
        not_measured=verdicts.count(Verdict.NOT_MEASURED),
    )
