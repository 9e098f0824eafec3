"""Every screen of the site by name: where it is, who looks at it, and what is done there before looking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import Select, exists, select

from portal.cases.access import Access
from portal.cases.models import Case, CaseClock
from portal.cases.rules import State
from portal.faq.models import Answer, Visibility
from portal.outbox.models import OutboxLetter
from portal.pledgebook.models import Pledge, Tally, TallyState
from tests.browser.viewers import Viewer
from tests.live.server import LiveSite

FORM = "/e-tjanster/felanmalan"
# Cases that the demo always has, by how their reference begins.
RUNNING, WAITING, LATE = "FEL-2K7Q-9", "BYG-4H8T-2", "FEL-7M3C-4"

Find = Callable[[LiveSite], str]
Do = Callable[[Page], None]


@dataclass(frozen=True)
class Screen:
    """A screen. `where` is its address in Swedish, or how to find it; `status` is what it answers with at first."""

    where: str | Find
    who: Viewer = Viewer.NOBODY
    do: Do | None = None
    status: int = 200

    def path(self, site: LiveSite) -> str:
        """Give the address in Swedish."""
        return self.where if isinstance(self.where, str) else self.where(site)


# ---- what is done there ------------------------------------------------------------------------


def send(page: Page) -> None:
    """Send the page's own form as it stands."""
    page.locator("main form[method=post] .actions button[type=submit]").first.click()


def send_wrong_address(page: Page) -> None:
    """Send a step with an e-mail address that is none."""
    page.locator("#epost").fill("inte en adress")
    send(page)


def try_wrong_key(page: Page) -> None:
    """Try a key that opens nothing."""
    page.locator("#reference").fill("FEL-2222-22")
    page.locator("#key").fill("A" * 32)
    send(page)


def try_wrong_password(page: Page) -> None:
    """Try to sign in as nobody we know."""
    page.locator("#email").fill("ingen@ekdala.example")
    page.locator("#password").fill("fel lösenord")
    send(page)


def unfold(page: Page) -> None:
    """Unfold everything that can be unfolded, the menu of a small screen included."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def close_without_reason(page: Page) -> None:
    """Try to close a case without saying how it ended."""
    page.evaluate("document.querySelector('#avsluta').open = true")
    page.locator("#avsluta button[type=submit]").click()


# ---- where it is -------------------------------------------------------------------------------


def tracker(reference: str) -> Find:
    """Find the citizen's page of a case whose reference begins so."""
    return tracker_of(select(Case).where(Case.reference.startswith(reference)))


def closed(state: TallyState) -> Find:
    """Find the citizen's page of a case that is closed and whose promise was kept, or broken."""
    ended_so = exists().where(CaseClock.case_id == Case.id, CaseClock.state == state)
    return tracker_of(select(Case).where(Case.state == State.CLOSED, ended_so).order_by(Case.id).limit(1))


def tracker_of(wanted: Select[Case]) -> Find:
    """Find the citizen's page of the one case that is wanted."""

    def find(site: LiveSite) -> str:
        with site.database.reader() as db:
            case = db.scalars(wanted).one()
        key = Access(site.settings.base_url, site.settings.secret_key).key(case)
        return f"/arende/{case.reference}?nyckel={key}"

    return find


def on_desk(reference: str) -> Find:
    """Find the officer's page of a case whose reference begins so."""
    return first(select(Case.reference).where(Case.reference.startswith(reference)), "/arbete/arenden/{}")


def first(wanted: Select[Any], address: str) -> Find:
    """Find an address by the first value that is wanted."""

    def find(site: LiveSite) -> str:
        with site.database.reader() as db:
            return address.format(db.scalars(wanted.limit(1)).one())

    return find


UNMEASURED = select(Pledge.slug).where(~exists().where(Tally.pledge_id == Pledge.id)).order_by(Pledge.slug)
ANSWERED = select(Answer.slug).where(Answer.visibility == Visibility.PUBLIC).order_by(Answer.slug)
LETTER = select(OutboxLetter.id).order_by(OutboxLetter.id)

SCREENS: Mapping[str, Screen] = {
    "front": Screen("/"),
    "menu": Screen("/", do=unfold),
    "search": Screen("/sok?q=sopor"),
    "search-nothing": Screen("/sok?q=xyzzy"),
    "pledges": Screen("/loften"),
    "pledge": Screen("/loften/gatlyktor-lagas", do=unfold),
    "pledge-earlier": Screen("/loften/gatlyktor-lagas?version=1"),
    "pledge-unmeasured": Screen(first(UNMEASURED, "/loften/{}")),
    "method": Screen("/sa-mater-vi"),
    "departments": Screen("/verksamheter"),
    "department": Screen("/verksamheter/gator-trafik"),
    "questions": Screen("/fragor"),
    "question": Screen(first(ANSWERED, "/fragor/{}")),
    "services": Screen("/e-tjanster"),
    "service": Screen("/e-tjanster/bygglov-ansokan"),
    "intro": Screen(FORM),
    "first-step-empty": Screen(f"{FORM}/vad?ny=ja", Viewer.BEGINNER, send),
    "step-what": Screen(f"{FORM}/vad", Viewer.FILLER),
    "step-where": Screen(f"{FORM}/var", Viewer.FILLER),
    "step-you": Screen(f"{FORM}/du", Viewer.FILLER),
    "review": Screen(f"{FORM}/kontrollera", Viewer.FILLER),
    "step-wrong": Screen(f"{FORM}/du", Viewer.ERRING, send_wrong_address),
    "receipt": Screen(f"{FORM}/klart", Viewer.SENDER),
    "find": Screen("/arende"),
    "find-refused": Screen("/arende", do=try_wrong_key),
    "tracker-running": Screen(tracker(RUNNING)),
    "tracker-waiting": Screen(tracker(WAITING)),
    "tracker-waiting-empty": Screen(tracker(WAITING), do=send),
    "tracker-late": Screen(tracker(LATE)),
    "tracker-kept": Screen(closed(TallyState.KEPT)),
    "tracker-broken": Screen(closed(TallyState.BROKEN)),
    "accessibility": Screen("/tillganglighet"),
    "personal-data": Screen("/personuppgifter"),
    "about": Screen("/om-webbplatsen"),
    "missing": Screen("/finns-inte", status=404),
    "sign-in": Screen("/arbete/logga-in"),
    "sign-in-refused": Screen("/arbete/logga-in", do=try_wrong_password),
    "queue-mine": Screen("/arbete/", Viewer.OFFICER),
    "queue-open": Screen("/arbete/?ko=oppna", Viewer.OFFICER),
    "queue-nothing": Screen("/arbete/?q=xyzzy", Viewer.OFFICER),
    "desk-late": Screen(on_desk(LATE), Viewer.OFFICER, unfold),
    "desk-wrong": Screen(on_desk(RUNNING), Viewer.OFFICER, close_without_reason),
    "desk-new": Screen("/arbete/nytt", Viewer.OFFICER),
    "desk-new-category": Screen("/arbete/nytt?tjanst=felanmalan", Viewer.OFFICER),
    "desk-new-empty": Screen("/arbete/nytt?tjanst=felanmalan&kategori=gatlykta", Viewer.OFFICER, send),
    "account": Screen("/arbete/konto", Viewer.OFFICER),
    "knowledge": Screen("/arbete/kunskapsbank", Viewer.OFFICER),
    "closed-door": Screen("/arbete/brev", Viewer.OFFICER, status=403),
    "letters": Screen("/arbete/brev", Viewer.ADMIN),
    "letters-sent": Screen("/arbete/brev?lage=skickade", Viewer.ADMIN),
    "letter": Screen(first(LETTER, "/arbete/brev/{}"), Viewer.ADMIN),
}
