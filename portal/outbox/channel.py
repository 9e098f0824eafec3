"""What every way of delivering a letter has in common."""

from email.message import EmailMessage
from typing import Protocol

from portal.errors import PortalError


class NotDelivered(PortalError):
    """A letter could not be delivered; trying later may help."""


class Refused(NotDelivered):
    """A letter cannot be delivered, and trying again changes nothing."""


class Channel(Protocol):
    """A way of delivering letters."""

    def deliver(self, message: EmailMessage) -> None:
        """Hand the message over. Raises NotDelivered, or Refused when it is no use to try again."""
