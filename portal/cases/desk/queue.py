"""Where staff work with cases: the queue, and one case with all that can be done to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, flash, request
from werkzeug.wrappers import Response as AnyResponse

from pledges.local_time import end_of_day
from portal.accounts.gate import require
from portal.accounts.rules import Actor, Deed, departments, may
from portal.calendars.queries import calendar
from portal.cases import queries
from portal.cases.desk.case import desk_view
from portal.cases.desk.forms import Around, DeedForm, Double
from portal.cases.desk.handling import Doing, Handling, done_already, must_be_fresh
from portal.cases.desk.log import entries
from portal.cases.desk.offer import handling, offered
from portal.cases.desk.rows import chosen_row, grouped, preview, rows_of, sentence
from portal.cases.gate import access
from portal.cases.intake import Who
from portal.cases.legal.times import laws_of
from portal.cases.models import Case, CaseEvent
from portal.cases.queries import Queue, Reach
from portal.cases.rules import ActorKind
from portal.clock import local_day, now
from portal.departments.queries import all_departments
from portal.errors import Conflict
from portal.files.views import download, file_store
from portal.i18n import N_, Text
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other, wanted_page
from portal.web.security import form_checks_token, keep_private

PER_PAGE = 50
MOST_PAGES = 10_000
LONGEST_SEARCH = 100
DONE_BEFORE = N_("Det är redan gjort.")
QUEUES: Mapping[str, tuple[Queue, str]] = {
    "mina": (Queue.MINE, N_("Min kö")),
    "oppna": (Queue.OPEN, N_("Alla öppna")),
    "forsenade": (Queue.LATE, N_("Försenade")),
    "vantar": (Queue.WAITING, N_("Väntar på invånaren")),
    "klara": (Queue.CLOSED, N_("Klara")),
}

staff = Blueprint("cases_desk", __name__, url_prefix="/arbete")


@dataclass(frozen=True)
class Asked:
    """What list an officer asked for: one of the queues, or everything that mentions some words."""

    slug: str
    words: str

    @property
    def queue(self) -> Queue:
        """The list to look in; a search looks everywhere."""
        return Queue.ALL if self.words else QUEUES[self.slug][0]

    @property
    def arguments(self) -> dict[str, str]:
        """What keeps the choice from one address to the next."""
        return {"q": self.words} if self.words else {"ko": self.slug}


def _asked() -> Asked:
    slug = request.args.get("ko", "mina")
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    return Asked(slug if slug in QUEUES else "mina", words)


@staff.get("/")
def queue() -> Response:
    """Show an officer which cases to take care of, the most urgent first."""
    actor, asked, at, tongue = require(Deed.READ_CASE), _asked(), now(), current_language()
    reach = Reach(actor.id, departments(actor, Deed.READ_CASE))
    number = wanted_page(MOST_PAGES)
    found = queries.queue_page(
        reader(), reach, asked.queue, asked.words, at, start=(number - 1) * PER_PAGE, size=PER_PAGE
    )
    rows = rows_of(found[:PER_PAGE], at, partial(calendar, reader()), tongue)
    chosen = chosen_row(rows, request.args.get("valt", ""))
    pressed = Queue.MINE if asked.queue is Queue.MINE else Queue.OPEN
    shown = page(
        "cases/queue.html",
        asked=asked,
        queues=QUEUES,
        counts=queries.queue_counts(reader(), reach, at),
        said=sentence(queries.pressing(reader(), reach, pressed, at, end_of_day(local_day(at))), tongue),
        groups=grouped(rows, local_day(at), tongue),
        chosen=preview(chosen, at, tongue) if chosen else None,
        is_chosen="valt" in request.args,
        at=at,
        number=number,
        has_more=len(found) > PER_PAGE,
    )
    return keep_private(shown)


@staff.get("/arenden/<reference>")
def case(reference: str) -> Response:
    """Show an officer a case with all that is known, and what can be done."""
    found = queries.case_for_staff(reader(), reference)
    actor = require(Deed.READ_CASE, found.department_id)
    return _case_page(found, actor)


@staff.get("/arenden/<reference>/fil/<int:file_id>")
def file(reference: str, file_id: int) -> Response:
    """Give an officer a file of the case."""
    require(Deed.READ_CASE)
    found = queries.case_for_staff(reader(), reference)
    require(Deed.READ_CASE, found.department_id)
    return keep_private(download(queries.file_in_case(found, file_id).file, file_store()))


@staff.post("/arenden/<reference>/<slug>")
@form_checks_token
def act(reference: str, slug: str) -> AnyResponse:
    """Let an officer do something to a case, unless it has changed since they looked."""
    deed = handling(slug)
    actor = require(deed.right)
    found = queries.case_for_staff(reader(), reference)
    form = _form(deed, found, actor)
    if done_already(found, deed, form, actor.id):
        return _onward(Done(Text(DONE_BEFORE), found.reference, found.department_id), actor)
    require(deed.right, found.department_id)
    if not form.validate():
        return _case_page(found, actor, (deed, form), 422)
    try:
        done = _do(deed, found.id, form, actor)
    except Conflict:
        return _overtaken(found.id, deed, form, actor)
    return _onward(done, actor)


@dataclass(frozen=True)
class Done:
    """What is left of a deed after its change: the sentence that confirms it, and where the case is now."""

    words: Text
    reference: str
    department_id: int


def _do(deed: Handling, case_id: int, form: DeedForm, actor: Actor) -> Done:
    """Do a deed in one change. Raises Forbidden or Conflict (Stale among them), and then nothing is changed."""
    with transaction() as db:
        case = queries.case_to_change(db, case_id)
        words = Text(DONE_BEFORE)
        if not done_already(case, deed, form, actor.id):
            require(deed.right, case.department_id)
            must_be_fresh(case, form)
            who = Who(ActorKind.STAFF, actor.id, actor.name)
            words = deed.does(Doing(db, case, who, access(), current_language(), now()), form)
        return Done(words, case.reference, case.department_id)


def _onward(done: Done, actor: Actor) -> AnyResponse:
    """Confirm, and go back to the case, or to the queue when the case is out of the officer's reach now."""
    flash(current_language().say(done.words))
    if may(actor, Deed.READ_CASE, done.department_id):
        return see_other("cases_desk.case", reference=done.reference, _anchor="klart")
    return see_other("cases_desk.queue", _anchor="klart")


def _overtaken(case_id: int, deed: Handling, form: DeedForm, actor: Actor) -> Response:
    """Show the case as it is now, what has happened since, and what was typed: to send again where it still fits."""
    case = queries.case_by_id(reader(), case_id)
    news = [event for event in case.events if event.id > form.seen_id]
    again = _form(deed, case, actor)
    again.see(case)
    return _case_page(case, actor, (deed, again), 409, news)


def _case_page(
    case: Case,
    actor: Actor,
    sent: tuple[Handling, DeedForm] | None = None,
    status: int = 200,
    news: Sequence[CaseEvent] = (),
) -> Response:
    around = _around(case, actor)
    deeds = offered(case, around, actor)
    is_offered = sent is not None and sent[0] in deeds
    shown = page(
        "cases/desk_case.html",
        status,
        case=case,
        desk=desk_view(case, now(), partial(calendar, reader()), current_language(), around.laws),
        offered_slugs={deed.slug for deed in deeds},
        deeds=[_drawn(deed, case, around, sent) for deed in deeds],
        sent=sent[1] if sent and is_offered else None,
        unsent=sent[1].words if sent and not is_offered else "",
        news=entries(case, news, current_language()),
        by_others=any(
            event.actor_id != actor.id for event in news if event.actor_kind is not ActorKind.SYSTEM
        ),
        wanted=sent[0].slug if sent else request.args.get("gor", ""),
    )
    return keep_private(shown)


def _drawn(
    deed: Handling, case: Case, around: Around, sent: tuple[Handling, DeedForm] | None
) -> tuple[Handling, DeedForm]:
    """Give the form to draw: the one that was sent, as it was typed, or a fresh one."""
    if sent is not None and sent[0] is deed:
        return sent
    form = deed.form(formdata=None, prefix=deed.slug)
    form.about(case, around)
    return deed, form


def _form(deed: Handling, case: Case, actor: Actor) -> DeedForm:
    form = deed.form(prefix=deed.slug)
    form.about(case, _around(case, actor))
    return form


def _around(case: Case, actor: Actor) -> Around:
    db = reader()
    return Around(
        today=local_day(now()),
        staff_id=actor.id,
        officers=queries.officers_of(db, case.department_id),
        departments=all_departments(db),
        is_reference=lambda reference: queries.is_reference(reader(), reference),
        double=lambda reference: _double(case, reference, actor),
        laws=laws_of(db, case, local_day(now())),
    )


def _double(case: Case, reference: str, actor: Actor) -> Double | None:
    found = queries.open_case_of(reader(), case.service_id, reference)
    if found is None or found.id == case.id or not may(actor, Deed.HANDLE_CASE, found.department_id):
        return None
    return Double(found.id, found.reference)
