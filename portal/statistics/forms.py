"""The forms for what is reported: one month's figure, a file of them, an announced stop."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.clock import STOCKHOLM, local
from portal.i18n import N_
from portal.statistics.judging import Column, Problem
from portal.statistics.reading import MOST_BYTES, TOO_LARGE, UNREADABLE, UnreadableFile, text_of
from portal.web.forms import PortalForm

LONGEST_TOKEN = 64
CHOOSE = N_("Välj en fil.")
NO_MOMENT = N_("Vi förstår inte tiden. Skriv dag och klockslag, till exempel 2026-11-24 22:00.")
NOT_AHEAD = N_("Ett driftstopp aviseras i förväg. Välj en tid som inte har varit.")
ENDS_FIRST = N_("Stoppet slutar innan det börjar. Välj en senare tid.")
NO_SUCH_HOUR = N_("Klockan ställs fram då, så den tiden finns inte. Välj en tid en timme senare.")
TOO_EARLY = N_("Tiden ligger mer än ett år bakåt. Kontrollera året.")
TOO_LATE = N_("Tiden ligger mer än ett år framåt. Kontrollera året.")
LASTS_TOO_LONG = N_("Ett driftstopp får vara högst 31 dagar. Välj en tidigare tid.")
A_YEAR, LONGEST_STOP = timedelta(days=366), timedelta(days=31)
LINE_TOO_LONG = N_("Texten är för lång. Den får vara högst 200 tecken.")


def _without_edges(text: str | None) -> str:
    return (text or "").strip()


def _token() -> str:
    return secrets.token_urlsafe(24)


class FigureForm(PortalForm):
    """One month's figure. `token` tells a second sending of the same from a correction."""

    token = HiddenField(default=_token)
    month = StringField(
        N_("Månad"),
        name=Column.MONTH,
        description=N_("En månad som är slut. Skriv år och månad, till exempel 2026-10."),
        filters=[_without_edges],
    )
    kept = StringField(N_("Hur många gånger löftet hölls"), name=Column.KEPT, filters=[_without_edges])
    outcomes = StringField(
        N_("Av hur många"),
        name=Column.OUTCOMES,
        description=N_("Hela antalet, de där löftet inte hölls inräknade."),
        filters=[_without_edges],
    )
    value = StringField(
        N_("Värde"),
        name=Column.VALUE,
        description=N_("Ett tal med högst två decimaler, till exempel 74,5."),
        filters=[_without_edges],
    )
    source = StringField(
        N_("Var kommer siffran ifrån?"),
        name=Column.SOURCE,
        description=N_("Visas på löftets sida. Till exempel Telefonväxelns månadsrapport."),
        filters=[_without_edges],
    )
    vouched_by = StringField(
        N_("Vem går i god för den?"),
        name=Column.VOUCHED_BY,
        description=N_("Visas på löftets sida. Skriv en befattning, till exempel Kundcenterchef."),
        filters=[_without_edges],
    )
    note = TextAreaField(
        N_("Anmärkning"),
        name=Column.NOTE,
        description=N_("Ändrar du en siffra som redan finns ska du skriva varför. Visas på löftets sida."),
        filters=[_without_edges],
    )

    @property
    def written(self) -> Mapping[Column, str]:
        """What was typed, by column."""
        return {Column(field.name): field.data or "" for field in self if field.name in set(Column)}

    def suit(self, *, share: bool) -> None:
        """Ask for what the pledge is measured by: kept of outcomes, or a value."""
        for name in ("value",) if share else ("kept",):
            del self[name]
        if not share:
            self.outcomes.label.text = N_("Antal svar")
        required = {Column.MONTH, Column.SOURCE, Column.VOUCHED_BY, Column.KEPT, Column.VALUE}
        for field in self:
            field.flags.required = field.name in required or (share and field.name == Column.OUTCOMES)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong at the box it is about."""
        for field in self:
            found = [problem.text for problem in problems if problem.column == field.name]
            if found:
                field.errors = found

    def validate_token(self, field: Field) -> None:
        """Put a token in the place of one that cannot be ours."""
        if not field.data or len(field.data) > LONGEST_TOKEN:
            field.data = _token()


class FileForm(PortalForm):
    """A file of figures, looked through before anything is kept."""

    file = FileField(
        N_("Fil"),
        name="fil",
        description=N_("CSV med semikolon eller komma mellan kolumnerna. Högst 2 000 rader."),
    )

    def take_in(self) -> str | None:
        """Give the file as text; None when there is none or it cannot be read, and then the form says why."""
        sent = self.file.data
        if not getattr(sent, "filename", ""):
            self.file.errors = [CHOOSE]
            return None
        content = sent.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            self.file.errors = [TOO_LARGE]
            return None
        try:
            return text_of(content)
        except UnreadableFile:
            self.file.errors = [UNREADABLE]
            return None


class KeepForm(PortalForm):
    """The text of a file that has been looked through, sent again to be kept."""

    content = HiddenField(name="filtext")


class Moment(DateTimeLocalField):
    """A moment by the clock on the wall; what cannot be read as one is told in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the moment."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(NO_MOMENT) from error

    @property
    def moment(self) -> datetime:
        """The moment in UTC; of an hour that comes twice, the first. Raises ValueError when none was written."""
        if self.data is None:
            raise ValueError("no moment was written")
        return self.data.replace(tzinfo=STOCKHOLM).astimezone(UTC)

    def check(self, at: datetime) -> None:
        """Raise ValidationError for what is more than a year from `at`, or stands on no clock; nothing for no moment."""
        if self.data is None:
            return
        # Compared by the wall, since the first and the last of all years have no moment in UTC.
        away = self.data - local(at).replace(tzinfo=None)
        if away < -A_YEAR:
            raise ValidationError(TOO_EARLY)
        if away > A_YEAR:
            raise ValidationError(TOO_LATE)
        if local(self.moment).replace(tzinfo=None) != self.data:
            raise ValidationError(NO_SUCH_HOUR)


FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M", "%Y-%m-%dT%H:%M:%S"]


class StopForm(PortalForm):
    """When the site will be down, announced beforehand."""

    began = Moment(N_("Från"), name="fran", format=FORMATS, validators=[InputRequired(NO_MOMENT)])
    ended = Moment(N_("Till"), name="till", format=FORMATS, validators=[InputRequired(NO_MOMENT)])
    text = StringField(
        N_("Vad ska göras?"),
        name="text",
        filters=[_without_edges],
        validators=[
            InputRequired(N_("Skriv vad som ska göras.")),
            Length(max=200, message=LINE_TOO_LONG),
        ],
    )
    at: datetime

    def validate_began(self, field: Moment) -> None:
        """Refuse a stop that was not announced beforehand, or is too far ahead."""
        if field.data is None:
            return
        field.check(self.at)
        if field.moment <= self.at:
            raise ValidationError(NOT_AHEAD)

    def validate_ended(self, field: Moment) -> None:
        """Refuse a stop that ends before it begins, too far ahead, or long after it began."""
        if field.data is None:
            return
        field.check(self.at)
        if self.began.data is None or self.began.errors:
            return
        if field.moment <= self.began.moment:
            raise ValidationError(ENDS_FIRST)
        if field.moment - self.began.moment > LONGEST_STOP:
            raise ValidationError(LASTS_TOO_LONG)


class CallOffForm(PortalForm):
    """Nothing but the token: an announced stop will not be."""
