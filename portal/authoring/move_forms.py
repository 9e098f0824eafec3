"""The small forms beside a draft and a pledge in force: a note, the decision, the first day, a reason."""

from datetime import date

from wtforms import Field, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from portal.authoring.actions import Decision
from portal.authoring.checks import looser
from portal.authoring.fields import InSight, a_line, refused
from portal.authoring.laws import as_of, in_words
from portal.authoring.rules import FIRST_DECISION, Move, earliest_start
from portal.authoring.sheet import Sheet
from portal.departments.content import SLUG
from portal.i18n import N_, Language, Text
from portal.web.fields import Day, own_words, without_edges
from portal.web.fields import maybe_words as maybe
from portal.web.forms import PortalForm

TO_COME = N_("Beslutet kan inte vara från en dag som inte har varit. Skriv dagen då beslutet togs.")
TOO_OLD = N_("Kontrollera årtalet. Beslutet kan inte vara från före 1990.")
TOO_EARLY = N_("Löftet kan tidigast börja gälla %(day)s. Välj den dagen eller en senare.")
NO_SLUG = N_("Adressen får bara ha små bokstäver a till z, siffror och bindestreck.")
TAKEN = N_("Ett annat löfte har redan den adressen. Välj en annan.")
ENDS_BEFORE = N_("Löftet slutar redan gälla %(day)s. Välj den dagen eller en tidigare.")
NOTE = N_("Vill du säga något?")


class MoveForm(PortalForm):
    """A move of a draft. `revision` is the one that the page was drawn with."""

    revision = HiddenField()

    @property
    def read_revision(self) -> int:
        """Give the revision that the page was drawn with; 0 for what no page of ours has sent."""
        sent = self.revision.data or ""
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0

    @property
    def note(self) -> str:
        """What is said with the move; a form without words says nothing."""
        return str(self["text"].data or "") if "text" in self else ""


class PlainForm(MoveForm):
    """A move that says nothing."""


class SayForm(MoveForm):
    """A move with something to say, if one will."""

    text = maybe(NOTE, N_("Den som får utkastet läser det i brevet."))


class ReturnForm(MoveForm):
    """Why a draft comes back."""

    text = own_words(
        N_("Vad behöver ändras?"),
        N_("Skriv vad som behöver ändras."),
        N_("Den som skrev utkastet läser det i brevet."),
    )


class DecideForm(MoveForm):
    """The decision as it was taken."""

    body = a_line(
        N_("Beslutat av"),
        N_("Till exempel Byggnadsnämnden."),
        DataRequired(N_("Skriv vem som har beslutat.")),
    )
    decided_on = Day(N_("Beslutsdag"), validators=[InputRequired(N_("Skriv dagen då beslutet togs."))])
    paragraph = a_line(N_("Paragraf"), N_("Till exempel § 88."))
    registry_number = a_line(
        N_("Diarienummer"),
        N_("Till exempel BN 2026-0412."),
        DataRequired(N_("Skriv diarienumret, så att beslutet går att hitta.")),
    )
    today: date = date.min

    def validate_decided_on(self, field: Field) -> None:
        """Refuse a day that has not been, and one that cannot be right."""
        if field.data is not None and field.data > self.today:
            raise ValidationError(TO_COME)
        if field.data is not None and field.data < FIRST_DECISION:
            raise ValidationError(TOO_OLD)

    def decision(self) -> Decision:
        """Give the decision; the form must be in order."""
        if self.decided_on.data is None:
            raise ValueError("no day of decision")
        written = (self.body.data or "", self.paragraph.data or "", self.registry_number.data or "")
        body, paragraph, registry_number = written
        return Decision(body, self.decided_on.data, paragraph, registry_number)


class PublishForm(MoveForm):
    """The day from which the version holds, and the name in addresses of a new pledge."""

    valid_from = Day(
        N_("Börjar gälla"), validators=[InputRequired(N_("Skriv dagen då löftet börjar gälla.")), InSight()]
    )
    slug = StringField(
        N_("Adress"), filters=[without_edges], validators=[DataRequired(N_("Skriv löftets adress."))]
    )
    today: date = date.min
    earliest: date = date.min
    taken: frozenset[str] = frozenset()
    sheet: Sheet

    def about(
        self, *, today: date, decided_on: date | None, last_start: date | None, tongue: Language
    ) -> None:
        """Tell the form which day it is, and which can be the first."""
        self.today, self.tongue = today, tongue
        self.earliest = earliest_start(today, decided_on, last_start)

    def validate_valid_from(self, field: Field) -> None:
        """Refuse a day before the first that is possible, and one on which the promise is looser than the law."""
        if field.data is None:
            return
        if field.data < self.earliest:
            raise refused(Text(TOO_EARLY, {"day": self.tongue.full_day(self.earliest)}))
        found = looser(as_of(self.sheet.content, self.sheet.laws, field.data), self.sheet.calendar)
        if found is not None:
            raise refused(in_words(found, self.tongue))

    @property
    def address(self) -> str:
        """The name in addresses that was chosen; empty for a pledge that has one."""
        return str(self["slug"].data or "") if "slug" in self else ""

    def validate_slug(self, field: Field) -> None:
        """Refuse what is no name in addresses, or another pledge's."""
        if not SLUG.fullmatch(field.data or "") or len(field.data) > 100:
            raise ValidationError(NO_SLUG)
        if field.data in self.taken:
            raise ValidationError(TAKEN)


FORMS: dict[Move, type[MoveForm]] = {
    Move.SEND: SayForm,
    Move.APPROVE: SayForm,
    Move.DECIDE: DecideForm,
    Move.PUBLISH: PublishForm,
    Move.RETURN: ReturnForm,
    Move.DROP: PlainForm,
}


class ReviewForm(PortalForm):
    """That a pledge was looked at and stands."""

    text = maybe(N_("Vad kom ni fram till?"), N_("Det stannar hos er."))
    next_on = Day(
        N_("Ses över nästa gång senast"),
        validators=[InputRequired(N_("Skriv när löftet ska ses över nästa gång.")), InSight()],
    )
    today: date = date.min

    def validate_next_on(self, field: Field) -> None:
        """Refuse today: that is this time, not the next."""
        if field.data is not None and field.data == self.today:
            raise ValidationError(N_("Löftet ses över i dag. Välj en senare dag för nästa gång."))


class WithdrawForm(PortalForm):
    """Why a pledge in force is taken back, and its last day."""

    text = own_words(
        N_("Varför drar ni tillbaka löftet?"),
        N_("Skriv varför löftet dras tillbaka."),
        N_("Alla får läsa det på löftets sida."),
    )
    last_day = Day(
        N_("Sista dagen det gäller"),
        validators=[DataRequired(N_("Skriv sista dagen som löftet gäller.")), InSight()],
    )
    today: date = date.min
    ends: date | None = None
    tongue: Language

    def validate_last_day(self, field: Field) -> None:
        """Refuse a day after the one on which the version ends anyway."""
        if field.data is not None and self.ends is not None and field.data > self.ends:
            raise refused(Text(ENDS_BEFORE, {"day": self.tongue.full_day(self.ends)}))
