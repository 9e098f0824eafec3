"""Set pieces about promises that ran late: explained in time and after, followed up, and excused."""

from dataclasses import replace

from portal.cases import actions
from portal.cases.amends import explain_breach
from portal.cases.delays import explain_delay
from portal.cases.rules import Outcome
from portal.cases.turns import excusable, excuse
from portal.demo.history import acting
from portal.demo.people import demo_person
from portal.demo.set_pieces import STREETLIGHT, TERRACE, Stage

HEAD_OF_PERMITS = "chef@ekdala.example"
NEW_DAY_AFTER = 4

SPARE_PART = replace(
    STREETLIGHT,
    reference_body="3D6W8",
    submission="demo-spare-part",
    title="Gatlyktan vid Sjövägen 3",
    description="Lyktan vid busshållplatsen blinkar och slocknar.",
    place="Sjövägen 3, lykta 0127",
)
DUG_UP = replace(
    STREETLIGHT,
    reference_body="5P2X7",
    submission="demo-dug-up",
    title="Tre lyktor släckta på Tallstigen",
    description="Hela backen är mörk. Barnen går här till skolan.",
    place="Tallstigen 12, lykta 0355",
)
GRAFFITI = replace(
    STREETLIGHT,
    reference_body="6R4M9",
    submission="demo-graffiti",
    category="klotter",
    title="Klotter på gångtunneln vid stationen",
    description="Någon har målat över hela väggen och skylten.",
    place="Stationsgatan 1",
)
EXTENSION = replace(
    TERRACE,
    reference_body="8T3N5",
    submission="demo-extension",
    title="Tillbyggnad på Björken 7",
    description="Vi vill bygga ut köket med tolv kvadratmeter.",
    place="Björken 7",
)


def play_late_pieces(stage: Stage) -> None:
    """Play every piece about a promise that ran late."""
    for piece in (spare_part, dug_up, graffiti, extension):
        piece(stage)


def spare_part(stage: Stage) -> None:
    """A street light whose spare part will be late: the citizen is told before the promised day."""
    case, who = stage.open(SPARE_PART, 9, 17, 20)
    db, access = stage.db, stage.access
    found = "Armaturen är trasig. Vi har beställt en ny."
    actions.answer(db, case, who, found, access, stage.days_ago(7, 9, 30))
    why = "Armaturen är slut hos leverantören. Den kommer några dagar senare än vi räknade med."
    new_day = stage.in_days(NEW_DAY_AFTER)
    explain_delay(db, case, who, why, new_day=new_day, access=access, at=stage.days_ago(2, 13, 15))


def dug_up(stage: Stage) -> None:
    """Street lights that are late already: told afterwards, with a new day; how it came is still to be explained."""
    case, who = stage.open(DUG_UP, 14, 19, 5)
    db, access = stage.db, stage.access
    found = "Kabeln är avgrävd vid ett bygge. Den måste grävas fram."
    actions.answer(db, case, who, found, access, stage.days_ago(12, 10, 10))
    explained = stage.days_ago(3, 8, 55)
    stage.historian.notice_breaches(case, explained)
    why = "Bygget ligger kvar över kabeln. Vi får gräva först när deras ställning är borta."
    new_day = stage.in_days(NEW_DAY_AFTER)
    explain_delay(db, case, who, why, new_day=new_day, access=access, at=explained)


def graffiti(stage: Stage) -> None:
    """Graffiti that was removed too late, and everything that the broken promise owed has been done."""
    case, who = stage.open(GRAFFITI, 12, 9, 40)
    db, access = stage.db, stage.access
    actions.answer(db, case, who, "Vi sanerar tunneln.", access, stage.days_ago(11, 9, 5))
    ended, told = stage.days_ago(8, 14, 30), stage.days_ago(7, 10, 0)
    stage.historian.notice_breaches(case, ended)
    over = "Väggen är sanerad och skylten är bytt."
    actions.close(db, case, who, Outcome.REMEDIED, text=over, detail="", access=access, at=ended)
    why = "Medlet vi använde först bet inte på färgen. Det tog två försök till. Vi ber om ursäkt."
    explain_breach(db, case, who, why, access, told)


def extension(stage: Stage) -> None:
    """A building permit whose promise was broken, and left out of the figure for a reason that anybody may read."""
    case, who = stage.open(EXTENSION, 30, 18, 45)
    db, access = stage.db, stage.access
    complete = "Din ansökan är komplett. Jag återkommer med beslutet."
    actions.answer(db, case, who, complete, access, stage.days_ago(28, 11, 0))
    excused = stage.days_ago(5, 15, 10)
    stage.historian.notice_breaches(case, excused)
    reason = "Sökanden bad oss skriftligt att vänta med beslutet tills tomtgränsen var utmärkt."
    head = acting(demo_person(db, HEAD_OF_PERMITS))
    for clock in excusable(case):
        excuse(db, case, clock, head, reason, excused)
