"""The form in which a pledge is written. What is typed comes back as it stands; what cannot be is refused by its field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import BooleanField, Field, HiddenField, StringField
from wtforms.validators import ValidationError

from pledges.calendar import Calendar
from pledges.compensation import Kind, Per, Rule, rules_from, written
from pledges.errors import BadCompensation, BadLimit, BadTarget
from pledges.law import LegalClock
from pledges.limit import Limit, Unit
from pledges.pause import PausePolicy
from pledges.pledge import Measure, Source, Start, Target
from portal.accounts.models import Staff
from portal.authoring.checks import looser
from portal.authoring.content import LISTS, WORDS, Content, Place
from portal.authoring.fields import (
    NO_NUMBER,
    InSight,
    Ticks,
    a_day,
    a_line,
    choose,
    decimal,
    lines,
    refused,
    whole,
    words,
)
from portal.authoring.form_values import KEPT_LAW, law_of
from portal.authoring.laws import choices, in_words
from portal.authoring.rules import earliest_start
from portal.i18n import N_, Language, Text
from portal.pledgebook.content import LONGEST_PROMISE
from portal.pledgebook.life import SITUATIONS
from portal.pledgebook.models import TargetUnit
from portal.pledgebook.terms import MEASURES, PAUSES, PER, SOURCES, STARTS, TARGET_UNITS, UNITS
from portal.services.models import Service
from portal.web.forms import PortalForm

PARAGRAPHS = N_("Skriv varje stycke på en egen rad.")
POINTS = N_("Skriv varje punkt på en egen rad.")
MARK = N_("Sätt en stjärna på var sida om det som mäts: Du får svar inom *två arbetsdagar*.")
NO_TARGET = N_(
    "Målet måste vara över 0 och högst 100, med högst en decimal. Skriv till exempel 95 eller 92,5."
)
NO_LIMIT = N_("Tiden måste vara minst 1 och högst 1 000. Skriv till exempel 10.")
NO_HOUR = N_("Klockslaget måste vara en hel timme mellan 1 och 23. Skriv till exempel 16.")
BOTH = N_("Skriv både hur många och vad de är: till exempel 10 arbetsdagar.")
NO_SHARE = N_("Skriv hur stor del av avgiften som tas bort, som ett bråk: till exempel 1/5.")
NO_MOST = N_("Det mesta som tas bort är ett bråk, minst så stort som delen och högst 1.")
TOO_EARLY = N_("Versionen kan tidigast börja gälla %(day)s. Välj den dagen eller en senare.")
NO_LAW = N_("Ingen lag sätter en gräns")


@dataclass(frozen=True)
class House:
    """What the form needs to know of the house around it.

    `last_start` is when the version before begins or began. `laws` is the whole register;
    `law` is what the draft says of the law already.
    """

    today: date
    tongue: Language
    calendar: Calendar
    last_start: date | None
    services: Sequence[Service]
    keepers: Sequence[Staff]
    laws: Sequence[LegalClock]
    law: Mapping[str, Any]


class DraftForm(PortalForm):
    """A pledge as it is written. Nothing must be filled in; what is filled in must be possible."""

    revision = HiddenField()
    replaces = HiddenField()
    promise = words(N_("Löftet, som en mening"), MARK, LONGEST_PROMISE)
    short = words(
        N_("Löftet i korthet"), N_("Så som det står i listor: Svar inom *två arbetsdagar*"), LONGEST_PROMISE
    )
    content = words(N_("Vad tjänsten innehåller"), PARAGRAPHS)
    applies_to = words(N_("Löftet gäller"))
    not_applies = words(N_("Löftet gäller inte"), POINTS)
    duties = words(N_("Det här behöver vi av dig"), POINTS)
    remedy = words(N_("Om vi inte håller löftet"), PARAGRAPHS)
    apology = BooleanField(N_("Vi ber om ursäkt och ger ett nytt datum"))
    explanation = BooleanField(N_("Vi förklarar varför"))
    fee_share = a_line(N_("Del av avgiften som tas bort"), N_("Som ett bråk, till exempel 1/5."))
    fee_per = choose(N_("Avgiften sänks"), PER)
    fee_most = a_line(N_("Som mest tas bort"), N_("Som ett bråk. Utan svar: hela avgiften."))
    measure = choose(N_("Det här mäter vi"), MEASURES, N_("Välj vad som mäts"))
    source = choose(N_("Varifrån siffrorna kommer"), SOURCES, N_("Välj källa"))
    measured_as = words(N_("Så mäter vi, i ord"))
    amount = StringField(N_("Tiden vi lovar"))
    unit = choose(N_("Räknat i"), UNITS, N_("Välj enhet"))
    starts_at = choose(N_("När tiden börjar"), STARTS)
    pause_policy = choose(N_("När tiden står stilla"), PAUSES)
    holding_answer = BooleanField(N_("Ett besked om vem som svarar och när räknas som svar"))
    target = StringField(N_("Målet"), description=N_("Över 0 och högst 100, med högst en decimal."))
    target_unit = choose(N_("Målet är"), TARGET_UNITS)
    scopes = Ticks(N_("Ärenden som löftet gäller"))
    position = StringField(
        N_("Ordning"),
        description=N_("När flera löften gäller samma ärende visas det med lägst tal först. 1 till 99."),
    )
    law = choose(N_("Lagens gräns"), {}, NO_LAW)
    owner = a_line(N_("Ansvarig"), N_("Den roll som svarar för löftet, till exempel Gatuchef."))
    keeper_id = choose(N_("Får påminnelsen när löftet ska ses över"), {}, N_("Cheferna för verksamheten"))
    life_situations = Ticks(N_("Händelser i livet"))
    review_by = a_day(N_("Ses över senast"), "", InSight())
    valid_from = a_day(N_("Ska börja gälla"), "", InSight())

    today: date = date.min

    def about(self, house: House) -> None:
        """Fit the form to the house, before it is drawn or judged."""
        self.house, self.today = house, house.today
        first = max(house.today, self.valid_from.data or house.today)
        self.laws = choices(house.laws, house.today, first)
        self.scopes.choices = list(_places(house.services))
        self.life_situations.choices = list(SITUATIONS.items())
        self.keeper_id.choices = {
            "": N_("Cheferna för verksamheten"),
            **{str(person.id): _titled(person) for person in house.keepers},
        }
        self.law.choices = {"": NO_LAW, **dict(_laws(self.laws, house.law))}

    def values(self) -> Content:
        """Give what is written as the content of a draft; the form must be in order."""
        texts: dict[str, Any] = {name: str(self[name].data or "") for name in WORDS}
        texts |= {name: lines(self[name].data) for name in LISTS}
        return Content(
            **texts,
            measure=_of(Measure, self.measure.data),
            source=_of(Source, self.source.data),
            amount=whole(self.amount.data),
            unit=_of(Unit, self.unit.data),
            starts_at=_of(Start, self.starts_at.data) or Start.RECEIVED,
            pause_policy=_of(PausePolicy, self.pause_policy.data) or PausePolicy.QUESTION_OR_LAW,
            holding_answer=bool(self.holding_answer.data),
            target=decimal(self.target.data),
            target_unit=_of(TargetUnit, self.target_unit.data) or TargetUnit.PERCENT,
            scopes=tuple(Place.named(name) for name in self.scopes.data or ()),
            position=whole(self.position.data) or 1,
            compensation=tuple(written(self._rules())),
            law=self._law(),
            keeper_id=whole(self.keeper_id.data),
            life_situations=tuple(self.life_situations.data or ()),
            review_by=self.review_by.data,
            valid_from=self.valid_from.data,
        )

    def _rules(self) -> list[Rule]:
        ticked = {Kind.APOLOGY: self.apology.data, Kind.EXPLANATION: self.explanation.data}
        rules = [Rule(kind) for kind, is_ticked in ticked.items() if is_ticked]
        return [*rules, *self._fee()]

    def _fee(self) -> tuple[Rule, ...]:
        """Raises BadCompensation for what is no part of a fee."""
        if not self.fee_share.data:
            return ()
        values = {
            "kind": Kind.FEE_REDUCTION.value,
            "share": self.fee_share.data,
            "per": self.fee_per.data or Per.ONCE.value,
        }
        most = self.fee_most.data
        return rules_from([{**values, "most": most} if most else values])

    def _law(self) -> Mapping[str, Any]:
        chosen = self.law.data or ""
        if chosen == KEPT_LAW:
            return self.house.law
        return next((law_of(clock) for clock in self.laws if clock.key == chosen), {})

    def validate_fee_share(self, field: Field) -> None:
        """Refuse what is no part of a fee."""
        if not field.data and not self.fee_most.data:
            return
        try:
            rules_from([{"kind": Kind.FEE_REDUCTION.value, "share": field.data, "per": Per.ONCE.value}])
        except BadCompensation as error:
            raise ValidationError(NO_SHARE) from error

    def validate_fee_most(self, field: Field) -> None:
        """Refuse a most that is less than the part itself, or more than the fee."""
        if not field.data or self.fee_share.errors:
            return
        try:
            self._fee()
        except BadCompensation as error:
            raise ValidationError(NO_MOST) from error

    def validate_amount(self, field: Field) -> None:
        """Refuse what is no time, and a time that is longer than the law's."""
        try:
            amount = whole(field.data)
        except ValueError as error:
            raise ValidationError(NO_NUMBER) from error
        unit = _of(Unit, self.unit.data)
        if amount is None or unit is None:
            if amount is not None or unit is not None:
                raise ValidationError(BOTH)
            return
        self._must_be_a_limit(amount, unit)

    def _must_be_a_limit(self, amount: int, unit: Unit) -> None:
        try:
            limit = Limit(amount, unit)
        except BadLimit as error:
            raise ValidationError(NO_HOUR if unit is Unit.SAME_DAY and amount else NO_LIMIT) from error
        if amount > LONGEST_PROMISE:
            raise ValidationError(NO_LIMIT)
        content = Content(
            measure=_of(Measure, self.measure.data), amount=limit.amount, unit=limit.unit, law=self._law()
        )
        found = looser(content, self.house.calendar)
        if found is not None:
            raise refused(in_words(found, self.house.tongue))

    def validate_target(self, field: Field) -> None:
        """Refuse a target that no published figure can be held against."""
        try:
            target = decimal(field.data)
            if target is not None:
                Target(target)
        except (ValueError, BadTarget) as error:
            raise ValidationError(NO_TARGET) from error

    def validate_position(self, field: Field) -> None:
        """Refuse a place in the order that is none."""
        try:
            position = whole(field.data)
        except ValueError as error:
            raise ValidationError(NO_NUMBER) from error
        if position is not None and not 1 <= position <= 99:
            raise ValidationError(N_("Ordningen är ett tal från 1 till 99."))

    def validate_valid_from(self, field: Field) -> None:
        """Refuse a day before the version before this one has begun, or that has been."""
        if field.data is None:
            return
        earliest = earliest_start(self.today, None, self.house.last_start)
        if field.data < earliest:
            raise refused(Text(TOO_EARLY, {"day": self.house.tongue.full_day(earliest)}))

    @property
    def read_revision(self) -> int:
        """Give the revision that the page was drawn with; 0 for what no page of ours has sent."""
        sent = self.revision.data or ""
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def _of(kinds: Any, chosen: str | None) -> Any:
    """Give the member of a closed set that a list offered; None for nothing and for what it did not."""
    return kinds(chosen) if chosen in {kind.value for kind in kinds} else None


def _titled(person: Staff) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


def _places(services: Sequence[Service]) -> Iterator[tuple[str, str]]:
    for service in services:
        yield service.slug, service.name
        for category in service.categories:
            yield str(Place(service.slug, category.key)), category.name


def _laws(laws: Sequence[LegalClock], kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    known = {clock.key for clock in laws}
    if kept and kept.get("key") not in known:
        yield KEPT_LAW, str(kept.get("reference", ""))
    for clock in laws:
        yield clock.key, f"{clock.title} ({clock.reference})"
