"""The promise line of one promise of a case: what is drawn, and its words in the reader's language. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from pledges.pledge import Measure
from portal.cases.due_words import short_last_day
from portal.cases.promised import Promised, Stand, Stretch
from portal.drawings.course import CaseLine, LineEvent, all_but
from portal.drawings.promise import promise_line
from portal.drawings.promise_words import PromiseTexts
from portal.drawings.shapes import Chart
from portal.i18n import N_, Language, Text

ENDED: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Svar %(day)s"),
    Measure.REMEDY: N_("Klart %(day)s"),
    Measure.DECISION: N_("Beslut %(day)s"),
    Measure.FORWARDING: N_("Hos rätt person %(day)s"),
    Measure.CALL_BACK: N_("Uppringd %(day)s"),
    Measure.OFFICER_NAMED: N_("Handläggare utsedd %(day)s"),
    Measure.COMPLETENESS: N_("Granskat %(day)s"),
    Measure.DELAY_NOTICE: N_("Besked om dröjsmål %(day)s"),
}
RUNNING = (N_("I dag: dag %(used)s av %(total)s"), N_("Nu: timme %(used)s av %(total)s"))
WAITING = N_("I dag: pausad, vi väntar på dig")
# In working days, in calendar days and in hours: one, then several.
LATE = (
    (N_("I dag: en arbetsdag för sent"), N_("I dag: %(apart)s arbetsdagar för sent")),
    (N_("I dag: en dag för sent"), N_("I dag: %(apart)s dagar för sent")),
    (N_("Nu: en timme för sent"), N_("Nu: %(apart)s timmar för sent")),
)
TITLES: Mapping[Stand, str] = {
    Stand.RUNNING: N_("Dag %(used)s av %(total)s"),
    Stand.WAITING: N_("Tiden är pausad"),
    Stand.LATE: N_("Lovad dag har passerat"),
    Stand.HELD: N_("Löftet hölls"),
    Stand.BROKEN: N_("Löftet hölls inte"),
}
IN_HOURS = N_("Timme %(used)s av %(total)s")
HOURS_GONE = N_("%(since)s %(received)s. Nu är det timme %(used)s av %(total)s. Löftet går ut %(due)s.")
SENTENCES: Mapping[Stand, str] = {
    Stand.RUNNING: N_(
        "%(since)s %(received)s. I dag, %(today)s, är dag %(used)s av %(total)s. Lovad dag är %(due)s."
    ),
    Stand.WAITING: N_(
        "%(since)s %(received)s. Tiden står stilla medan vi väntar på dig. Svarar du i dag, %(today)s, är lovad dag %(due)s."
    ),
    Stand.LATE: N_(
        "%(since)s %(received)s. Lovad dag var %(due)s. I dag är det %(today)s, och det är inte klart."
    ),
    Stand.HELD: N_("%(since)s %(received)s. Lovad dag var %(due)s. Löftet hölls %(ended)s."),
    Stand.BROKEN: N_("%(since)s %(received)s. Lovad dag var %(due)s. Det blev klart %(ended)s, för sent."),
}


def line_of(
    promise: Promised, expected: date | None, today: date, tongue: Language, new_day: date | None = None
) -> Chart:
    """Draw the promise. `expected` is a day on which an answer has been said to come, `new_day` one that was given
    when a delay was explained; both only when they are ahead.
    """
    asked = [stretch.after for stretch in promise.pauses]
    events = [_event(day, N_("Vi frågade dig"), tongue) for day in asked]
    if expected is not None:
        events.append(_event(expected, N_("Väntat svar"), tongue))
    if new_day is not None:
        events.append(_event(new_day, N_("Ny dag"), tongue))
    case = CaseLine(
        received=promise.received_on,
        today=today,
        due=promise.due_on,
        counted=all_but(frozenset(promise.uncounted)),
        pauses=[_pause(stretch, promise, today) for stretch in promise.pauses],
        stopped=promise.ended_on,
        events=events,
        kept={Stand.HELD: True, Stand.BROKEN: False}.get(promise.stand),
    )
    return promise_line(case, _texts(promise, today, tongue))


def _pause(stretch: Stretch, promise: Promised, today: date) -> tuple[date, date | None]:
    """A promise that is late already is drawn as late, also while the case waits for the citizen."""
    lasts = stretch.until is None and promise.stand is Stand.WAITING
    return stretch.after, None if lasts else stretch.until or today


def _event(day: date, words: str, tongue: Language) -> LineEvent:
    return LineEvent(day, tongue.gettext(words), tongue.short_day(day))


def _texts(promise: Promised, today: date, tongue: Language) -> PromiseTexts:
    values = {
        "since": tongue.gettext(promise.since),
        "received": tongue.day(promise.received_on),
        "today": tongue.day(today),
        "due": promise.due(tongue),
        "ended": tongue.day(promise.ended_on or today),
        "used": tongue.number(promise.used),
        "total": tongue.number(promise.total),
    }
    by_the_hour = promise.unit.in_hours and promise.stand is Stand.RUNNING
    if_today = N_("Lovad dag, om du svarar i dag")
    return PromiseTexts(
        title=tongue.say(Text(IN_HOURS if by_the_hour else TITLES[promise.stand], values)),
        description=tongue.say(Text(HOURS_GONE if by_the_hour else SENTENCES[promise.stand], values)),
        received=tongue.gettext(promise.since),
        received_day=tongue.short_day(promise.received_on),
        due=tongue.gettext(if_today if promise.stand is Stand.WAITING else N_("Lovad dag")),
        due_day=short_last_day(promise.due_on, promise.due_at, promise.unit, tongue),
        now=tongue.say(_now(promise, tongue)),
        uncounted=tongue.gettext(_uncounted(promise)),
    )


def _now(promise: Promised, tongue: Language) -> Text:
    if promise.ended_on is not None:
        return Text(ENDED[promise.measure], {"day": tongue.short_day(promise.ended_on)})
    if promise.stand is Stand.WAITING:
        return Text(WAITING)
    if promise.stand is Stand.LATE:
        if promise.apart == 0:
            return Text(N_("I dag: för sent"))
        one, many = LATE[promise.pace]
        return Text(many if promise.apart != 1 else one, {"apart": tongue.number(promise.apart)})
    return Text(
        RUNNING[promise.unit.in_hours],
        {"used": tongue.number(promise.used), "total": tongue.number(promise.total)},
    )


def _uncounted(promise: Promised) -> str:
    if not promise.uncounted:
        return ""
    is_one_run = all(later - day == timedelta(days=1) for day, later in pairwise(promise.uncounted))
    return N_("helgen räknas inte") if is_one_run else N_("helger räknas inte")
