"""The public's page about the times that the law sets."""

from flask import Blueprint, Response

from portal.clock import local_day, now
from portal.services.lengths import law_words, longest_extension, time_to_ask
from portal.services.queries import legal_clocks
from portal.services.shelf import shelf_of
from portal.web.portal import reader
from portal.web.render import page

public = Blueprint("services", __name__)


@public.get("/lagens-granser")
def law() -> Response:
    """Show every time that the law sets, and for each whether a lawyer has compared it with the law."""
    return page(
        "services/law.html",
        shelf=shelf_of(legal_clocks(reader()), local_day(now())),
        law_words=law_words,
        longest_extension=longest_extension,
        time_to_ask=time_to_ask,
    )
