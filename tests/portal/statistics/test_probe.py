"""The portal's own measurements: whether the site answers, and whether its texts can be read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.errors import Conflict
from portal.feature import SearchEntry
from portal.pledgebook.models import ReportedFigure
from portal.statistics.actions import announce_stop
from portal.statistics.models import ProbeDay
from portal.statistics.probe import answers, probe, publish_availability
from portal.statistics.texts import publish_readability
from tests.conftest import NOON
from tests.portal.statistics.counted import a_reported_pledge, reported

MINUTE = timedelta(minutes=1)
FIRST_OF_DECEMBER = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
EASY = "Vi lagar lyktan. Du får ett svar. " * 20
HARD = "Verksamhetsutvecklingsorganisationen effektiviserar handläggningsrutinerna kontinuerligt " * 30


def up(address: str) -> bool:
    return True


def down(address: str) -> bool:
    return False


def counts(db):
    day = db.scalars(select(ProbeDay)).one()
    return day.tried, day.answered, day.planned


def test_each_minute_is_counted_once(db, settings):
    for step, ask in enumerate((up, up, down)):
        assert probe(db, settings, NOON + step * MINUTE, ask) == 1
    assert probe(db, settings, NOON + 2 * MINUTE + timedelta(seconds=40), up) == 0
    assert counts(db) == (3, 2, 0)


def test_a_site_that_has_never_answered_is_not_down(db, settings):
    assert probe(db, settings, NOON, down) == 0
    assert db.scalars(select(ProbeDay)).all() == []


def test_an_announced_stop_is_no_interruption(db, settings):
    probe(db, settings, NOON, up)
    announce_stop(db, NOON + MINUTE, NOON + 3 * MINUTE, "Byte av server", NOON)
    for step in (1, 2, 3):
        probe(db, settings, NOON + step * MINUTE, down)
    assert counts(db) == (2, 1, 2)


def test_a_stop_cannot_be_announced_afterwards(db):
    with pytest.raises(Conflict):
        announce_stop(db, NOON, NOON + MINUTE, "", NOON)
    with pytest.raises(Conflict):
        announce_stop(db, NOON + 2 * MINUTE, NOON + MINUTE, "", NOON)


def test_a_month_of_minutes_is_published_once_with_its_source(db):
    version = a_reported_pledge(db, "oppet", source="monitor", measure="availability", target="99.5")
    for day, answered in ((1, 1440), (30, 1400)):
        values = {"tried": 1440, "answered": answered, "planned": 10, "last_at": NOON}
        db.add(ProbeDay(day=date(2026, 11, day), **values))
    db.add(ProbeDay(day=date(2026, 12, 1), tried=5, answered=0, planned=0, last_at=NOON))
    db.flush()
    assert publish_availability(db, FIRST_OF_DECEMBER) == 1
    assert publish_availability(db, FIRST_OF_DECEMBER + MINUTE) == 0
    figure = db.scalars(select(ReportedFigure)).one()
    assert (figure.version_id, figure.month) == (version.id, date(2026, 11, 1))
    assert (figure.kept, figure.outcomes) == (2840, 2880)
    assert figure.vouched_by == "Portalen själv"
    assert "20 minuter aviserat driftstopp" in figure.note and "40300 minuter utan mätning" in figure.note


def test_what_somebody_has_reported_is_not_written_over(db):
    version = a_reported_pledge(db, "oppet", source="monitor", measure="availability")
    db.add(ProbeDay(day=date(2026, 11, 1), tried=1440, answered=1440, planned=0, last_at=NOON))
    reported(db, version, date(2026, 11, 1), 9, 10)
    assert publish_availability(db, FIRST_OF_DECEMBER) == 0


def test_nothing_is_published_of_a_month_without_any_answer(db):
    a_reported_pledge(db, "oppet", source="monitor", measure="availability")
    assert publish_availability(db, FIRST_OF_DECEMBER) == 0


def test_texts_that_can_be_read_are_counted_and_short_ones_left_out(db):
    a_reported_pledge(db, "begripligt", source="text", measure="readability")
    texts = [EASY, EASY, HARD, "Kort text."]

    def entries(db, at):
        return [SearchEntry("faq", str(n), "T", text, "/") for n, text in enumerate(texts)]

    assert publish_readability(db, [entries], FIRST_OF_DECEMBER) == 1
    assert publish_readability(db, [entries], FIRST_OF_DECEMBER) == 0
    figure = db.scalars(select(ReportedFigure)).one()
    assert (figure.kept, figure.outcomes) == (2, 3)
    assert figure.note == "2 av 3 texter har LIX högst 45. 1 texter under 100 ord är undantagna."


def test_a_site_that_is_not_there_does_not_answer():
    assert not answers("http://127.0.0.1:9")
