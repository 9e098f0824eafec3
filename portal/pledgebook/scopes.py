"""Which cases a pledge is for, changed as a whole."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.pledgebook.models import Pledge, PledgeScope


def replace_scopes(db: Session, pledge: Pledge, scopes: Iterable[tuple[int, str, int]]) -> None:
    """Let a pledge hold for these services, categories and positions, and for no others; the pledge must have its id."""
    wanted = {(service, category): position for service, category, position in scopes}
    for row in db.scalars(select(PledgeScope).where(PledgeScope.pledge_id == pledge.id)):
        position = wanted.pop((row.service_id, row.category), None)
        if position is None:
            db.delete(row)
        else:
            row.position = position
    db.add_all(
        PledgeScope(pledge_id=pledge.id, service_id=service, category=category, position=position)
        for (service, category), position in wanted.items()
    )
