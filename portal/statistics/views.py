"""The figures for everybody: one page of them, and all of them as data that can be counted again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, request

from portal.clock import local_day, now
from portal.departments.queries import SERVICE_CENTER, find_department
from portal.pledgebook import queries as pledgebook
from portal.pledgebook.figures.by_pledge import figures_by_pledge
from portal.pledgebook.figures.detail import Lengths
from portal.pledgebook.figures.outcomes import month_after, month_of, version_on
from portal.pledgebook.figures.periods import PeriodKind, stretches
from portal.pledgebook.figures.series import PeriodFigure
from portal.pledgebook.figures.sights import sight_of
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.statistics import queries
from portal.statistics.asking import PERIODS, Asked, Unclear, asked, began
from portal.statistics.catalogue import CC0, Publisher, datasets, turtle
from portal.statistics.tables import DOTS, SERIES, Cell, Word, as_csv, as_objects, series_rows, series_values
from portal.web.language import current_language
from portal.web.portal import portal, reader
from portal.web.problems import FieldError, problem
from portal.web.render import page

# How many periods of each kind have room side by side.
# How a share is counted again, in the names of the columns.
FORMULA = "andel_hallna = hallna / (hallna + brutna + forsenade_nu)"
SHOWN = {PeriodKind.MONTH: 6, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 3, PeriodKind.ROLLING90: 4}
MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12, PeriodKind.ROLLING90: 1}

public = Blueprint("statistics", __name__)


@public.errorhandler(Unclear)
def unclear(error: Unclear) -> Response:
    """Tell which part of a question cannot be understood, and what to write."""
    return problem(422, errors=(FieldError(error.field, error.text),))


@dataclass(frozen=True)
class Row:
    """One pledge of the page, in its version of today, with a figure for each period."""

    pledge: Pledge
    version: PledgeVersion
    figures: Sequence[PeriodFigure]


@public.get("/statistik")
def figures() -> Response:
    """Show how every pledge has gone, by month, quarter, year or ninety days."""
    today = local_day(now())
    name = request.args.get("period", "")
    kind = PERIODS.get(name, PeriodKind.QUARTER)
    first = month_after(month_of(today), (1 - SHOWN[kind]) * MONTHS[kind])
    pledges = queries.all_pledges(reader())
    found = figures_by_pledge(reader(), _versions(pledges), kind, first, today, today)
    rows = [Row(pledge, version_on(pledge, today), found.get(pledge.id, ())) for pledge in pledges]
    return page(
        "statistics/statistics.html",
        kinds=PERIODS,
        kind=kind,
        periods=stretches(kind, first, today, today),
        areas=[(place, list(same)) for place, same in groupby(rows, key=_area)],
    )


@public.get("/oppna-data")
def open_data() -> Response:
    """Tell what data there is, what every column means, and how a published figure is counted again."""
    today = local_day(now())
    pledges = [(pledge, version_on(pledge, today)) for pledge in queries.all_pledges(reader())]
    return page(
        "statistics/open_data.html", pledges=pledges, series=SERIES, dots=DOTS, licence=CC0, formula=FORMULA
    )


@public.get("/loften/<slug>/utfall.<any(csv, json):ending>")
def series(slug: str, ending: str) -> Response:
    """Give the figures of one pledge by period."""
    pledge = pledgebook.pledge_by_slug(reader(), slug)
    question = _asked([pledge])
    return _series([pledge], question, ending, f"{slug}-{question.name}")


@public.get("/oppna-data/loften.<any(csv, json):ending>")
def all_series(ending: str) -> Response:
    """Give the figures of every pledge by period."""
    pledges = queries.all_pledges(reader())
    return _series(pledges, _asked(pledges), ending, "loften")


@public.get("/loften/<slug>/fall.csv")
def dots(slug: str) -> Response:
    """Give the cases of a pledge by how long they took, as they are drawn on its page; no row when they are not."""
    today = local_day(now())
    pledge = pledgebook.pledge_by_slug(reader(), slug)
    sight = sight_of(reader(), pledge, version_on(pledge, today), today)
    hidden = pledge.statistics_only or sight.outcome.figure.outcomes is None or sight.detail is None
    rows = () if hidden or sight.detail is None else _dots(sight.detail.lengths)
    return _file(as_csv(DOTS, rows), "text/csv", f"{slug}-fall.csv")


@public.get("/oppna-data/ordlista.json")
def dictionary() -> Response:
    """Give what every column of the files means."""
    words = current_language()

    def described(columns: Sequence[Word]) -> list[dict[str, str]]:
        return [
            {"namn": word.name, "typ": word.kind, "betyder": words.gettext(word.meaning)} for word in columns
        ]

    body = {"licens": CC0, "utfall": described(SERIES), "fall": described(DOTS)}
    return _file(_json(body), "application/json", "")


@public.get("/oppna-data/katalog.ttl")
def catalogue() -> Response:
    """Give the catalogue of our data, for those who gather catalogues."""
    today = local_day(now())
    pledges = [(pledge, version_on(pledge, today)) for pledge in queries.all_pledges(reader())]
    settings = portal().settings
    center = find_department(reader(), SERVICE_CENTER)
    publisher = Publisher(settings.municipality, settings.base_url, center.email if center else "")
    return _file(turtle(datasets(pledges), publisher), "text/turtle", "")


def _area(row: Row) -> tuple[str, str]:
    department = row.pledge.department
    return (department.slug, department.name) if department else ("", "")


def _versions(pledges: Sequence[Pledge]) -> list[PledgeVersion]:
    return [version for pledge in pledges for version in pledge.versions]


def _asked(pledges: Sequence[Pledge]) -> Asked:
    today = local_day(now())
    return asked(request.args, began(tuple(pledges), today), today, first="from", last="to")


def _series(pledges: Sequence[Pledge], question: Asked, ending: str, name: str) -> Response:
    today = local_day(now())
    found = figures_by_pledge(
        reader(), _versions(pledges), question.kind, question.first, question.last, today
    )
    rows = [series_values(row) for row in series_rows(pledges, found, today)]
    if ending == "csv":
        return _file(as_csv(SERIES, rows), "text/csv", f"{name}.csv")
    body = {"licens": CC0, "period": question.name, "rader": as_objects(SERIES, rows)}
    return _file(_json(body), "application/json", "")


def _dots(lengths: Lengths) -> list[Sequence[Cell]]:
    by_state = (
        ("kept", lengths.kept),
        ("broken", lengths.broken),
        ("late", lengths.late),
        ("running", lengths.running),
    )
    return [(state, length, found[length]) for state, found in by_state for length in sorted(found)]


def _json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1)


def _file(content: str, kind: str, name: str) -> Response:
    """Give a file that a browser keeps and asks about again: its tag changes when a figure does."""
    response = Response(content, content_type=f"{kind}; charset=utf-8")
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # Anybody's page may use what is free.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Link"] = f'<{CC0}>; rel="license"'
    response.add_etag()
    response.make_conditional(request)
    return response
