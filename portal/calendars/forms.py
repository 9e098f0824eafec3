"""What staff fill in about calendars."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from wtforms import HiddenField, StringField

from portal.calendars.draft import DayRow, SeasonRow, Typed
from portal.calendars.models import CalendarRevision
from portal.i18n import N_
from portal.web.fields import without_edges
from portal.web.forms import UNSEEN, PortalForm

WEEKDAYS = range(7)
SEASON, DAY = re.compile(r"season-([0-9]{1,3})-first"), re.compile(r"day-([0-9]{1,3})-day")
GONE = "gone"


class CalendarForm(PortalForm):
    """A calendar's name, and which state of the draft the page was drawn with; seasons and days are read beside it."""

    name = StringField(
        N_("Kalenderns namn"),
        description=N_("Till exempel Öppettider 2027."),
        filters=[without_edges],
        render_kw={"required": True},
    )
    seen = HiddenField()

    def see(self, draft: CalendarRevision) -> None:
        """Note that the page is drawn with the draft as it stands."""
        self.seen.data = seen_mark(draft)


class PublishForm(PortalForm):
    """Nothing to fill in: that it is sent is the consent, to the draft as it was shown."""

    seen = HiddenField()


def seen_mark(draft: CalendarRevision) -> str:
    """Give what tells one state of a draft from the next."""
    return draft.written_at.isoformat()


def typed_from(name: str, sent: Mapping[str, str]) -> Typed:
    """Give everything typed in a calendar's form. Seasons that were ticked to go are left out."""
    return Typed(
        name,
        tuple(
            SeasonRow(
                _text(sent, f"season-{number}-first"),
                _text(sent, f"season-{number}-last"),
                tuple(_text(sent, f"season-{number}-day-{weekday}") for weekday in WEEKDAYS),
            )
            for number in _numbers(SEASON, sent)
            if f"season-{number}-{GONE}" not in sent
        ),
        tuple(
            DayRow(
                _text(sent, f"day-{number}-day"),
                _text(sent, f"day-{number}-hours"),
                _text(sent, f"day-{number}-reason"),
            )
            for number in _numbers(DAY, sent)
        ),
    )


def with_room(typed: Typed, *, seasons: int = 0, days: int = 0) -> Typed:
    """Give the same with empty seasons and days at the end, to be filled in."""
    return replace(
        typed,
        seasons=(*typed.seasons, *(SeasonRow() for _ in range(seasons))),
        days=(*(row for row in typed.days if not row.is_empty), *(DayRow() for _ in range(days))),
    )


def with_days(typed: Typed, days: Iterable[DayRow]) -> Typed:
    """Give the same with more days that are not as others."""
    return replace(typed, days=(*(row for row in typed.days if not row.is_empty), *days))


def _numbers(pattern: re.Pattern[str], sent: Mapping[str, str]) -> list[int]:
    return sorted({int(match[1]) for match in map(pattern.fullmatch, sent) if match})


def _text(sent: Mapping[str, str], name: str) -> str:
    return UNSEEN.sub("", sent.get(name, "")).strip()
