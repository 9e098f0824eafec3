"""Pledges on paper: as a page that a browser prints, and as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request, url_for

from portal.clock import local_day, now
from portal.departments.queries import department_by_slug
from portal.pdf.manuscript import NotPrinted
from portal.pdf.press import Press
from portal.pledgebook import queries
from portal.pledgebook.figures.outcomes import version_on
from portal.pledgebook.figures.sights import sight_of, sights_of
from portal.pledgebook.printed import PrintedPledge, manuscript_of, printed_parts, printed_pledge
from portal.pledgebook.views import asked_version
from portal.pledgebook.wording import Wording
from portal.web.language import current_language
from portal.web.portal import portal, reader
from portal.web.render import STATIC, page

RETRY_AFTER = "60"  # seconds

printing = Blueprint("print", __name__)


@dataclass(frozen=True)
class Paper:
    """A printed page: its HTML, the page on the web that it repeats, and the pledges on it."""

    html: str
    web: str
    pledges: Sequence[PrintedPledge]


@printing.get("/utskrift/loften/<slug>")
def pledge(slug: str) -> str:
    """Show one pledge as it is printed."""
    return _pledge(slug).html


@printing.get("/loften/<slug>.pdf")
def pledge_pdf(slug: str) -> Response:
    """Give one pledge as PDF."""
    return _pdf(_pledge(slug), url_for("print.pledge", slug=slug, version=request.args.get("version")))


@printing.get("/utskrift/verksamheter/<slug>/loften")
def department(slug: str) -> str:
    """Show all that a department promises as it is printed."""
    return _pledges(slug).html


@printing.get("/verksamheter/<slug>/loften.pdf")
def department_pdf(slug: str) -> Response:
    """Give all that a department promises as PDF."""
    return _pdf(_pledges(slug), url_for("print.department", slug=slug))


@printing.get("/utskrift/loften")
def pledges() -> str:
    """Show every pledge as it is printed."""
    return _pledges(None).html


@printing.get("/loften.pdf")
def pledges_pdf() -> Response:
    """Give every pledge as PDF."""
    return _pdf(_pledges(None), url_for("print.pledges"))


def _pledge(slug: str) -> Paper:
    today, words = local_day(now()), Wording(current_language())
    found = queries.pledge_by_slug(reader(), slug)
    current = version_on(found, today)
    version = asked_version(found) or current
    printed = printed_pledge(sight_of(reader(), found, version, today), words)
    number = None if version == current else version.number
    web = url_for("pledgebook.pledge", slug=slug, version=number)
    html = _html("pledgebook/print/pledge.html", web, printed=printed, words=words, current=current)
    return Paper(html, web, (printed,))


def _pledges(slug: str | None) -> Paper:
    today, words = local_day(now()), Wording(current_language())
    owner = department_by_slug(reader(), slug) if slug else None
    found = queries.pledges_to_print(reader(), owner.id if owner else None)
    parts = printed_parts(sights_of(reader(), found, today), words)
    web = url_for("departments.department", slug=slug) if slug else url_for("pledgebook.pledges")
    html = _html("pledgebook/print/pledges.html", web, parts=parts, words=words, department=owner)
    return Paper(html, web, [printed for part in parts for printed in part.pledges])


def _html(template: str, web: str, **values: object) -> str:
    site = portal().settings.base_url
    # On paper nothing can be sent, so no page says where to complain.
    return render_template(template, web=_whole(web), site=site, complaint=None, **values)


def _whole(path: str) -> str:
    """Give an address as it must stand on paper."""
    return portal().settings.base_url + path


def _pdf(paper: Paper, instead: str) -> Response:
    """Give a printed page as PDF, or (503) say why there is none and where the page to print is."""
    settings, language = portal().settings, current_language()
    press = Press(settings.home / "pdf", STATIC, settings.base_url)
    description = language.gettext("Utfall månad för månad, som CSV")
    manuscript = manuscript_of(paper.html, _whole(paper.web), local_day(now()), description, paper.pledges)
    try:
        made = press.make(manuscript)
    except NotPrinted as error:
        answer = page("pledgebook/print/missing.html", 503, why=error.why, instead=instead, back=paper.web)
        answer.headers["Retry-After"] = RETRY_AFTER
        return answer
    answer = make_response(made.content)
    answer.mimetype = "application/pdf"
    answer.set_etag(made.key)
    answer.make_conditional(request)
    return answer
