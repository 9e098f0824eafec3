"""The public's pages about what is promised, and whether it was kept."""

from typing import Any

from flask import Blueprint, Response, make_response, request, url_for

from pledges.compensation import rules_from
from portal.calendars.words import seasons_in_words, unusual_in_words
from portal.clock import local_day, now
from portal.errors import NotFound
from portal.i18n import N_, SOURCE, language
from portal.pledgebook import queries
from portal.pledgebook.contest import COMPLAINT
from portal.pledgebook.drawn import months_of, pictures_of
from portal.pledgebook.facets import areas_of, chosen, facets_of, wish_of
from portal.pledgebook.feed import Publisher, atom, changes_of
from portal.pledgebook.figures.by_pledge import figures_by_pledge
from portal.pledgebook.figures.outcomes import summary_of, version_on
from portal.pledgebook.figures.sight import Sight
from portal.pledgebook.figures.sights import sight_of
from portal.pledgebook.method import municipality_calendar
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.pledgebook.notes import notes_of
from portal.pledgebook.past import past_of
from portal.pledgebook.reviews import due_for
from portal.pledgebook.span import SPANS, Span, chart_of, first_day, rows_of, span_asked
from portal.pledgebook.standing import standing_of
from portal.pledgebook.terms import compensation_words
from portal.pledgebook.wording import Wording
from portal.pledgebook.worked import examples, law_example
from portal.services.queries import find_service
from portal.web.language import current_language
from portal.web.portal import portal, reader
from portal.web.render import page

# The periods of the series that can be fetched beside each span.
SERIES = {Span.MONTHS: "manad", Span.QUARTERS: "kvartal", Span.YEARS: "ar", Span.NINETY: "90dagar"}

public = Blueprint("pledgebook", __name__)


@public.get("/loften")
def pledges() -> Response:
    """Show every pledge, by department, with how it has gone; or those that somebody wants to see."""
    outcomes = queries.pledges_with_outcome(reader(), local_day(now()))
    wish = wish_of(request.args, outcomes)
    shown = chosen(outcomes, wish)
    return page(
        "pledgebook/pledges.html",
        areas=areas_of(shown, wish.verksamhet),
        facets=facets_of(outcomes, wish),
        wish=wish,
        number=len(shown),
        total=len(outcomes),
        standing=standing_of(summary_of(outcomes), current_language()),
    )


@public.get("/loften/<slug>")
def pledge(slug: str) -> Response:
    """Show one pledge: its words, every case under it as a dot, and what it asks of both."""
    today, words = local_day(now()), Wording(current_language())
    found = queries.pledge_by_slug(reader(), slug)
    current = version_on(found, today)
    version = asked_version(found) or current
    sight = sight_of(reader(), found, version, today)
    months, span = [month.month for month in sight.months], span_asked(request.args.get("period", ""))
    return page(
        "pledgebook/pledge.html",
        sight=sight,
        outcome=sight.outcome,
        current=current,
        detail=sight.detail,
        pictures=pictures_of(sight.outcome, sight.detail, words),
        words=words,
        notes=notes_of(reader(), found.id, months) if months else {},
        past=past_of(found, today),
        review=due_for(version, today),
        complaint=find_service(reader(), COMPLAINT),
        compensations=[compensation_words(rule) for rule in rules_from(version.compensation)],
        downloads=_downloads(found, None if version == current else version.number, span),
        **_span(found, version, sight, words, span),
    )


def _downloads(pledge: Pledge, number: int | None, span: Span) -> list[tuple[str, str]]:
    """Give what can be fetched about a pledge: what it is called (a msgid), and where it is."""
    slug, period = pledge.slug, SERIES[span]
    return [
        (N_("Siffrorna som CSV"), url_for("statistics.series", slug=slug, ending="csv", period=period)),
        (N_("som JSON"), url_for("statistics.series", slug=slug, ending="json", period=period)),
        (N_("löftet som PDF"), url_for("print.pledge_pdf", slug=slug, version=number)),
    ]


def _span(pledge: Pledge, version: PledgeVersion, sight: Sight, words: Wording, span: Span) -> dict[str, Any]:
    """Give the figures of a span: the version's own months, or every version's longer periods."""
    today = local_day(now())
    values = {"span": span, "spans": SPANS, "is_monthly": span is Span.MONTHS}
    secret = pledge.statistics_only
    if span is Span.MONTHS:
        return {**values, "rows": (), "by_period": None if secret else months_of(sight.months, words)}
    first = first_day(span, pledge.versions, today)
    found = figures_by_pledge(reader(), pledge.versions, SPANS[span].kind, first, today, today)
    rows = rows_of(found.get(pledge.id, ()), span, version, words.language)
    return {**values, "rows": rows, "by_period": None if secret else chart_of(rows, span, words)}


def asked_version(pledge: Pledge) -> PledgeVersion | None:
    """Give the version that the address names, if it names one. Raises NotFound for one that never was."""
    asked = request.args.get("version", "")
    if not asked:
        return None
    for version in pledge.versions:
        if str(version.number) == asked:
            return version
    raise NotFound(f"pledge {pledge.slug} has no version {asked}")


@public.get("/loften/andringar")
def changes() -> Response:
    """Tell which pledges are new, changed or gone, the latest first."""
    found = changes_of(queries.pledges_with_versions(reader()), now())
    return page("pledgebook/news.html", changes=found)


@public.get("/loften/andringar.atom")
def changes_feed() -> Response:
    """Give the same as a feed that programs read; always in Swedish, so that it is one feed and not one a language."""
    at, settings = now(), portal().settings
    found = changes_of(queries.pledges_with_versions(reader()), at)
    publisher = Publisher(settings.municipality, settings.base_url)
    response = make_response(atom(found, publisher, language(SOURCE), at))
    response.mimetype = "application/atom+xml"
    response.add_etag()
    response.make_conditional(request)
    return response


@public.get("/sa-mater-vi")
def method() -> Response:
    """Tell how every figure is counted, so exactly that anybody can count it again."""
    at, tongue = now(), current_language()
    year, ours = local_day(at).year, municipality_calendar(reader(), at)
    hours = ours.from_now(local_day(at))
    return page(
        "pledgebook/method.html",
        words=Wording(tongue),
        examples=examples(year, ours.calendar),
        law_example=law_example(year, ours.calendar),
        ours=ours,
        seasons=seasons_in_words(hours, tongue),
        unusual=unusual_in_words(hours.exceptions, tongue),
    )
