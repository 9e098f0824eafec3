"""The versions of a pledge, the latest first, each with what it changed. Pure."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from portal.pledgebook.changes import Change, changes
from portal.pledgebook.models import Pledge, PledgeVersion


@dataclass(frozen=True)
class PastVersion:
    """A version, how it stands to today, and what it changed in the one before it."""

    version: PledgeVersion
    is_to_come: bool
    has_ended: bool
    changes: tuple[Change, ...]


def past_of(pledge: Pledge, today: date) -> list[PastVersion]:
    """Give every version of a pledge, which come with it latest first."""
    pairs = zip_longest(pledge.versions, pledge.versions[1:])
    return [
        PastVersion(
            version=version,
            is_to_come=version.valid_from > today,
            has_ended=version.valid_to is not None and version.valid_to < today,
            changes=changes(before, version) if before is not None else (),
        )
        for version, before in pairs
    ]
