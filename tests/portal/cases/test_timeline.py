"""What the citizen's page says, state by state. The promised day of the builders' case is Tuesday 24 November 2026."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy.orm import Session

from pledges.clock import Unit
from pledges.pledge import Measure
from portal.calendars.queries import calendar
from portal.cases import actions
from portal.cases.breaches import write_breaches
from portal.cases.intake import CITIZEN, Who
from portal.cases.models import Case
from portal.cases.promised import Stand, Stretch
from portal.cases.queries import case_by_id
from portal.cases.rules import ActorKind, Channel, Outcome
from portal.cases.timeline import Tracker, masked, track
from portal.drawings.shapes import Label
from portal.i18n import Text, language
from tests.builders import ACCESS, a_case, a_department, a_pledge, a_service, staff

SWEDISH, ENGLISH = language("sv"), language("en")
ANDERS = Who(ActorKind.STAFF, None, "Anders Holm")


def at(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of 2026, in UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def seen(db: Session, case: Case, moment: datetime) -> Tracker:
    """The case as the citizen sees it, read anew from the database."""
    db.flush()
    db.expire_all()
    return track(case_by_id(db, case.id), moment, partial(calendar, db), SWEDISH)


def said(text: Text) -> str:
    """A text as it is read, without hard spaces."""
    return SWEDISH.say(text).replace("\N{NO-BREAK SPACE}", " ")


def told(view: Tracker) -> list[str]:
    """All that the page says of what happens now."""
    return [piece.own or said(piece.said) for piece in view.now if piece.own or piece.said]


def facts(view: Tracker) -> list[str]:
    """The bold facts of the timeline, newest first."""
    return [f"{said(event.fact)} {event.named}".strip() for event in view.happened]


def a_question(db: Session, case: Case, moment: datetime, answer_by: date = date(2026, 12, 4)) -> None:
    """Ask the citizen which light it is."""
    actions.ask(db, case, ANDERS, "Vilket nummer?", answer_by=answer_by, access=ACCESS, at=moment)


def closed(
    db: Session, case: Case, moment: datetime, outcome: Outcome = Outcome.REMEDIED, **more: str
) -> None:
    """Close the case."""
    words = {"text": "Lyktan lyser igen.", "detail": "", **more}
    actions.close(db, case, ANDERS, outcome, access=ACCESS, at=moment, **words)


def test_a_running_case_tells_its_promised_day(db):
    view = seen(db, a_case(db), at(11, 20))
    assert said(view.headline) == "Vi lovar att det är klart senast *tisdag 24 november*."
    assert view.promise is not None
    assert (view.promise.stand, view.promise.used, view.promise.total) == (Stand.RUNNING, 8, 10)


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure.FIRST_ANSWER, "Vi lovar dig svar senast *tisdag 24 november*."),
        (Measure.DECISION, "Vi lovar dig beslut senast *tisdag 24 november*."),
        (Measure.FORWARDING, "Vi lovar att ditt ärende är hos rätt person senast *tisdag 24 november*."),
        (Measure.CALL_BACK, "Vi lovar att ringa upp dig senast *tisdag 24 november*."),
    ],
)
def test_the_sentence_says_what_is_promised(db, measure, words):
    service = a_service(db)
    a_pledge(db, service, measure=measure)
    assert said(seen(db, a_case(db, service), at(11, 20)).headline) == words


def words_on_line(view: Tracker) -> set[str]:
    """All words on the widest drawing of the promise line."""
    assert view.line is not None
    _, drawing = view.line.drawings[0]
    return {
        shape.text.replace("\N{NO-BREAK SPACE}", " ") for shape in drawing.shapes if isinstance(shape, Label)
    }


def test_the_line_tells_where_the_case_is(db):
    view = seen(db, a_case(db), at(11, 20))
    assert {"Mottaget", "tis 10 nov", "I dag: dag 8 av 10", "Lovad dag", "tis 24 nov"} <= words_on_line(view)


def test_the_line_of_a_waiting_case_tells_what_the_day_depends_on(db):
    case = a_case(db)
    a_question(db, case, at(11, 12))
    view = seen(db, case, at(11, 20))
    assert {
        "Vi frågade dig",
        "I dag: pausad, vi väntar på dig",
        "Lovad dag, om du svarar i dag",
    } <= words_on_line(view)


def test_the_line_of_a_late_case_counts_working_days(db):
    assert "I dag: 3 arbetsdagar för sent" in words_on_line(seen(db, a_case(db), at(11, 27)))


def test_a_late_case_that_waits_is_still_late_on_the_line(db):
    case = a_case(db)
    write_breaches(db, ACCESS, at(11, 25))
    a_question(db, case, at(11, 26))
    view = seen(db, case, at(11, 27))
    assert (
        said(view.headline) == "Vi behöver svar av dig. Vi är också sena: lovad dag var *tisdag 24 november*."
    )
    assert view.stand is Stand.WAITING
    assert "Lovad dag" in words_on_line(view)


def test_days_off_are_not_counted_on_the_line(db):
    view = seen(db, a_case(db), at(11, 20))
    assert view.promise is not None
    assert view.promise.uncounted == tuple(date(2026, 11, day) for day in (14, 15, 21, 22))


def test_a_promise_in_weeks_counts_every_day(db):
    service = a_service(db)
    a_pledge(db, service, amount=2, unit=Unit.WEEKS)
    view = seen(db, a_case(db, service), at(11, 20))
    assert view.promise is not None
    assert (view.promise.uncounted, view.promise.total) == ((), 14)


def test_a_waiting_case_tells_the_day_that_holds_if_the_answer_comes_today(db):
    case = a_case(db)
    a_question(db, case, at(11, 12))
    view = seen(db, case, at(11, 20))
    assert (
        said(view.headline)
        == "Vi behöver veta mer. Svarar du *i dag* är det klart senast *onsdag 2 december*."
    )
    assert view.promise is not None
    assert view.promise.pauses == (Stretch(date(2026, 11, 12), None),)
    assert view.stand is Stand.WAITING


def test_a_waiting_case_says_what_to_do_and_by_when(db):
    case = a_case(db)
    a_question(db, case, at(11, 12))
    view = seen(db, case, at(11, 20))
    assert view.question is not None
    assert (view.question.words, view.question.last_day) == ("Vilket nummer?", date(2026, 12, 4))
    assert told(view)[0] == "Svara i rutan på den här sidan senast fredag 4 december."
    assert "Du behöver inte göra något." not in " ".join(told(view))


def test_the_last_day_to_answer_may_pass(db):
    case = a_case(db)
    a_question(db, case, at(11, 12), answer_by=date(2026, 11, 18))
    view = seen(db, case, at(11, 20))
    assert view.question is not None
    assert view.question.is_over
    assert told(view)[0].startswith("Sista dagen var onsdag 18 november, men du kan fortfarande svara")


def test_a_case_past_its_day_is_late_before_anybody_has_written_it_down(db):
    view = seen(db, a_case(db), at(11, 25))
    assert view.stand is Stand.LATE
    assert (
        said(view.headline)
        == "Vi lovade att det skulle vara klart senast *tisdag 24 november*. Det höll vi inte."
    )
    assert "Vi ringer dig och säger när lyktan lyser." in told(view)


def test_a_written_breach_is_told_as_it_is(db):
    case = a_case(db)
    write_breaches(db, ACCESS, at(11, 25))
    view = seen(db, case, at(11, 25))
    assert facts(view)[0] == "Löftet hölls inte: Trasiga gatlyktor lagas inom tio arbetsdagar"
    remark = view.happened[0].remark
    assert remark is not None
    assert said(remark) == (
        "Lovad dag, tisdag 24 november, passerade utan att ärendet var klart. Löftet räknas som brutet."
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (20, "Klart *fredag 20 november*, två arbetsdagar före lovad dag."),
        (23, "Klart *måndag 23 november*, en arbetsdag före lovad dag."),
        (24, "Klart *tisdag 24 november*, på lovad dag."),
        (25, "Klart *onsdag 25 november*. Vi höll inte vårt löfte: det blev en arbetsdag för sent."),
        (30, "Klart *måndag 30 november*. Vi höll inte vårt löfte: det blev fyra arbetsdagar för sent."),
    ],
)
def test_a_closed_case_says_how_near_the_promised_day_it_came(db, day, words):
    case = a_case(db)
    closed(db, case, at(11, day))
    assert said(seen(db, case, at(12, 3)).headline) == words


def test_a_case_mended_before_it_was_closed_says_when_the_promise_was_kept(db):
    case = a_case(db)
    actions.advance(
        db, case, ANDERS, "work", text="Lampan är bytt.", remedied=True, access=ACCESS, at=at(11, 17)
    )
    closed(db, case, at(11, 19))
    view = seen(db, case, at(11, 20))
    assert said(view.headline) == "Klart *torsdag 19 november*. Vårt löfte hölls redan *tisdag 17 november*."


def test_a_kept_promise_is_told_while_the_case_goes_on(db):
    service = a_service(db)
    a_pledge(db, service, measure=Measure.FIRST_ANSWER, amount=2)
    case = a_case(db, service)
    actions.answer(db, case, ANDERS, "Vi åker dit.", ACCESS, at(11, 11))
    view = seen(db, case, at(11, 12))
    assert (
        said(view.headline) == "Du fick svar *onsdag 11 november*, i tid. Vi arbetar vidare med ditt ärende."
    )
    assert told(view)[0] == "Vi åker dit."


def test_the_first_open_promise_leads_and_the_others_stand_beside(db):
    service = a_service(db)
    a_pledge(db, service, slug="svar", measure=Measure.FIRST_ANSWER, amount=2)
    a_pledge(db, service)
    case = a_case(db, service)
    actions.answer(db, case, ANDERS, "Vi åker dit.", ACCESS, at(11, 11))
    view = seen(db, case, at(11, 12))
    assert view.promise is not None
    assert view.promise.slug == "gatlyktor-lagas"
    assert [(other.slug, other.stand) for other in view.others] == [("svar", Stand.HELD)]


def test_a_case_without_promise_says_what_comes_next(db):
    view = seen(db, a_case(db, a_service(db)), at(11, 12))
    assert said(view.headline) == "Vi har tagit emot ditt ärende. Du får besked när något händer."
    assert (view.promise, view.stand) == (None, None)


def test_a_waiting_case_without_promise_tells_the_last_day(db):
    case = a_case(db, a_service(db))
    a_question(db, case, at(11, 12))
    view = seen(db, case, at(11, 13))
    assert said(view.headline) == "Vi behöver svar av dig senast *fredag 4 december*."
    assert "räknas ingen tid" not in " ".join(told(view))


def test_who_gave_no_address_is_told_to_keep_the_link(db):
    view = seen(db, a_case(db, contact_email=""), at(11, 12))
    assert told(view)[-1].startswith("Vi har ingen e-postadress till dig. Spara länken")


def test_the_steps_say_what_is_done_what_goes_on_and_what_is_promised(db):
    case = a_case(db)
    actions.assign(db, case, ANDERS, staff(db), at(11, 11))
    steps = [(step.name, step.state.value, said(step.words)) for step in seen(db, case, at(11, 12)).steps]
    assert steps == [
        ("Mottaget", "done", "Klart 10 nov"),
        ("Bedömt", "done", "Klart 11 nov"),
        ("Åtgärd", "now", "Pågår nu"),
        ("Besked till dig", "next", "Senast 24 nov"),
    ]


def test_the_step_that_waits_for_the_citizen_says_so(db):
    case = a_case(db)
    a_question(db, case, at(11, 12))
    steps = [(step.state.value, said(step.words)) for step in seen(db, case, at(11, 13)).steps]
    assert steps[1:] == [("wait", "Väntar på dig"), ("next", "Kommer"), ("next", "Kommer")]


def test_steps_that_were_never_needed_are_not_called_done(db):
    case = a_case(db)
    closed(db, case, at(11, 12), Outcome.NOT_OURS, detail="Vägföreningen")
    view = seen(db, case, at(11, 13))
    assert [said(step.words) for step in view.steps] == [
        "Klart 10 nov",
        "Behövdes inte",
        "Behövdes inte",
        "Klart 12 nov",
    ]
    assert "Vi har skickat ärendet till Vägföreningen." in told(view)


def test_the_timeline_tells_everything_newest_first(db):
    case = a_case(db)
    actions.assign(db, case, ANDERS, staff(db), at(11, 11))
    a_question(db, case, at(11, 12))
    actions.receive(db, case, CITIZEN, "0412", file_ids=[], access=ACCESS, at=at(11, 13))
    actions.promise_answer(
        db, case, ANDERS, "Elektrikern ser på det.", expected=date(2026, 11, 17), access=ACCESS, at=at(11, 14)
    )
    actions.hand_over(
        db, case, ANDERS, a_department(db, "park", "Park"), reason="Er lykta.", access=ACCESS, at=at(11, 15)
    )
    closed(db, case, at(11, 16))
    assert facts(seen(db, case, at(11, 20))) == [
        "Löftet hölls: Trasiga gatlyktor lagas inom tio arbetsdagar",
        "Ärendet är avslutat: Åtgärdat.",
        "Park har tagit över ditt ärende.",
        "Vi lovade dig svar senast tisdag 17 november.",
        "Du svarade på vår fråga.",
        "Vi bad dig om svar senast fredag 4 december.",
        "Anders Holm, arbetsledare, har ditt ärende.",
        "Vi tog emot ditt ärende.",
    ]


def test_what_only_staff_may_read_is_never_told(db):
    case = a_case(db)
    actions.note(db, case, ANDERS, "Hen har ringt fyra gånger.", at(11, 11))
    view = seen(db, case, at(11, 12))
    assert facts(view) == ["Vi tog emot ditt ärende."]


def test_own_words_keep_the_language_they_were_written_in(db):
    view = seen(db, a_case(db, language="en", description="It is dark."), at(11, 12))
    own = view.happened[-1].own
    assert own is not None
    assert (own.own, own.language) == ("It is dark.", "en")


def test_the_opening_tells_how_it_came_in(db):
    by = seen(db, a_case(db, channel=Channel.PHONE), at(11, 12)).happened[-1].by
    assert by is not None and by.said is not None
    assert said(by.said) == "Du, via telefon"


def test_days_are_written_in_the_language_of_the_reader(db):
    case = a_case(db)
    db.flush()
    view = track(case_by_id(db, case.id), at(11, 20), partial(calendar, db), ENGLISH)
    assert ENGLISH.say(view.headline).replace("\N{NO-BREAK SPACE}", " ").count("24 November") == 1


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("anmalan@post.example", "a…n@post.example"),
        ("a@post.example", "a…@post.example"),
        ("", ""),
    ],
)
def test_an_address_is_shown_only_to_who_knows_it(address, shown):
    assert masked(address) == shown
