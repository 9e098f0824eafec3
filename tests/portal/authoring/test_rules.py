"""Which day a version may begin, what a pledge is called in addresses, and what a draft keeps."""

from datetime import date
from decimal import Decimal

import pytest

from pledges.calendar import swedish_calendar
from pledges.limit import Unit
from pledges.pledge import Measure, Source
from portal.authoring.checks import FindingKind, Surroundings, findings, looser, missing
from portal.authoring.content import Content, Place
from portal.authoring.rules import DraftState, Move, earliest_start, moves_from, slug_of

TODAY = date(2026, 11, 20)
WHOLE = Content(
    promise="Vi svarar inom *två dagar*.",
    short="Svar inom *två dagar*",
    remedy=("Vi ringer.",),
    measure=Measure.FIRST_ANSWER,
    source=Source.CASES,
    amount=2,
    unit=Unit.WORKING_DAYS,
    target=Decimal("92.5"),
    scopes=(Place("fraga", "epost"),),
    compensation=({"kind": "apology"},),
    owner="Chef",
    keeper_id=3,
    review_by=date(2027, 11, 1),
    valid_from=date(2027, 1, 1),
    law={"amount": 6, "unit": "months", "reference": "FL 12 §", "verified": True},
)
AROUND = Surroundings(swedish_calendar(), frozenset({"fraga"}), (), is_tried=True)


@pytest.mark.parametrize(
    ("decided_on", "last_start", "first"),
    [
        (None, None, date(2026, 11, 21)),
        (date(2026, 11, 1), None, date(2026, 11, 21)),
        (date(2026, 11, 1), date(2026, 1, 1), date(2026, 11, 21)),
        (date(2026, 11, 1), date(2027, 1, 1), date(2027, 1, 2)),
    ],
)
def test_a_version_begins_tomorrow_at_the_earliest_and_after_the_last(decided_on, last_start, first):
    assert earliest_start(TODAY, decided_on, last_start) == first


@pytest.mark.parametrize(
    ("words", "taken", "slug"),
    [
        ("Svar på e-post inom två arbetsdagar", (), "svar-pa-e-post-inom-tva-arbetsdagar"),
        ("Svar", ("svar",), "svar-2"),
        ("Svar", ("svar", "svar-2"), "svar-3"),
        ("!!!", (), "lofte"),
    ],
)
def test_a_new_pledge_gets_a_name_of_its_words(words, taken, slug):
    assert slug_of(words, taken) == slug


def test_a_long_name_is_cut_between_words():
    slug = slug_of("Trasiga gatlyktor i hela kommunen lagas alltid inom tio arbetsdagar", ())
    assert slug == "trasiga-gatlyktor-i-hela-kommunen-lagas-alltid-inom-tio"


def test_what_is_published_cannot_be_moved():
    assert moves_from(DraftState.PUBLISHED) == () == moves_from(DraftState.DROPPED)
    assert moves_from(DraftState.WRITING) == (Move.SEND, Move.DROP)


def test_a_draft_keeps_everything_that_is_written():
    assert Content.read(WHOLE.stored()) == WHOLE
    assert Content.read({}) == Content()


def test_a_whole_draft_can_be_decided():
    found = findings(WHOLE, AROUND)
    assert missing(found) == ()
    assert all(one.done for one in found)


def test_an_empty_draft_says_all_that_is_missing():
    said = {one.field for one in missing(findings(Content(), AROUND))}
    assert {"promise", "short", "measure", "target", "source", "owner", "review_by", "remedy"} <= said


def test_what_no_case_can_show_needs_a_named_source():
    survey = Content(measure=Measure.SURVEY, source=Source.CASES)
    assert "source" in {one.field for one in missing(findings(survey, AROUND))}
    named = Content(measure=Measure.SURVEY, source=Source.SURVEY, measured_as="Frågan i höstens enkät.")
    assert "source" not in {one.field for one in missing(findings(named, AROUND))}


def test_an_untried_promise_and_a_rival_are_pointed_out_but_stop_nothing():
    around = Surroundings(swedish_calendar(), frozenset(), ("Svar inom *en dag*",), is_tried=False)
    found = findings(WHOLE, around)
    assert missing(found) == ()
    undone = [one for one in found if not one.done]
    assert [one.kind for one in undone] == [FindingKind.READY, FindingKind.READY, FindingKind.WARNING]
    assert undone[-1].text.values == {"pledge": "Svar inom en dag"}


def test_only_a_clocked_promise_is_held_against_the_law():
    law = {"amount": 1, "unit": "weeks", "reference": "Lagen", "verified": True}
    loose = Content(measure=Measure.DECISION, amount=10, unit=Unit.WORKING_DAYS, law=law)
    assert looser(loose, swedish_calendar()) is not None
    strict = Content(measure=Measure.DECISION, amount=2, unit=Unit.WORKING_DAYS, law=law)
    assert looser(strict, swedish_calendar()) is None
