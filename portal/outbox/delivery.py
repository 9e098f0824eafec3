"""Takes the letters that are due, one at a time, and delivers them; no change is open while the network works."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.db import Database
from portal.outbox.actions import Claimed, claim_due, mark_failed, mark_sent
from portal.outbox.channel import Channel, NotDelivered, Refused
from portal.outbox.folder import FolderChannel
from portal.outbox.message import Envelope, Sender, compose, sender
from portal.outbox.smtp import SmtpChannel
from portal.settings import Settings

log = logging.getLogger("portal.outbox")
Clock = Callable[[], datetime]


def channel(settings: Settings) -> Channel:
    """Give the mail server the settings name, or the folder for letters when they name none."""
    return SmtpChannel.of(settings.smtp_url) if settings.smtp_url else FolderChannel(settings.letters)


@dataclass(frozen=True)
class PostOffice:
    """Delivers what lies in the outbox of one database."""

    database: Database
    channel: Channel
    sender: Sender
    clock: Clock

    def deliver_due(self, go_on: Callable[[], bool] = lambda: True) -> int:
        """Deliver every letter that is due, until none is or `go_on` says no; give how many were delivered."""
        delivered = 0
        while go_on() and (claimed := self._claim()) is not None:
            delivered += self._deliver(claimed)
        return delivered

    def _claim(self) -> Claimed | None:
        with self.database.transaction() as db:
            return claim_due(db, self.clock())

    def _deliver(self, claimed: Claimed) -> bool:
        try:
            envelope = Envelope(claimed.key, claimed.round, claimed.written_at)
            self.channel.deliver(compose(claimed.letter, envelope, self.sender))
        except NotDelivered as error:
            self._failed(claimed, str(error), permanent=isinstance(error, Refused))
            return False
        except Exception as error:  # the loop must live on; the letter stays and is tried again
            log.exception("letter", extra={"facts": {"letter": claimed.id}})
            self._failed(claimed, f"{type(error).__name__}: {error}", permanent=False)
            return False
        with self.database.transaction() as db:
            mark_sent(db, claimed, self.clock())
        return True

    def _failed(self, claimed: Claimed, error: str, *, permanent: bool) -> None:
        # What a mail server answers often repeats the address, so the answer goes to the row and not to the log.
        log.warning("letter not delivered", extra={"facts": {"letter": claimed.id, "permanent": permanent}})
        with self.database.transaction() as db:
            mark_failed(db, claimed, error, self.clock(), permanent=permanent)


def open_post_office(settings: Settings, database: Database, clock: Clock) -> PostOffice:
    """Give the post office that the settings describe."""
    return PostOffice(database, channel(settings), sender(settings), clock)
