"""The public's search."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request

from portal.clock import now
from portal.i18n import N_
from portal.search.hits import Hit
from portal.search.index import BROKEN, find, newest
from portal.search.indexing import collect, index_folder, look_through, sources_of
from portal.search.swedish import words
from portal.web.portal import portal, reader
from portal.web.render import page

log = logging.getLogger("portal.search")

LONGEST_QUESTION = 200
MOST_HITS = 40
# The kinds of things, in the order they are shown.
KINDS = {
    "service": N_("Tjänster"),
    "faq": N_("Frågor och svar"),
    "pledge": N_("Löften"),
    "department": N_("Verksamheter"),
}

public = Blueprint("search", __name__)


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    kind: str
    name: str
    hits: list[Hit]


@public.get("/sok")
def results() -> Response:
    """Show what fits the words somebody typed; when nothing does, say so and whom to ask."""
    asked = " ".join(request.args.get("q", "").split())[:LONGEST_QUESTION]
    hits = _found(asked) if words(asked) else []
    groups = [Group(kind, name, [hit for hit in hits if hit.kind == kind]) for kind, name in KINDS.items()]
    return page(
        "search/results.html", asked=asked, count=len(hits), groups=[group for group in groups if group.hits]
    )


def _found(asked: str) -> Sequence[Hit]:
    place = newest(index_folder(portal().settings))
    if place is not None:
        try:
            return find(place, asked, MOST_HITS)
        except BROKEN:
            log.exception("search index", extra={"facts": {"generation": place.name}})
    return look_through(collect(reader(), sources_of(portal().features), now()), asked, MOST_HITS)
