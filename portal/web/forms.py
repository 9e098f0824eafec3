"""The form that staff and citizens fill in at the edge: protected, and never losing what was typed."""

import re
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from portal.i18n import N_

STALE = N_("Sidan hade varit öppen för länge. Det du har skrivit finns kvar. Skicka en gång till.")

# Signs that no keyboard gives, no page may show and no database need hold; tabs and line breaks are not among them.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class PortalForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A form whose stale or missing token is a message to the person, not a dead end.

    A view that uses it is exempt from the site-wide check, since the form makes the same check itself.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the library has no types
        """How the form meets what the browser sends."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Give what was sent without the signs that nobody has typed; None when nothing was.

            JSON is nothing: no page of ours sends it, and the library would take it for fields of any shape.
            """
            sent = None if request.is_json else super().wrap_formdata(form, formdata)
            return None if sent is None else MultiDict(_seen(sent))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Judge the form; a token that does not fit any more becomes a problem of the whole form."""
        valid: bool = super().validate(*args, **kwargs)
        token = getattr(self, "csrf_token", None)
        if token is not None and token.errors:
            token.errors = [STALE]
        return valid


def _seen(sent: Any) -> list[tuple[str, Any]]:
    return [
        (name, UNSEEN.sub("", value) if isinstance(value, str) else value)
        for name, value in sent.items(multi=True)
    ]
