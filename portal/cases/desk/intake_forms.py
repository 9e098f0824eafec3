"""The forms for a case that comes in by phone, post or visit: what it is about, and then everything about it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from wtforms import EmailField, Field, HiddenField, RadioField, SelectField, TelField, TimeField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from forms.definition import Field as Question
from forms.kinds.contact import Email, Phone
from forms.kinds.kind import Kind
from portal.cases.forms import LONGEST_TOKEN, new_token
from portal.cases.rules import Channel
from portal.cases.timeline import CHANNELS
from portal.clock import STOCKHOLM, local
from portal.i18n import LANGUAGES, N_, SOURCE
from portal.services.models import Service
from portal.web.fields import Day, Offered, a_line, own_words, without_edges
from portal.web.forms import PortalForm

LONGEST_BACK = timedelta(days=366)
# The ways in that need somebody to write for the one who comes.
BY_STAFF = (Channel.PHONE, Channel.EMAIL, Channel.POST, Channel.VISIT)
NO_CLOCK = N_("Vi förstår inte klockslaget. Skriv timmar och minuter, till exempel 07:52.")
DAY_TO_COME = N_("Dagen har inte varit än. Välj i dag eller en tidigare dag.")
TOO_OLD = N_("Dagen ligger mer än ett år bakåt. Välj en senare dag.")
HOUR_TO_COME = N_("Klockslaget har inte varit än. Skriv när ärendet kom in.")


class Clock(TimeField):
    """A time of day; what cannot be read as one is told in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time, also as it is written in Swedish."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(NO_CLOCK) from error


class AlreadyBeen:
    """Asks for a day, or the hour of a day, that has come, within a year."""

    def __call__(self, form: "RegisterForm", field: Field) -> None:
        if form.day.data is None:
            return
        if field is form.day:
            self._judge_day(form.day.data, form.today)
        elif form.received is not None and form.received > form.at:
            raise ValidationError(HOUR_TO_COME)

    def _judge_day(self, day: date, today: date) -> None:
        if day > today:
            raise ValidationError(DAY_TO_COME)
        if day < today - LONGEST_BACK:
            raise ValidationError(TOO_OLD)


class Reaches:
    """Holds a way to reach somebody to the same rules as the e-services do, and keeps it as they write it."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __call__(self, form: object, field: Field) -> None:
        judged = self.kind.judge(Question(field.name, self.kind.name, ""), field.data)
        for problem in judged.problems:
            raise ValidationError(problem.message)
        field.data = str(judged.value or "")


class _Choosing(PortalForm):
    """A choice that only leads on, so it needs no token and its answer stands in the address."""

    class Meta:
        csrf = False


class ServiceForm(_Choosing):
    """Which service a case is about."""

    service = SelectField(
        N_("Vilken tjänst gäller det?"),
        name="tjanst",
        validate_choice=False,
        validators=[Offered(N_("Välj vilken tjänst ärendet gäller."))],
    )

    def offer(self, services: Iterable[Service]) -> None:
        """Let one of the services be chosen."""
        self.service.choices = {service.slug: service.name for service in services}


class CategoryForm(_Choosing):
    """What within a service a case is about."""

    category = SelectField(
        N_("Vad gäller det?"),
        name="kategori",
        validate_choice=False,
        validators=[Offered(N_("Välj vad ärendet gäller."))],
    )

    def offer(self, service: Service) -> None:
        """Let one of the service's categories be chosen."""
        names = {category.key: category.name for category in service.categories}
        self.category.choices = {"": N_("Välj det som passar bäst"), **names}


class RegisterForm(PortalForm):
    """All that a case is opened with. `submission` tells a second sending of the same from a second case."""

    submission = HiddenField(default=new_token)
    channel = RadioField(
        N_("Hur kom ärendet in?"),
        choices={channel.value: CHANNELS[channel] for channel in BY_STAFF},
        validate_choice=False,
        validators=[Offered(N_("Välj hur ärendet kom in."))],
    )
    day = Day(
        N_("Dag då det kom in"),
        description=N_("Löftet räknas från den dagen, även om du registrerar ärendet senare."),
        validators=[InputRequired(N_("Skriv vilken dag ärendet kom in.")), AlreadyBeen()],
    )
    hour = Clock(
        N_("Klockslag då det kom in"),
        format=["%H:%M", "%H.%M", "%H:%M:%S"],
        validators=[InputRequired(N_("Skriv vilket klockslag ärendet kom in.")), AlreadyBeen()],
    )
    title = a_line(N_("Rubrik"), DataRequired(N_("Skriv en rubrik.")), hint=N_("Den står överst i ärendet."))
    description = own_words(
        N_("Vad gäller det?"),
        N_("Skriv vad ärendet gäller."),
        N_("Skriv så nära personens egna ord som möjligt. Personen får läsa texten."),
    )
    place = a_line(N_("Plats"), hint=N_("Adress, eller ord som gör att platsen går att hitta."))
    contact_name = a_line(N_("Namn"))
    contact_email = EmailField(
        N_("E-post"),
        description=N_("Utan e-postadress skickas inga brev till personen."),
        filters=[without_edges],
        validators=[Reaches(Email())],
    )
    contact_phone = TelField(N_("Telefon"), filters=[without_edges], validators=[Reaches(Phone())])
    language = RadioField(
        N_("Språk i breven"),
        choices={code: name for code, (name, _) in LANGUAGES.items()},
        default=SOURCE,
        validate_choice=False,
        validators=[Offered(N_("Välj vilket språk breven ska ha."))],
    )
    at: datetime

    def about(self, matter: str, at: datetime) -> None:
        """Fit the form to its matter and moment, before it is drawn or judged: it came in just now, until told."""
        self.at = at
        for field, usual in ((self.title, matter), (self.day, self.today), (self.hour, local(at).time())):
            if field.raw_data is None:
                field.data = usual

    @property
    def today(self) -> date:
        """The day in Sweden."""
        return local(self.at).date()

    @property
    def received(self) -> datetime | None:
        """When the case came in; None when that is not understood, or cannot be."""
        day, hour = self.day.data, self.hour.data
        if day is None or hour is None or self.day.errors or self.hour.errors:
            return None
        return datetime.combine(day, hour, STOCKHOLM).astimezone(UTC)

    def judge_time(self) -> bool:
        """Judge only when the case came in."""
        return bool(self.day.validate(self)) and bool(self.hour.validate(self))

    def validate_submission(self, field: Field) -> None:
        """Put a token in the place of one that cannot be ours."""
        if not field.data or len(field.data) > LONGEST_TOKEN:
            field.data = new_token()
