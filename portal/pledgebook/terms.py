"""What the parts of a pledge are called: measures, sources, limits and pauses as texts, for every page that names them."""

from collections.abc import Mapping

from pledges.compensation import FeeShare, Kind, Per, Rule
from pledges.limit import Unit
from pledges.pause import PausePolicy
from pledges.pledge import Measure, Source, Start
from portal.i18n import N_, Text
from portal.pledgebook.models import TargetUnit

MEASURES: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Tid till första svar"),
    Measure.REMEDY: N_("Tid till åtgärd"),
    Measure.DECISION: N_("Tid till beslut"),
    Measure.FORWARDING: N_("Tid till rätt mottagare"),
    Measure.CALL_BACK: N_("Tid till att vi ringer upp"),
    Measure.OFFICER_NAMED: N_("Tid till namngiven handläggare"),
    Measure.COMPLETENESS: N_("Tid till besked om vad som saknas"),
    Measure.DELAY_NOTICE: N_("Tid till besked om att det dröjer"),
    Measure.FIRST_CONTACT: N_("Klart vid första kontakten"),
    Measure.CALLS: N_("Besvarade samtal"),
    Measure.SURVEY: N_("Svar i en enkät"),
    Measure.AVAILABILITY: N_("Hur ofta tjänsten fungerar"),
    Measure.READABILITY: N_("Hur lätta texterna är att läsa"),
    Measure.WORK_LOG: N_("Utfört arbete enligt journal"),
}
SOURCES: Mapping[Source, str] = {
    Source.CASES: N_("Ärendena själva"),
    Source.PHONE: N_("Telefonväxeln"),
    Source.SURVEY: N_("En enkät"),
    Source.MONITOR: N_("Driftövervakning"),
    Source.WORK_LOG: N_("Verksamhetens journal"),
    Source.TEXT: N_("Kontroll av texter"),
}
STARTS: Mapping[Start, str] = {
    Start.RECEIVED: N_("När ärendet har kommit in"),
    Start.COMPLETE: N_("När ärendet är komplett"),
    Start.BREACHED: N_("När ett annat löfte i ärendet har brutits"),
}
PAUSES: Mapping[PausePolicy, str] = {
    PausePolicy.NONE: N_("Tiden står aldrig stilla"),
    PausePolicy.QUESTION: N_("Tiden står stilla medan vi väntar på svar från invånaren"),
    PausePolicy.QUESTION_OR_LAW: N_(
        "Tiden står stilla medan vi väntar på invånaren, eller när en lag säger det"
    ),
}
UNITS: Mapping[Unit, str] = {
    Unit.WORKING_DAYS: N_("Arbetsdagar"),
    Unit.WEEKS: N_("Veckor"),
    Unit.CALENDAR_DAYS: N_("Kalenderdagar"),
    Unit.MONTHS: N_("Månader"),
    Unit.WORKING_HOURS: N_("Timmar under öppettid"),
    Unit.CLOCK_HOURS: N_("Timmar dygnet runt"),
    Unit.SAME_DAY: N_("Samma dag, om det kommer före ett klockslag"),
}
TARGET_UNITS: Mapping[TargetUnit, str] = {
    TargetUnit.PERCENT: N_("Procent av fallen"),
    TargetUnit.PERSONS_AT_MOST: N_("Högst så många personer"),
    TargetUnit.INDEX: N_("Index i en enkät"),
}
COMPENSATIONS: Mapping[Kind, str] = {
    Kind.APOLOGY: N_("Vi ber om ursäkt och ger ett nytt datum"),
    Kind.EXPLANATION: N_("Vi förklarar varför"),
    Kind.FEE_REDUCTION: N_("Vi sänker avgiften"),
}
PER: Mapping[Per, str] = {
    Per.STARTED_WEEK: N_("för varje påbörjad vecka"),
    Per.ONCE: N_("en gång"),
}
FEE_BY_WEEK = N_("Vi sänker avgiften med %(share)s för varje påbörjad vecka")
FEE_BY_WEEK_UP_TO = N_("Vi sänker avgiften med %(share)s för varje påbörjad vecka, med högst %(most)s")
FEE_ONCE = N_("Vi sänker avgiften med %(share)s")


def compensation_words(rule: Rule) -> Text:
    """Give what follows when a promise was broken, as a sentence without its full stop."""
    if rule.fee is None:
        return Text(COMPENSATIONS[rule.kind])
    return _fee_words(rule.fee)


def _fee_words(fee: FeeShare) -> Text:
    if fee.per is Per.ONCE:
        return Text(FEE_ONCE, {"share": str(fee.share)})
    if fee.most == 1:
        return Text(FEE_BY_WEEK, {"share": str(fee.share)})
    return Text(FEE_BY_WEEK_UP_TO, {"share": str(fee.share), "most": str(fee.most)})
