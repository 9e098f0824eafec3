"""The screens of pledges that are measured in public, by name: the figures for all, the book for those who write it."""

from collections.abc import Mapping

from playwright.sync_api import FilePayload, Page
from sqlalchemy import exists, select

from portal.authoring.models import PledgeDraft
from portal.authoring.rules import DraftState
from portal.cases.models import Case, CaseEvent
from portal.cases.rules import EventKind, State
from portal.departments.models import Department
from tests.browser.screens import Do, Find, Screen, first, send, tracker_of, unfold
from tests.browser.viewers import Viewer

BOOK_OF, PLEDGE = "/redaktion/loften", "/loften/gatlyktor-lagas"
REPORTED, LAW = "svar-i-telefon", "begaran-om-avgorande"
STREETS = "gator-trafik"
WRONG_FILE = (
    "lofte;manad;hallna;uttfall;kalla;gar_i_god\nsvar-i-telefon;2026-01;10;9;Telefonväxeln;Kundcenterchef\n"
)
OVERLAPPING = "08.00-12.00, 11.00-16.30"


def write(**words: str) -> Do:
    """Write in boxes by their ids, over what stands there, and send."""

    def do(page: Page) -> None:
        for name, text in words.items():
            page.locator(f"#{name.replace('_', '-')}").fill(text)
        send(page)

    return do


def write_impossible_draft(page: Page) -> None:
    """Save a draft with a target of nothing and a day that is far away."""
    page.locator("#target").fill("0")
    page.locator("#amount").fill("0")
    page.locator("#valid_from").fill("2020-01-01")
    page.locator(".savebar button").first.click()


def publish_without_a_day(page: Page) -> None:
    """Try to publish without saying from when."""
    page.evaluate("document.querySelector('#publicera').open = true")
    page.locator("#publicera-valid_from").fill("")
    page.locator("#publicera button").click()


def begin_calendar(page: Page) -> None:
    """Begin a calendar for the whole municipality, or go on with the one that is there."""
    begin = page.locator("form:has(input[name=plats][value=kommunen]) button")
    if begin.count():
        begin.click()
    else:
        page.locator("li.is-whole .small a").first.click()
        page.locator("main a[href$='/andra']").first.click()
    page.locator("#name").fill("Kommunens arbetstider")


def write_overlapping_hours(page: Page) -> None:
    """Write hours that run into each other."""
    begin_calendar(page)
    page.locator("#season-1-day-0").fill(OVERLAPPING)
    page.locator("#day-1-day").fill("20266-01-05")
    page.locator("button[name=gor][value=spara]").first.click()


def save_calendar(page: Page) -> None:
    """Save a calendar that can be published."""
    begin_calendar(page)
    page.locator("button[name=gor][value=spara]").first.click()


def go_on_to_publish(page: Page) -> None:
    """See what publishing a calendar would do."""
    save_calendar(page)
    page.locator("main a[href$='/publicera']").first.click()


def read_in_wrong_file(page: Page) -> None:
    """Choose a file with a wrong column."""
    file = FilePayload(name="siffror.csv", mimeType="text/csv", buffer=WRONG_FILE.encode())
    page.locator("input[type=file]").set_input_files(file)
    send(page)


def draft_in(state: DraftState) -> Find:
    """Find the latest draft in a state."""
    wanted = select(PledgeDraft.id).where(PledgeDraft.state == state).order_by(PledgeDraft.id.desc())
    return first(wanted, f"{BOOK_OF}/utkast/{{}}")


# An open case in which the citizen has been told why it is late, and the new day.
EXPLAINED = exists().where(CaseEvent.case_id == Case.id, CaseEvent.kind == EventKind.DELAY_EXPLAINED)
LATE_AND_TOLD = (
    select(Case)
    .join(Department)
    .where(EXPLAINED, Case.state != State.CLOSED, Department.slug == STREETS)
    .order_by(Case.id)
    .limit(1)
)

BOOK: Mapping[str, Screen] = {
    "pledge-quarters": Screen(f"{PLEDGE}?period=kvartal", do=unfold),
    "pledge-ninety": Screen(f"{PLEDGE}?period=90dagar"),
    "pledge-law": Screen("/loften/bygglov-enkelt", do=unfold),
    "pledge-reported": Screen(f"/loften/{REPORTED}", do=unfold),
    "pledges-chosen": Screen("/loften?utfall=brutet"),
    "changes": Screen("/loften/andringar"),
    "contest": Screen(f"{PLEDGE}/holls-inte"),
    "contest-empty": Screen(f"{PLEDGE}/holls-inte", do=send),
    "contest-receipt": Screen(f"{PLEDGE}/holls-inte", do=write(text="Lyktan är fortfarande släckt.")),
    "statistics": Screen("/statistik"),
    "statistics-months": Screen("/statistik?period=manad"),
    "open-data": Screen("/oppna-data", do=unfold),
    "law": Screen("/lagens-granser", do=unfold),
    "print-pledge": Screen("/utskrift/loften/gatlyktor-lagas"),
    "print-department": Screen(f"/utskrift/verksamheter/{STREETS}/loften"),
    "tracker-explained": Screen(tracker_of(LATE_AND_TOLD)),
    "desk-explained": Screen(
        first(LATE_AND_TOLD.with_only_columns(Case.reference), "/arbete/arenden/{}"), Viewer.OFFICER, unfold
    ),
    "follow-ups": Screen("/arbete/uppfoljning", Viewer.OFFICER),
    "book": Screen(BOOK_OF, Viewer.HEAD, unfold),
    "book-pledge": Screen(f"{BOOK_OF}/bygglov-enkelt", Viewer.HEAD, unfold),
    "months": Screen(f"{BOOK_OF}/bygglov-enkelt/manader", Viewer.HEAD),
    "months-empty": Screen(f"{BOOK_OF}/bygglov-enkelt/manader", Viewer.HEAD, send),
    "draft": Screen(f"{BOOK_OF}/utkast/1", Viewer.HEAD, unfold),
    "draft-wrong": Screen(f"{BOOK_OF}/utkast/1", Viewer.HEAD, write_impossible_draft),
    "draft-preview": Screen(f"{BOOK_OF}/utkast/1/forhandsvisning", Viewer.HEAD),
    "draft-difference": Screen(f"{BOOK_OF}/utkast/1/skillnad", Viewer.HEAD),
    "shadow": Screen(f"{BOOK_OF}/utkast/1/prov", Viewer.HEAD),
    "draft-decided": Screen(draft_in(DraftState.DECIDED), Viewer.HEAD, unfold),
    "draft-publish-wrong": Screen(draft_in(DraftState.DECIDED), Viewer.HEAD, publish_without_a_day),
    "calendars": Screen("/redaktion/kalendrar", Viewer.ADMIN),
    "calendar": Screen("/redaktion/kalendrar/2", Viewer.ADMIN, unfold),
    "calendar-draft": Screen("/redaktion/kalendrar", Viewer.ADMIN, begin_calendar),
    "calendar-wrong": Screen("/redaktion/kalendrar", Viewer.ADMIN, write_overlapping_hours),
    "calendar-saved": Screen("/redaktion/kalendrar", Viewer.ADMIN, save_calendar),
    "calendar-publish": Screen("/redaktion/kalendrar", Viewer.ADMIN, go_on_to_publish),
    "figures": Screen("/redaktion/siffror", Viewer.ADMIN),
    "figure": Screen(f"/redaktion/siffror/{REPORTED}", Viewer.ADMIN, unfold),
    "figure-wrong": Screen(
        f"/redaktion/siffror/{REPORTED}", Viewer.ADMIN, write(manad="20266-01", utfall="x")
    ),
    "read-in": Screen("/redaktion/siffror/las-in", Viewer.ADMIN, unfold),
    "read-in-wrong": Screen("/redaktion/siffror/las-in", Viewer.ADMIN, read_in_wrong_file),
    "stops": Screen("/redaktion/siffror/driftstopp", Viewer.ADMIN),
    "stops-empty": Screen("/redaktion/siffror/driftstopp", Viewer.ADMIN, send),
    "law-register": Screen("/redaktion/lagtider", Viewer.ADMIN, unfold),
    "law-clock": Screen(f"/redaktion/lagtider/{LAW}", Viewer.ADMIN, unfold),
    "law-verify": Screen(f"/redaktion/lagtider/{LAW}/2/granskad", Viewer.ADMIN),
    "law-verify-empty": Screen(f"/redaktion/lagtider/{LAW}/2/granskad", Viewer.ADMIN, send),
    "law-wording": Screen(f"/redaktion/lagtider/{LAW}/ny-lydelse", Viewer.ADMIN),
}
