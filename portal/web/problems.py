"""Errors for machines: application/problem+json (RFC 9457), with which field was wrong and what to do."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response

from portal.i18n import Text
from portal.web.language import current_language

KIND = "application/problem+json"


@dataclass(frozen=True)
class FieldError:
    """What is wrong in a field of a question."""

    field: str
    text: Text


def problem(status: int, detail: str = "", errors: Sequence[FieldError] = ()) -> Response:
    """Give an error as JSON. `detail` is a msgid."""
    words = current_language()
    known = {each.value: each.phrase for each in HTTPStatus}
    body = {
        "type": "about:blank",
        "title": known.get(status, "Error"),
        "status": status,
        "detail": words.gettext(detail),
        "errors": [{"field": each.field, "message": words.say(each.text)} for each in errors],
    }
    response = Response(json.dumps(body, ensure_ascii=False), status, content_type=KIND)
    response.headers["Cache-Control"] = "no-store"
    return response
