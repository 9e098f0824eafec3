"""Calendars: who is timed by which, what may be written, and what is never changed again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.calendar import swedish_calendar
from pledges.opening import DayException, Interval, OpeningHours, Season, Week
from portal.calendars import actions
from portal.calendars.draft import DayRow, SeasonRow, Typed, judge, typed_of
from portal.calendars.models import CalendarRevision
from portal.calendars.opening import content_of, hours_of, intervals_of
from portal.calendars.queries import calendar, calendars_at, number_for
from portal.calendars.revisions import Place, revision_by_number
from portal.cases.models import CaseClock
from portal.departments.models import Organisation
from portal.errors import Conflict, NotFound
from portal.i18n import language
from tests.builders import RECEIVED, a_case, a_department, a_pledge, a_service

SWEDISH = language("sv")
TODAY = date(2026, 11, 24)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
WEEK = ("08.00-16.00",) * 5 + ("stängt", "")
CLOSED_FRIDAY, CLOSED_THURSDAY = date(2026, 11, 20), date(2026, 11, 19)
ALWAYS = (Season(date(2025, 1, 1), None, Week.on_weekdays(Interval(480, 960))),)


def closed(*days: date) -> OpeningHours:
    """Office hours, and closed on some days."""
    return OpeningHours(ALWAYS, tuple(DayException(day, (), "Klämdag") for day in days))


def only_closed(*days: date) -> OpeningHours:
    """Nothing but some closed days."""
    return OpeningHours((), closed(*days).exceptions)


def published(
    db: Session, place: Place, hours: OpeningHours, at: datetime = NEW_YEAR, name: str = "Öppettider"
) -> CalendarRevision:
    """A calendar that holds from a moment."""
    number = actions.begin(db, place, at).number
    draft = revision_by_number(db, number)
    actions.write(db, draft, name, hours, at)
    actions.publish(db, draft, "Tor Vik", at)
    return draft


def municipality(db: Session) -> Place:
    return Place()


def organisation(db: Session) -> Place:
    return Place(organisation=db.scalars(select(Organisation)).one())


def problems(typed: Typed, start: date | None = TODAY) -> list[tuple[str, str]]:
    """What is said of something typed, field by field."""
    judgement = judge(typed, start=start)
    assert (judgement.hours is None) == bool(judgement.problems)
    return [(SWEDISH.say(problem.where), SWEDISH.say(problem.what)) for problem in judgement.problems]


def seasons(*rows: SeasonRow) -> Typed:
    return Typed("Öppettider", rows, ())


def days(*rows: DayRow) -> Typed:
    return Typed("Öppettider", (), rows)


# ---- who is timed by which -------------------------------------------------------------------------


def test_without_any_calendar_the_laws_own_year_holds(db):
    department = a_department(db)
    assert number_for(db, department.id, RECEIVED) == 1
    assert calendar(db, 1) == swedish_calendar()


def test_a_department_goes_by_its_own_calendar_then_its_organisations_then_the_municipalitys(db):
    department = a_department(db)
    whole = published(db, Place(), closed(CLOSED_FRIDAY))
    assert number_for(db, department.id, RECEIVED) == whole.number
    between = published(db, organisation(db), closed(CLOSED_FRIDAY))
    assert number_for(db, department.id, RECEIVED) == between.number
    own = published(db, Place(department=department), closed())
    assert number_for(db, department.id, RECEIVED) == own.number


def test_what_belongs_to_no_department_goes_by_the_municipalitys_calendar(db):
    a_department(db)
    whole = published(db, Place(), closed())
    published(db, organisation(db), closed())
    assert number_for(db, None, RECEIVED) == whole.number


def test_a_calendar_holds_from_the_very_moment_it_is_published(db):
    department = a_department(db)
    revision = published(db, Place(), closed(), at=RECEIVED)
    assert number_for(db, department.id, RECEIVED) == revision.number
    assert number_for(db, department.id, RECEIVED - timedelta(microseconds=1)) == 1


def test_the_latest_published_revision_holds(db):
    department = a_department(db)
    published(db, Place(), closed())
    second = published(db, Place(), closed(CLOSED_FRIDAY), at=NEW_YEAR + timedelta(days=1))
    assert number_for(db, department.id, RECEIVED) == second.number


def test_a_draft_times_nothing(db):
    department = a_department(db)
    draft = actions.begin(db, Place(), NEW_YEAR)
    assert number_for(db, department.id, RECEIVED) == 1
    with pytest.raises(NotFound):
        calendar(db, draft.number)


def test_every_departments_calendar_at_once_is_the_same_as_one_by_one(db):
    one, two = a_department(db), a_department(db, "bygglov", "Bygglov")
    published(db, Place(), closed(CLOSED_FRIDAY))
    published(db, Place(department=two), only_closed(CLOSED_THURSDAY))
    found = calendars_at(db, RECEIVED)
    for department_id in (None, one.id, two.id):
        assert found[department_id] == calendar(db, number_for(db, department_id, RECEIVED))


# ---- what is inherited -----------------------------------------------------------------------------


def test_a_department_inherits_the_days_it_says_nothing_about(db):
    department = a_department(db)
    published(db, Place(), closed(CLOSED_FRIDAY))
    own = published(db, Place(department=department), only_closed(CLOSED_THURSDAY))
    days = calendar(db, own.number)
    assert not days.is_working_day(CLOSED_FRIDAY)
    assert not days.is_working_day(CLOSED_THURSDAY)


def test_a_department_that_says_it_is_open_is_open(db):
    department = a_department(db)
    published(db, Place(), closed(CLOSED_FRIDAY))
    opened = OpeningHours((), (DayException(CLOSED_FRIDAY, (Interval(480, 720),), "Jour"),))
    own = published(db, Place(department=department), opened)
    assert calendar(db, own.number).is_working_day(CLOSED_FRIDAY)


def test_a_change_above_gives_those_below_a_new_revision_and_leaves_their_old_one(db):
    department = a_department(db)
    published(db, Place(), closed())
    own = published(db, Place(department=department), only_closed(CLOSED_THURSDAY))
    later = NEW_YEAR + timedelta(days=30)
    published(db, Place(), closed(CLOSED_FRIDAY), at=later)
    renewed = calendar(db, number_for(db, department.id, RECEIVED))
    assert renewed.revision != own.number
    assert not renewed.is_working_day(CLOSED_FRIDAY)
    assert not renewed.is_working_day(CLOSED_THURSDAY)
    assert number_for(db, department.id, later - timedelta(days=1)) == own.number
    assert calendar(db, own.number).is_working_day(CLOSED_FRIDAY)


def test_a_change_goes_through_the_organisation_to_its_departments(db):
    department = a_department(db)
    published(db, organisation(db), only_closed(CLOSED_THURSDAY))
    published(db, Place(department=department), OpeningHours(ALWAYS))
    published(db, Place(), only_closed(CLOSED_FRIDAY), at=NEW_YEAR + timedelta(days=1))
    days = calendar(db, number_for(db, department.id, RECEIVED))
    assert not days.is_working_day(CLOSED_FRIDAY)
    assert not days.is_working_day(CLOSED_THURSDAY)


def test_a_change_above_that_changes_nothing_below_gives_no_new_revision(db):
    department = a_department(db)
    published(db, Place(), closed())
    own = published(db, Place(department=department), closed(CLOSED_FRIDAY))
    published(db, Place(), closed(CLOSED_FRIDAY), at=NEW_YEAR + timedelta(days=1))
    assert number_for(db, department.id, RECEIVED) == own.number


# ---- frozen ----------------------------------------------------------------------------------------


def test_a_published_revision_is_neither_written_nor_published_nor_thrown_away(db):
    a_department(db)
    revision = published(db, Place(), closed())
    with pytest.raises(Conflict):
        actions.write(db, revision, "Annat", closed(CLOSED_FRIDAY), RECEIVED)
    with pytest.raises(Conflict):
        actions.publish(db, revision, "Tor Vik", RECEIVED)
    with pytest.raises(Conflict):
        actions.discard(db, revision)
    assert revision.name == "Öppettider"


def test_a_new_draft_says_what_the_one_in_force_says(db):
    a_department(db)
    first = published(db, Place(), closed(CLOSED_FRIDAY))
    draft = actions.begin(db, Place(), RECEIVED)
    assert (draft.name, draft.content) == (first.name, first.content)
    assert draft.number == first.number + 1


def test_a_new_draft_leaves_out_what_is_over(db):
    a_department(db)
    published(db, Place(), closed(date(2026, 2, 2), CLOSED_FRIDAY))
    draft = actions.begin(db, Place(), RECEIVED)
    assert [each["day"] for each in draft.content["exceptions"]] == [CLOSED_FRIDAY.isoformat()]


def test_two_who_begin_write_the_same_draft(db):
    a_department(db)
    assert actions.begin(db, Place(), RECEIVED) is actions.begin(db, Place(), RECEIVED)


def test_a_case_keeps_the_calendar_it_was_received_under(db):
    """Ten working days from Tuesday 10 November end on the 24th; a closed day in between would make it the 25th."""
    department = a_department(db)
    service = a_service(db, department)
    a_pledge(db, service)
    before = a_case(db, service, "s-1")
    published(db, Place(), closed(CLOSED_FRIDAY), at=RECEIVED + timedelta(hours=1))
    after = a_case(db, service, "s-2", received_at=RECEIVED + timedelta(hours=2))
    db.expire_all()
    due = dict(db.execute(select(CaseClock.case_id, CaseClock.due_on)).all())
    assert due[before.id] == date(2026, 11, 24)
    assert due[after.id] == date(2026, 11, 25)


def test_what_came_before_the_calendar_and_is_registered_later_goes_by_the_one_of_its_day(db):
    department = a_department(db)
    service = a_service(db, department)
    a_pledge(db, service)
    later = RECEIVED + timedelta(days=1)
    published(db, Place(), closed(CLOSED_FRIDAY), at=RECEIVED + timedelta(hours=1))
    case = a_case(db, service, "s-1", at=later)
    assert case.clocks[0].due_on == date(2026, 11, 24)


# ---- written and read ------------------------------------------------------------------------------


def test_hours_are_the_same_when_they_are_read_again():
    hours = OpeningHours(
        (
            Season(date(2025, 1, 1), date(2025, 6, 15), ALWAYS[0].week),
            Season(date(2025, 6, 16), None, ALWAYS[0].week),
        ),
        (
            DayException(CLOSED_THURSDAY, (Interval(0, 720), Interval(780, 1440)), "Flytt"),
            *closed(CLOSED_FRIDAY).exceptions,
        ),
    )
    assert hours_of(content_of(hours)) == hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8-16", [(480, 960)]),
        ("08.00–12.00 och 13:00-16.30", [(480, 720), (780, 990)]),
        ("13-24, 8-12", [(480, 720), (780, 1440)]),
        ("Stängt", []),
        ("-", []),
        ("", []),
    ],
)
def test_hours_are_read_as_people_write_them(text, expected):
    assert [(each.opens, each.closes) for each in intervals_of(text)] == expected


def test_what_is_written_can_be_typed_again():
    hours = closed(CLOSED_FRIDAY)
    assert judge(typed_of("Öppettider", hours), start=TODAY).hours == hours


def test_a_season_without_a_last_day_ends_when_the_next_begins():
    hours = judge(
        seasons(SeasonRow("2026-11-24", "", WEEK), SeasonRow("2027-06-14", "", WEEK)), start=TODAY
    ).hours
    assert [season.last for season in hours.seasons] == [date(2027, 6, 13), None]


def test_empty_seasons_and_days_are_passed_over():
    typed = Typed("Öppettider", (SeasonRow(), SeasonRow("2026-11-24", "", WEEK)), (DayRow(), DayRow()))
    hours = judge(typed, start=TODAY).hours
    assert (len(hours.seasons), hours.exceptions) == (1, ())


# ---- what is refused, and how ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "where", "what"),
    [
        (
            seasons(SeasonRow("2026-11-01", "", ("8-12, 11-15", *WEEK[1:]))),
            "Period 1, måndag",
            "Tiderna 08.00-12.00 och 11.00-15.00 går in i varandra. Låt den ena sluta innan den andra börjar.",
        ),
        (
            seasons(SeasonRow("2026-11-01", "", (*WEEK[:4], "16-8", "", ""))),
            "Period 1, fredag",
            "En tid slutar innan den har börjat. Skriv när det öppnar före när det stänger.",
        ),
        (
            seasons(SeasonRow("2026-11-01", "", ("åtta till fem", *WEEK[1:]))),
            "Period 1, måndag",
            "Vi förstår inte åtta till fem. Skriv tiderna som 08.00-12.00, 13.00-16.30. Är det stängt skriver du stängt.",
        ),
        (
            seasons(SeasonRow("2026-11-01", "", ("8-25", *WEEK[1:]))),
            "Period 1, måndag",
            "Vi förstår inte 8-25. Skriv tiderna som 08.00-12.00, 13.00-16.30. Är det stängt skriver du stängt.",
        ),
        (
            seasons(SeasonRow("20266-01-01", "", WEEK)),
            "Period 1, första dag",
            "Vi kan inte räkna med år 20266. Skriv ett år från 2000 till 2060.",
        ),
        (
            seasons(SeasonRow("2027-02-30", "", WEEK)),
            "Period 1, första dag",
            "Vi förstår inte 2027-02-30. Skriv år, månad och dag, till exempel 2027-06-15.",
        ),
        (
            seasons(SeasonRow("", "", WEEK)),
            "Period 1, första dag",
            "Här saknas en dag. Skriv år, månad och dag, till exempel 2027-06-15.",
        ),
        (
            seasons(SeasonRow("2026-11-01", "2026-10-01", WEEK)),
            "Period 1, sista dag",
            "Perioden slutar innan den börjar. Ändra den ena dagen.",
        ),
        (
            seasons(SeasonRow("2026-11-01", "2027-06-30", WEEK), SeasonRow("2027-06-30", "", WEEK)),
            "Period 2, första dag",
            "Period 1 gäller redan den 2027-06-30. Låt den här perioden börja senare, eller den andra sluta tidigare.",
        ),
        (
            seasons(SeasonRow("2026-12-01", "", WEEK)),
            "Period 1, första dag",
            "Perioden börjar först 2026-12-01, och från 2026-11-24 finns inga öppettider. Låt den börja 2026-11-24 eller tidigare.",
        ),
        (
            seasons(SeasonRow("2026-11-01", "2026-12-31", WEEK), SeasonRow("2027-01-02", "", WEEK)),
            "Period 2, första dag",
            "Perioden börjar först 2027-01-02, och från 2027-01-01 finns inga öppettider. Låt den börja 2027-01-01 eller tidigare.",
        ),
        (
            seasons(SeasonRow("2026-11-01", "2027-12-31", WEEK)),
            "Period 1, sista dag",
            "Efter 2027-12-31 finns inga öppettider. Lämna sista dagen tom, eller lägg till en period som börjar dagen efter.",
        ),
        (
            seasons(SeasonRow("2026-11-01", "", ("stängt",) * 7)),
            "Period 1, måndag",
            "Perioden har inga öppettider. Skriv tider för minst en dag. Dagar då ni har stängt skriver du som undantag.",
        ),
        (
            days(DayRow("2027-05-07", "stängt", "Klämdag"), DayRow("2027-05-07", "8-12", "Kort dag")),
            "Undantag 2, dag",
            "Dagen 2027-05-07 står redan som undantag 1. Ta bort den ena.",
        ),
        (
            days(DayRow("7 maj", "stängt", "Klämdag")),
            "Undantag 1, dag",
            "Vi förstår inte 7 maj. Skriv år, månad och dag, till exempel 2027-06-15.",
        ),
        (
            days(DayRow("2027-05-07", "", "Klämdag")),
            "Undantag 1, tider",
            "Här saknas tider. Skriv när det är öppet, eller skriv stängt.",
        ),
        (
            days(DayRow("2027-05-07", "stängt", "")),
            "Undantag 1, anledning",
            "Skriv varför dagen inte är som andra. Det får alla läsa.",
        ),
        (
            Typed("", (), ()),
            "Kalenderns namn",
            "Skriv vad kalendern ska heta, till exempel Öppettider 2027.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_to_do(typed, where, what):
    assert problems(typed) == [(where, what)]


def test_everything_wrong_is_told_at_once():
    typed = Typed("", (SeasonRow("x", "", ("8-7", *WEEK[1:])),), (DayRow("y", "", ""),))
    assert [where for where, _ in problems(typed)] == [
        "Kalenderns namn",
        "Period 1, första dag",
        "Period 1, måndag",
        "Undantag 1, dag",
        "Undantag 1, tider",
        "Undantag 1, anledning",
    ]


def test_a_department_need_not_say_every_day():
    assert not problems(seasons(SeasonRow("2027-06-14", "2027-08-15", WEEK)), start=None)


def test_too_many_days_are_refused():
    rows = [DayRow((TODAY + timedelta(days=number)).isoformat(), "stängt", "Flytt") for number in range(601)]
    assert problems(days(*rows)) == [("Undantag", "Det är för många undantag. Ta bort dagar som har varit.")]
