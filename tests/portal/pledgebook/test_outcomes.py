from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pledges.fulfilment import Count, Verdict
from pledges.pledge import Measure, Source
from portal.pledgebook.facets import areas_of
from portal.pledgebook.figures.outcomes import Period, month_after, summary_of
from portal.pledgebook.models import Pledge, ReportedFigure, Tally, TallyState, TargetUnit
from portal.pledgebook.queries import pledges_of_department, pledges_with_outcome
from tests.builders import a_department, a_pledge, a_service, grain_of

TODAY = date(2026, 11, 20)
NOVEMBER = date(2026, 11, 1)


def tally(db, version, state, count, day=NOVEMBER, due=None, length=0):
    row = Tally(
        pledge_id=version.pledge_id,
        version_id=version.id,
        grain=grain_of(state),
        state=TallyState(state),
        day=day,
        due=due or day,
        length=length,
        count=count,
    )
    db.add(row)
    db.flush()


def the_count(db) -> Count:
    return pledges_with_outcome(db, TODAY)[0].count


def test_ended_cases_count_for_twelve_months_with_this_one(db):
    version = a_pledge(db)
    tally(db, version, "kept", 3, day=date(2025, 12, 1))
    tally(db, version, "broken", 2, day=NOVEMBER)
    tally(db, version, "kept", 100, day=date(2025, 11, 1))
    assert the_count(db) == Count(kept=3, broken=2)


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        ("running", TODAY, Count(running=1)),
        ("running", date(2026, 11, 19), Count(late_now=1)),
        ("late", date(2025, 3, 1), Count(late_now=1)),
        ("paused", date(2026, 11, 19), Count(running=1)),
    ],
)
def test_an_open_case_is_late_from_the_day_after_its_promised_day(db, state, due, expected):
    tally(db, a_pledge(db), state, 1, day=date(2025, 1, 7), due=due)
    assert the_count(db) == expected


def test_the_period_begins_no_earlier_than_the_version(db):
    version = a_pledge(db, valid_from=date(2026, 3, 15))
    tally(db, version, "kept", 1)
    assert pledges_with_outcome(db, TODAY)[0].period == Period(date(2026, 3, 1), NOVEMBER)


def test_the_version_in_force_goes_before_the_one_to_come_and_the_one_before(db):
    version = a_pledge(db, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    pledge = {"pledge_id": version.pledge_id}
    columns = {c.key: getattr(version, c.key) for c in version.__table__.columns if c.key != "id"}
    now = type(version)(
        **{**columns, **pledge, "number": 2, "valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
    )
    later = type(version)(
        **{**columns, **pledge, "number": 3, "valid_from": date(2027, 1, 1), "valid_to": None}
    )
    db.add_all([now, later])
    db.flush()
    tally(db, version, "kept", 9)
    tally(db, now, "kept", 5)
    found = pledges_with_outcome(db, TODAY)
    assert [(one.version.number, one.count.kept) for one in found] == [(2, 5)]


def test_a_pledge_to_come_has_no_figure(db):
    a_pledge(db, valid_from=date(2027, 1, 1))
    found = pledges_with_outcome(db, TODAY)[0]
    assert (found.begun, found.verdict) == (False, Verdict.NOT_MEASURED)


def test_fewer_than_five_outcomes_show_nothing(db):
    version = a_pledge(db)
    tally(db, version, "kept", 4)
    tally(db, version, "running", 9, due=date(2026, 12, 1))
    found = pledges_with_outcome(db, TODAY)[0]
    assert (found.verdict, found.share, found.figure.running) == (Verdict.TOO_FEW, None, None)


def test_a_share_is_never_rounded_up_to_its_target(db):
    version = a_pledge(db)
    tally(db, version, "kept", 1699)
    tally(db, version, "broken", 301)
    found = pledges_with_outcome(db, TODAY)[0]
    assert (str(found.share), found.verdict) == ("84.9", Verdict.NEAR)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"source": Source.SURVEY}, "enkät"),
        ({"amount": None, "unit": None}, "Våra ärenden"),
    ],
)
def test_why_a_pledge_is_not_measured_is_said(db, more, words):
    a_pledge(db, **more)
    found = pledges_with_outcome(db, TODAY)[0]
    assert found.why is not None
    assert words in found.why.message
    assert found.verdict is Verdict.NOT_MEASURED


def test_a_paused_pledge_says_why_and_shows_no_figure(db):
    version = a_pledge(db)
    tally(db, version, "kept", 9)
    outcome = pledges_with_outcome(db, TODAY)[0]
    outcome.pledge.paused_reason = "Vi byter system."
    found = pledges_with_outcome(db, TODAY)[0]
    assert found.why is not None
    assert (found.why.values, found.share) == ({"reason": "Vi byter system."}, None)


def test_a_department_has_its_own_and_what_the_whole_municipality_promises(db):
    a_pledge(db)
    other = a_department(db, "park", "Park")
    a_pledge(db, a_service(db, other, "klotter"), "klotter")
    whole = a_pledge(db, a_service(db, a_department(db, "x", "X"), "y"), "alla")
    db.get_one(Pledge, whole.pledge_id).department_id = None
    found = pledges_of_department(db, other.id, TODAY)
    assert [one.pledge.slug for one in found] == ["klotter", "alla"]


def test_excused_and_void_cases_are_in_no_denominator(db):
    version = a_pledge(db)
    for state, number in (
        ("kept", 8),
        ("broken", 2),
        ("excused", 3),
        ("void", 4),
        ("started", 40),
        ("contested", 1),
    ):
        tally(db, version, state, number)
    found = pledges_with_outcome(db, TODAY)[0]
    assert (found.figure.outcomes, found.figure.excused, str(found.share)) == (10, 3, "80.0")


def reported(db, version, month: date, **values):
    made = datetime(2026, 11, 3, 8, tzinfo=UTC)
    key = f"{version.id}-{month}-{values}"
    row = {"source": "Telefonväxeln", "vouched_by": "Kim Ek", "recorded_at": made, "key": key, **values}
    db.add(ReportedFigure(version_id=version.id, month=month, **row))
    db.flush()


def test_reported_calls_are_a_figure_like_any_other(db):
    version = a_pledge(
        db, source=Source.PHONE, measure=Measure.CALLS, amount=None, unit=None, target=Decimal("80.0")
    )
    reported(db, version, date(2026, 9, 1), kept=700, outcomes=1000)
    reported(db, version, date(2026, 10, 1), kept=900, outcomes=1000)
    found = pledges_with_outcome(db, TODAY)[0]
    assert (str(found.share), found.verdict, found.why) == ("80.0", Verdict.HELD, None)
    assert found.period == Period(date(2026, 9, 1), date(2026, 10, 1))
    assert found.reported.latest.vouched_by == "Kim Ek"


@pytest.mark.parametrize(
    ("unit", "value", "verdict"),
    [
        (TargetUnit.INDEX, "74.0", Verdict.HELD),
        (TargetUnit.INDEX, "71.0", Verdict.NEAR),
        (TargetUnit.INDEX, "60.0", Verdict.BROKEN),
        (TargetUnit.PERSONS_AT_MOST, "74.0", Verdict.HELD),
        (TargetUnit.PERSONS_AT_MOST, "76.0", Verdict.NEAR),
        (TargetUnit.PERSONS_AT_MOST, "90.0", Verdict.BROKEN),
    ],
)
def test_an_index_should_be_high_and_a_number_of_persons_low(db, unit, value, verdict):
    more: dict[str, Any] = {"source": Source.SURVEY, "measure": Measure.SURVEY, "amount": None, "unit": None}
    version = a_pledge(db, target=Decimal("74.0"), target_unit=unit, **more)
    reported(db, version, date(2026, 10, 1), value=Decimal(value))
    found = pledges_with_outcome(db, TODAY)[0]
    assert (found.value, found.verdict, found.share) == (Decimal(value), verdict, None)


def test_areas_and_their_sum(db):
    a_pledge(db)
    version = a_pledge(db, a_service(db, a_department(db, "avfall", "Avfall"), "sopor"), "sopor")
    everybody = a_pledge(db, a_service(db, a_department(db, "x", "X"), "y"), "alla")
    tally(db, version, "kept", 9)
    found = pledges_with_outcome(db, TODAY)
    next(one for one in found if one.version.id == everybody.id).pledge.department = None
    areas = areas_of(found)
    assert [(area.slug, [one.pledge.slug for one in area.outcomes]) for area in areas] == [
        ("", ["alla"]),
        ("avfall", ["sopor"]),
        ("gator-trafik", ["gatlyktor-lagas"]),
    ]
    summary = summary_of(found)
    assert (summary.total, summary.held, summary.too_few) == (3, 1, 2)


def test_months_step_over_the_turn_of_the_year():
    assert month_after(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert len(Period(date(2025, 12, 1), NOVEMBER).months()) == 12
