"""A calendar as somebody types it, and everything that can be wrong with it: where, what, and what to do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from pledges.errors import BadCalendar, CalendarFault
from pledges.opening import DayException, Interval, OpeningHours, Season, Week
from portal.calendars import faults
from portal.calendars.faults import Problem
from portal.calendars.opening import CLOSED, UnreadableHours, intervals_of, written
from portal.calendars.queries import FIRST_YEAR, LAST_YEAR
from portal.i18n import Text

LONGEST_NAME, LONGEST_REASON = 120, 200
MOST_SEASONS, MOST_DAYS = 60, 600
ONE_DAY = timedelta(days=1)
DAY = re.compile(r"([0-9]{4,6})-([0-9]{1,2})-([0-9]{1,2})")
CLOSED_WORD = "stängt"


@dataclass(frozen=True)
class SeasonRow:
    """A season as typed; a last day left empty means until the next season, or for good."""

    first: str = ""
    last: str = ""
    week: tuple[str, ...] = ("",) * 7

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in it."""
        return not any((self.first, self.last, *self.week))


@dataclass(frozen=True)
class DayRow:
    """A day that is not as others, as typed."""

    day: str = ""
    hours: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in it."""
        return not any((self.day, self.hours, self.reason))


@dataclass(frozen=True)
class Typed:
    """Everything that is typed about a calendar. Empty seasons and days are passed over."""

    name: str
    seasons: tuple[SeasonRow, ...]
    days: tuple[DayRow, ...]


@dataclass
class Judgement:
    """What was typed, as opening hours; `hours` is None as long as there is any problem."""

    hours: OpeningHours | None = None
    problems: list[Problem] = field(default_factory=list)

    def about(self, field_id: str) -> list[Problem]:
        """Give what is wrong with one field."""
        return [problem for problem in self.problems if problem.field == field_id]


def typed_of(name: str, hours: OpeningHours) -> Typed:
    """Give opening hours as somebody would have typed them."""
    seasons = tuple(
        SeasonRow(
            season.first.isoformat(),
            season.last.isoformat() if season.last else "",
            tuple(written(day) or CLOSED_WORD for day in season.week.days),
        )
        for season in hours.seasons
    )
    days = tuple(
        DayRow(each.day.isoformat(), written(each.open) or CLOSED_WORD, each.reason)
        for each in hours.exceptions
    )
    return Typed(name, seasons, days)


def judge(typed: Typed, *, start: date | None) -> Judgement:
    """Judge what was typed. All that is wrong is told at once, and then nothing may be kept.

    From `start`, a day, every day must lie in a season; None where days outside them are inherited from above.
    """
    return _Judge(typed, start).judgement()


class _Judge:
    """One reading of everything typed."""

    def __init__(self, typed: Typed, start: date | None) -> None:
        self._typed, self._start = typed, start
        self._problems: list[Problem] = []

    def judgement(self) -> Judgement:
        self._judge_name()
        seasons, exceptions = self._seasons(), self._exceptions()
        if self._problems:
            return Judgement(None, self._problems)
        return Judgement(OpeningHours(seasons, exceptions))

    def _wrong(self, field_id: str, where: Text, what: Text) -> None:
        self._problems.append(Problem(field_id, where, what))

    def _judge_name(self) -> None:
        if not self._typed.name:
            self._wrong("name", Text(faults.NAME), Text(faults.NO_NAME))
        elif len(self._typed.name) > LONGEST_NAME:
            self._wrong("name", Text(faults.NAME), Text(faults.LONG_NAME))

    def _seasons(self) -> tuple[Season, ...]:
        rows = [(number, row) for number, row in enumerate(self._typed.seasons, 1) if not row.is_empty]
        if len(rows) > MOST_SEASONS:
            self._wrong(
                f"season-{MOST_SEASONS + 1}-first", Text(faults.SEASONS), Text(faults.TOO_MANY_SEASONS)
            )
            return ()
        found = [self._season(number, row) for number, row in rows]
        whole = sorted((pair for pair in found if pair is not None), key=lambda pair: pair[1].first)
        if len(whole) < len(found) or not whole:
            return ()
        return tuple(self._in_a_row(whole))

    def _season(self, number: int, row: SeasonRow) -> tuple[int, Season] | None:
        name = {"number": str(number)}
        before = len(self._problems)
        first = self._day(row.first, f"season-{number}-first", Text(faults.FIRST_OF, name))
        last = self._day(row.last, f"season-{number}-last", Text(faults.LAST_OF, name)) if row.last else None
        days = [
            self._hours(text, f"season-{number}-day-{weekday}", Text(faults.WEEKDAYS_OF[weekday], name))
            for weekday, text in enumerate(row.week)
        ]
        if first and last and last < first:
            self._wrong(f"season-{number}-last", Text(faults.LAST_OF, name), Text(faults.ENDS_FIRST))
        if not any(days) and len(self._problems) == before:
            self._wrong(f"season-{number}-day-0", Text(faults.WEEKDAYS_OF[0], name), Text(faults.NO_HOURS))
        if first is None or len(self._problems) > before:
            return None
        return number, Season(first, last, Week(tuple(days)))

    def _in_a_row(self, seasons: Sequence[tuple[int, Season]]) -> Iterator[Season]:
        """Give the seasons in order, each that was left open ended by the next; tell of overlaps and gaps."""
        self._judge_beginning(*seasons[0])
        for (number, one), (other, two) in pairwise(seasons):
            if two.first == one.first or (one.last and two.first <= one.last):
                words = {"other": str(number), "day": two.first.isoformat()}
                where = Text(faults.FIRST_OF, {"number": str(other)})
                self._wrong(f"season-{other}-first", where, Text(faults.SEASONS_OVERLAP, words))
                return
            if self._start and one.last and one.last + ONE_DAY < two.first and two.first > self._start:
                self._tell_gap(other, two, one.last + ONE_DAY)
            yield Season(one.first, one.last or two.first - ONE_DAY, one.week)
        self._judge_end(*seasons[-1])
        yield seasons[-1][1]

    def _judge_beginning(self, number: int, season: Season) -> None:
        if self._start and season.first > self._start:
            self._tell_gap(number, season, self._start)

    def _tell_gap(self, number: int, season: Season, start: date) -> None:
        words = {"day": season.first.isoformat(), "start": start.isoformat()}
        where = Text(faults.FIRST_OF, {"number": str(number)})
        self._wrong(f"season-{number}-first", where, Text(faults.GAP_BEFORE, words))

    def _judge_end(self, number: int, season: Season) -> None:
        if self._start and season.last:
            where = Text(faults.LAST_OF, {"number": str(number)})
            self._wrong(
                f"season-{number}-last", where, Text(faults.GAP_AFTER, {"day": season.last.isoformat()})
            )

    def _exceptions(self) -> tuple[DayException, ...]:
        rows = [(number, row) for number, row in enumerate(self._typed.days, 1) if not row.is_empty]
        if len(rows) > MOST_DAYS:
            self._wrong(f"day-{MOST_DAYS + 1}-day", Text(faults.DAYS), Text(faults.TOO_MANY_DAYS))
            return ()
        taken: dict[date, int] = {}
        found = [self._exception(number, row, taken) for number, row in rows]
        return tuple(sorted((each for each in found if each is not None), key=lambda each: each.day))

    def _exception(self, number: int, row: DayRow, taken: dict[date, int]) -> DayException | None:
        name = {"number": str(number)}
        day = self._day(row.day, f"day-{number}-day", Text(faults.DAY_OF, name))
        if day in taken:
            words = {"day": row.day, "other": str(taken[day])}
            self._wrong(f"day-{number}-day", Text(faults.DAY_OF, name), Text(faults.TWICE, words))
        elif day is not None:
            taken[day] = number
        if not row.hours:
            self._wrong(f"day-{number}-hours", Text(faults.HOURS_OF, name), Text(faults.NEITHER))
        hours = self._hours(row.hours, f"day-{number}-hours", Text(faults.HOURS_OF, name))
        self._judge_reason(row.reason, f"day-{number}-reason", Text(faults.REASON_OF, name))
        return DayException(day, hours, row.reason) if day else None

    def _judge_reason(self, reason: str, field_id: str, where: Text) -> None:
        if not reason:
            self._wrong(field_id, where, Text(faults.NO_REASON))
        elif len(reason) > LONGEST_REASON:
            self._wrong(field_id, where, Text(faults.LONG_REASON))

    def _day(self, text: str, field_id: str, where: Text) -> date | None:
        match = DAY.fullmatch(text)
        if match is None:
            self._wrong(
                field_id, where, Text(faults.BAD_DAY, {"typed": text}) if text else Text(faults.NO_DAY)
            )
            return None
        year, month, day = map(int, match.groups())
        if not FIRST_YEAR <= year <= LAST_YEAR:
            self._wrong(field_id, where, Text(faults.BAD_YEAR, {"year": str(year)}))
            return None
        try:
            return date(year, month, day)
        except ValueError:
            self._wrong(field_id, where, Text(faults.BAD_DAY, {"typed": text}))
            return None

    def _hours(self, text: str, field_id: str, where: Text) -> tuple[Interval, ...]:
        try:
            return () if text in CLOSED else intervals_of(text)
        except UnreadableHours as error:
            self._wrong(field_id, where, Text(faults.BAD_HOURS, {"typed": str(error)}))
        except BadCalendar as error:
            self._wrong(field_id, where, _hours_problem(error))
        return ()


def _hours_problem(error: BadCalendar) -> Text:
    if error.fault is CalendarFault.OVERLAPPING_HOURS:
        one, two = error.values
        return Text(faults.HOURS_OVERLAP, {"one": str(one), "two": str(two)})
    return Text(faults.CLOSES_FIRST)
