"""The letters that the site's worker has delivered, read as a person reads them."""

import re
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

LONGEST_WAIT = 20.0
LINK = re.compile(r"https?://[^\s<>]+/arende/[^\s<>]+")


@dataclass(frozen=True)
class Received:
    """A letter in somebody's mailbox."""

    to: str
    subject: str
    text: str
    html: str

    @property
    def link(self) -> str:
        """The link that opens the case."""
        found = LINK.search(self.text)
        assert found, f"no link in the letter:\n{self.text}"
        return found.group()


class Letters:
    """Everybody's mailbox: the folder in which letters are kept when there is no mail server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def wait_for(self, to: str, about: str) -> Received:
        """Wait until somebody has got a letter whose subject has `about` in it; gives the newest one."""
        give_up = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < give_up:
            found = [letter for letter in self.of(to) if about in letter.subject]
            if found:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(
            f"no letter about {about}; {to} has {[letter.subject for letter in self.of(to)]}"
        )

    def of(self, to: str) -> list[Received]:
        """Give somebody's letters, the oldest first."""
        return [letter for letter in map(_read, sorted(self.folder.glob("*.eml"))) if letter.to == to]


def _read(path: Path) -> Received:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return Received(message["To"], message["Subject"], _part(message, "plain"), _part(message, "html"))


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None, f"no {kind} part"
    return str(part.get_content())
