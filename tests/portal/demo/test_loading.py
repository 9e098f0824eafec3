"""The demo as it stands when it has been loaded: everything the site can do is there, and adds up."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from portal.cases import checking
from portal.cases.legal import checking as legal_checking
from portal.cases.models import Case, CaseClock, CaseEvent
from portal.cases.rules import EventKind, Outcome, State
from portal.db import Database
from portal.demo.loading import load_demo
from portal.pledgebook.figures.reported import Reported, reported_of
from portal.pledgebook.models import (
    Grain,
    MonthNote,
    Pledge,
    PledgeVersion,
    ReportedFigure,
    Tally,
    TallyState,
)
from portal.pledgebook.notes import notes_of
from portal.pledgebook.queries import pledges_with_outcome
from tests.conftest import NOON
from tests.site.demo import home_settings

CASES = 120
TODAY, JANUARY, OCTOBER = date(2026, 11, 20), date(2026, 1, 1), date(2026, 10, 1)
# What the portal cannot know of, with the reason that its page gives.
UNMEASURED = {
    "beslut-i-tid",  # puts other promises together
    "vem-och-nar",  # promises no time
    "besked-nar-det-ar-klart",  # promises no time
    "svar-direkt",  # asks for the same day and the same hand at once
    "forskoleplats-i-tid",  # the day is in the application
    "forskola-besked-i-forvag",  # the day is in the application
    "stopp-i-ledning",  # when work begins in the pit stands in no case
    "foreningsbidrag-besked",  # counts from the last day to apply
    "hemtjanst-fa-personer",  # paused
    "oppet-dygnet-runt",  # the running portal measures it by itself
    "begripliga-texter",  # the running portal measures it by itself
}


def loaded(folder: Path, empty: Path) -> Database:
    settings = home_settings(folder)
    settings.home.mkdir(parents=True, exist_ok=True)
    shutil.copy(empty, settings.home / "portal.db")
    database = Database(settings.database_url)
    load_demo(database, settings, cases=CASES, seed=1, at=NOON)
    return database


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Database]:
    database = loaded(tmp_path_factory.mktemp("demo"), empty_sqlite)
    yield database
    database.engine.dispose()


@pytest.fixture
def db(demo: Database) -> Iterator[Session]:
    with demo.reader() as session:
        yield session


def case_of(db: Session, submission: str) -> Case:
    wanted = select(Case).where(Case.submission == submission)
    loading = (
        selectinload(Case.events),
        selectinload(Case.clocks).joinedload(CaseClock.version).joinedload(PledgeVersion.pledge),
        selectinload(Case.follow_ups),
    )
    return db.scalars(wanted.options(*loading)).one()


def kinds(case: Case) -> list[EventKind]:
    return [event.kind for event in case.events]


def states(case: Case, slug: str) -> list[TallyState]:
    return [clock.state for clock in case.clocks if clock.version.pledge.slug == slug]


def reported(db: Session, slug: str) -> Reported:
    version = db.scalars(select(PledgeVersion).join(PledgeVersion.pledge).where(Pledge.slug == slug)).one()
    return reported_of(db, [version.id], JANUARY, OCTOBER)[version.id]


def test_every_counter_says_what_the_events_say(db):
    assert list(checking.differences(db, NOON)) == []
    assert list(legal_checking.differences(db, NOON)) == []


def test_the_same_seed_gives_the_same_demo(db, tmp_path, empty_sqlite):
    def told(session: Session) -> list[tuple]:
        events = select(Case.reference, CaseEvent.kind, CaseEvent.at, CaseEvent.content).join(Case.events)
        figures = select(ReportedFigure.key, ReportedFigure.kept, ReportedFigure.outcomes)
        notes = select(MonthNote.month, MonthNote.text, MonthNote.written_at)
        return [
            *map(tuple, session.execute(events.order_by(CaseEvent.id))),
            *map(tuple, session.execute(figures.order_by(ReportedFigure.id))),
            *map(tuple, session.execute(notes.order_by(MonthNote.id))),
        ]

    again = loaded(tmp_path, empty_sqlite)
    with again.reader() as other:
        assert told(other) == told(db)
    again.engine.dispose()


def test_nothing_is_written_that_has_not_happened_yet(db):
    assert db.scalar(select(func.max(CaseEvent.at))) < NOON
    assert db.scalar(select(func.max(ReportedFigure.recorded_at))) < NOON
    assert db.scalar(select(func.max(MonthNote.written_at))) < NOON


def test_only_what_cannot_be_known_is_not_measured(db):
    unmeasured = {one.pledge.slug for one in pledges_with_outcome(db, TODAY) if one.why is not None}
    assert unmeasured == UNMEASURED


def test_reported_figures_are_kept_near_and_broken(db):
    found = {one.pledge.slug: one.verdict.value for one in pledges_with_outcome(db, TODAY) if one.reported}
    verdicts = list(found.values())
    assert len(found) == 13
    assert [verdicts.count(verdict) for verdict in ("held", "near", "broken")] == [7, 4, 2]
    assert found["besok-som-passar"] == found["snorojning-bostadsgator"] == "broken"


def test_a_figure_names_its_source_and_a_role_and_one_month_is_missing(db):
    calls, playgrounds = reported(db, "svar-i-telefon"), reported(db, "lekplatser-ses-over")
    assert (calls.latest.source, calls.latest.vouched_by) == ("Telefonväxelns statistik", "Kundtjänstchefen")
    assert [month.month.month for month in calls.months] == list(range(1, 11))
    assert [month.month.month for month in playgrounds.months] == [1, 2, 3, 4, 5, 6, 8, 9, 10]


def test_a_correction_says_why_and_leaves_what_it_corrects(db):
    september = next(month for month in reported(db, "svar-i-telefon").months if month.month.month == 9)
    assert (september.corrected, september.outcomes, september.note != "") == (True, 5188, True)
    rows = db.scalars(
        select(ReportedFigure).where(
            ReportedFigure.version_id == september.version_id, ReportedFigure.month == september.month
        )
    ).all()
    assert [row.outcomes for row in rows] == [4688, 5188]


def test_first_contact_is_measured_and_some_questions_are_passed_on(db):
    found = {one.pledge.slug: one for one in pledges_with_outcome(db, TODAY)}
    for slug in ("lost-direkt", "ett-samtal-racker"):
        assert found[slug].why is None
    direct = found["lost-direkt"].figure
    assert 0 < direct.kept < direct.outcomes


def test_a_delay_is_explained_before_the_promised_day_and_after(db):
    before, after = case_of(db, "demo-spare-part"), case_of(db, "demo-dug-up")
    assert EventKind.DELAY_EXPLAINED in kinds(before)
    assert states(before, "gatlyktor-lagas") == [TallyState.RUNNING]
    assert kinds(after).index(EventKind.BREACHED) < kinds(after).index(EventKind.DELAY_EXPLAINED)
    assert states(after, "gatlyktor-lagas") == [TallyState.LATE]


def test_what_a_broken_promise_owes_is_done_in_one_case_and_waits_in_another(db):
    done, waits = case_of(db, "demo-graffiti"), case_of(db, "demo-dug-up")
    assert done.follow_ups
    assert all(work.done_at for work in done.follow_ups)
    assert {work.kind: work.done_at is not None for work in waits.follow_ups} == {
        "apology": True,
        "explanation": False,
    }


def test_a_promise_is_excused_by_a_head_with_a_reason(db):
    case = case_of(db, "demo-extension")
    assert TallyState.EXCUSED in states(case, "bygglov-enkelt")
    excused = next(event for event in case.events if event.kind is EventKind.EXCUSED)
    assert excused.actor_name == "Maria Lindqvist"
    assert excused.content["reason"]


def test_cases_are_merged_opened_again_and_taken_back(db):
    double, first = case_of(db, "demo-harbour-again"), case_of(db, "demo-harbour")
    assert (double.state, double.outcome) == (State.CLOSED, Outcome.DUPLICATE)
    assert {clock.state for clock in double.clocks} == {TallyState.VOID}
    assert EventKind.ABSORBED in kinds(first)
    again = case_of(db, "demo-again-dark")
    assert (again.cycle, states(again, "gatlyktor-lagas")) == (2, [TallyState.KEPT, TallyState.RUNNING])
    assert case_of(db, "demo-gym").outcome is Outcome.WITHDRAWN


def test_three_pledges_are_contested_one_of_them_kept(db):
    wanted = select(Pledge.slug).join(Tally, Tally.pledge_id == Pledge.id)
    wanted = wanted.where(Tally.state == TallyState.CONTESTED, Tally.grain == Grain.MONTH, Tally.count == 1)
    contested = set(db.scalars(wanted))
    assert contested == {"svar-pa-epost", "missad-hamtning", "gatlyktor-lagas"}
    found = {one.pledge.slug: one.verdict.value for one in pledges_with_outcome(db, TODAY)}
    assert found["gatlyktor-lagas"] == "held"


def test_the_head_of_streets_has_said_why_the_worst_months_went_so(db):
    snow = db.scalars(select(Pledge).where(Pledge.slug == "snorojning-bostadsgator")).one()
    months = [date(2026, month, 1) for month in range(1, 12)]
    written = notes_of(db, snow.id, months)
    assert sorted(written) == months[:2]
    assert {note.signed for notes in written.values() for note in notes} == {"Per Åkesson, gatuchef"}
