"""Where staff see what is left to do after broken promises, in all their departments."""

from flask import Blueprint, Response

from portal.accounts.gate import require
from portal.accounts.rules import Deed, departments
from portal.cases import pending
from portal.cases.desk.owed import task
from portal.clock import local_day, now
from portal.web.language import current_language
from portal.web.portal import reader
from portal.web.render import page, wanted_page
from portal.web.security import keep_private

PER_PAGE = 50
MOST_PAGES = 10_000

amends = Blueprint("cases_amends", __name__, url_prefix="/arbete")


@amends.get("/uppfoljning")
def work() -> Response:
    """Show what is left to do after broken promises, the most urgent first."""
    actor, today = require(Deed.HANDLE_CASE), local_day(now())
    places, number = departments(actor, Deed.HANDLE_CASE), wanted_page(MOST_PAGES)
    found = pending.work_page(reader(), places, start=(number - 1) * PER_PAGE, size=PER_PAGE)
    shown = page(
        "cases/desk_amends.html",
        tasks=[task(work.case, work, clock, today, current_language()) for work, clock in found[:PER_PAGE]],
        owed=pending.how_much_work(reader(), places, today),
        number=number,
        has_more=len(found) > PER_PAGE,
    )
    return keep_private(shown)
