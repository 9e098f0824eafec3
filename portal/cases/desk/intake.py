"""Where staff register a case for somebody who rings, visits, or writes a letter or an e-mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import Blueprint, Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from pledges.calendar import Calendar
from pledges.clock import read
from portal.accounts.gate import require
from portal.accounts.models import Staff
from portal.accounts.rules import Actor, Deed, may
from portal.calendars.queries import calendar, number_for
from portal.cases.actions import open_case
from portal.cases.desk.intake_forms import CategoryForm, RegisterForm, ServiceForm
from portal.cases.desk.words import LEVELS
from portal.cases.gate import access
from portal.cases.intake import Intake, OpenedCase, Who
from portal.cases.rules import ActorKind, Channel
from portal.cases.shown import shown
from portal.clock import local_day, now
from portal.departments.models import Department
from portal.drawings.desk import rosa_pips
from portal.drawings.shapes import Drawing
from portal.errors import NotFound
from portal.i18n import N_, Language, Text
from portal.pledgebook.promises import InForce, promise_of
from portal.pledgebook.queries import in_force
from portal.services.models import Secrecy, Service, ServiceCategory
from portal.services.queries import catalogue, find_service, service_by_slug
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private

TEMPLATE = "cases/desk_intake.html"
# The names in an address and of a button.
SERVICE, CATEGORY, COUNT = "tjanst", "kategori", "rakna"
# Up to and including each level, who may take care of the matter; the line goes where judgement begins.
BOUNDARIES: Mapping[int, str] = {
    2: N_("Kundtjänst svarar själv."),
    4: N_("Kundtjänst kan handlägga själv, om det är överenskommet med verksamheten."),
    6: N_("Verksamheten bedömer. Kundtjänst registrerar, men ger inget besked i sak."),
}
NOT_YOURS = N_(
    "Ärendet hamnar hos %(department)s, och du arbetar inte med deras ärenden. Be kundtjänst registrera det."
)
REGISTERED = N_("Ärendet %(reference)s är registrerat. Lovad dag: %(day)s.")
UNTIMED = N_("Ärendet %(reference)s är registrerat. Inget löfte har en tid för det.")
KNOWN = N_("Ärendet %(reference)s var redan registrerat.")

registry = Blueprint("cases_intake", __name__, url_prefix="/arbete")


@dataclass(frozen=True)
class Matter:
    """What a case is to be about: a service and, when it has any, one of its categories."""

    service: Service
    category: ServiceCategory | None

    @property
    def key(self) -> str:
        """The category's key; nothing without one."""
        return self.category.key if self.category else ""

    @property
    def name(self) -> str:
        """What it is called in a few words."""
        return self.category.name if self.category else self.service.name

    @property
    def department(self) -> Department:
        """Who will have the case."""
        return self.category.department if self.category else self.service.delivery_owner


@dataclass(frozen=True)
class About:
    """What staff should know of a service: its level, drawn and in a word, and who may take care of its cases."""

    service: Service
    pips: Drawing
    level: str
    who: str


@dataclass(frozen=True)
class Ahead:
    """A promise that the case will fall under, and its last day."""

    slug: str
    short: str
    due_on: date
    is_past: bool


@registry.get("/nytt")
def new() -> Response:
    """Let somebody on the staff begin a case: what it is about, then the form for it."""
    actor = require(Deed.HANDLE_CASE)
    service = _service()
    if service is None:
        return _service_page()
    matter = _matter(service)
    if matter is None:
        return _category_page(service)
    if not may(actor, Deed.HANDLE_CASE, matter.department.id):
        return _register_page(matter, None, 403)
    form = RegisterForm()
    form.about(matter.name, now())
    return _register_page(matter, form)


@registry.post("/nytt")
@form_checks_token
def register() -> AnyResponse:
    """Open the case that somebody on the staff has written down, or count its promises anew for another day."""
    actor, service = require(Deed.HANDLE_CASE), _service()
    matter = _matter(service) if service else None
    if matter is None:
        raise NotFound("no such service or category")
    form = RegisterForm()
    form.about(matter.name, now())
    if not may(actor, Deed.HANDLE_CASE, matter.department.id):
        return _register_page(matter, form, 403)
    if COUNT in request.form:
        return _register_page(matter, form, 200 if form.judge_time() else 422)
    if not form.validate():
        return _register_page(matter, form, 422)
    with transaction() as db:
        opened = _open(db, matter, form, actor)
        words, where = _confirmed(opened, current_language()), opened.case.department_id
        reference = opened.case.reference
    flash(current_language().say(words))
    if may(actor, Deed.READ_CASE, where):
        return see_other("cases_desk.case", reference=reference, _anchor="klart")
    return see_other("cases_desk.queue", _anchor="klart")


def _service() -> Service | None:
    """Give the service that the address names; None when it names none that a case can be registered for."""
    found = find_service(reader(), request.args.get(SERVICE, ""))
    return found if found is not None and found.secrecy is not Secrecy.SECRET else None


def _matter(service: Service) -> Matter | None:
    """Give what the address says that the case is about; None until a category is chosen, when there are any."""
    if not service.categories:
        return Matter(service, None)
    key = request.args.get(CATEGORY, "")
    return next((Matter(service, category) for category in service.categories if category.key == key), None)


def _open(db: Session, matter: Matter, form: RegisterForm, actor: Actor) -> OpenedCase:
    """Open the case; the same form twice opens one. Raises Forbidden when it ends up with others."""
    # Two clicks at once come one after the other.
    db.get_one(Staff, actor.id, with_for_update={"key_share": True})
    service = service_by_slug(db, matter.service.slug)
    opened = open_case(db, _intake(service, matter.key, form, actor), access(), form.at)
    if opened.new:
        require(Deed.HANDLE_CASE, opened.case.department_id)
    return opened


def _intake(service: Service, key: str, form: RegisterForm, actor: Actor) -> Intake:
    return Intake(
        submission=f"desk:{actor.id}:{form.submission.data}",
        service=service,
        category=key,
        title=form.title.data or "",
        description=form.description.data or "",
        place=form.place.data or "",
        channel=Channel(form.channel.data),
        language=form.language.data,
        contact_name=form.contact_name.data or "",
        contact_email=form.contact_email.data or "",
        contact_phone=form.contact_phone.data or "",
        received_at=form.received or form.at,
        who=Who(ActorKind.STAFF, actor.id, actor.name),
    )


def _confirmed(opened: OpenedCase, tongue: Language) -> Text:
    reference = opened.case.reference
    if not opened.new:
        return Text(KNOWN, {"reference": reference})
    due_on = min((clock.due_on for clock in shown(opened.case)), default=None)
    if due_on is None:
        return Text(UNTIMED, {"reference": reference})
    return Text(REGISTERED, {"reference": reference, "day": tongue.day(due_on)})


def _service_page() -> Response:
    services = [service for service in catalogue(reader()) if service.secrecy is not Secrecy.SECRET]
    form = ServiceForm(request.args)
    form.offer(services)
    is_wrong = SERVICE in request.args and not form.validate()
    groups = [(name, list(group)) for name, group in groupby(services, key=lambda one: one.department.name)]
    return keep_private(page(TEMPLATE, 422 if is_wrong else 200, choice=form, about=None, groups=groups))


def _category_page(service: Service) -> Response:
    form = CategoryForm(request.args)
    form.offer(service)
    is_wrong = CATEGORY in request.args and not form.validate()
    return keep_private(page(TEMPLATE, 422 if is_wrong else 200, choice=form, about=_about(service)))


def _register_page(matter: Matter, form: RegisterForm | None, status: int = 200) -> Response:
    """Show the form for a case; without form, or with 403, that the case is for others to register."""
    received = form.received if form else None
    shown = page(
        TEMPLATE,
        status,
        choice=None,
        about=_about(matter.service),
        matter=matter,
        form=form,
        refusal=Text(NOT_YOURS, {"department": matter.department.name}) if status == 403 else None,
        received=received,
        promises=_ahead(matter, received, now()) if received else (),
    )
    return keep_private(shown)


def _about(service: Service) -> About:
    level = service.rosa_level
    who = next(words for highest, words in BOUNDARIES.items() if level <= highest)
    return About(service, rosa_pips(level), LEVELS[level], who)


def _ahead(matter: Matter, received: datetime, at: datetime) -> tuple[Ahead, ...]:
    """Give the promises that a case received then falls under, the one that ends first on top."""
    found = in_force(reader(), matter.service.id, matter.key, local_day(received))
    days = calendar(reader(), number_for(reader(), matter.department.id, received))
    promises = (
        _promise_ahead(promise, received, days, local_day(at)) for promise in found if promise.has_day
    )
    return tuple(sorted(promises, key=lambda promise: promise.due_on))


def _promise_ahead(found: InForce, received: datetime, days: Calendar, today: date) -> Ahead:
    limit = promise_of(found.version).limit
    if limit is None:
        raise ValueError("a promise without a time is not asked for")
    due_on = read(limit, received, (), days, received).due_on
    return Ahead(found.version.pledge.slug, found.version.short, due_on, is_past=due_on < today)
