"""Every screen can be used by everybody: axe finds nothing, and nothing has to be scrolled sideways on a small screen.

In Swedish and English, light and dark, on a desk and on a phone (320 px, which is also 1280 px at 400 % zoom).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.book_screens import BOOK
from tests.browser.screens import SCREENS
from tests.browser.viewers import Viewers
from tests.live.server import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = Path(__file__).parents[1] / "tools/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# What depends on colours; the rest is the same in the dark.
COLOURS = ["color-contrast", "link-in-text-block"]
FIND = """only => axe.run(document, {runOnly: only, resultTypes: ['violations']}).then(found => found.violations.map(
  one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' ' + node.failureSummary).join('\\n')
))"""
WIDTHS = {1280: 900, 320: 700}
SCHEMES = ("light", "dark")
EVERY_SCREEN = {**SCREENS, **BOOK}


@pytest.fixture(scope="module")
def viewers(browser: Browser, browser_context_args: dict[str, Any], site: LiveSite) -> Iterator[Viewers]:
    """Those who look."""
    everybody = Viewers(browser, site, browser_context_args)
    yield everybody
    everybody.leave()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", EVERY_SCREEN)
def test_a_screen_is_for_everybody(viewers: Viewers, site: LiveSite, name: str, language: str):
    screen = EVERY_SCREEN[name]
    page, watch = viewers.page_of(screen.who)
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = page.goto(f"{'' if language == 'sv' else '/en'}{screen.path(site)}")
    assert answer is not None and answer.status == screen.status
    if screen.do is not None:
        screen.do(page)
    assert page.locator("html").get_attribute("lang") == language
    page.evaluate(AXE.read_text("utf-8"))
    found = [fault for width in WIDTHS for scheme in SCHEMES for fault in faults(page, scheme, width)]
    assert not found, "\n".join(found)
    watch.must_be_clean()


def faults(page: Page, scheme: Any, width: int) -> list[str]:
    """Give what is wrong with the page in a colour scheme, at a width."""
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.emulate_media(color_scheme=scheme)
    rules = {"type": "tag", "values": RULES} if scheme == "light" else {"type": "rule", "values": COLOURS}
    found: list[str] = page.evaluate(FIND, rules)
    across = page.evaluate("document.documentElement.scrollWidth")
    wide = [f"{across} px of content"] if across > width else []
    return [f"{scheme} {width}: {fault}" for fault in (*found, *wide)]
