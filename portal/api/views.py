"""The JSON API: what the pages say, for programs. Described by its own document."""

import json
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request

from portal.api.shapes import outcomes_of, pledge_in_full, pledge_in_short
from portal.clock import local_day, now
from portal.pledgebook import queries
from portal.pledgebook.figures.by_pledge import figures_by_pledge
from portal.pledgebook.figures.outcomes import version_on
from portal.pledgebook.figures.periods import PeriodKind
from portal.pledgebook.figures.sights import sight_of
from portal.statistics.asking import Unclear, asked, began
from portal.web.portal import portal, reader
from portal.web.problems import FieldError, problem

DOCUMENT = Path(__file__).with_name("openapi.json")

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.errorhandler(Unclear)
def unclear(error: Unclear) -> Response:
    """Tell which part of a question cannot be understood, and what to write."""
    return problem(422, errors=(FieldError(error.field, error.text),))


@api.get("/openapi.json")
def document() -> Response:
    """Give the description of this API."""
    described = json.loads(DOCUMENT.read_text("utf-8"))
    described["servers"] = [{"url": f"{portal().settings.base_url}/api/v1"}]
    return _answer(described)


@api.get("/pledges")
def pledges() -> Response:
    """Give every pledge with how it has gone."""
    outcomes = queries.pledges_with_outcome(reader(), local_day(now()))
    base_url = portal().settings.base_url
    return _answer(
        {"pledges": [pledge_in_short(each, base_url) for each in outcomes], "total": len(outcomes)}
    )


@api.get("/pledges/<slug>")
def pledge(slug: str) -> Response:
    """Give everything about one pledge, in its version of today."""
    today = local_day(now())
    found = queries.pledge_by_slug(reader(), slug)
    sight = sight_of(reader(), found, version_on(found, today), today)
    return _answer(pledge_in_full(sight, portal().settings.base_url))


@api.get("/pledges/<slug>/outcomes")
def outcomes(slug: str) -> Response:
    """Give the months of one pledge; `from` and `to` are days or months, both included."""
    today = local_day(now())
    found = queries.pledge_by_slug(reader(), slug)
    named = {name: request.args[name] for name in ("from", "to") if name in request.args}
    question = asked(named, began((found,), today), today, first="from", last="to")
    figures = figures_by_pledge(
        reader(), found.versions, PeriodKind.MONTH, question.first, question.last, today
    )
    return _answer(outcomes_of(found, figures.get(found.id, ())))


def _answer(body: Any) -> Response:
    """Give an answer that any page may read, with a tag that changes when it does."""
    response = Response(json.dumps(body, ensure_ascii=False), content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    response.make_conditional(request)
    return response
