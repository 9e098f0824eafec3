"""How a draft went on real cases, as a drawing: the same one as on the page of a pledge."""

from datetime import date

from pledges.fulfilment import figure
from pledges.limit import Limit
from pledges.pledge import Promise
from portal.authoring.content import Content
from portal.drawings.shapes import Chart
from portal.i18n import Language
from portal.pledgebook.drawn import field_of as pledge_field
from portal.pledgebook.figures.detail import Detail, legal_limit
from portal.pledgebook.figures.outcomes import Outcome, Period, month_of
from portal.pledgebook.models import Pledge
from portal.pledgebook.wording import Wording
from portal.statistics.shadow import ShadowResult


def field_of(
    result: ShadowResult, limit: Limit, promise: Promise, content: Content, today: date, tongue: Language
) -> Chart | None:
    """Give every case that was tried as a mark at the time it took; None when there are too few to draw."""
    shown = figure(result.count, promise.target)
    if shown.share is None:
        return None
    version = content.as_version()
    law = legal_limit(content.law, limit)
    over = sum(n for length, n in result.lengths.ended.items() if law and law.days and length > law.days)
    outcome = Outcome(
        pledge=Pledge(slug="", versions=[]),
        version=version,
        period=Period(month_of(result.since), month_of(today)),
        count=result.count,
        figure=shown,
        begun=True,
        why=None,
    )
    has_law = law is not None and law.days is not None
    detail = Detail(limit, result.lengths, (), law, over if has_law else None)
    return pledge_field(outcome, detail, Wording(tongue))
