"""The citizen's side of a case. The key is the permission; whoever has it needs no name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from portal.calendars.queries import calendar
from portal.cases import actions, queries, timeline
from portal.cases.access import Access
from portal.cases.aside import law_lines, right_of
from portal.cases.forms import FindForm, ReopenForm, ReplyForm, RequestForm, TokenForm, WithdrawForm
from portal.cases.gate import access
from portal.cases.intake import CITIZEN, Who
from portal.cases.legal.times import calendar_number, laws_of
from portal.cases.legal_deeds import request_decision
from portal.cases.models import Case
from portal.cases.promised import Promised
from portal.cases.rules import ActorKind, may_reopen
from portal.cases.turns import reopen, withdraw
from portal.cases.writing import was_received
from portal.clock import local_day, now
from portal.departments.hours import hours_in_words
from portal.errors import Conflict, NotFound
from portal.files.actions import keep
from portal.files.ingest import Ingested
from portal.files.views import download, file_store
from portal.i18n import N_
from portal.pledgebook.figures.outcomes import Outcome
from portal.pledgebook.queries import outcome_so_far
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private, limiter

ATTEMPTS = "20 per minute"
LARGEST_REPLY = 32_000_000


@dataclass(frozen=True)
class Turn:
    """What a citizen can do to a case beside writing in it; `done` is what is said when it is done."""

    form: type[TokenForm]
    does: Callable[[Session, Case, Who, str, Access, datetime, str], None]
    done: str


def _request(db: Session, case: Case, who: Who, text: str, access: Access, at: datetime, token: str) -> None:
    request_decision(db, case, who, access, at, token)


TURNS: Mapping[str, Turn] = {
    "oppna-igen": Turn(ReopenForm, reopen, N_("Ärendet är öppet igen. Det syns under Det här har hänt.")),
    "ta-tillbaka": Turn(
        WithdrawForm, withdraw, N_("Du har tagit tillbaka ditt ärende, och det är avslutat.")
    ),
    "begar-beslut": Turn(RequestForm, _request, N_("Vi har tagit emot din begäran om beslut.")),
}

public = Blueprint("cases", __name__)


@public.route("/arende", methods=["GET", "POST"])
@form_checks_token
@limiter.limit(ATTEMPTS, methods=["POST"])
def find() -> AnyResponse:
    """Let somebody open their case with its reference and key."""
    form = FindForm()
    if request.method != "POST":
        return _find_page(form)
    if not form.validate():
        return _find_page(form, 422)
    key = form.key.data or ""
    try:
        case = queries.case_by_key(reader(), form.reference.data or "", key, access())
    except NotFound:
        return _refused(form.reference.data or "")
    return see_other("cases.track", reference=case.reference, nyckel=access().key(case))


@public.get("/arende/<reference>")
def track(reference: str) -> Response:
    """Show the citizen where the case stands."""
    key = request.args.get("nyckel", "")
    if not key:
        return _find_page(FindForm(reference=reference))
    try:
        case = queries.case_by_key(reader(), reference, key, access())
    except NotFound:
        return _refused(reference)
    return _tracker(case, ReplyForm())


@public.post("/arende/<reference>")
@form_checks_token
@limiter.limit(ATTEMPTS)
def reply(reference: str) -> AnyResponse:
    """Take in what the citizen writes, as an answer when we have asked for one."""
    request.max_content_length = LARGEST_REPLY
    try:
        case = queries.case_by_key(reader(), reference, request.args.get("nyckel", ""), access())
    except NotFound:
        return _refused(reference)
    at, form = now(), ReplyForm()
    pictures = form.take_in(at) if form.validate() else None
    if pictures is None:
        form.ask_again()
        return _tracker(case, form, 422)
    try:
        with transaction() as db:
            _receive(db, case.id, form, pictures, at)
    except Conflict:
        return _tracker(queries.case_by_id(reader(), case.id), form, 409)
    key = access().key(case)
    return see_other("cases.track", reference=case.reference, nyckel=key, skickat="ja", _anchor="tack")


def _receive(db: Session, case_id: int, form: ReplyForm, pictures: Sequence[Ingested], at: datetime) -> None:
    case, token = queries.case_to_change(db, case_id), form.token.data or ""
    if was_received(case, token):
        return
    store, text = file_store(), form.text.data or ""
    file_ids = [keep(db, store, picture, at).id for picture in pictures]
    actions.receive(db, case, CITIZEN, text, file_ids=file_ids, access=access(), at=at, token=token)


@public.post("/arende/<reference>/<turn>")
@form_checks_token
@limiter.limit(ATTEMPTS)
def turn(reference: str, turn: str) -> AnyResponse:
    """Let the citizen open the case again, take it back, or ask that it be decided: each once, however often it is sent."""
    chosen = TURNS.get(turn)
    if chosen is None:
        raise NotFound(f"no turn {turn}")
    try:
        case = queries.case_by_key(reader(), reference, request.args.get("nyckel", ""), access())
    except NotFound:
        return _refused(reference)
    form = chosen.form(prefix=turn)
    if not form.validate():
        return _tracker(case, ReplyForm(formdata=None), 422, sent=form)
    try:
        with transaction() as db:
            locked = queries.case_to_change(db, case.id)
            chosen.does(db, locked, CITIZEN, form.words, access(), now(), form.token.data or "")
    except Conflict:
        return _tracker(queries.case_by_id(reader(), case.id), ReplyForm(formdata=None), 409, sent=form)
    key = access().key(case)
    return see_other("cases.track", reference=case.reference, nyckel=key, gjort=turn, _anchor="tack")


@public.get("/arende/<reference>/fil/<int:file_id>")
def file(reference: str, file_id: int) -> Response:
    """Give the citizen a file of the case."""
    case = queries.case_by_key(reader(), reference, request.args.get("nyckel", ""), access())
    kept = queries.file_in_case(case, file_id)
    return keep_private(download(kept.file, file_store()))


def _find_page(form: FindForm, status: int = 200) -> Response:
    return keep_private(page("cases/find.html", status, form=form))


def _refused(reference: str) -> Response:
    """Answer in the same way to a wrong key, an unknown reference and a case that is secret."""
    form = FindForm(formdata=None, reference=reference)
    form.refuse()
    return _find_page(form, 404)


def _tracker(case: Case, form: ReplyForm, status: int = 200, sent: TokenForm | None = None) -> Response:
    at, tongue = now(), current_language()
    view = timeline.track(case, at, partial(calendar, reader()), tongue)
    if view.question:
        form.ask_for_answer()
    response = page(
        "cases/track.html",
        status,
        case=case,
        view=view,
        form=form,
        sent=sent,
        turns={slug: _form_of(one, slug, sent) for slug, one in TURNS.items()},
        done=TURNS[done].done if (done := request.args.get("gjort", "")) in TURNS else "",
        may_reopen=may_reopen(ActorKind.CITIZEN, case.outcome, case.closed_at, at),
        right=right_of(case, calendar(reader(), calendar_number(case)), local_day(at)),
        laws=law_lines(laws_of(reader(), case, local_day(at)), local_day(at), tongue),
        key=access().key(case),
        is_sent=request.args.get("skickat") == "ja",
        unsent=_unsent(form, sent, status, is_closed=view.is_closed),
        outcome=_outcome(reader(), case, view.promise, local_day(at)),
        hours=hours_in_words(case.department.hours, tongue),
        address=timeline.masked(case.contact_email),
        channel=timeline.CHANNELS[case.channel],
    )
    return keep_private(response)


def _unsent(form: ReplyForm, sent: TokenForm | None, status: int, *, is_closed: bool) -> str:
    """Give what was typed and could not be taken in, since something else happened first."""
    if sent is not None:
        return sent.words if status == 409 else ""
    return str(form.text.data or "") if is_closed else ""


def _form_of(turn: Turn, slug: str, sent: TokenForm | None) -> TokenForm:
    """Give the form to draw: the one that was sent, as it was filled in, or a fresh one."""
    return sent if isinstance(sent, turn.form) else turn.form(formdata=None, prefix=slug)


def _outcome(db: Session, case: Case, promise: Promised | None, today: date) -> Outcome | None:
    """Give how the promise that the page is about has gone for everybody so far."""
    if promise is None:
        return None
    version = next(clock.version for clock in case.clocks if clock.version_id == promise.version_id)
    return outcome_so_far(db, version, today)
