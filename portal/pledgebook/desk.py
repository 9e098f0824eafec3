"""Where staff write why a month went as it did."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, flash
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts.gate import require, require_in
from portal.accounts.rules import Deed
from portal.clock import local_day, now
from portal.i18n import N_, Text
from portal.pledgebook.figures.outcomes import month_after, month_of
from portal.pledgebook.forms import MonthNoteForm
from portal.pledgebook.models import Pledge
from portal.pledgebook.notes import explain, notes_of
from portal.pledgebook.queries import pledge_by_slug
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private

MOST_MONTHS = 24
EXPLAINED = N_("Texten om %(month)s visas nu under löftet.")
KNOWN = N_("Texten om %(month)s fanns redan.")

months_desk = Blueprint("pledgebook_months", __name__, url_prefix="/redaktion/loften")


@months_desk.get("/<slug>/manader")
def months(slug: str) -> Response:
    """Show what is written about the months of a pledge, and let somebody write more."""
    require(Deed.EXPLAIN_MONTH)
    pledge = pledge_by_slug(reader(), slug)
    require_in(Deed.EXPLAIN_MONTH, pledge.department_id)
    return _page(pledge, _form(pledge))


@months_desk.post("/<slug>/manader")
@form_checks_token
def write(slug: str) -> AnyResponse:
    """Keep why a month went as it did, signed and dated; what was written before stays."""
    require(Deed.EXPLAIN_MONTH)
    pledge = pledge_by_slug(reader(), slug)
    actor = require_in(Deed.EXPLAIN_MONTH, pledge.department_id)
    form = _form(pledge)
    if not form.validate():
        return _page(pledge, form, 422)
    with transaction() as db:
        is_new = explain(db, pledge, form.chosen, form.text.data or "", actor, now())
    tongue = current_language()
    flash(tongue.say(Text(EXPLAINED if is_new else KNOWN, {"month": tongue.month(form.chosen)})))
    return see_other("pledgebook_months.months", slug=slug, _anchor="klart")


def _form(pledge: Pledge) -> MonthNoteForm:
    form = MonthNoteForm()
    form.offer(_months(pledge), current_language())
    return form


def _months(pledge: Pledge) -> Sequence[date]:
    """Give the months that can be explained, the latest first: those in which the pledge has held, up to this one."""
    this = month_of(local_day(now()))
    first = min((month_of(version.valid_from) for version in pledge.versions), default=this)
    latest = (month_after(this, -step) for step in range(MOST_MONTHS))
    return [month for month in latest if month >= first]


def _page(pledge: Pledge, form: MonthNoteForm, status: int = 200) -> Response:
    offered = _months(pledge)
    notes = notes_of(reader(), pledge.id, offered)
    shown = page(
        "pledgebook/month_notes.html",
        status,
        pledge=pledge,
        version=pledge.versions[0],
        form=form,
        notes=[(month, notes[month]) for month in offered if month in notes],
        can_write=bool(offered),
    )
    return keep_private(shown)
