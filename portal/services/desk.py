"""Where staff see the times that the law sets, and where it is written that a lawyer has compared one with the law."""

from typing import Any

from flask import Blueprint, Response, flash
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts.gate import require, signed_in
from portal.accounts.rules import Deed, may
from portal.clock import local_day, now
from portal.errors import Conflict
from portal.i18n import N_
from portal.services import queries, register
from portal.services.forms import VerifyForm, WithdrawForm, WordingForm
from portal.services.lengths import law_words, longest_extension, time_to_ask
from portal.services.models import LegalClockRow
from portal.services.queries import legal_clock_of
from portal.services.shelf import shelf_of
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private

VERIFIED = N_("Granskningen är sparad. Lagens gräns visas nu på löftenas sidor.")
WITHDRAWN = N_("Granskningen är tillbakatagen. Lagens gräns ritas inte längre på löftenas sidor.")
ADDED = N_("Den nya lydelsen är sparad. Den behöver granskas mot lagen.")

staff = Blueprint("services_desk", __name__, url_prefix="/redaktion/lagtider")
WORDING = "/<slug>/<int(max=2147483647):number>"
WORDS: dict[str, Any] = {
    "law_words": law_words,
    "longest_extension": longest_extension,
    "time_to_ask": time_to_ask,
}


@staff.get("")
def clocks() -> Response:
    """Show staff the whole register: what the law says, and what has been compared with it."""
    signed_in()
    shelf = shelf_of(queries.legal_clocks(reader()), local_day(now()))
    return keep_private(page("services/register.html", shelf=shelf, **WORDS))


@staff.get("/<slug>")
def clock(slug: str) -> Response:
    """Show every wording of a legal clock, and what has been written about each."""
    signed_in()
    return _clock_page(slug)


@staff.route(f"{WORDING}/granskad", methods=["GET", "POST"])
@form_checks_token
def verify(slug: str, number: int) -> AnyResponse:
    """Let somebody write that a lawyer has compared a wording with the law."""
    actor = require(Deed.VERIFY_LAW)
    row, form = queries.wording(reader(), slug, number), VerifyForm()
    form.about(row, local_day(now()), current_language())
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.see()
        return _verify_page(row, form, 422 if form.errors else 200)
    try:
        with transaction() as db:
            found = queries.wording_to_change(db, slug, number)
            register.verify(db, found, form.comparison(), actor, now())
    except Conflict:
        return _clock_page(slug, 409)
    return _done(slug, VERIFIED)


@staff.route(f"{WORDING}/ta-tillbaka", methods=["GET", "POST"])
@form_checks_token
def withdraw(slug: str, number: int) -> AnyResponse:
    """Let somebody take a comparison back, and say why."""
    actor = require(Deed.VERIFY_LAW)
    row, form = queries.wording(reader(), slug, number), WithdrawForm()
    if not form.validate_on_submit():
        return _form_page("services/withdraw.html", row, form, 422 if form.errors else 200)
    try:
        with transaction() as db:
            found = queries.wording_to_change(db, slug, number)
            register.withdraw(db, found, why=form.why.data or "", actor=actor, at=now())
    except Conflict:
        return _clock_page(slug, 409)
    return _done(slug, WITHDRAWN)


@staff.route("/<slug>/ny-lydelse", methods=["GET", "POST"])
@form_checks_token
def add(slug: str) -> AnyResponse:
    """Let somebody add what a changed law says, from the day on which it does."""
    actor = require(Deed.VERIFY_LAW)
    latest, form = queries.wordings_of(reader(), slug)[0], WordingForm()
    form.about(latest, current_language())
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.offer()
        return _form_page("services/wording.html", latest, form, 422 if form.errors else 200)
    try:
        with transaction() as db:
            found = queries.latest_wording_to_change(db, slug)
            register.add_wording(db, found, form.wording(), actor, now())
    except Conflict:
        return _clock_page(slug, 409)
    return _done(slug, ADDED)


def _done(slug: str, words: str) -> AnyResponse:
    flash(current_language().say(words))
    return see_other("services_desk.clock", slug=slug, _anchor="klart")


def _clock_page(slug: str, status: int = 200) -> Response:
    actor, found = signed_in(), queries.wordings_of(reader(), slug)
    shown = page(
        "services/register_clock.html",
        status,
        title=found[0].title,
        slug=slug,
        wordings=[(row, legal_clock_of(row)) for row in found],
        today=local_day(now()),
        may_verify=may(actor, Deed.VERIFY_LAW),
        overtaken=status == 409,
        **WORDS,
    )
    return keep_private(shown)


def _verify_page(row: LegalClockRow, form: VerifyForm, status: int) -> Response:
    return _form_page("services/verify.html", row, form, status)


def _form_page(template: str, row: LegalClockRow, form: Any, status: int) -> Response:
    shown = page(template, status, row=row, wording=legal_clock_of(row), form=form, **WORDS)
    return keep_private(shown)
