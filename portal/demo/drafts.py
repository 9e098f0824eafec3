"""A pledge that is being written in the demo: the head of building permits wants to decide a week sooner."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.authoring.actions import start_draft
from portal.authoring.content import Content
from portal.authoring.models import PledgeDraft
from portal.clock import local_day
from portal.demo.people import acting_as, demo_person
from portal.pledgebook.queries import pledge_by_slug

HEAD, PLEDGE = "chef@ekdala.example", "bygglov-enkelt"
WEEKS, WEEKS_IN_WORDS = 3, ("fyra veckor", "tre veckor")
LOOKED_AT_AFTER = timedelta(days=300)


def write_drafts(db: Session, at: datetime) -> PledgeDraft:
    """Let the head of building permits have the next version of a pledge under way, not yet tried and not yet sent."""
    head = demo_person(db, HEAD)
    pledge = pledge_by_slug(db, PLEDGE)
    before = Content.of(pledge, pledge.versions[0])
    content = replace(
        before,
        promise=before.promise.replace(*WEEKS_IN_WORDS),
        short=before.short.replace(*WEEKS_IN_WORDS),
        amount=WEEKS,
        compensation=({"kind": "apology"}, {"kind": "explanation"}),
        keeper_id=head.id,
        review_by=local_day(at) + LOOKED_AT_AFTER,
    )
    return start_draft(db, acting_as(head), pledge.department_id, pledge, content, at)
