"""Where staff write pledges: the list, a draft as it is written, and every move towards a decision."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts.gate import require
from portal.accounts.rules import Actor, Deed, departments
from portal.authoring import actions, fitted, queries
from portal.authoring.checks import Finding, looser
from portal.authoring.content import Content
from portal.authoring.differences import differences, place_names
from portal.authoring.forms import DraftForm
from portal.authoring.gate import require_in, require_reading
from portal.authoring.laws import in_words
from portal.authoring.models import PledgeDraft
from portal.authoring.move_forms import DecideForm, MoveForm, PublishForm
from portal.authoring.rules import STEPS, Move, deed_of
from portal.authoring.sheet import Sheet, sheet_of
from portal.authoring.shelf import name_of, shelves, waiting
from portal.authoring.words import BUTTONS, DONE, HAPPENED, MARKS, STATES, TITLES, WROTE_OVER
from portal.clock import local_day, now
from portal.departments.queries import all_departments, department_ids
from portal.errors import Conflict, NotFound
from portal.i18n import Text
from portal.pledgebook.changes import Change, facts_of
from portal.pledgebook.queries import pledge_by_slug
from portal.web.language import current_language
from portal.web.portal import portal, reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private

desk = Blueprint("authoring_desk", __name__, url_prefix="/redaktion/loften")
WORDS = {"states": STATES, "marks": MARKS, "happened": HAPPENED, "titles": TITLES, "buttons": BUTTONS}


@desk.get("")
def pledges() -> Response:
    """Show somebody the pledges they write for, the drafts under way, and what waits for them."""
    actor, db = require(Deed.WRITE_PLEDGE), reader()
    mine = departments(actor, Deed.WRITE_PLEDGE)
    found = shelves(
        queries.pledges_in(db, mine),
        queries.open_drafts(db, mine),
        all_departments(db),
        actor,
        local_day(now()),
    )
    shown = page(
        "authoring/pledges.html", shelves=found, waiting=waiting(found, actor), name_of=name_of, words=WORDS
    )
    return keep_private(shown)


@desk.post("/nytt")
def begin() -> AnyResponse:
    """Let somebody begin a new pledge for a department, or for the whole municipality."""
    slug, known = request.form.get("department", ""), department_ids(reader())
    if slug and slug not in known:
        raise NotFound(f"no department {slug}")
    department_id = known[slug] if slug else None
    actor = require_in(Deed.WRITE_PLEDGE, department_id)
    with transaction() as db:
        draft_id = actions.start_draft(db, actor, department_id, None, Content(), now()).id
    return see_other("authoring_desk.draft", draft_id=draft_id)


@desk.get("/utkast/<int(max=2147483647):draft_id>")
def draft(draft_id: int) -> Response:
    """Show a draft: as a form to whoever may write in it now, and as a text to all others."""
    sheet = _sheet(queries.draft_by_id(reader(), draft_id))
    return _page(sheet)


@desk.post("/utkast/<int(max=2147483647):draft_id>")
@form_checks_token
def save(draft_id: int) -> AnyResponse:
    """Let somebody save what they have written, however much is missing; nothing is lost on a problem."""
    sheet = _sheet(queries.draft_by_id(reader(), draft_id))
    actor = require_in(Deed.WRITE_PLEDGE, sheet.draft.department_id)
    form = fitted.draft_form(sheet, local_day(now()), current_language())
    if not form.validate():
        return _page(sheet, form, status=422)
    try:
        _save(draft_id, actor, form)
    except Conflict:
        return _overtaken(draft_id, form)
    flash(current_language().gettext("Utkastet är sparat."))
    if "visa" in request.form:
        return see_other("authoring_desk.preview", draft_id=draft_id)
    return see_other("authoring_desk.draft", draft_id=draft_id, _anchor="klart")


def _save(draft_id: int, actor: Actor, form: DraftForm) -> None:
    """Raises Conflict, and then nothing is changed."""
    at = now()
    with transaction() as db:
        found = queries.draft_to_change(db, draft_id)
        if form.replaces.data:
            actions.keep_replaced(db, found, actor, WROTE_OVER, at)
        actions.save_draft(db, found, actor, form.values(), form.read_revision, at)


def _overtaken(draft_id: int, form: DraftForm) -> Response:
    """Show what was typed beside what somebody else saved meanwhile: to be sent again, knowingly."""
    sheet = _sheet(queries.draft_by_id(reader(), draft_id))
    typed = form.values()
    others = differences(sheet.content, typed, sheet.services, sheet.keepers)
    again = fitted.draft_form(sheet, local_day(now()), current_language())
    again.revision.data, again.replaces.data = str(sheet.draft.revision), "1"
    return _page(sheet, again, status=409, others=others)


@desk.get("/utkast/<int(max=2147483647):draft_id>/forhandsvisning")
def preview(draft_id: int) -> Response:
    """Show a draft as the public page will read."""
    found = queries.draft_by_id(reader(), draft_id)
    require_reading(found.department_id)
    sheet = _sheet(found)
    version = sheet.content.as_version((sheet.last.number if sheet.last else 0) + 1)
    shown = page(
        "authoring/preview.html",
        sheet=sheet,
        version=version,
        name_of=name_of,
        places=_places(sheet),
        facts_of=facts_of,
    )
    return keep_private(shown)


@desk.get("/utkast/<int(max=2147483647):draft_id>/skillnad")
def difference(draft_id: int) -> Response:
    """Show what a draft changes in the version before it."""
    sheet = _sheet(queries.draft_by_id(reader(), draft_id))
    if sheet.draft.pledge is None or sheet.last is None:
        raise NotFound(f"draft {draft_id} changes no pledge")
    pledge = pledge_by_slug(reader(), sheet.draft.pledge.slug)
    before = Content.of(pledge, sheet.last)
    found = differences(before, sheet.content, sheet.services, sheet.keepers)
    return keep_private(
        page("authoring/difference.html", sheet=sheet, changes=found, name_of=name_of, words=WORDS)
    )


@desk.post(
    "/utkast/<int(max=2147483647):draft_id>/<any(skicka, tillbaka, granska, besluta, publicera, slang):slug>"
)
@form_checks_token
def move(draft_id: int, slug: str) -> AnyResponse:
    """Let somebody move a draft on, back or away, unless it has changed since they looked."""
    to, found = Move(slug), queries.draft_by_id(reader(), draft_id)
    actor = require_in(deed_of(to, found.state), found.department_id)
    sheet = _sheet(found)
    form = _move_form(to, sheet)
    if _just_made(found, to, form, actor):
        return _moved(found, to)
    if not form.validate() or _unfinished(sheet, to):
        return _page(sheet, moved=(to, form), status=422)
    try:
        with transaction() as db:
            _move(queries.draft_to_change(db, draft_id), to, form, actor, db)
    except Conflict:
        return _moved_meanwhile(draft_id, to, form, actor)
    return _moved(queries.draft_by_id(reader(), draft_id), to)


def _moved(found: PledgeDraft, to: Move) -> AnyResponse:
    versions = found.pledge.versions if found.pledge else ()
    first = next((one.valid_from for one in versions if one.id == found.version_id), None)
    values = {"day": current_language().full_day(first)} if first else {}
    flash(current_language().say(Text(DONE[to], values)))
    if to is Move.DROP:
        return see_other("authoring_desk.pledges", _anchor="klart")
    return see_other("authoring_desk.draft", draft_id=found.id, _anchor="klart")


def _just_made(found: PledgeDraft, to: Move, form: MoveForm, actor: Actor) -> bool:
    """Say whether the same person has made this move from this very page already: a button pressed twice."""
    last = found.steps[-1] if found.steps else None
    is_there = found.state is STEPS[to].leads and found.revision == form.read_revision + 1
    return is_there and last is not None and (last.state, last.staff_id) == (found.state, actor.id)


def _unfinished(sheet: Sheet, to: Move) -> tuple[Finding, ...]:
    """Give what stops a move. The form of publishing holds the promise to the law itself, by its own first day."""
    if to in (Move.SEND, Move.RETURN, Move.DROP):
        return ()
    return tuple(one for one in sheet.missing if to is not Move.PUBLISH or one.field != "law")


def _moved_meanwhile(draft_id: int, to: Move, form: MoveForm, actor: Actor) -> AnyResponse:
    """Show the draft as it is now, with what was typed: to be sent again where it still fits."""
    found = queries.draft_by_id(reader(), draft_id)
    if _just_made(found, to, form, actor):
        return _moved(found, to)
    sheet = _sheet(found)
    form.revision.data = str(sheet.draft.revision)
    return _page(sheet, moved=(to, form), status=409)


def _move(found: PledgeDraft, to: Move, form: MoveForm, actor: Actor, db: Any) -> None:
    """Raises Forbidden or Conflict, and then nothing is changed."""
    require_in(deed_of(to, found.state), found.department_id)
    at, base_url, revision = now(), portal().settings.base_url, form.read_revision
    if isinstance(form, DecideForm):
        actions.decide(db, found, actor, form.decision(), revision, at)
    elif isinstance(form, PublishForm) and form.valid_from.data is not None:
        actions.publish(
            db,
            found,
            actor,
            valid_from=form.valid_from.data,
            slug=form.address,
            revision=revision,
            base_url=base_url,
            at=at,
        )
    else:
        actions.move(db, found, actor, to, form.note, revision, base_url, at)


def _sheet(found: PledgeDraft) -> Sheet:
    actor = require_reading(found.department_id)
    return sheet_of(reader(), found, actor, now())


def _move_form(to: Move, sheet: Sheet, *, fresh: bool = False) -> MoveForm:
    taken = queries.slugs_taken(reader()) if to is Move.PUBLISH else frozenset()
    return fitted.move_form(to, sheet, local_day(now()), current_language(), taken, fresh=fresh)


def _page(
    sheet: Sheet,
    form: DraftForm | None = None,
    *,
    moved: tuple[Move, MoveForm] | None = None,
    others: Sequence[Change] = (),
    status: int = 200,
) -> Response:
    moves: Mapping[Move, MoveForm] = {
        to: moved[1] if moved and moved[0] is to else _move_form(to, sheet, fresh=True) for to in sheet.moves
    }
    writing = form or (
        fitted.draft_form(sheet, local_day(now()), current_language(), fresh=True)
        if sheet.may_write
        else None
    )
    found = looser(sheet.content, sheet.calendar)
    shown = page(
        "authoring/draft.html",
        status,
        sheet=sheet,
        form=writing,
        moves=moves,
        moved=moved,
        others=others,
        words=WORDS,
        name_of=name_of,
        is_conflict=status == 409,
        places=_places(sheet),
        version=sheet.content.as_version(),
        facts_of=facts_of,
        decided_on=actions.decided_on,
        replaced=_replaced(sheet),
        too_late=in_words(found, current_language()) if found else None,
    )
    return keep_private(shown)


def _replaced(sheet: Sheet) -> Mapping[int, Sequence[Change]]:
    """Give, for each time somebody wrote over somebody else, what would come back."""
    return {
        step.id: differences(sheet.content, Content.read(step.content), sheet.services, sheet.keepers)
        for step in sheet.draft.steps
        if step.note == WROTE_OVER and step.content
    }


def _places(sheet: Sheet) -> Sequence[str]:
    return place_names(sheet.content.scopes, sheet.services).splitlines()
