"""Those who look at screens: somebody passing, people on their way through a form, staff. Each keeps one browser."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any

from playwright.sync_api import Browser, Page, expect

from portal.clock import local_day, now
from portal.demo.loading import DEMO_PASSWORD
from tests.browser.book import Book, Draft
from tests.browser.hands import Mouse
from tests.browser.watching import Watch
from tests.live.server import LiveSite

FORM = "/e-tjanster/felanmalan"
# A pledge that can be decided as it is.
WHOLE = {
    "Löftet, som en mening": "Du får ett första svar om ditt startbesked inom *tre arbetsdagar*.",
    "Löftet i korthet": "Svar om startbesked inom *tre arbetsdagar*",
    "Om vi inte håller löftet": "Vi ringer dig och berättar hur det går.",
    "Tiden vi lovar": "3",
    "Målet": "90",
    "Ansvarig": "Bygglovschef",
    "Ses över senast": (local_day(now()) + timedelta(days=300)).isoformat(),
}
CHOSEN = {
    "Det här mäter vi": "Tid till första svar",
    "Varifrån siffrorna kommer": "Ärendena själva",
    "Räknat i": "Arbetsdagar",
}
TICKED = ("Vi ber om ursäkt och ger ett nytt datum", "Anmälan och startbesked")


class Viewer(StrEnum):
    """Who looks."""

    NOBODY = "nobody"
    BEGINNER = "beginner"
    FILLER = "filler"
    ERRING = "erring"
    SENDER = "sender"
    OFFICER = "officer"
    ADMIN = "admin"
    HEAD = "head"


def _fill_in(page: Page) -> None:
    """Fill in a whole report, and stop before it is sent."""
    page.goto(f"{FORM}/vad?ny=ja")
    page.locator("input[value=gatlykta]").check()
    page.locator("#beskrivning").fill("Lyktan är släckt.")
    _go_on(page)
    page.locator("input[value=slackt]").check()
    _go_on(page)
    page.locator("#adress").fill("Kvarngatan 14")
    _go_on(page)
    page.locator("input[value=ja]").check()
    _go_on(page)
    page.locator("#epost").fill("tittare@post.example")
    _go_on(page)
    expect(page).to_have_url(f"{FORM}/kontrollera")


def _go_on(page: Page) -> None:
    page.locator("main form[method=post] .actions button[type=submit]").click()


def _fill_in_and_send(page: Page) -> None:
    _fill_in(page)
    _go_on(page)
    expect(page).to_have_url(f"{FORM}/klart")


def _sign_in_as(email: str) -> Callable[[Page], None]:
    def sign_in(page: Page) -> None:
        page.goto("/arbete/logga-in")
        page.locator("#email").fill(email)
        page.locator("#password").fill(DEMO_PASSWORD)
        _go_on(page)
        expect(page.locator("header form button")).to_have_count(2)

    return sign_in


def _write_pledges(page: Page) -> None:
    """Sign in as the head of building permits, try the draft of the demo, and have another one decided."""
    _sign_in_as("chef@ekdala.example")(page)
    page.goto("/redaktion/loften/utkast/1/prov")
    page.locator("main form[method=post] button").click()
    head = Mouse(page)
    Book.visit(head).begin().fill_in(WHOLE, CHOSEN, TICKED).save().must_be_saved()
    Draft(head).send().approve().decide("Byggnadsnämnden", local_day(now()), "§ 12", "BN 2026-0412")
    Draft(head).must_be_decided()


PREPARED: dict[Viewer, Callable[[Page], None]] = {
    Viewer.FILLER: _fill_in,
    Viewer.ERRING: _fill_in,
    Viewer.SENDER: _fill_in_and_send,
    Viewer.OFFICER: _sign_in_as("gata@ekdala.example"),
    Viewer.HEAD: _write_pledges,
    Viewer.ADMIN: _sign_in_as("admin@ekdala.example"),
}


class Viewers:
    """Everybody who looks at screens, each prepared the first time they are needed."""

    def __init__(self, browser: Browser, site: LiveSite, context: dict[str, Any]) -> None:
        self.browser, self.site, self.context = browser, site, context
        self.pages: dict[Viewer, tuple[Page, Watch]] = {}

    def page_of(self, viewer: Viewer) -> tuple[Page, Watch]:
        """Give the page of somebody who looks, and what watches it."""
        if viewer not in self.pages:
            page = self.browser.new_context(**self.context).new_page()
            page.set_default_timeout(10_000)
            watch = Watch(page, self.site.url)
            PREPARED.get(viewer, lambda page: None)(page)
            self.pages[viewer] = page, watch
        return self.pages[viewer]

    def leave(self) -> None:
        """Close every browser."""
        for page, _ in self.pages.values():
            page.context.close()
