"""The door to a draft: the browser's cookie opens it, and nothing else does."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms.answers import Answers
from forms.definition import Form, Step
from forms.errors import UnknownStep
from portal.errors import NotFound
from portal.eservices import actions, queries
from portal.eservices.models import Draft
from portal.eservices.rules import DRAFT_KEPT
from portal.services.models import Service
from portal.services.queries import service_by_slug
from portal.web.portal import portal, reader

TOKEN_BYTES = 32
FRESH, CHANGING = "ny", "andra"


@dataclass(frozen=True)
class Offer:
    """A service that can be used on the web, and its form."""

    service: Service
    form: Form

    def step(self, slug: str) -> Step:
        """Give a step of the form. Raises NotFound."""
        try:
            return self.form.step(slug)
        except UnknownStep as error:
            raise NotFound(str(error)) from error


@dataclass(frozen=True)
class Visit:
    """What the browser brings to a form: the answers in its draft, the case that the draft has become, if it has.

    `expires_at` is None when there is no draft; `lost` when the browser remembers one that is no longer there.
    """

    answers: Answers
    expires_at: datetime | None = None
    case_id: int | None = None
    lost: bool = False

    @property
    def has_draft(self) -> bool:
        """Whether there is a draft, submitted or not."""
        return self.expires_at is not None


def form_of(service: Service) -> Form | None:
    """Give the form by which a service is used, or None when it has no e-service."""
    return portal().forms.get(service.e_service) if service.e_service else None


def offer(slug: str) -> Offer:
    """Give a service with its form. Raises NotFound when there is no such service or it has no e-service."""
    service = service_by_slug(reader(), slug)
    form = form_of(service)
    if form is None:
        raise NotFound(f"{slug} has no e-service")
    return Offer(service, form)


def is_fresh() -> bool:
    """Tell whether somebody asked to begin anew, whatever the browser remembers."""
    return FRESH in request.args


def is_changing() -> bool:
    """Tell whether somebody came from the last page to change an answer and goes back there."""
    return CHANGING in request.args


def visit(form: Form, at: datetime) -> Visit:
    """Give what the browser brings to the form."""
    token = "" if is_fresh() else _token(form)
    draft = queries.find_draft(reader(), token, form.slug, at) if token else None
    if draft is None:
        return Visit(Answers(), lost=bool(token))
    return Visit(Answers.from_json(form, draft.answers), draft.expires_at, draft.case_id)


def draft_to_write(db: Session, form: Form, at: datetime) -> tuple[Draft, str]:
    """Give the browser's draft, locked, with its token; a new one when it has none or begins anew."""
    token = "" if is_fresh() else _token(form)
    draft = queries.draft_to_change(db, token, form.slug, at) if token else None
    if draft is not None:
        return draft, token
    fresh = secrets.token_urlsafe(TOKEN_BYTES)
    return actions.begin(db, form, fresh, at), fresh


def draft_to_submit(db: Session, form: Form, at: datetime) -> Draft | None:
    """Give the browser's draft, locked, or None when it has none."""
    return queries.draft_to_change(db, _token(form), form.slug, at)


def remember(response: Response, form: Form, token: str) -> Response:
    """Let the browser keep the draft's token as long as the draft is kept; no script can read it."""
    response.set_cookie(
        _cookie(form),
        token,
        max_age=DRAFT_KEPT,
        path="/",
        secure=portal().settings.base_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
    )
    return response


def _token(form: Form) -> str:
    return request.cookies.get(_cookie(form), "")


def _cookie(form: Form) -> str:
    return f"utkast-{form.slug}"
