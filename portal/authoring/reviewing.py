"""What changes pledges in force: looked at and found to stand, taken back, and reminders to do so in time."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.accounts.rules import Actor
from portal.authoring import messages
from portal.authoring.models import LookKind, Review
from portal.authoring.queries import heads_of, to_be_reviewed
from portal.authoring.rules import remind_from
from portal.clock import local_day
from portal.errors import Conflict
from portal.i18n import N_, Text
from portal.outbox.actions import post
from portal.pledgebook.models import Pledge, PledgeVersion

ALREADY = N_("Löftet är redan tillbakadraget. Skälet står på löftets sida, och det går inte att byta ut.")
ONE_TO_COME = N_(
    "Löftet kan inte dras tillbaka nu, för en ny version är beslutad och börjar gälla ändå."
    " Dra tillbaka löftet när den nya versionen har börjat gälla."
)


def in_force(pledge: Pledge, today: date) -> PledgeVersion | None:
    """Give the version that holds on a day, if one does; the pledge is loaded with its versions."""
    return next(
        (
            version
            for version in pledge.versions
            if version.valid_from <= today and (version.valid_to is None or version.valid_to >= today)
        ),
        None,
    )


def confirm(db: Session, pledge: Pledge, actor: Actor, note: str, next_on: date, at: datetime) -> Review:
    """Write down that a pledge in force was looked at and stands, and when it is looked at again.

    Raises Conflict when it does not hold today, or the next time is not to come.
    """
    version = _holding(pledge, at)
    if next_on <= local_day(at):
        raise Conflict(f"{pledge.slug}: next review on {next_on}")
    version.review_by, pledge.reminded_on = next_on, None
    review = Review(
        pledge_id=pledge.id, at=at, staff_id=actor.id, name=actor.name, note=note, next_on=next_on
    )
    db.add(review)
    return review


def stops_withdrawal(pledge: Pledge, today: date) -> Text | None:
    """Give why the version in force cannot be taken back, and what to do; None when it can.

    A reason that the public has read is never replaced. A version to come would bring the pledge back on its day.
    """
    version = in_force(pledge, today)
    if version is not None and version.withdrawn_reason:
        return Text(ALREADY)
    if any(one.valid_from > today for one in pledge.versions):
        return Text(ONE_TO_COME)
    return None


def withdraw(
    db: Session, pledge: Pledge, actor: Actor, reason: str, last_day: date, at: datetime
) -> PledgeVersion:
    """Take back the version in force; `last_day` is the last day it holds, today at the earliest.

    Cases under it keep their promise. Raises Conflict when it does not hold today, ends before that day already,
    or `stops_withdrawal` gives a reason.
    """
    version = _holding(pledge, at)
    ends = version.valid_to
    if stops_withdrawal(pledge, local_day(at)) is not None:
        raise Conflict(f"{pledge.slug}: withdrawn already, or a version is to come")
    if last_day < local_day(at) or (ends is not None and last_day > ends):
        raise Conflict(f"{pledge.slug}: withdrawn from {last_day}")
    version.valid_to, version.withdrawn_reason = last_day, reason
    db.add(
        Review(
            pledge_id=pledge.id,
            kind=LookKind.WITHDRAWN,
            at=at,
            staff_id=actor.id,
            name=actor.name,
            note=reason,
            next_on=None,
        )
    )
    return version


def _holding(pledge: Pledge, at: datetime) -> PledgeVersion:
    version = in_force(pledge, local_day(at))
    if version is None:
        raise Conflict(f"{pledge.slug} does not hold today")
    return version


def remind(db: Session, base_url: str, at: datetime) -> int:
    """Remind of the pledges to be looked at, once 30 days before the day and once when it has passed.

    The letter goes to the keeper, or else to those who decide for the department. Gives how many pledges.
    """
    today = local_day(at)
    due = [version for version in to_be_reviewed(db, today) if _wants_reminder(version, today)]
    for version in due:
        for person in _readers(db, version.pledge):
            _post(db, version, person, base_url, at)
        version.pledge.reminded_on = today
    return len(due)


def _wants_reminder(version: PledgeVersion, today: date) -> bool:
    review_by, reminded = version.review_by, version.pledge.reminded_on
    if review_by is None:
        return False
    if review_by < today:
        return reminded is None or reminded <= review_by
    return reminded is None or reminded < remind_from(review_by)


def _readers(db: Session, pledge: Pledge) -> list[Staff]:
    if pledge.keeper is not None and pledge.keeper.active:
        return [pledge.keeper]
    return list(heads_of(db, pledge.department_id))


def _post(db: Session, version: PledgeVersion, to: Staff, base_url: str, at: datetime) -> None:
    has_passed = version.review_by is not None and version.review_by < local_day(at)
    letter = (messages.review_passed if has_passed else messages.review_soon)(version, to, base_url)
    key = f"review:{version.id}:{version.review_by}:{'passed' if has_passed else 'soon'}:{to.id}"
    post(db, letter, key, version.pledge.slug, at)
