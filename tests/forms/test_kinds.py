"""Each kind judges, shows and stores its answers."""

from typing import Any

import pytest

from forms.kinds.contact import NOT_A_PHONE, NOT_AN_EMAIL, PhoneNumber
from forms.kinds.table import kind_of
from tests.forms.builders import A_OR_B, PICTURE, a_field


def judged(field: Any, raw: object) -> Any:
    """Give the value and the first message."""
    found = kind_of(field).judge(field, raw)
    return found.value, str(found.problems[0]) if found.problems else ""


PHONES = [
    # typed, E.164, shown. Numbers from the series that PTS keeps for books and films.
    ("070-174 06 05", "+46701740605", "070-174 06 05"),
    ("0701740605", "+46701740605", "070-174 06 05"),
    ("+46 70 174 06 05", "+46701740605", "070-174 06 05"),
    ("0046701740605", "+46701740605", "070-174 06 05"),
    ("(08) 465 004 00", "+46846500400", "08-465 004 00"),
    ("0980-319 200", "+46980319200", "0980-31 92 00"),
    ("031-390 06 00", "+46313900600", "031-390 06 00"),
    ("0771-567 567", "+46771567567", "0771-567 567"),
    ("+358 9 1234567", "+35891234567", "+358 9 1234567"),
]


@pytest.mark.parametrize(("typed", "number", "shown"), PHONES)
def test_a_phone_number_is_kept_in_e164_and_shown_as_people_write_it(typed: str, number: str, shown: str):
    field = a_field("phone")
    value, message = judged(field, f" {typed} ")
    assert (value, message) == (PhoneNumber(number, typed), "")
    assert kind_of(field).shown(field, value).text == shown


@pytest.mark.parametrize(
    "typed", ["112", "11313", "1177", "070", "ring mig", "070-174 06 0", "0" * 41, "+", "070\0"]
)
def test_a_number_that_reaches_nobody_says_what_to_write(typed: str):
    assert judged(a_field("phone"), typed) == (None, NOT_A_PHONE)


EMAILS = [
    ("namn@exempel.se", "namn@exempel.se", "namn@exempel.se"),
    (" Namn@Exempel.SE ", "Namn@exempel.se", "Namn@exempel.se"),
    ("a.b+c@ekdala.example", "a.b+c@ekdala.example", "a.b+c@ekdala.example"),
    ("kontakt@räksmörgås.se", "kontakt@xn--rksmrgs-5wao1o.se", "kontakt@räksmörgås.se"),
]


@pytest.mark.parametrize(("typed", "kept", "shown"), EMAILS)
def test_an_email_address_is_kept_for_machines_and_shown_for_people(typed: str, kept: str, shown: str):
    field = a_field("email")
    assert judged(field, typed) == (kept, "")
    assert kind_of(field).shown(field, kept).text == shown


@pytest.mark.parametrize(
    "typed",
    [
        "namn",
        "namn@",
        "@exempel.se",
        "a b@exempel.se",
        "namn@exempel",
        "åsa@exempel.se",
        "a\0@b.se",
        "a@b.se\nx",
    ],
)
def test_a_wrong_email_address_says_what_to_write(typed: str):
    assert judged(a_field("email"), typed) == (None, NOT_AN_EMAIL)


def test_the_limit_of_a_text_counts_characters_and_says_how_far_to_shorten():
    field = a_field("long_text", max_length=2000)
    assert judged(field, "å" * 2000) == ("å" * 2000, "")
    assert judged(field, "å" * 2104) == (
        None,
        "Texten är 2\N{NO-BREAK SPACE}104 tecken. Korta den till högst 2\N{NO-BREAK SPACE}000.",
    )


TIDIED = [
    ("long_text", "rad ett\r\nrad två\rrad tre", "rad ett\nrad två\nrad tre"),
    ("long_text", "  a\x00b\x07c\x9f \n\n d  ", "abc \n\n d"),
    ("long_text", "a\u2028b\vc", "a\nb\nc"),
    ("long_text", "a\u030a", "å"),
    ("short_text", " Kvarngatan\r\n  14\t", "Kvarngatan 14"),
]


@pytest.mark.parametrize(("kind", "typed", "kept"), TIDIED)
def test_a_text_keeps_its_lines_and_loses_its_control_characters(kind: str, typed: str, kept: str):
    assert judged(a_field(kind), typed) == (kept, "")


def test_a_choice_outside_the_choices_is_a_problem():
    field = a_field("one_of", choices=A_OR_B)
    assert judged(field, "a") == ("a", "")
    assert judged(field, "c") == (None, "Välj ett av alternativen.")


def test_yes_and_no_come_of_themselves():
    field = a_field("yes_no")
    shown = [kind_of(field).shown(field, value) for value in ("ja", "nej", "kanske")]
    assert [(answer.text, answer.is_msgid) for answer in shown] == [("Ja", True), ("Nej", True), ("", False)]


def test_pictures_are_references_and_limited_in_number():
    field = a_field("images", max_files=2)
    assert judged(field, [PICTURE])[0] == (PICTURE,)
    assert judged(field, [PICTURE] * 3)[1] == "Du kan skicka högst 2 bilder. Välj färre eller ta bort någon."


STRANGE = [3, 1.5, True, b"abc", ["a"], {"a": 1}, object(), "\ud800", float("nan"), [{"id": "1"}], ({},)]
KIND_KEYS: dict[str, dict[str, Any]] = {"one_of": {"choices": A_OR_B}, "images": {"max_files": 1}}


@pytest.mark.parametrize("raw", STRANGE, ids=lambda raw: type(raw).__name__)
@pytest.mark.parametrize("kind", ["short_text", "long_text", "one_of", "yes_no", "email", "phone", "images"])
def test_a_value_of_the_wrong_type_is_a_problem_and_shows_as_nothing(kind: str, raw: object):
    field = a_field(kind, **KIND_KEYS.get(kind, {}))
    value, message = judged(field, raw)
    assert value is None
    assert message
    assert kind_of(field).shown(field, raw).text == ""


@pytest.mark.parametrize("kind", ["short_text", "long_text", "one_of", "yes_no", "email", "phone", "images"])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_no_answer_and_no_problem(kind: str, nothing: object):
    assert judged(a_field(kind), nothing) == (None, "")


STORED = [
    (
        "phone",
        PhoneNumber("+46701740605", "070 174 06 05"),
        {"number": "+46701740605", "typed": "070 174 06 05"},
    ),
    ("images", (PICTURE,), [PICTURE]),
    ("email", "a@b.se", "a@b.se"),
    ("long_text", "rad\nrad", "rad\nrad"),
]


@pytest.mark.parametrize(("kind", "value", "stored"), STORED)
def test_a_stored_answer_comes_back_as_it_was(kind: str, value: object, stored: object):
    owner = kind_of(a_field(kind))
    assert owner.to_json(value) == stored
    assert owner.from_json(stored) == value


def test_a_forged_phone_number_is_a_problem():
    forged = PhoneNumber("+46771567567", "070-174 06 05")
    assert judged(a_field("phone"), forged) == (None, NOT_A_PHONE)
