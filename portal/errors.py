"""What can go wrong in the portal, by kind; `portal/web/errors.py` turns each kind into a page."""


class PortalError(Exception):
    """Something was attempted that cannot be done; the message says what."""


class NotFound(PortalError):
    """What was asked for does not exist, or not for the one who asks."""


class Forbidden(PortalError):
    """The one who asks is known and may not do this."""


class SignInNeeded(PortalError):
    """Only staff may come here, and nobody is signed in."""


class Conflict(PortalError):
    """The deed does not fit the state things are in now."""


class TooManyAttempts(PortalError):
    """The same thing was tried too often from one place."""


class Busy(PortalError):
    """The database could not take the change within the time a person waits."""


class SettingError(PortalError):
    """A setting has a value the portal cannot start with; the message names the setting."""


class ContentError(PortalError):
    """Content that is being read in does not have the shape it must have; the message names the entry and the key."""
