"""A clock that is turned by hand, channels that remember, and a mail server of our own."""

import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.outbox.letter import Letter
from portal.outbox.message import Sender
from portal.outbox.renderer import Letterhead

MORNING = datetime(2026, 11, 10, 6, 52, tzinfo=UTC)
SENDER = Sender(Letterhead("Ekdala kommun", "https://ekdala.example"), "noreply@ekdala.example")


def a_letter(**more: object) -> Letter:
    """The receipt of a street light reported on a Tuesday."""
    values: dict[str, object] = {
        "to": "karin@post.example",
        "subject": "Vi har tagit emot ditt ärende FEL-2K7Q-9M",
        "paragraphs": ("Tack. Vi har tagit emot ditt ärende.", "Det betyder senast tisdag 24 november."),
        "sender": "Gator och trafik",
        "facts": (
            ("Ärendenummer", "FEL-2K7Q-9M"),
            ("Lovad dag", "tisdag 24 november"),
            ("Telefon", "0980-319 210"),
        ),
        "button": (
            "Följ ditt ärende",
            "https://ekdala.example/arende/FEL-2K7Q-9M?nyckel=b2s7x6kq3j4n5m2p7c8d9e1f2g3h4j5k",
        ),
        "closing": ("Länken är bara till för dig.",),
        "reply_to": "gator-trafik@ekdala.example",
    }
    return Letter(**{**values, **more})  # type: ignore[arg-type]


@dataclass
class HandClock:
    """A clock that stands still until it is turned."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        return self.at

    def turn(self, **length: float) -> None:
        self.at += timedelta(**length)


@dataclass
class Memory:
    """A channel that remembers what it was handed; each entry of `troubles` is raised once, in order."""

    handed: list[EmailMessage] = field(default_factory=list)
    troubles: list[BaseException | None] = field(default_factory=list)

    def deliver(self, message: EmailMessage) -> None:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        self.handed.append(message)

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.handed]


class MailServer:
    """What the server says to each recipient, one answer for each letter; when none is left it takes everything."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.after_text: list[str] = []
        self.got: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.port = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.after_text:
            return self.after_text.pop(0)
        assert isinstance(envelope.content, bytes)
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


def free_port() -> int:
    """Give a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
