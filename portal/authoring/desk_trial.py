"""Where a draft is tried on real cases before anybody decides it."""

from decimal import Decimal
from fractions import Fraction

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from pledges.fulfilment import percent
from portal.accounts.gate import signed_in
from portal.accounts.rules import Deed, may, may_in
from portal.authoring import queries
from portal.authoring.gate import require_in, require_reading
from portal.authoring.pictures import field_of
from portal.authoring.sheet import Sheet, scopes_of, sheet_of, subject_of
from portal.authoring.shelf import name_of
from portal.clock import local_day, now
from portal.errors import Conflict
from portal.services.lengths import limit_words
from portal.statistics import shadow
from portal.statistics.shadow import ShadowResult
from portal.web.language import current_language
from portal.web.portal import reader, transaction
from portal.web.render import page, see_other
from portal.web.security import keep_private

desk = Blueprint("authoring_trial", __name__, url_prefix="/redaktion/loften/utkast")


@desk.get("/<int(max=2147483647):draft_id>/prov")
def trial(draft_id: int) -> Response:
    """Show how a draft would have gone, and the cases that would have broken it."""
    sheet = _sheet(draft_id)
    result, limit, promise = sheet.trial.result, sheet.content.limit, sheet.content.promised()
    field = None
    if result and limit and promise:
        field = field_of(result, limit, promise, sheet.content, local_day(now()), current_language())
    shown = page(
        "authoring/trial.html",
        sheet=sheet,
        name_of=name_of,
        result=result,
        share=_share(result),
        limit=limit,
        limit_words=limit_words(limit.amount, limit.unit) if limit else None,
        can_be_tried=bool(promise and scopes_of(sheet.content, sheet.services)),
        may_try=may_in(signed_in(), Deed.WRITE_PLEDGE, sheet.draft.department_id),
        may_open=may(signed_in(), Deed.READ_CASE),
        field=field,
    )
    return keep_private(shown)


@desk.post("/<int(max=2147483647):draft_id>/prov")
def measure(draft_id: int) -> AnyResponse:
    """Let somebody try a draft on the cases of the last twelve months."""
    sheet = _sheet(draft_id)
    require_in(Deed.WRITE_PLEDGE, sheet.draft.department_id)
    promise, scopes = sheet.content.promised(), scopes_of(sheet.content, sheet.services)
    if promise is None or not scopes:
        raise Conflict(f"draft {draft_id} cannot be tried on cases")
    with transaction() as db:
        shadow.measure(db, subject_of(sheet.draft), promise, scopes, sheet.draft.department_id, now())
    return see_other("authoring_trial.trial", draft_id=draft_id)


def _sheet(draft_id: int) -> Sheet:
    found = queries.draft_by_id(reader(), draft_id)
    actor = require_reading(found.department_id)
    return sheet_of(reader(), found, actor, now())


def _share(result: ShadowResult | None) -> Decimal | None:
    """Staff see every figure, also of a few cases; only of none there is nothing to say."""
    if result is None or not result.count.outcomes:
        return None
    return percent(Fraction(result.count.kept, result.count.outcomes))
