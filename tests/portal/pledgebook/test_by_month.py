from datetime import date

from pledges.pause import Pausing
from portal.pledgebook.figures.by_month import months_of
from portal.pledgebook.figures.counting import Alike
from portal.pledgebook.figures.outcomes import Period
from portal.pledgebook.models import TallyState
from tests.builders import a_pledge

TODAY = date(2026, 11, 20)
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def clocks(version, state: str, count: int, day: date, due: date | None = None) -> Alike:
    version_id = version if isinstance(version, int) else version.id
    return Alike(version_id, TallyState(state), Pausing.NONE, day, due or day, 0, count)


def shown(version, rows, first: date = OCTOBER) -> list[tuple[int, int | None, str]]:
    found = months_of(version, rows, Period(first, NOVEMBER), TODAY)
    return [(month.month.month, month.outcomes, str(month.share)) for month in found]


def test_a_late_case_belongs_to_the_month_of_its_promised_day_as_when_it_ends(db):
    version = a_pledge(db)
    rows = [
        clocks(version, "late", 5, date(2026, 10, 1), date(2026, 10, 31)),
        clocks(version, "kept", 6, OCTOBER),
        clocks(version, "running", 9, date(2026, 11, 10), date(2026, 11, 24)),
    ]
    assert shown(version, rows) == [(10, 11, "54.5"), (11, None, "None")]


def test_a_month_with_fewer_than_five_is_not_told(db):
    version = a_pledge(db)
    assert shown(version, [clocks(version, "kept", 4, NOVEMBER)]) == [(10, None, "None"), (11, None, "None")]


def test_a_single_hidden_month_hides_another_so_that_it_cannot_be_worked_out(db):
    version = a_pledge(db)
    rows = [
        clocks(version, "kept", number, month)
        for number, month in ((9, SEPTEMBER), (7, OCTOBER), (3, NOVEMBER))
    ]
    assert shown(version, rows, SEPTEMBER) == [(9, 9, "100.0"), (10, None, "None"), (11, None, "None")]


def test_a_month_hidden_for_the_pledge_as_a_whole_is_hidden_for_its_version(db):
    version = a_pledge(db)
    other = version.id + 1
    rows = [
        *(clocks(version, "kept", 8, month) for month in (SEPTEMBER, OCTOBER, NOVEMBER)),
        clocks(other, "kept", 2, OCTOBER),
        clocks(other, "kept", 3, SEPTEMBER),
    ]
    assert shown(version, rows, SEPTEMBER) == [(9, None, "None"), (10, None, "None"), (11, 8, "100.0")]


def test_what_is_counted_beside_the_clocks_is_no_outcome(db):
    version = a_pledge(db)
    rows = [clocks(version, state, 9, NOVEMBER) for state in ("started", "contested", "excused", "void")]
    assert shown(version, rows)[1] == (11, None, "None")
