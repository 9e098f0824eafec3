"""The pages where somebody says that a promise was not kept."""

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from portal.cases.gate import access
from portal.cases.intake import OpenedCase
from portal.cases.queries import case_by_key
from portal.cases.shown import shown
from portal.clock import local_day, now
from portal.contests.actions import Objection, contest
from portal.contests.forms import ContestForm
from portal.pledgebook.contest import COMPLAINT
from portal.pledgebook.figures.outcomes import version_on
from portal.pledgebook.models import Pledge
from portal.pledgebook.queries import pledge_by_slug
from portal.services.queries import service_by_slug
from portal.web.language import current_language
from portal.web.portal import portal, reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private, limiter

public = Blueprint("contests", __name__)


@public.route("/loften/<slug>/holls-inte", methods=["GET", "POST"])
@form_checks_token
@limiter.limit(lambda: f"{portal().settings.submissions_per_hour} per hour", methods=["POST"])
def write(slug: str) -> AnyResponse:
    """Let somebody say that a promise was not kept to them, whatever our figures say."""
    pledge, form = pledge_by_slug(reader(), slug), ContestForm()
    service_by_slug(reader(), COMPLAINT)
    if request.method != "POST":
        return _form_page(pledge, form)
    if not form.validate():
        return _form_page(pledge, form, 422)
    with transaction() as db:
        opened = _open(db, slug, form)
        reference, key = opened.case.reference, opened.key
    return see_other("contests.receipt", slug=slug, arende=reference, nyckel=key)


def _open(db: Session, slug: str, form: ContestForm) -> OpenedCase:
    at, pledge = now(), pledge_by_slug(db, slug)
    said = Objection(
        text=form.text.data or "",
        token=form.token.data or "",
        language=current_language().code,
        reference=form.reference.data or "",
        email=form.email.data or "",
    )
    version, service = version_on(pledge, local_day(at)), service_by_slug(db, COMPLAINT)
    return contest(db, pledge, version, service, said=said, access=access(), at=at)


@public.get("/loften/<slug>/holls-inte/klart")
def receipt(slug: str) -> Response:
    """Show what the case is called, and how to follow it."""
    pledge = pledge_by_slug(reader(), slug)
    asked = request.args
    case = case_by_key(reader(), asked.get("arende", ""), asked.get("nyckel", ""), access())
    response = page(
        "contests/receipt.html",
        pledge=pledge,
        version=version_on(pledge, local_day(now())),
        case=case,
        main=next(iter(shown(case)), None),
        key=access().key(case),
        address=access().tracker(case),
    )
    return keep_private(response)


def _form_page(pledge: Pledge, form: ContestForm, status: int = 200) -> Response:
    version = version_on(pledge, local_day(now()))
    return keep_private(page("contests/write.html", status, pledge=pledge, version=version, form=form))
