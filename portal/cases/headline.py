"""The one sentence a citizen comes for. Pure; what is measured stands between asterisks."""

from collections.abc import Mapping

from pledges.pledge import Measure
from portal.cases.models import Case
from portal.cases.outlook import answer_by
from portal.cases.promised import Promised, Stand
from portal.cases.rules import Outcome, State
from portal.clock import local_day
from portal.i18n import N_, Language, Text

RUNNING: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Vi lovar dig svar senast *%(day)s*."),
    Measure.REMEDY: N_("Vi lovar att det är klart senast *%(day)s*."),
    Measure.DECISION: N_("Vi lovar dig beslut senast *%(day)s*."),
    Measure.FORWARDING: N_("Vi lovar att ditt ärende är hos rätt person senast *%(day)s*."),
    Measure.CALL_BACK: N_("Vi lovar att ringa upp dig senast *%(day)s*."),
    Measure.OFFICER_NAMED: N_("Vi lovar att du vet vem som handlägger senast *%(day)s*."),
    Measure.COMPLETENESS: N_("Vi lovar att säga om något saknas senast *%(day)s*."),
    Measure.DELAY_NOTICE: N_("Vi lovar att säga varför det dröjer senast *%(day)s*."),
}
WAITING: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Vi behöver veta mer. Svarar du *i dag* får du vårt svar senast *%(day)s*."),
    Measure.REMEDY: N_("Vi behöver veta mer. Svarar du *i dag* är det klart senast *%(day)s*."),
    Measure.DECISION: N_("Vi behöver veta mer. Svarar du *i dag* får du beslut senast *%(day)s*."),
    Measure.FORWARDING: N_(
        "Vi behöver veta mer. Svarar du *i dag* är ärendet hos rätt person senast *%(day)s*."
    ),
    Measure.CALL_BACK: N_("Vi behöver veta mer. Svarar du *i dag* ringer vi upp dig senast *%(day)s*."),
    Measure.OFFICER_NAMED: N_(
        "Vi behöver veta mer. Svarar du *i dag* vet du vem som handlägger senast *%(day)s*."
    ),
    Measure.COMPLETENESS: N_("Vi behöver veta mer. Svarar du *i dag* är det granskat senast *%(day)s*."),
    Measure.DELAY_NOTICE: N_(
        "Vi behöver veta mer. Svarar du *i dag* säger vi varför det dröjer senast *%(day)s*."
    ),
}
LATE: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Vi lovade dig svar senast *%(day)s*. Det höll vi inte."),
    Measure.REMEDY: N_("Vi lovade att det skulle vara klart senast *%(day)s*. Det höll vi inte."),
    Measure.DECISION: N_("Vi lovade dig beslut senast *%(day)s*. Det höll vi inte."),
    Measure.FORWARDING: N_(
        "Vi lovade att ditt ärende skulle vara hos rätt person senast *%(day)s*. Det höll vi inte."
    ),
    Measure.CALL_BACK: N_("Vi lovade att ringa upp dig senast *%(day)s*. Det höll vi inte."),
    Measure.OFFICER_NAMED: N_("Du skulle veta vem som handlägger senast *%(day)s*. Det höll vi inte."),
    Measure.COMPLETENESS: N_("Vi lovade att säga om något saknas senast *%(day)s*. Det höll vi inte."),
    Measure.DELAY_NOTICE: N_("Vi lovade att säga varför det dröjer senast *%(day)s*. Det höll vi inte."),
}
# Kept while the case goes on.
KEPT: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Du fick svar *%(day)s*, i tid. Vi arbetar vidare med ditt ärende."),
    Measure.REMEDY: N_("Det blev klart *%(day)s*, i tid. Du får besked när ärendet avslutas."),
    Measure.DECISION: N_("Beslutet kom *%(day)s*, i tid."),
    Measure.FORWARDING: N_("Ditt ärende kom till rätt person *%(day)s*, i tid."),
    Measure.CALL_BACK: N_("Vi ringde upp dig *%(day)s*, i tid."),
    Measure.OFFICER_NAMED: N_("Du fick veta vem som handlägger *%(day)s*, i tid."),
    Measure.COMPLETENESS: N_("Vi granskade ansökan *%(day)s*, i tid."),
    Measure.DELAY_NOTICE: N_("Vi sa varför det dröjer *%(day)s*, i tid."),
}
BROKEN = N_("Vi lovade besked senast *%(due)s*. Det kom *%(day)s*, och vårt löfte hölls inte.")
CLOSED = N_("Klart *%(day)s*.")
CLOSED_ON_THE_DAY = N_("Klart *%(day)s*, på lovad dag.")
CLOSED_LATE = N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev för sent.")
CLOSED_EARLIER = N_("Klart *%(day)s*. Vårt löfte hölls redan *%(ended)s*.")
TAKEN_BACK: Mapping[Outcome, str] = {
    Outcome.WITHDRAWN: N_("Ärendet togs tillbaka *%(day)s*."),
    Outcome.DUPLICATE: N_("Ärendet hör ihop med ett annat och avslutades *%(day)s*."),
}
# In working days, in calendar days and in hours: one, then several.
BEFORE = (
    (
        N_("Klart *%(day)s*, en arbetsdag före lovad dag."),
        N_("Klart *%(day)s*, %(count)s arbetsdagar före lovad dag."),
    ),
    (N_("Klart *%(day)s*, en dag före lovad dag."), N_("Klart *%(day)s*, %(count)s dagar före lovad dag.")),
    (
        N_("Klart *%(day)s*, en timme innan löftet gick ut."),
        N_("Klart *%(day)s*, %(count)s timmar innan löftet gick ut."),
    ),
)
AFTER = (
    (
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev en arbetsdag för sent."),
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev %(count)s arbetsdagar för sent."),
    ),
    (
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev en dag för sent."),
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev %(count)s dagar för sent."),
    ),
    (
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev en timme för sent."),
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev %(count)s timmar för sent."),
    ),
)
WAITING_UNTIL = N_("Vi behöver svar av dig senast *%(day)s*.")
WAITING_LATE = N_("Vi behöver svar av dig. Vi är också sena: lovad dag var *%(day)s*.")
RECEIVED = N_("Vi har tagit emot ditt ärende. Du får besked när något händer.")
ACTIVE = N_("Vi arbetar med ditt ärende. Du får besked när något händer.")


def headline(case: Case, promise: Promised | None, tongue: Language) -> Text:
    """Give the sentence on top of the page."""
    if case.state is State.CLOSED:
        return _closed(case, promise, tongue)
    if case.state is State.WAITING:
        return _waiting(case, promise, tongue)
    if promise is None:
        return Text(RECEIVED if case.state is State.RECEIVED else ACTIVE)
    if promise.stand in (Stand.HELD, Stand.BROKEN):
        return _ended(promise, tongue)
    words = LATE if promise.stand is Stand.LATE else RUNNING
    return Text(words[promise.measure], {"day": promise.due(tongue)})


def _waiting(case: Case, promise: Promised | None, tongue: Language) -> Text:
    last = answer_by(case)
    if promise is not None and promise.stand is Stand.LATE:
        return Text(WAITING_LATE, {"day": promise.due(tongue)})
    if promise is not None and promise.is_open:
        return Text(WAITING[promise.measure], {"day": promise.due(tongue)})
    return Text(WAITING_UNTIL, {"day": tongue.day(last)})


def _ended(promise: Promised, tongue: Language) -> Text:
    days = {"day": tongue.day(promise.ended_on or promise.due_on), "due": promise.due(tongue)}
    return Text(KEPT[promise.measure] if promise.stand is Stand.HELD else BROKEN, days)


def _closed(case: Case, promise: Promised | None, tongue: Language) -> Text:
    ended = local_day(case.closed_at or case.received_at)
    days = {"day": tongue.day(ended)}
    if case.outcome is not None and case.outcome in TAKEN_BACK:
        return Text(TAKEN_BACK[case.outcome], days)
    if promise is None or promise.ended_on is None:
        return Text(CLOSED, days)
    if promise.stand is Stand.HELD and promise.ended_on != ended:
        return Text(CLOSED_EARLIER, {**days, "ended": tongue.day(promise.ended_on)})
    if promise.apart == 0:
        return Text(CLOSED_ON_THE_DAY if promise.stand is Stand.HELD else CLOSED_LATE, days)
    one, many = (BEFORE if promise.stand is Stand.HELD else AFTER)[promise.pace]
    return Text(one if promise.apart == 1 else many, {**days, "count": tongue.count_word(promise.apart)})
