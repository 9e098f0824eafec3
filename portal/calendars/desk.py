"""Where staff write the calendars that promises are timed by."""

from flask import Blueprint, Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts.gate import require, require_in
from portal.accounts.rules import Actor, Deed, may_in
from portal.calendars import actions, revisions
from portal.calendars.draft import Judgement, Typed, judge, typed_of
from portal.calendars.forms import (
    CalendarForm,
    PublishForm,
    seen_mark,
    typed_from,
    with_days,
    with_room,
)
from portal.calendars.models import CalendarRevision
from portal.calendars.opening import hours_of
from portal.calendars.revisions import Place, place_of
from portal.calendars.shown import calendar_view, said_from, suggested_days
from portal.clock import local_day, now
from portal.errors import Conflict, NotFound
from portal.i18n import N_
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private

SAVED = N_("Utkastet är sparat. Inget gäller förrän det publiceras.")
PUBLISHED = N_("Kalendern är publicerad. Den gäller för ärenden som kommer in från och med nu.")
DISCARDED = N_("Utkastet är borta. Kalendern som gällde gäller fortfarande.")
ROOM_FOR_DAYS = 5
# The buttons of the draft's page, besides the one that saves.
DO, MORE_SEASONS, MORE_DAYS, TAKE_OVER = "gor", "period", "rader", "forslag"

staff = Blueprint("calendars_desk", __name__, url_prefix="/redaktion")


@staff.get("/kalendrar")
def calendars() -> Response:
    """Show staff who goes by which calendar, and who may write it."""
    actor = require(Deed.EDIT_CALENDAR)
    held = revisions.holdings(reader(), now())
    mine = {each.place.key for each in held if _may_edit(actor, each.place)}
    return keep_private(page("calendars/calendars.html", held=held, mine=mine))


@staff.post("/kalendrar")
def begin() -> AnyResponse:
    """Let somebody begin a draft from the calendar in force, or go on with the one that is there."""
    place = revisions.find_place(reader(), request.form.get("plats", ""))
    require_in(Deed.EDIT_CALENDAR, place.department.id if place.department else None)
    with transaction() as db:
        number = actions.begin(db, place, now()).number
    return see_other("calendars_desk.write", number=number)


@staff.get("/kalendrar/<int(max=2147483647):number>")
def calendar(number: int) -> Response:
    """Show a revision in words, with examples of how time is counted under it."""
    actor = require(Deed.EDIT_CALENDAR)
    return _calendar_page(revisions.revision_by_number(reader(), number), actor)


@staff.get("/kalendrar/<int(max=2147483647):number>/andra")
def write(number: int) -> AnyResponse:
    """Show a draft as a form to write in."""
    draft, _ = _editable(number)
    if draft.published_at is not None:
        return see_other("calendars_desk.calendar", number=number)
    form = CalendarForm(formdata=None, data={"name": draft.name, "seen": seen_mark(draft)})
    typed = typed_of(draft.name, hours_of(draft.content))
    return _draft_page(draft, form, with_room(typed, seasons=int(not typed.seasons), days=ROOM_FOR_DAYS))


@staff.post("/kalendrar/<int(max=2147483647):number>/andra")
@form_checks_token
def save(number: int) -> AnyResponse:
    """Keep what somebody has typed as a whole, or nothing of it; or give more room to type in."""
    draft, actor = _editable(number)
    if draft.published_at is not None:
        return _calendar_page(draft, actor, 409)
    form = CalendarForm()
    typed = typed_from(form.name.data or "", request.form)
    if request.form.get(DO) in (MORE_SEASONS, MORE_DAYS, TAKE_OVER):
        return _draft_page(draft, form, _with_more(draft, typed))
    judgement = judge(typed, start=said_from(draft, local_day(now())))
    if not form.validate() or judgement.hours is None:
        return _draft_page(draft, form, typed, 422, judgement)
    try:
        _save(number, form, judgement)
    except Conflict:
        return _overtaken(number, form, typed, actor)
    flash(current_language().say(SAVED))
    return see_other("calendars_desk.calendar", number=number, _anchor="klart")


@staff.get("/kalendrar/<int(max=2147483647):number>/publicera")
def look_again(number: int) -> AnyResponse:
    """Say what publishing a draft will do, before it is done."""
    draft, _ = _editable(number)
    if draft.published_at is not None:
        return see_other("calendars_desk.calendar", number=number)
    if not draft.name:
        return see_other("calendars_desk.write", number=number)
    return _publish_page(draft)


@staff.post("/kalendrar/<int(max=2147483647):number>/publicera")
@form_checks_token
def publish(number: int) -> AnyResponse:
    """Let a draft hold from now on, as it was shown."""
    draft, actor = _editable(number)
    if draft.published_at is not None:
        return _calendar_page(draft, actor, 409)
    form = PublishForm()
    if not form.validate():
        return _publish_page(draft, 422)
    try:
        with transaction() as db:
            actions.publish(db, _unchanged(db, number, form), actor.name, now())
    except Conflict:
        return _overtaken_publishing(number, actor)
    flash(current_language().say(PUBLISHED))
    return see_other("calendars_desk.calendar", number=number, _anchor="klart")


@staff.post("/kalendrar/<int(max=2147483647):number>/ta-bort")
def discard(number: int) -> AnyResponse:
    """Let somebody throw a draft away."""
    draft, actor = _editable(number)
    if draft.published_at is not None:
        return _calendar_page(draft, actor, 409)
    with transaction() as db:
        actions.discard(db, revisions.revision_to_change(db, number))
    flash(current_language().say(DISCARDED))
    return see_other("calendars_desk.calendars", _anchor="klart")


def _may_edit(actor: Actor, place: Place) -> bool:
    return may_in(actor, Deed.EDIT_CALENDAR, place.department.id if place.department else None)


def _editable(number: int) -> tuple[CalendarRevision, Actor]:
    """Give a revision that the one who is here may write, and who it is. Raises Forbidden."""
    require(Deed.EDIT_CALENDAR)
    found = revisions.revision_by_number(reader(), number)
    return found, require_in(Deed.EDIT_CALENDAR, found.department_id)


def _with_more(draft: CalendarRevision, typed: Typed) -> Typed:
    asked = request.form[DO]
    if asked == MORE_SEASONS:
        return with_room(typed, seasons=1, days=ROOM_FOR_DAYS)
    if asked == MORE_DAYS:
        return with_room(typed, days=2 * ROOM_FOR_DAYS)
    chosen = set(request.form.getlist("forslag-dag"))
    days = [row for row in suggested_days(reader(), draft, typed, now()) if row.day in chosen]
    return with_room(with_days(typed, days), days=ROOM_FOR_DAYS)


def _save(number: int, form: CalendarForm, judgement: Judgement) -> None:
    """Keep a draft. Raises Conflict when it has changed, been published or thrown away meanwhile."""
    with transaction() as db:
        draft = _unchanged(db, number, form)
        if judgement.hours is None:
            raise ValueError("only what is right is kept")
        actions.write(db, draft, form.name.data or "", judgement.hours, now())


def _unchanged(db: Session, number: int, form: CalendarForm | PublishForm) -> CalendarRevision:
    """Give the draft to change. Raises Conflict when it is not as it was when the page was drawn."""
    try:
        draft = revisions.revision_to_change(db, number)
    except NotFound as error:
        raise Conflict(f"calendar {number} is gone") from error
    require_in(Deed.EDIT_CALENDAR, draft.department_id)
    if draft.published_at is not None or form.seen.data != seen_mark(draft):
        raise Conflict(f"calendar {number} has changed")
    return draft


def _overtaken(number: int, form: CalendarForm, typed: Typed, actor: Actor) -> Response:
    """Show what was typed beside what somebody else has saved, to send again on purpose."""
    draft = revisions.revision_by_number(reader(), number)
    if draft.published_at is not None:
        return _calendar_page(draft, actor, 409)
    form.see(draft)
    return _draft_page(draft, form, typed, 409)


def _overtaken_publishing(number: int, actor: Actor) -> Response:
    draft = revisions.revision_by_number(reader(), number)
    if draft.published_at is not None:
        return _calendar_page(draft, actor, 409)
    return _publish_page(draft, 409)


def _calendar_page(revision: CalendarRevision, actor: Actor, status: int = 200) -> Response:
    view = calendar_view(reader(), revision, now(), current_language())
    may_edit = _may_edit(actor, view.place)
    draft = revisions.draft_of(reader(), view.place)
    shown = page(
        "calendars/calendar.html", status, view=view, may_edit=may_edit, draft=draft, refused=status == 409
    )
    return keep_private(shown)


def _draft_page(
    draft: CalendarRevision,
    form: CalendarForm,
    typed: Typed,
    status: int = 200,
    judgement: Judgement | None = None,
) -> Response:
    shown = page(
        "calendars/draft.html",
        status,
        draft=draft,
        place=place_of(draft),
        form=form,
        typed=typed,
        judgement=judgement or Judgement(),
        suggested=suggested_days(reader(), draft, typed, now()),
        above=revisions.latest_of(reader(), place_of(draft).above, now()),
        overtaken=status == 409,
    )
    return keep_private(shown)


def _publish_page(draft: CalendarRevision, status: int = 200) -> Response:
    at, place = now(), place_of(draft)
    held = revisions.holdings(reader(), at)
    form = PublishForm(formdata=None, data={"seen": seen_mark(draft)})
    shown = page(
        "calendars/publish.html",
        status,
        view=calendar_view(reader(), draft, at, current_language()),
        form=form,
        heirs=actions.heirs_of(held, place),
        followers=actions.followers_of(held, place),
        overtaken=status == 409,
        stale=status == 422,
    )
    return keep_private(shown)
