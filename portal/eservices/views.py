"""The e-services: the catalogue, the page before a form, its steps, the last look, and the receipt."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from forms.answers import Answers, first_incomplete_step
from forms.building import StepForm
from forms.definition import Step
from forms.summary import rows
from portal.cases.gate import access
from portal.cases.queries import case_by_id
from portal.cases.shown import shown
from portal.clock import local_day, now
from portal.eservices import actions, forms, gate, queries
from portal.eservices.catalogue import by_department, with_e_service
from portal.eservices.emergency import emergency_department, emergency_slugs
from portal.eservices.gate import Offer, Visit
from portal.eservices.progress import first_unfinished_before, may_be_left, steps_so_far
from portal.eservices.rules import DRAFT_KEPT
from portal.eservices.submission import CATEGORY
from portal.files.views import file_store
from portal.services.queries import catalogue as services_by_department
from portal.services.queries import service_by_slug
from portal.web.language import current_language
from portal.web.portal import portal, reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private, limiter

# Above what three pictures may weigh, so that one too large is told at its question and not by a page about nothing.
LARGEST_STEP = 64_000_000
LOST, PARTLY_LOST = "allt", "delvis"

public = Blueprint("eservices", __name__)


@public.get("/e-tjanster")
def catalogue() -> Response:
    """Show everything a resident can ask of us, what can be done on the web first."""
    services = services_by_department(reader())
    return page(
        "eservices/catalogue.html",
        direct=with_e_service(services, portal().forms),
        departments=by_department(services),
        forms=portal().forms,
    )


@public.get("/e-tjanster/<slug>")
def intro(slug: str) -> Response:
    """Show what a service is, what it asks for, what happens then and what we promise."""
    service, at = service_by_slug(reader(), slug), now()
    form = gate.form_of(service)
    visit = gate.visit(form, at) if form else None
    began = visit is not None and visit.has_draft and visit.case_id is None
    return page(
        "eservices/intro.html",
        service=service,
        form=form,
        began=first_incomplete_step(form, visit.answers) if form and visit and began else None,
        is_begun=began,
        pledges=queries.pledges_of_service(reader(), service.id, local_day(at)),
        emergency=emergency_department(service, ""),
    )


@public.get("/e-tjanster/<slug>/<step_slug>")
def step(slug: str, step_slug: str) -> AnyResponse:
    """Show one step with what the person has filled in; a step too far ahead leads to the first unfinished one."""
    offer, at = gate.offer(slug), now()
    wanted, visit = offer.step(step_slug), gate.visit(offer.form, at)
    if visit.case_id is not None:
        return see_other("eservices.receipt", slug=slug)
    earlier = first_unfinished_before(offer.form, wanted, visit.answers)
    if earlier is not None:
        return _to_step(offer, earlier, borta=LOST if visit.lost else None)
    form = forms.drawn_form(offer.form, wanted, visit.answers)
    return _step_page(offer, form, visit.answers, visit)


@public.post("/e-tjanster/<slug>/<step_slug>")
@form_checks_token
def answer(slug: str, step_slug: str) -> AnyResponse:
    """Take in one step: keep all that can be kept, then go on or say what is wrong."""
    request.max_content_length = LARGEST_STEP
    offer, at = gate.offer(slug), now()
    answered, visit = offer.step(step_slug), gate.visit(offer.form, at)
    if visit.case_id is not None:
        return see_other("eservices.receipt", slug=slug)
    form = forms.posted_form(offer.form, answered, visit.answers)
    if not visit.has_draft and not forms.token_fits(form):
        return _not_ours(offer, form, visit)
    return _save(offer, form, visit, at)


def _not_ours(offer: Offer, form: StepForm, visit: Visit) -> Response:
    """Show the step again with all that was typed: without draft and token we cannot know who sent it."""
    forms.refuse_pictures(form)
    form.validate()
    return _step_page(offer, form, visit.answers, visit, 422)


def _save(offer: Offer, form: StepForm, visit: Visit, at: datetime) -> AnyResponse:
    """Keep a step and answer the browser. Pictures are made anew before the change, which then holds nobody up."""
    taken, store = forms.take_in(form, at), file_store()
    with transaction() as db:
        draft, token = gate.draft_to_write(db, offer.form, at)
        if draft.case_id is not None:
            return see_other("eservices.receipt", slug=offer.service.slug)
        for question, pictures in taken:
            actions.keep_pictures(db, store, question, pictures, at)
        is_right = form.validate()
        so_far = Answers.from_json(offer.form, draft.answers)
        answers = so_far.merged(form.step, forms.values_to_keep(form))
        actions.save(db, draft, offer.form, answers, at)
        saved = Visit(answers, draft.expires_at, lost=visit.lost)
    response = _after(offer, form, saved, is_right=is_right)
    return gate.remember(response, offer.form, token)


def _after(offer: Offer, form: StepForm, visit: Visit, *, is_right: bool) -> AnyResponse:
    """Say what is wrong, ask what the answers led to, or go on."""
    if forms.removes_picture(form):
        return _to_step(offer, form.step, andra=_changing(), _anchor="bilder")
    if not is_right:
        return _step_page(offer, form, visit.answers, visit, 422)
    if form.newly_asked:
        return _to_step(offer, form.step, andra=_changing(), fler="ja", _anchor="fler")
    earlier = first_unfinished_before(offer.form, form.step, visit.answers)
    if earlier is not None:
        return _to_step(offer, earlier, borta=PARTLY_LOST if visit.lost else None)
    following = None if gate.is_changing() else offer.form.next_step(form.step.slug)
    if following is not None:
        return _to_step(offer, following)
    return see_other("eservices.review", slug=offer.service.slug)


@public.get("/e-tjanster/<slug>/kontrollera")
def review(slug: str) -> AnyResponse:
    """Show everything the person has answered, to change or to send."""
    offer, at = gate.offer(slug), now()
    visit = gate.visit(offer.form, at)
    if visit.case_id is not None:
        return see_other("eservices.receipt", slug=slug)
    unfinished = first_incomplete_step(offer.form, visit.answers)
    if unfinished is not None:
        return _to_step(offer, unfinished, borta=LOST if visit.lost else None)
    return _review_page(offer, visit, forms.ReviewForm(formdata=None))


@public.post("/e-tjanster/<slug>/kontrollera")
@form_checks_token
@limiter.limit(lambda: f"{portal().settings.submissions_per_hour} per hour")
def submit(slug: str) -> AnyResponse:
    """Open the case, once however many times the button is pressed, and show the receipt."""
    offer, at, form = gate.offer(slug), now(), forms.ReviewForm()
    visit = gate.visit(offer.form, at)
    if visit.case_id is not None:
        return see_other("eservices.receipt", slug=slug)
    if not visit.has_draft or first_incomplete_step(offer.form, visit.answers) is not None:
        return see_other("eservices.review", slug=slug)
    if not form.validate():
        return _review_page(offer, visit, form, 422)
    with transaction() as db:
        _open_case(db, offer, at)
    return see_other("eservices.receipt", slug=slug)


def _open_case(db: Session, offer: Offer, at: datetime) -> None:
    """Submit the draft as it stands when it is locked; one emptied meanwhile waits to be filled in."""
    draft = gate.draft_to_submit(db, offer.form, at)
    if draft is None or draft.case_id is not None:
        return
    if first_incomplete_step(offer.form, Answers.from_json(offer.form, draft.answers)) is not None:
        return
    service = service_by_slug(db, offer.service.slug)
    language = current_language().code
    actions.submit(db, draft, offer.form, service, language=language, access=access(), at=at)


@public.get("/e-tjanster/<slug>/klart")
def receipt(slug: str) -> AnyResponse:
    """Show what the case is called, what we promise, and how to follow it."""
    offer, at = gate.offer(slug), now()
    case_id = gate.visit(offer.form, at).case_id
    if case_id is None:
        return see_other("eservices.intro", slug=slug)
    case = case_by_id(reader(), case_id)
    response = page(
        "eservices/receipt.html",
        service=offer.service,
        form=offer.form,
        case=case,
        main=next(iter(shown(case)), None),
        key=access().key(case),
        address=access().tracker(case),
    )
    return keep_private(response)


def _step_page(offer: Offer, form: StepForm, answers: Answers, visit: Visit, status: int = 200) -> Response:
    """Give a step as a page; it is somebody's own and stored nowhere."""
    phones = queries.emergency_phones(reader(), emergency_slugs(offer.form, form.step, answers))
    response = page(
        "eservices/step.html",
        status,
        **_around(offer, answers, form.step),
        step=form.step,
        form=form,
        free=may_be_left(form.step),
        earlier=offer.form.previous_step(form.step.slug),
        number=offer.form.steps.index(form.step) + 1,
        changing=_changing(),
        fresh="ja" if gate.is_fresh() and not visit.has_draft else None,
        lost=request.args.get("borta", ""),
        asks_more=request.args.get("fler") == "ja",
        expires=visit.expires_at or now() + DRAFT_KEPT,
        emergency_phones=phones,
    )
    return keep_private(response)


def _review_page(offer: Offer, visit: Visit, form: forms.ReviewForm, status: int = 200) -> Response:
    values = _around(offer, visit.answers, None)
    answered = rows(offer.form, visit.answers)
    return keep_private(page("eservices/review.html", status, **values, form=form, rows=answered))


def _around(offer: Offer, answers: Answers, on_page: Step | None) -> dict[str, Any]:
    """Give what stands around every step: the way so far, the promise, and whom to ring when it is urgent."""
    category = str(answers.get(CATEGORY) or "")
    today = local_day(now())
    return {
        "service": offer.service,
        "e_service": offer.form,
        "steps": steps_so_far(offer.form, answers, on_page.slug if on_page else ""),
        "pledge": queries.main_pledge(reader(), offer.service.id, category, today),
        "emergency": emergency_department(offer.service, category),
    }


def _changing() -> str | None:
    return "ja" if gate.is_changing() else None


def _to_step(offer: Offer, target: Step, **values: str | None) -> AnyResponse:
    return see_other("eservices.step", slug=offer.service.slug, step_slug=target.slug, **values)
