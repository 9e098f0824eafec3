"""What staff fill in about calendars and months."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from portal.i18n import N_, Language
from portal.pledgebook.calendar_draft import DayRow, SeasonRow, Typed
from portal.pledgebook.models import CalendarRevision
from portal.pledgebook.notes import LONGEST_NOTE
from portal.web.forms import UNSEEN, PortalForm

WEEKDAYS = range(7)
SEASON, DAY = re.compile(r"season-(\d{1,3})-first"), re.compile(r"day-(\d{1,3})-day")
GONE = "gone"
NO_MONTH = N_("Välj en månad i listan.")
NO_TEXT = N_("Skriv varför månaden gick som den gick.")
LONG_TEXT = N_("Texten är för lång. Använd högst 1 500 tecken.")


def without_edges(text: str | None) -> str:
    return (text or "").strip()


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


class MonthNoteForm(PortalForm):
    """Why a month went as it did."""

    month = SelectField(N_("Månad"), validate_choice=False, validators=[DataRequired(NO_MONTH)])
    text = TextAreaField(
        N_("Varför gick månaden som den gick?"),
        description=N_(
            "Alla kan läsa det under löftet. Skriv inget om enskilda personer. Högst 1 500 tecken."
        ),
        filters=[without_edges],
        validators=[DataRequired(NO_TEXT), Length(max=LONGEST_NOTE, message=LONG_TEXT)],
    )

    def offer(self, months: Sequence[date], tongue: Language) -> None:
        """Let one of the months be chosen."""
        self.month.choices = [(month.isoformat(), tongue.month(month)) for month in months]

    @property
    def chosen(self) -> date:
        """The month, named by its first day; the form must be in order."""
        return date.fromisoformat(self.month.data)

    def validate_month(self, field: SelectField) -> None:
        """Refuse a month that was not offered."""
        if field.data not in [choice[0] for choice in field.iter_choices()]:
            raise ValidationError(NO_MONTH)


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
