"""The follow-up work of one clock. Pure."""

from collections.abc import Sequence

from portal.cases.models import Case, CaseClock, FollowUp


def work_of(case: Case, clock: CaseClock) -> Sequence[FollowUp]:
    """Give the follow-up work that a broken promise of a case, loaded with all its work, gave."""
    whose = clock.version_id, clock.cycle
    return [work for work in case.follow_ups if (work.version_id, work.cycle) == whose]
