"""E-mail address and phone number: ways to reach a person."""

import re
from dataclasses import dataclass, replace
from typing import Any

import phonenumbers
import wtforms
from email_validator import EmailNotValidError, validate_email

from forms.definition import Field
from forms.kinds.kind import Judged, Kind, Shown
from forms.kinds.question import Question
from forms.kinds.text import is_readable
from forms.problems import N_, Problem

EMAIL_LONGEST = 254  # RFC 5321 4.5.3.1.3, less the angle brackets
PHONE_LONGEST = 40
NOT_AN_EMAIL = N_("Skriv en e-postadress som namn@exempel.se.")
NOT_A_PHONE = N_(
    "Skriv ett telefonnummer som 070-123 45 67. Börja med + och landsnumret om det är utländskt."
)
SHARED_COST = re.compile(r"\+46(77\d)(\d{3})(\d{3})")


class EmailQuestion(Question, wtforms.EmailField):
    """A box for an e-mail address."""


class PhoneQuestion(Question, wtforms.TelField):
    """A box for a phone number."""


class Email(Kind):
    """An e-mail address. Kept in the form that every mail server takes (IDNA domain)."""

    name = "email"
    keys = frozenset({"autocomplete"})
    missing = NOT_AN_EMAIL

    def question(self, definition: Field) -> wtforms.Field:
        """Give a box for an e-mail address."""
        return EmailQuestion(definition, self)

    def judge(self, definition: Field, raw: object) -> Judged:
        """Give the address, its domain in small letters. Form only: no name server is asked."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Judged()
        address = _address(raw)
        if address is None:
            return Judged(problems=(Problem(definition.id, NOT_AN_EMAIL),))
        return Judged(address[0])

    def shown(self, definition: Field, value: object) -> Shown:
        """Give the address as people write it: räksmörgås.se, not xn--."""
        address = _address(value)
        return Shown(address[1] if address else "")

    def typed(self, value: object) -> str:
        """Give the address as people write it, and what is not an address as it was typed."""
        address = _address(value)
        return address[1] if address else super().typed(value)

    def completed(self, definition: Field) -> Field:
        """Let the browser fill in the person's own address."""
        return replace(definition, autocomplete=definition.autocomplete or "email", input_mode="email")


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A phone number: in E.164 for machines, and as the person typed it."""

    number: str
    typed: str

    def __str__(self) -> str:
        """Give the number as Swedes write it, a foreign one with its country code."""
        # phonenumbers groups 0771-567 567 as 077-156 75 67, which nobody recognises.
        if shared := SHARED_COST.fullmatch(self.number):
            return f"0{shared[1]}-{shared[2]} {shared[3]}"
        parsed = phonenumbers.parse(self.number)
        style = phonenumbers.PhoneNumberFormat
        is_swedish = parsed.country_code == 46
        return phonenumbers.format_number(parsed, style.NATIONAL if is_swedish else style.INTERNATIONAL)


class Phone(Kind):
    """A phone number. A number without country code is Swedish."""

    name = "phone"
    keys = frozenset({"autocomplete"})
    missing = NOT_A_PHONE

    def question(self, definition: Field) -> wtforms.Field:
        """Give a box for a phone number."""
        return PhoneQuestion(definition, self)

    def judge(self, definition: Field, raw: object) -> Judged:
        """Give the PhoneNumber. Short numbers such as 112 reach nobody back and are problems."""
        typed = raw.typed if isinstance(raw, PhoneNumber) else raw
        if typed is None or (isinstance(typed, str) and not typed.strip()):
            return Judged()
        number = _e164(typed)
        if number is None or (isinstance(raw, PhoneNumber) and raw.number != number):
            return Judged(problems=(Problem(definition.id, NOT_A_PHONE),))
        return Judged(PhoneNumber(number, str(typed).strip()))

    def shown(self, definition: Field, value: object) -> Shown:
        """Give the number as Swedes write it."""
        judged = self.judge(definition, value)
        return Shown(str(judged.value) if judged.value else "")

    def typed(self, value: object) -> str:
        """Give the number as the person typed it."""
        return value.typed if isinstance(value, PhoneNumber) else super().typed(value)

    def to_json(self, value: Any) -> Any:
        """Give the number and what was typed."""
        return {"number": value.number, "typed": value.typed} if isinstance(value, PhoneNumber) else value

    def from_json(self, stored: object) -> object:
        """Give the PhoneNumber again."""
        match stored:
            case {"number": str(number), "typed": str(typed)}:
                return PhoneNumber(number, typed)
        return stored

    def completed(self, definition: Field) -> Field:
        """Let the browser fill in the person's own number."""
        return replace(definition, autocomplete=definition.autocomplete or "tel", input_mode="tel")


def _address(raw: object) -> tuple[str, str] | None:
    """Give the address for machines and for people, or None when it is not an address."""
    if not isinstance(raw, str) or not is_readable(raw) or len(raw.strip()) > EMAIL_LONGEST:
        return None
    try:
        # Many mail servers still refuse å before the @, so such an address would get no letters.
        checked = validate_email(raw.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return checked.ascii_email or checked.normalized, checked.normalized


def _e164(typed: object) -> str | None:
    """Give the number in E.164, or None when nobody can be called there."""
    if not isinstance(typed, str) or not is_readable(typed) or len(typed.strip()) > PHONE_LONGEST:
        return None
    try:
        parsed = phonenumbers.parse(typed, "SE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
