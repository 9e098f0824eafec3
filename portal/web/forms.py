"""The form that staff and citizens fill in at the edge: protected, and never losing what was typed."""

from typing import Any

from flask_wtf import FlaskForm

from portal.i18n import N_

STALE = N_("Sidan hade varit öppen för länge. Det du har skrivit finns kvar. Skicka en gång till.")


class PortalForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A form whose stale or missing token is a message to the person, not a dead end.

    A view that uses it is exempt from the site-wide check, since the form makes the same check itself.
    """

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Judge the form; a token that does not fit any more becomes a problem of the whole form."""
        valid: bool = super().validate(*args, **kwargs)
        token = getattr(self, "csrf_token", None)
        if token is not None and token.errors:
            token.errors = [STALE]
        return valid
