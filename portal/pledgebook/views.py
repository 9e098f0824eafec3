"""The public's pages about what is promised, and whether it was kept."""

from flask import Blueprint, Response, request

from portal.clock import local_day, now
from portal.errors import NotFound
from portal.pledgebook import queries
from portal.pledgebook.drawn import pictures_of
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.pledgebook.outcomes import areas_of, summary_of, version_on
from portal.pledgebook.standing import standing_of
from portal.pledgebook.wording import Wording
from portal.services.queries import find_service
from portal.web.language import current_language
from portal.web.portal import reader
from portal.web.render import page

COMPLAINT = "synpunkt"

public = Blueprint("pledgebook", __name__)


@public.get("/loften")
def pledges() -> Response:
    """Show every pledge, by department, with how it has gone."""
    outcomes = queries.pledges_with_outcome(reader(), local_day(now()))
    standing = standing_of(summary_of(outcomes), current_language())
    return page("pledgebook/pledges.html", areas=areas_of(outcomes), standing=standing)


@public.get("/loften/<slug>")
def pledge(slug: str) -> Response:
    """Show one pledge: its words, every case under it as a dot, and what it asks of both."""
    today, words = local_day(now()), Wording(current_language())
    found = queries.pledge_by_slug(reader(), slug)
    current = version_on(found, today)
    version = asked_version(found) or current
    sight = queries.sight_of(reader(), found, version, today)
    return page(
        "pledgebook/pledge.html",
        outcome=sight.outcome,
        current=current,
        detail=sight.detail,
        pictures=pictures_of(sight.outcome, sight.detail, words),
        words=words,
        complaint=find_service(reader(), COMPLAINT),
    )


def asked_version(pledge: Pledge) -> PledgeVersion | None:
    """Give the version that the address names, if it names one. Raises NotFound for one that never was."""
    asked = request.args.get("version", "")
    if not asked:
        return None
    for version in pledge.versions:
        if str(version.number) == asked:
            return version
    raise NotFound(f"pledge {pledge.slug} has no version {asked}")


@public.get("/sa-mater-vi")
def method() -> Response:
    """Tell how every figure is counted, so exactly that anybody can count it again."""
    return page("pledgebook/method.html")
