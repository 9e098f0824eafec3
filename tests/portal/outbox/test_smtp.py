"""Letters reach a real mail server, and its answers are understood."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from portal.outbox.channel import NotDelivered, Refused
from portal.outbox.delivery import channel, open_post_office
from portal.outbox.folder import FolderChannel
from portal.outbox.message import Envelope, compose
from portal.outbox.models import Delivery, OutboxLetter
from portal.outbox.smtp import SmtpChannel
from tests.portal.outbox.post import MORNING, SENDER, MailServer, a_letter, free_port
from tests.portal.outbox.test_delivery import put

MAIL = compose(a_letter(), Envelope("k", 0, MORNING), SENDER)


def test_the_server_gets_text_and_html_with_swedish_letters(mail_server: MailServer):
    SmtpChannel.of(mail_server.url).deliver(MAIL)
    (got,) = mail_server.got
    assert mail_server.recipients == ["karin@post.example"]
    assert got["Subject"] == "Vi har tagit emot ditt ärende FEL-2K7Q-9M"
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None and "Följ ditt ärende:" in text.get_content()
    assert html is not None and "<h1" in html.get_content()


@pytest.mark.parametrize("answer", ["550 5.1.1 Finns inte", "553 5.1.3 Felskriven"])
def test_no_to_the_recipient_is_final(mail_server: MailServer, answer):
    mail_server.answers = [answer]
    with pytest.raises(Refused, match=answer):
        SmtpChannel.of(mail_server.url).deliver(MAIL)


def test_not_now_is_not_final(mail_server: MailServer):
    mail_server.answers = ["450 4.2.1 Lådan är upptagen".encode("ascii", "replace").decode()]
    with pytest.raises(NotDelivered, match="450") as trouble:
        SmtpChannel.of(mail_server.url).deliver(MAIL)
    assert not isinstance(trouble.value, Refused)


@pytest.mark.parametrize(("answer", "kind"), [("554 5.7.1 No", Refused), ("452 4.3.1 Full", NotDelivered)])
def test_the_answer_to_the_text_counts_too(mail_server: MailServer, answer, kind):
    mail_server.after_text = [answer]
    with pytest.raises(NotDelivered) as trouble:
        SmtpChannel.of(mail_server.url).deliver(MAIL)
    assert type(trouble.value) is kind


def test_a_server_that_is_down_is_tried_later():
    with pytest.raises(NotDelivered, match="ConnectionRefusedError") as trouble:
        SmtpChannel("127.0.0.1", free_port()).deliver(MAIL)
    assert not isinstance(trouble.value, Refused)


def test_a_password_is_never_sent_in_the_open_to_another_machine(
    monkeypatch: pytest.MonkeyPatch, mail_server: MailServer
):
    monkeypatch.setattr("portal.outbox.smtp._is_here", lambda host: False)
    with pytest.raises(NotDelivered, match="no encryption"):
        SmtpChannel("127.0.0.1", mail_server.port, "portal", "hemligt").deliver(MAIL)
    assert mail_server.got == []


@pytest.fixture
def guarded() -> Iterator[MailServer]:
    """A mail server that takes letters only from somebody who signs in."""
    server = MailServer()
    server.port = free_port()
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=server.port,
        auth_required=True,
        auth_require_tls=False,
        authenticator=lambda _s, _e, _x, _m, given: AuthResult(
            success=given.password == b"hemligt", handled=False
        ),
    )
    controller.start()
    yield server
    controller.stop()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_the_portal_signs_in_at_the_server(guarded: MailServer):
    SmtpChannel.of(f"smtp://portal:hemligt@127.0.0.1:{guarded.port}").deliver(MAIL)
    assert len(guarded.got) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_wrong_password_is_tried_later_for_somebody_may_mend_it(guarded: MailServer):
    with pytest.raises(NotDelivered, match="535") as trouble:
        SmtpChannel.of(f"smtp://portal:fel@127.0.0.1:{guarded.port}").deliver(MAIL)
    assert not isinstance(trouble.value, Refused)


def test_a_letter_that_failed_arrives_when_the_server_is_back(
    database, clock, settings, mail_server: MailServer
):
    mail_server.answers = ["451 4.3.0 Try later"]
    office = open_post_office(replace(settings, smtp_url=mail_server.url), database, clock)
    put(database)
    assert office.deliver_due() == 0
    clock.turn(minutes=1)
    assert office.deliver_due() == 1
    assert len(mail_server.got) == 1


def test_a_recipient_that_does_not_exist_is_given_up_and_seen(
    database, clock, settings, mail_server: MailServer
):
    mail_server.answers = ["550 5.1.1 No such user"]
    office = open_post_office(replace(settings, smtp_url=mail_server.url), database, clock)
    put(database)
    office.deliver_due()
    with database.reader() as db:
        row = db.query(OutboxLetter).one()
    assert (row.state, row.last_error) == (Delivery.FAILED, "550 5.1.1 No such user")


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("smtp://mail.example", SmtpChannel("mail.example", 587)),
        ("smtps://mail.example", SmtpChannel("mail.example", 465, tls=True)),
        ("smtp://a%40b:p%3Aq@mail.example:2525", SmtpChannel("mail.example", 2525, "a@b", "p:q")),
    ],
)
def test_the_address_of_the_server_is_read(url, made):
    assert SmtpChannel.of(url) == made


def test_the_password_is_not_shown():
    assert "hemligt" not in repr(SmtpChannel.of("smtp://portal:hemligt@mail.example"))


def test_an_encrypted_line_uses_the_encrypted_client(monkeypatch: pytest.MonkeyPatch):
    called: list[tuple[str, int]] = []

    def refuse(host, port, **kwargs):
        called.append((host, port))
        raise ConnectionRefusedError

    monkeypatch.setattr(smtplib, "SMTP_SSL", refuse)
    with pytest.raises(NotDelivered):
        SmtpChannel.of("smtps://mail.example").deliver(MAIL)
    assert called == [("mail.example", 465)]


def test_without_a_server_letters_are_kept_as_files(settings):
    place = channel(settings)
    assert place == FolderChannel(settings.letters)
    place.deliver(MAIL)
    place.deliver(MAIL)
    (kept,) = settings.letters.iterdir()
    assert kept.name.startswith("20261110-065200-") and kept.suffix == ".eml"
    assert kept.read_bytes() == MAIL.as_bytes()


def test_a_folder_that_cannot_be_written_is_tried_later(tmp_path):
    (tmp_path / "letters").write_text("in the way", "utf-8")
    with pytest.raises(NotDelivered, match="FileExistsError"):
        FolderChannel(tmp_path / "letters").deliver(MAIL)
