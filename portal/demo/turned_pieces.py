"""Set pieces about cases that took a turn: merged, opened again, taken back; and promises that people contest."""

from dataclasses import dataclass, replace

from portal.cases import actions
from portal.cases.intake import CITIZEN
from portal.cases.models import Case
from portal.cases.reference import assemble
from portal.cases.rules import Outcome
from portal.cases.turns import merge, reopen, withdraw
from portal.clock import local_day
from portal.contests.actions import Objection, contest
from portal.demo.history import acting
from portal.demo.set_pieces import STREETLIGHT, Stage
from portal.pledgebook.contest import COMPLAINT
from portal.pledgebook.figures.outcomes import version_on
from portal.pledgebook.queries import pledge_by_slug

HARBOUR = replace(
    STREETLIGHT,
    reference_body="9C5H2",
    submission="demo-harbour",
    title="Lyktan längst ut på Hamnpiren",
    description="Lyktan längst ut är trasig. Man ser inte kanten.",
    place="Hamnpiren, lykta 0508",
)
HARBOUR_AGAIN = replace(
    HARBOUR,
    reference_body="9C6K4",
    submission="demo-harbour-again",
    title="Mörkt på piren",
    description="En lykta på piren är släckt. Jag tror att det är den yttersta.",
    email="seglare@post.example",
)
AGAIN_DARK = replace(
    STREETLIGHT,
    reference_body="4X9B6",
    submission="demo-again-dark",
    title="Gatlyktan vid Skolgatan 21",
    description="Lyktan utanför vår port lyser inte.",
    place="Skolgatan 21, lykta 0233",
)
GYM = replace(
    STREETLIGHT,
    reference_body="2N8F3",
    submission="demo-gym",
    service="hyra-lokal",
    category="",
    title="Gymnastiksalen i Norrby skola",
    description="Vi vill hyra salen på lördag för ett kalas.",
    place="Norrby skola",
)


@dataclass(frozen=True)
class Contest:
    """What somebody says of a pledge: so many working days ago, and what staff answers, if they have."""

    pledge: str
    body: str
    text: str
    days: int
    answer: str = ""


CONTESTS = (
    Contest(
        "svar-pa-epost",
        "3B7D5",
        "Jag fick ett svar i tid, men det stod bara att ni skulle titta på frågan. Det är inget svar.",
        2,
        "Du har rätt i att svaret inte sa när du får besked. Vi har rättat det och skriver till dig på fredag.",
    ),
    Contest(
        "missad-hamtning",
        "6W2P8",
        "Tunnan stod kvar i fyra dagar. Ni säger att den tömdes dagen efter.",
        1,
    ),
    Contest(
        "gatlyktor-lagas",
        "7K4R2",
        "Lyktan lyste en enda kväll. Ni räknar den som lagad.",
        1,
    ),
)


def play_turned_pieces(stage: Stage) -> None:
    """Play every piece about a case that took a turn, and the contests."""
    for piece in (harbour, again_dark, gym):
        piece(stage)
    for said in CONTESTS:
        contested(stage, said)


def harbour(stage: Stage) -> None:
    """Two reports of one street light: the later is merged into the first, which keeps its day."""
    first, who = stage.open(HARBOUR, 6, 16, 45)
    db, access = stage.db, stage.access
    found = "En båtmast har tagit i lyktan. Vi byter den när vinden har lagt sig."
    actions.answer(db, first, who, found, access, stage.days_ago(5, 9, 25))
    double, who = stage.open(HARBOUR_AGAIN, 5, 20, 10)
    same = "Det är samma lykta som en annan person har anmält. Vi lagar den i det ärendet."
    merge(db, double, first, who, text=same, access=access, at=stage.days_ago(4, 9, 15))


def again_dark(stage: Stage) -> None:
    """A street light that was mended in time and went dark again: the citizen opened the case again."""
    case, who = stage.open(AGAIN_DARK, 15, 7, 30)
    db, access = stage.db, stage.access
    actions.answer(db, case, who, "Vi byter lampan i veckan.", access, stage.days_ago(13, 10, 40))
    mended, over = stage.days_ago(9, 14, 20), "Lampan är bytt och lyktan lyser."
    actions.close(db, case, who, Outcome.REMEDIED, text=over, detail="", access=access, at=mended)
    dark = "Den lyste i en vecka. Nu är det mörkt igen."
    reopen(db, case, CITIZEN, dark, access, stage.days_ago(3, 17, 50))
    check = "Vi mäter upp säkringen i stolpen, så att det inte händer en gång till."
    actions.answer(db, case, who, check, access, stage.days_ago(2, 9, 50))


def gym(stage: Stage) -> None:
    """A hall that nobody needs any more: the citizen takes the case back the same evening."""
    case = stage.historian.open(replace(GYM, received_at=stage.days_ago(3, 14, 5)))
    elsewhere = "Vi får låna en lokal av grannen i stället."
    withdraw(stage.db, case, CITIZEN, elsewhere, stage.access, stage.days_ago(3, 18, 30))


def contested(stage: Stage, said: Contest) -> Case:
    """Somebody says that a promise was not kept, whatever our clock says; some have got an answer."""
    db, access, at = stage.db, stage.access, stage.days_ago(said.days, 12, 35)
    pledge, service = pledge_by_slug(db, said.pledge), stage.historian.services[COMPLAINT]
    objection = Objection(
        text=said.text,
        token=f"demo-{said.body}",
        language="sv",
        email="missnojd@post.example",
        own_reference=assemble(service.prefix, said.body),
    )
    version = version_on(pledge, local_day(at))
    case = contest(db, pledge, version, service, said=objection, access=access, at=at).case
    if said.answer:
        officer = stage.historian.officer_of(case.department_id)
        answered = stage.days_ago(said.days - 1, 9, 0)
        actions.assign(db, case, acting(officer), officer, answered)
        actions.answer(db, case, acting(officer), said.answer, access, answered)
    return case
