"""The first page, the pages about the site itself, and what machines ask before they come in."""

import logging

from flask import Blueprint, Response, jsonify, make_response, redirect
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from portal.clock import local_day, now
from portal.errors import Busy
from portal.home.choice import shown_first
from portal.pledgebook.facets import areas_of
from portal.pledgebook.figures.outcomes import summary_of
from portal.pledgebook.queries import pledges_with_outcome
from portal.pledgebook.standing import standing_of
from portal.web.language import current_language
from portal.web.portal import portal, reader
from portal.web.render import page, static_url

log = logging.getLogger("portal.home")

CLOSED_TO_ROBOTS = ("/arbete/", "/arende/", "/en/arbete/", "/en/arende/")

public = Blueprint("home", __name__)


@public.get("/")
def front() -> Response:
    """Show the search, the four doors, and how the promises are kept."""
    outcomes = pledges_with_outcome(reader(), local_day(now()))
    return page(
        "home/front.html",
        total=len(outcomes),
        standing=standing_of(summary_of(outcomes), current_language()),
        chosen=shown_first(outcomes),
        areas=areas_of(outcomes),
    )


@public.get("/tillganglighet")
def accessibility() -> Response:
    """Tell what is known about how well the site works for everybody."""
    return page("home/accessibility.html")


@public.get("/personuppgifter")
def personal_data() -> Response:
    """Tell what the site keeps about people, why, and for how long."""
    return page("home/personal_data.html")


@public.get("/om-webbplatsen")
def about() -> Response:
    """Tell what the site is and how it can be looked into."""
    return page("home/about.html")


@public.get("/halsa")
def health() -> tuple[Response, int]:
    """Tell machines whether everything that the site needs answers; 503 when something does not."""
    answers = _database_answers()
    body = jsonify(status="ok" if answers else "down", parts={"database": "ok" if answers else "down"})
    body.headers["Cache-Control"] = "no-store"
    return body, 200 if answers else 503


def _database_answers() -> bool:
    try:
        with portal().database.reader() as db:
            db.execute(text("SELECT 1 FROM departments LIMIT 1"))
    except (SQLAlchemyError, Busy):
        log.exception("health")
        return False
    return True


@public.get("/robots.txt")
def robots() -> Response:
    """Tell robots to stay away from the desk and from people's cases."""
    closed = "".join(f"Disallow: {address}\n" for address in CLOSED_TO_ROBOTS)
    response = make_response(f"User-agent: *\n{closed}")
    response.mimetype = "text/plain"
    return response


@public.get("/favicon.ico")
def icon() -> AnyResponse:
    """Send browsers that ask by old habit to the municipality's arms."""
    return redirect(static_url("mark.svg"), 301)
