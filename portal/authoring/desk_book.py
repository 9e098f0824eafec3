"""A pledge in force as staff see it: its versions and what changed, the next one, the review, and taking it back."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts.rules import Deed, may_in
from portal.authoring import actions, queries, reviewing
from portal.authoring.content import Content
from portal.authoring.gate import require_in, require_reading
from portal.authoring.move_forms import ReviewForm, WithdrawForm
from portal.authoring.rules import REVIEWED_EVERY
from portal.authoring.words import STATES
from portal.clock import local_day, now
from portal.errors import Conflict
from portal.i18n import N_
from portal.pledgebook.changes import Change, changes, facts_of
from portal.pledgebook.figures.outcomes import version_on
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.pledgebook.queries import pledge_by_slug
from portal.pledgebook.reviews import due_for
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private

desk = Blueprint("authoring_book", __name__, url_prefix="/redaktion/loften")
REVIEWED = N_("Löftet är översett. Nästa gång är senast %(day)s.")
WITHDRAWN = N_("Löftet är tillbakadraget. Sista dagen är %(day)s.")


@dataclass(frozen=True)
class Step:
    """A version and what it changed in the one before; the first changed nothing."""

    version: PledgeVersion
    changes: tuple[Change, ...]
    is_first: bool


def history(pledge: Pledge) -> list[Step]:
    """Give the versions, the latest first, each with what it changed."""
    versions = list(pledge.versions)
    pairs = zip(versions, [*versions[1:], None], strict=True)
    return [Step(one, changes(before, one) if before else (), before is None) for one, before in pairs]


@desk.get("/<slug>")
def pledge(slug: str) -> Response:
    """Show a pledge with its versions, when it is to be looked at, and what may be done with it."""
    return _page(pledge_by_slug(reader(), slug))


@desk.post("/<slug>/nasta")
def next_version(slug: str) -> AnyResponse:
    """Let somebody begin the next version, filled with the last; a draft under way is opened instead."""
    found = pledge_by_slug(reader(), slug)
    actor = require_in(Deed.WRITE_PLEDGE, found.department_id)
    with transaction() as db:
        locked = queries.pledge_to_change(db, slug)
        draft_id = queries.open_draft_of(db, locked.id)
        if draft_id is None:
            content = Content.of(locked, locked.versions[0])
            draft_id = actions.start_draft(db, actor, locked.department_id, locked, content, now()).id
    return see_other("authoring_desk.draft", draft_id=draft_id)


@desk.post("/<slug>/sett-over")
@form_checks_token
def review(slug: str) -> AnyResponse:
    """Let somebody say that a pledge was looked at and stands."""
    found, form = pledge_by_slug(reader(), slug), ReviewForm(prefix="over")
    actor = require_in(Deed.WRITE_PLEDGE, found.department_id)
    form.today = local_day(now())
    if not form.validate() or form.next_on.data is None:
        return _page(found, review_form=form, status=422)
    with transaction() as db:
        locked = queries.pledge_to_change(db, slug)
        reviewing.confirm(db, locked, actor, form["text"].data or "", form.next_on.data, now())
    day = current_language().full_day(form.next_on.data)
    flash(current_language().gettext(REVIEWED) % {"day": day})
    return see_other("authoring_book.pledge", slug=slug, _anchor="klart")


@desk.post("/<slug>/dra-tillbaka")
@form_checks_token
def withdraw(slug: str) -> AnyResponse:
    """Let a head take back a pledge in force, with a reason that everybody may read."""
    found = pledge_by_slug(reader(), slug)
    actor = require_in(Deed.DECIDE_PLEDGE, found.department_id)
    holding = reviewing.in_force(found, local_day(now()))
    if holding is None:
        raise Conflict(f"{slug} does not hold today")
    form = _withdraw_form(holding, WithdrawForm(prefix="dra"))
    if reviewing.stops_withdrawal(found, local_day(now())) is not None:
        return _page(found, is_stopped=True, status=409)
    if not form.validate() or form.last_day.data is None:
        return _page(found, withdraw_form=form, status=422)
    try:
        with transaction() as db:
            locked = queries.pledge_to_change(db, slug)
            reviewing.withdraw(db, locked, actor, form["text"].data or "", form.last_day.data, now())
    except Conflict:
        return _page(pledge_by_slug(reader(), slug), is_stopped=True, status=409)
    day = current_language().full_day(form.last_day.data)
    flash(current_language().gettext(WITHDRAWN) % {"day": day})
    return see_other("authoring_book.pledge", slug=slug, _anchor="klart")


def _withdraw_form(holding: PledgeVersion, form: WithdrawForm) -> WithdrawForm:
    form.today, form.ends, form.tongue = local_day(now()), holding.valid_to, current_language()
    return form


def _fresh_review() -> ReviewForm:
    form = ReviewForm(formdata=None, prefix="over")
    form.next_on.data = local_day(now()) + REVIEWED_EVERY
    return form


def _fresh_withdrawal(holding: PledgeVersion) -> WithdrawForm:
    form = _withdraw_form(holding, WithdrawForm(formdata=None, prefix="dra"))
    form.last_day.data = local_day(now())
    return form


def _page(
    found: Pledge,
    review_form: ReviewForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    *,
    is_stopped: bool = False,
    status: int = 200,
) -> Response:
    actor, today = require_reading(found.department_id), local_day(now())
    holding = reviewing.in_force(found, today)
    stop = reviewing.stops_withdrawal(found, today) if holding else None
    version = version_on(found, today)
    may_write = may_in(actor, Deed.WRITE_PLEDGE, found.department_id)
    may_decide = may_in(actor, Deed.DECIDE_PLEDGE, found.department_id)
    drafts = queries.drafts_of(reader(), found.id)
    shown = page(
        "authoring/pledge.html",
        status,
        pledge=found,
        version=version,
        holding=holding,
        stands=due_for(version, today),
        history=history(found),
        facts_of=facts_of,
        reviews=queries.reviews_of(reader(), found.id),
        drafts=drafts,
        draft=next((one for one in drafts if one.state not in ("published", "dropped")), None),
        states=STATES,
        may_write=may_write,
        review_form=(review_form or _fresh_review()) if may_write and holding else None,
        withdraw_form=(withdraw_form or _fresh_withdrawal(holding))
        if may_decide and holding and not stop
        else None,
        stop=stop if may_decide else None,
        is_stopped=is_stopped,
        failed=review_form or withdraw_form,
    )
    return keep_private(shown)
