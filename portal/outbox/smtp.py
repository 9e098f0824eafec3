"""Letters by e-mail, over a mail server that PORTAL_SMTP_URL names."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from typing import Self
from urllib.parse import unquote, urlsplit

from portal.outbox.channel import NotDelivered, Refused

PERMANENT = 500
SUBMISSION, SUBMISSION_TLS = 587, 465
LONGEST_WAIT = 30.0


@dataclass(frozen=True)
class SmtpChannel:
    """A mail server: where it is, who we are there, and whether the line is encrypted from the first sign."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False

    @classmethod
    def of(cls, url: str) -> Self:
        """Read smtp://user:password@host:port, or smtps:// for a line that is encrypted from the start."""
        parts = urlsplit(url)
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (SUBMISSION_TLS if tls else SUBMISSION),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls=tls,
        )

    def deliver(self, message: EmailMessage) -> None:
        """Send one message to its one recipient.

        Raises Refused when the server says no to the recipient or the message for good; NotDelivered for all else.
        """
        try:
            with self._connected() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise _refusal(code, answer) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(f"the mail server cannot write to this address: {error}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotDelivered(_plain(error)) from error

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=LONGEST_WAIT, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=LONGEST_WAIT)
        try:
            self._greet(server, context)
        except BaseException:
            server.close()
            raise
        return server

    def _greet(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        encrypted = self.tls
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            encrypted = True
        if not self.user:
            return
        if not encrypted and not _is_here(self.host):
            raise NotDelivered("the mail server offers no encryption, so the password is not sent to it")
        try:
            server.login(self.user, self.password)
        except smtplib.SMTPNotSupportedError as error:
            raise NotDelivered("the mail server takes no password, but PORTAL_SMTP_URL has one") from error


def _refusal(code: int, answer: bytes | str) -> NotDelivered:
    said = f"{code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}"
    return Refused(said) if code >= PERMANENT else NotDelivered(said)


def _plain(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return str(_refusal(error.smtp_code, error.smtp_error))
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
