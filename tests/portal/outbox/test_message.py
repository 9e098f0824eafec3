"""A letter as a mail: its head, its two shapes, and what can never be mailed."""

import re
from dataclasses import replace
from email.message import EmailMessage

import pytest

from portal.errors import SettingError
from portal.outbox.channel import Refused
from portal.outbox.letter import Letter
from portal.outbox.message import Envelope, compose, sender
from portal.settings import Settings, read_settings
from tests.portal.outbox.post import MORNING, SENDER, a_letter

ENVELOPE = Envelope("case:1:1:citizen", 0, MORNING)


def mail(letter: Letter | None = None, envelope: Envelope = ENVELOPE) -> EmailMessage:
    return compose(letter or a_letter(), envelope, SENDER)


def test_the_head_says_who_writes_and_where_the_answer_goes():
    message = mail()
    assert message["From"] == "Ekdala kommun <noreply@ekdala.example>"
    assert message["To"] == "karin@post.example"
    assert message["Reply-To"] == "Gator och trafik <gator-trafik@ekdala.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "sv"
    assert message["Date"].datetime == MORNING


def test_text_comes_before_html():
    assert [part.get_content_type() for part in mail().iter_parts()] == ["text/plain", "text/html"]


def test_the_bytes_on_the_wire_are_plain_ascii_in_short_lines():
    raw = mail().as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"=?utf-8?" in raw.partition(b"Date:")[0]


def test_the_same_letter_is_the_same_mail():
    assert mail().as_bytes() == mail().as_bytes()
    assert mail()["Message-ID"] != mail(envelope=replace(ENVELOPE, key="case:1:2:citizen"))["Message-ID"]


def test_a_letter_that_somebody_sends_again_is_a_new_mail():
    assert mail()["Message-ID"] != mail(envelope=replace(ENVELOPE, round=1))["Message-ID"]


def test_the_message_id_tells_nothing_about_the_letter():
    assert re.fullmatch(r"<[0-9a-f]{32}\.0@ekdala\.example>", mail()["Message-ID"])


def test_a_subject_cannot_smuggle_a_head_line():
    message = mail(a_letter(subject="Hej\r\nBcc: alla@ekdala.example"))
    assert message["Bcc"] is None
    assert message["Subject"] == "Hej Bcc: alla@ekdala.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "karin",
        "karin@",
        "@post.example",
        "a@b.example, c@d.example",
        "a@b.example\nBcc: c@d.example",
        "a@..example",
    ],
)
def test_what_is_no_address_is_refused_for_good(address):
    with pytest.raises(Refused):
        mail(a_letter(to=address))


def test_a_domain_with_swedish_letters_is_written_as_the_mail_system_writes_it():
    assert mail(a_letter(to="karin@räksmörgås.example"))["To"] == "karin@xn--rksmrgs-5wao1o.example"


@pytest.mark.parametrize(
    ("base_url", "mail_from", "address"),
    [
        ("https://portal.ekdala.example", "", "noreply@portal.ekdala.example"),
        ("http://127.0.0.1:8000", "", "noreply@localhost"),
        ("https://portal.ekdala.example", "svar@ekdala.example", "svar@ekdala.example"),
    ],
)
def test_the_senders_address_comes_from_the_settings(settings: Settings, base_url, mail_from, address):
    assert sender(replace(settings, base_url=base_url, mail_from=mail_from)).address == address


@pytest.mark.parametrize(
    "value", ["ekdala.example", "a@b@c", "a b@ekdala.example", "@ekdala.example", "å@ekdala.example"]
)
def test_a_senders_address_that_is_none_stops_the_start(tmp_path, value):
    with pytest.raises(SettingError, match="PORTAL_MAIL_FROM"):
        read_settings({"PORTAL_HOME": str(tmp_path), "PORTAL_MAIL_FROM": value})
