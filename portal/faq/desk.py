"""The knowledge bank as staff read it, internal answers too."""

from flask import Blueprint, Response, request

from portal.accounts.gate import require
from portal.accounts.rules import Deed
from portal.faq import queries
from portal.web.markdown import safe_html
from portal.web.portal import reader
from portal.web.render import page

LONGEST_FILTER = 100

staff = Blueprint("faq_desk", __name__, url_prefix="/arbete")


@staff.get("/kunskapsbank")
def answers() -> Response:
    """Show staff every answer, or those that hold the words they type; internal ones are marked."""
    require(Deed.READ_INTERNAL_ANSWERS)
    words = request.args.get("q", "").strip()[:LONGEST_FILTER]
    found = queries.all_answers(reader(), words)
    return page(
        "faq/answers.html", words=words, answers=[(answer, safe_html(answer.answer)) for answer in found]
    )
