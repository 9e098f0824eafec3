"""A promise from the first draft to the figure that a stranger counts again, as a head of department lives it.

Nobody can wait for a morning to come, so the site and its worker run with a clock of the tests' own, which is put
forward from one scene to the next (see `tests.live.later`); each time the worker's minute is passed by hand. Nothing
else is arranged: everybody does all they do on the pages, no case is dated back, and no row is written by the test.
The story begins on a Monday early in a month, so that its outcomes all belong to the same month.
"""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from portal.authoring.models import PledgeDraft
from portal.cases.models import Case, CaseClock
from portal.clock import STOCKHOLM, local_day, now
from portal.demo.loading import DEMO_PASSWORD
from portal.i18n import language, without_marks
from portal.pledgebook.models import Pledge as Pledged
from portal.pledgebook.models import PledgeVersion
from tests.browser.book import Book, Data, Draft, Intake
from tests.browser.conftest import visitors
from tests.browser.hands import Hands, Mouse
from tests.browser.letters import Letters
from tests.browser.pages import DeskCase, Pledge, SignIn, Tracker, plain
from tests.live.server import LaterSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CASES = 60
HEAD = "chef@ekdala.example"
RESIDENT = "bygger@post.example"
SERVICE = "bygglov-ansokan"
SLUG = "svar-om-bygglov-inom-tva-arbetsdagar"
PROMISE = "Du får ett första svar om ditt bygglov inom *två arbetsdagar*."
WORDS = {
    "Löftet, som en mening": PROMISE,
    "Löftet i korthet": "Svar om bygglov inom *två arbetsdagar*",
    "Vad tjänsten innehåller": "Vi läser din ansökan och svarar dig.",
    "Om vi inte håller löftet": "Vi ringer dig och berättar hur det går.",
    "Tiden vi lovar": "2",
    "Målet": "90",
    "Ansvarig": "Bygglovschef",
}
CHOICES = {
    "Det här mäter vi": "Tid till första svar",
    "Varifrån siffrorna kommer": "Ärendena själva",
    "Räknat i": "Arbetsdagar",
}
BOXES = ("Vi ber om ursäkt och ger ett nytt datum", "Ansök om bygglov")
WHY = "Två av oss är sjuka, och vi hinner inte läsa alla ansökningar i tid."
KEPT = 5


@pytest.fixture
def monday() -> datetime:
    """Nine in the morning of the first Monday of next month that is not its first day."""
    first = (local_day(now()).replace(day=1) + timedelta(days=32)).replace(day=2)
    day = first + timedelta(days=-first.weekday() % 7)
    return datetime.combine(day, time(9), STOCKHOLM).astimezone(UTC)


@pytest.fixture
def later(tmp_path: Path, monday: datetime) -> Iterator[LaterSite]:
    """A site of the story's own, at that moment."""
    living = LaterSite(tmp_path / "later", CASES, monday)
    living.start()
    yield living
    living.stop()
    living.database.engine.dispose()


@pytest.fixture(params=["javascript", "no-javascript"])
def arrives(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any], later: LaterSite
) -> Iterator[Callable[[], Hands]]:
    """Let somebody come to the site, with JavaScript and without."""
    kind = {
        **browser_context_args,
        "base_url": later.url,
        "java_script_enabled": request.param == "javascript",
    }
    with visitors(browser, kind, later) as arrive:
        yield lambda: Mouse(arrive())


def test_a_pledge_is_drafted_decided_broken_and_counted_again_by_a_stranger(
    arrives: Callable[[], Hands], later: LaterSite
):
    site, letters = later, Letters(later.settings.letters)
    head, resident, stranger = arrives(), arrives(), arrives()
    tomorrow = local_day(moment_of(site)) + timedelta(days=1)
    SignIn.visit(head).enter(HEAD, DEMO_PASSWORD)
    draft = write_with_mistakes(Book.visit(head).begin(), site, tomorrow)
    slug = decide_and_publish(see_how_it_would_have_gone(draft), tomorrow)
    assert f"Börjar gälla {in_full(tomorrow)}" in Pledge.visit(resident, slug).text

    site.put_forward_to(at(tomorrow, time(9, 30)))
    SignIn.visit(head).enter(HEAD, DEMO_PASSWORD)
    for number in range(1, KEPT + 1):
        answer_at_once(head, f"Altan {number}", f"{number}.{RESIDENT}")
    late = Intake.visit(head, SERVICE).register(
        "Carport på Tallvägen 3", "Jag vill bygga en carport.", RESIDENT
    )
    promised = letters.wait_for(RESIDENT, about=late.reference)
    before = Pledge.visit(resident, slug)
    assert (before.kept, before.outcomes) == (KEPT, KEPT)
    stand_before = Data.from_pledge(stranger, slug).said
    must_be_counted_so(stranger, slug)

    clock = clock_of(site, late.reference, slug)
    warn_and_explain(head, site, letters, late.reference, clock)
    site.put_forward_to(morning_after(clock.due_at))
    site.pass_a_minute()
    letters.wait_for(RESIDENT, about="Vi höll inte vårt löfte")
    must_admit_it([plain(letter.text) for letter in letters.of(RESIDENT)], clock, new_day_of(clock))
    assert "Försenat nu" in Tracker.by_link(resident, promised.link).text
    the_head_reads_it(head, site, late.reference)

    after = Pledge.visit(resident, slug)
    assert (after.kept, after.outcomes) == (KEPT, KEPT + 1)
    assert Data.from_pledge(stranger, slug).said != stand_before
    must_be_counted_so(stranger, slug)
    assert "Hölls inte" in Data.from_pledge(stranger, slug).said


def moment_of(site: LaterSite) -> datetime:
    """Give the moment by the site's clock."""
    return datetime.now(UTC) + timedelta(seconds=float(site.ahead.read_text()))


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, STOCKHOLM).astimezone(UTC)


def in_full(day: date) -> str:
    """Give a day as pages write it: 8 december 2026."""
    return plain(language("sv").full_day(day))


def shortly(day: date) -> str:
    """Give a day as letters write it: onsdag 9 december."""
    return plain(language("sv").day(day))


def morning_after(due_at: datetime) -> datetime:
    """Give seven in the morning after the last moment, which is midnight."""
    return at(local_day(due_at), time(7))


def write_with_mistakes(draft: Draft, site: LaterSite, tomorrow: date) -> Draft:
    """Write the pledge, wrong at first; each refusal tells the field and the remedy, and nothing is lost or half-saved."""
    draft.must_lack("Skriv löftet som en mening", "Skriv målet")
    review = f"{tomorrow.year + 1}-06-01"
    wrong = {**WORDS, "Målet": "0", "Ses över senast": "20266-06-01"}
    draft.fill_in(wrong, CHOICES, BOXES).save()
    draft.must_say_what_is_wrong(
        "Vi förstår inte datumet. Skriv år, månad och dag, till exempel 2026-11-24.", at="review_by"
    )
    draft.must_say_what_is_wrong(
        "Målet måste vara över 0 och högst 100, med högst en decimal. Skriv till exempel 95 eller 92,5.",
        at="target",
    )
    typed = [draft.page.locator(f"#{name}").input_value() for name in ("promise", "target", "review_by")]
    assert typed == [PROMISE, "0", "20266-06-01"]
    assert content_of(site, draft).get("promise", "") == "", "nothing is half-saved"
    draft.fill_in({"Målet": WORDS["Målet"], "Ses över senast": review}, {}).save()
    return draft.must_be_saved().must_lack()


def content_of(site: LaterSite, draft: Draft) -> dict[str, Any]:
    number = int(draft.address.rpartition("/")[2])
    with site.database.reader() as db:
        return dict(db.get_one(PledgeDraft, number).content)


def see_how_it_would_have_gone(draft: Draft) -> Draft:
    """Measure it on the cases of the last year; those that would have broken it are named."""
    trial = draft.try_it()
    kept, outcomes = trial.figure
    assert 0 <= kept <= outcomes and outcomes > 0
    assert trial.failing == outcomes - kept
    return trial.back()


def decide_and_publish(draft: Draft, tomorrow: date) -> str:
    """Have it reviewed, decided and published; too early a day is refused. Gives its name in addresses."""
    draft.send().approve()
    today = tomorrow - timedelta(days=1)
    draft.decide("Byggnadsnämnden", tomorrow, "§ 12", "BN 2026-0412")
    draft.must_say_what_is_wrong(
        "Beslutet kan inte vara från en dag som inte har varit. Skriv dagen då beslutet togs.",
        at="besluta-decided_on",
    )
    draft.decide("Byggnadsnämnden", today, "§ 12", "BN 2026-0412").must_be_decided()
    draft.publish(today).must_say_what_is_wrong(
        f"Löftet kan tidigast börja gälla {in_full(tomorrow)}. Välj den dagen eller en senare.",
        at="publicera-valid_from",
    )
    return draft.publish(tomorrow).must_be_published().slug


def answer_at_once(head: Hands, title: str, address: str) -> None:
    """Register a case that came by phone, and answer it."""
    Intake.visit(head, SERVICE).register(title, "Jag vill bygga en altan.", address)
    DeskCase(head).answer("Ansökan är komplett. Beslutet kommer inom fyra veckor.")


def clock_of(site: LaterSite, reference: str, slug: str) -> CaseClock:
    """Give how the site times the new promise in a case."""
    wanted = select(CaseClock).join(Case).join(PledgeVersion).join(Pledged)
    with site.database.reader() as db:
        clock = db.scalars(wanted.where(Case.reference == reference, Pledged.slug == slug)).one()
        db.expunge(clock)
        return clock


def new_day_of(clock: CaseClock) -> date:
    return local_day(clock.due_at) + timedelta(days=7)


def warn_and_explain(
    head: Hands, site: LaterSite, letters: Letters, reference: str, clock: CaseClock
) -> None:
    """Be warned before the day, and tell the citizen why it will be late, and the new day."""
    assert clock.warn_at is not None
    site.put_forward_to(clock.warn_at + timedelta(minutes=1))
    site.pass_a_minute()
    letters.wait_for("bygglov@ekdala.example", about=reference)
    SignIn.visit(head).enter(HEAD, DEMO_PASSWORD)
    head.page.goto(f"/arbete/arenden/{reference}")
    DeskCase(head).explain(WHY, new_day_of(clock))


def must_admit_it(got: list[str], clock: CaseClock, new_day: date) -> None:
    """Say once what was promised, that it was not kept, why, and the new day; another promise has its own letter."""
    (words,) = [text for text in got if text.startswith(f"Vi lovade: {without_marks(PROMISE)}")]
    assert "Det är vårt fel, inte ditt." in words and "Löftet räknas som brutet" in words
    assert WHY in words and f"Ny dag: {shortly(new_day)}" in words
    assert f"senast {shortly(clock.due_on)}" in words


def the_head_reads_it(head: Hands, site: LaterSite, reference: str) -> None:
    """Read on the desk what the citizen was told, in the head's own time."""
    SignIn.visit(head).enter(HEAD, DEMO_PASSWORD)
    head.page.goto(f"/arbete/arenden/{reference}")
    case = DeskCase(head)
    assert "Försenat nu" in case.text and WHY in case.text


def must_be_counted_so(stranger: Hands, slug: str) -> None:
    """Count the published figure again from the file, by the rule that stands on the page of open data.

    Kept of outcomes in the latest twelve months, this one included, cut after one decimal.
    """
    data = Data.from_pledge(stranger, slug)
    rows = list(csv.DictReader(StringIO(data.fetch_csv())))
    months = [row for row in rows if row["dold"] == "falskt"][-12:]
    kept, outcomes = (sum(int(row[name]) for row in months) for name in ("hallna", "utfall"))
    for row in months:
        assert int(row["utfall"]) == sum(int(row[name]) for name in ("hallna", "brutna", "forsenade_nu"))
    share = (Decimal(100 * kept) / outcomes).quantize(Decimal("0.1"), ROUND_DOWN)
    written = f"{share:f}".replace(".", ",").removesuffix(",0")
    assert f"Hölls i {kept} av {outcomes} fall ({written} %)" in data.said, (data.said, rows)
