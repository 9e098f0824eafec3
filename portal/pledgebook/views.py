"""The public's pages about what is promised, and whether it was kept."""

from datetime import date

from flask import Blueprint, Response, request

from portal.clock import local_day, now
from portal.errors import NotFound
from portal.pledgebook import queries
from portal.pledgebook.calendars import calendar
from portal.pledgebook.detail import detail_of
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.pledgebook.outcomes import areas_of, outcome_of, period_of, summary_of, whole_period_of
from portal.services.queries import find_service
from portal.web.portal import reader
from portal.web.render import page

COMPLAINT = "synpunkt"

public = Blueprint("pledgebook", __name__)


@public.get("/loften")
def pledges() -> Response:
    """Show every pledge, by department, with how it has gone."""
    outcomes = queries.pledges_with_outcome(reader(), local_day(now()))
    return page("pledgebook/pledges.html", areas=areas_of(outcomes), summary=summary_of(outcomes))


@public.get("/loften/<slug>")
def pledge(slug: str) -> Response:
    """Show one pledge: its words, every case under it as a dot, and what it asks of both."""
    today = local_day(now())
    found = queries.pledge_by_slug(reader(), slug)
    version, current = _version(found, today), _current(found, today)
    period = period_of(version, today) if version is current else whole_period_of(version, today)
    tallies = queries.tallies_of(reader(), version, period)
    count = queries.count_of_tallies(tallies, today)
    return page(
        "pledgebook/pledge.html",
        outcome=outcome_of(found, version, count, period, has_scope=bool(found.scopes), today=today),
        current=current,
        detail=detail_of(version, tallies, period, calendar(), today),
        complaint=find_service(reader(), COMPLAINT),
    )


def _current(pledge: Pledge, today: date) -> PledgeVersion:
    """Give the version in force; else the next to come; else the last that was."""
    begun = [version for version in pledge.versions if version.valid_from <= today]
    still = [version for version in begun if version.valid_to is None or version.valid_to >= today]
    if still:
        return still[0]
    coming = [version for version in pledge.versions if version.valid_from > today]
    return coming[-1] if coming else pledge.versions[0]


def _version(pledge: Pledge, today: date) -> PledgeVersion:
    """Give the version asked for in the address, or the current one. Raises NotFound for one that never was."""
    asked = request.args.get("version", "")
    if not asked:
        return _current(pledge, today)
    for version in pledge.versions:
        if str(version.number) == asked:
            return version
    raise NotFound(f"pledge {pledge.slug} has no version {asked}")


@public.get("/sa-mater-vi")
def method() -> Response:
    """Tell how every figure is counted, so exactly that anybody can count it again."""
    return page("pledgebook/method.html")
