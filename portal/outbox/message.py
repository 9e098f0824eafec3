"""A letter as an e-mail message, the same to the last sign however often it is made."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

from portal.outbox.channel import Refused
from portal.outbox.letter import Letter
from portal.outbox.renderer import Letterhead, as_html, as_text
from portal.settings import Settings

ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")


@dataclass(frozen=True)
class Sender:
    """Who the letters come from: what is printed on them and the address they leave from."""

    head: Letterhead
    address: str

    @property
    def domain(self) -> str:
        """The part of the address after the @."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class Envelope:
    """What tells a letter from every other: its key, which round of sending it is in, and when it was written."""

    key: str
    round: int
    written_at: datetime


def sender(settings: Settings) -> Sender:
    """Give the sender of every letter of this deployment."""
    head = Letterhead(settings.municipality, settings.base_url)
    return Sender(head, settings.mail_from or f"noreply@{_domain(settings.base_url)}")


def compose(letter: Letter, envelope: Envelope, sender: Sender) -> EmailMessage:
    """Give the message: text and HTML of the same letter.

    The Message-ID follows from the letter's key and round, so a second delivery after a crash can be known as the
    same letter, while one that somebody asked for is new. Raises Refused when an address cannot be written to.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(sender.head.municipality, addr_spec=sender.address)
    message["To"] = _address(letter.to)
    if letter.reply_to:
        message["Reply-To"] = _address(letter.reply_to, letter.sender)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = envelope.written_at
    message["Message-ID"] = message_id(envelope, sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(as_text(letter, sender.head), cte="quoted-printable")
    message.add_alternative(as_html(letter, sender.head), subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language
    message.set_boundary(f"=_{_name(envelope)}")
    return message


def message_id(envelope: Envelope, sender: Sender) -> str:
    """Give the Message-ID, which tells nothing about the letter."""
    return f"<{_name(envelope)}@{sender.domain}>"


def _name(envelope: Envelope) -> str:
    return f"{sha256(envelope.key.encode()).hexdigest()[:32]}.{envelope.round}"


def _address(written: str, name: str = "") -> Address:
    if not ADDRESS.fullmatch(written):
        raise Refused("the address is not an e-mail address")
    local, _, domain = written.rpartition("@")
    try:
        return Address(name, local, domain.encode("idna").decode("ascii"))
    except UnicodeError as error:
        raise Refused("the address has a domain that cannot exist") from error


def _domain(base_url: str) -> str:
    """A number is no domain for mail; a portal without a name writes from the machine itself."""
    host = urlsplit(base_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return host
    return "localhost"
