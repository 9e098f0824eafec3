"""Those who look at screens: somebody passing, people on their way through a form, staff. Each keeps one browser."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from playwright.sync_api import Browser, Page, expect

from portal.demo.loading import DEMO_PASSWORD
from tests.browser.watching import Watch
from tests.live.server import LiveSite

FORM = "/e-tjanster/felanmalan"


class Viewer(StrEnum):
    """Who looks."""

    NOBODY = "nobody"
    BEGINNER = "beginner"
    FILLER = "filler"
    ERRING = "erring"
    SENDER = "sender"
    OFFICER = "officer"
    ADMIN = "admin"


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


PREPARED: dict[Viewer, Callable[[Page], None]] = {
    Viewer.FILLER: _fill_in,
    Viewer.ERRING: _fill_in,
    Viewer.SENDER: _fill_in_and_send,
    Viewer.OFFICER: _sign_in_as("gata@ekdala.example"),
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
