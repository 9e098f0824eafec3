"""Where staff report the figures that no case shows, one by one or as a file, and announce stops of the site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, flash, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts.gate import require
from portal.accounts.rules import Actor, Deed, departments, may_in
from portal.clock import local_day, now
from portal.errors import Forbidden
from portal.i18n import N_, Text
from portal.pledgebook.figures.outcomes import month_after, month_of, version_on
from portal.pledgebook.figures.reported import ReportedMonth, is_share, reported_of
from portal.pledgebook.models import Pledge, ReportedFigure
from portal.statistics import queries
from portal.statistics.actions import announce_stop, call_off_stop, record
from portal.statistics.forms import CallOffForm, FigureForm, FileForm, KeepForm, StopForm
from portal.statistics.judging import EXPLAINED, Current, Figure, judge
from portal.statistics.reading import Known, Sheet, read_sheet
from portal.statistics.tables import template_csv
from portal.web.forms import STALE
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other
from portal.web.security import form_checks_token, keep_private

MOST_FAULTS = 100
SAVED = N_("Siffran för %(month)s är sparad och syns på löftets sida.")
READ_IN = N_("%(count)s siffror är sparade.")
NOTHING_NEW = N_("Inget ändrades. Allt i filen var redan inläst.")
ANNOUNCED = N_("Driftstoppet är aviserat.")
CALLED_OFF = N_("Driftstoppet är inställt.")

staff = Blueprint("statistics_desk", __name__, url_prefix="/redaktion/siffror")


@dataclass(frozen=True)
class Row:
    """A pledge whose figures are reported, the latest of them, and the month that lacks one, if it does."""

    pledge: Pledge
    short: str
    latest: ReportedMonth | None
    missing: date | None


@staff.get("")
def figures() -> Response:
    """Show somebody which pledges they report for, and which month is missing."""
    actor = require(Deed.REPORT_FIGURE)
    pledges = queries.reported_pledges(reader(), departments(actor, Deed.REPORT_FIGURE))
    current = _current(reader(), pledges)
    rows = [_row(pledge, current, local_day(now())) for pledge in pledges]
    return keep_private(page("statistics/figures.html", rows=rows, may_stop=_may_stop(actor)))


@staff.get("/mall.csv")
def template() -> Response:
    """Give a file to fill in: a row for each pledge somebody reports for, for the month that is over."""
    actor = require(Deed.REPORT_FIGURE)
    pledges = queries.reported_pledges(reader(), departments(actor, Deed.REPORT_FIGURE))
    month = month_after(month_of(local_day(now())), -1)
    response = Response(
        template_csv(pledges, month).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="siffror-{month:%Y-%m}.csv"'
    return keep_private(response)


@staff.route("/las-in", methods=["GET", "POST"])
@form_checks_token
def read_in() -> Response:
    """Let somebody choose a file, and show what it would change; nothing is kept yet."""
    actor = require(Deed.REPORT_FIGURE)
    form = FileForm()
    if not form.is_submitted() or not form.validate():
        return _import_page(form, None, 422 if form.errors else 200)
    text = form.take_in()
    if text is None:
        return _import_page(form, None, 422)
    sheet = read_sheet(text, _known(reader(), actor))
    return _import_page(form, sheet, 422 if sheet.faults else 200, text)


@staff.post("/las-in/spara")
@form_checks_token
def keep() -> AnyResponse:
    """Keep every figure of a file that was looked through, or, when anything is wrong with it by now, none."""
    actor, form = require(Deed.REPORT_FIGURE), KeepForm()
    if not form.validate():
        sheet = read_sheet(form.content.data or "", _known(reader(), actor))
        return _import_page(FileForm(formdata=None), sheet, 422, form.content.data or "", form.errors)
    with transaction() as db:
        sheet = read_sheet(form.content.data or "", _known(db, actor))
        kept = {} if sheet.faults else _by_key(db, sheet)
        number = record(db, kept, actor.id, now())
    if sheet.faults:
        return _import_page(FileForm(formdata=None), sheet, 422)
    words = Text(READ_IN, {"count": str(number)}) if number else Text(NOTHING_NEW)
    flash(current_language().say(words))
    return see_other("statistics_desk.figures", _anchor="klart")


@staff.route("/driftstopp", methods=["GET", "POST"])
@form_checks_token
def stops() -> AnyResponse:
    """Let somebody announce that the site will be down, and show what is announced."""
    _require_stops()
    form = StopForm()
    form.at = now()
    if form.validate_on_submit():
        with transaction() as db:
            announce_stop(db, form.began.moment, form.ended.moment, form.text.data or "", form.at)
        flash(current_language().say(ANNOUNCED))
        return see_other("statistics_desk.stops", _anchor="klart")
    found = queries.planned_stops(reader(), form.at)
    return keep_private(
        page("statistics/stops.html", 422 if form.errors else 200, form=form, stops=found, at=form.at)
    )


@staff.post("/driftstopp/<int(max=2147483647):number>/stall-in")
@form_checks_token
def call_off(number: int) -> AnyResponse:
    """Let somebody call off an announced stop that has not begun."""
    _require_stops()
    if not CallOffForm().validate():
        flash(current_language().say(STALE))
        return see_other("statistics_desk.stops", _anchor="klart")
    with transaction() as db:
        call_off_stop(db, number, now())
    flash(current_language().say(CALLED_OFF))
    return see_other("statistics_desk.stops", _anchor="klart")


def _require_stops() -> None:
    actor = require(Deed.REPORT_FIGURE)
    if not _may_stop(actor):
        raise Forbidden(f"staff {actor.id} may not announce stops")


@staff.route("/<slug>", methods=["GET", "POST"])
@form_checks_token
def pledge(slug: str) -> AnyResponse:
    """Let somebody report or correct a month of a pledge, and show all that was reported before."""
    actor = require(Deed.REPORT_FIGURE)
    found = queries.reported_pledge(reader(), slug)
    if not may_in(actor, Deed.REPORT_FIGURE, found.department_id):
        raise Forbidden(f"staff {actor.id} may not report for {slug}")
    share = is_share(version_on(found, local_day(now())))
    form = FigureForm()
    form.suit(share=share)
    if request.method == "POST" and form.validate():
        with transaction() as db:
            judged = judge(form.written, found, _current(db, [found]), local_day(now()))
            if isinstance(judged, Figure):
                record(db, {f"desk:{actor.id}:{form.token.data}": judged}, actor.id, now())
        if isinstance(judged, Figure):
            flash(current_language().say(Text(SAVED, {"month": current_language().month(judged.month)})))
            return see_other("statistics_desk.pledge", slug=slug, _anchor="klart")
        form.refuse(judged)
    elif request.method == "GET":
        _prefill(form, found)
    rows = _history(reader(), found)
    shown = page(
        "statistics/report.html",
        422 if form.errors else 200,
        pledge=found,
        short=version_on(found, local_day(now())).short,
        form=form,
        rows=rows,
    )
    return keep_private(shown)


def _by_key(db: Session, sheet: Sheet) -> Mapping[str, Figure]:
    figures = [line.figure for line in sheet.news]
    versions = sorted({figure.version_id for figure in figures})
    holds = queries.figures_in_force(db, versions, sorted({figure.month for figure in figures}))
    return {
        sheet.key(line, holds.get((line.figure.version_id, line.figure.month), 0)): line.figure
        for line in sheet.news
    }


def _may_stop(actor: Actor) -> bool:
    return may_in(actor, Deed.REPORT_FIGURE, None)


def _row(pledge: Pledge, current: Current, today: date) -> Row:
    ids = {version.id for version in pledge.versions}
    months = sorted((month for key, month in current.items() if key[0] in ids), key=lambda one: one.month)
    over = month_after(month_of(today), -1)
    version = version_on(pledge, today)
    reported = any(month.month == over for month in months)
    missing = over if not reported and month_of(version.valid_from) <= over else None
    return Row(pledge, version.short, months[-1] if months else None, missing)


def _current(db: Session, pledges: Sequence[Pledge]) -> Current:
    ids = [version.id for pledge in pledges for version in pledge.versions]
    found = reported_of(db, ids, date.min, local_day(now()))
    return {(month.version_id, month.month): month for each in found.values() for month in each.months}


def _known(db: Session, actor: Actor) -> Known:
    pledges = queries.reported_pledges(db, None)
    mine = {each.slug for each in pledges if may_in(actor, Deed.REPORT_FIGURE, each.department_id)}
    by_slug: Mapping[str, Pledge] = {each.slug: each for each in pledges}
    return Known(by_slug, frozenset(mine), _current(db, pledges), local_day(now()))


def _history(db: Session, pledge: Pledge) -> Sequence[ReportedFigure]:
    return queries.figures_of_versions(db, [version.id for version in pledge.versions])


def _prefill(form: FigureForm, pledge: Pledge) -> None:
    """Suggest the month that is over, and the source and the name that stood there last."""
    form.month.data = f"{month_after(month_of(local_day(now())), -1):%Y-%m}"
    latest = next(iter(_history(reader(), pledge)), None)
    if latest is not None:
        form.source.data, form.vouched_by.data = latest.source, latest.vouched_by


def _import_page(
    form: FileForm, sheet: Sheet | None, status: int, text: str = "", stale: object = None
) -> Response:
    keep_form = None
    if sheet is not None and sheet.news:
        keep_form = KeepForm(formdata=None)
        keep_form.content.data = text
    shown = page(
        "statistics/import.html",
        status,
        form=form,
        sheet=sheet,
        keep_form=keep_form,
        stale=STALE if stale else "",
        most=MOST_FAULTS,
        columns=EXPLAINED,
    )
    return keep_private(shown)
