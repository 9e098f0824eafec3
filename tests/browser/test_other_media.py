"""The site in forced colours, on paper, with text of twice the size, and without style."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Somebody
from tests.browser.hands import Mouse
from tests.browser.pages import Pledge
from tests.browser.screens import LATE, RUNNING, SCREENS, WAITING, tracker
from tests.live.server import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLEDGE = "/loften/gatlyktor-lagas"
# What a mark's shape is drawn with, when the colours are the reader's own.
SHAPES = """marks => marks.map(mark => {
  const box = mark.getBoundingClientRect();
  const drawn = [...mark.querySelectorAll('*')].map(shape => getComputedStyle(shape))
    .filter(style => style.display !== 'none' && style.visibility !== 'hidden')
    .some(style => (style.fill !== 'none' && style.fill !== ground) || (style.stroke !== 'none' && style.stroke !== ground));
  return box.width >= 8 && box.height >= 8 && drawn;
})"""
VISIBLE = "all => all.filter(one => one.getBoundingClientRect().width).length"


@pytest.fixture
def page(somebody: Somebody) -> Page:
    """Somebody's page."""
    return somebody()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_every_status_has_its_shape_and_its_word(page: Page, scheme: str):
    page.emulate_media(forced_colors="active", color_scheme="light" if scheme == "light" else "dark")
    page.goto(PLEDGE)
    marks = page.locator(".mark").locator("visible=true")
    assert marks.count() > 0
    shapes = SHAPES.replace("ground", "getComputedStyle(document.body).backgroundColor")
    assert all(marks.evaluate_all(shapes))
    words = page.locator(".outcome .status").all_inner_texts()
    assert words and all(word.strip() for word in words)


def test_in_forced_colours_the_dots_on_either_side_of_the_line_still_differ(page: Page):
    page.emulate_media(forced_colors="active")
    page.goto(PLEDGE)
    kinds = (
        page.locator("figure.chart svg")
        .locator("visible=true")
        .first.locator("circle, path, line")
        .evaluate_all(
            "all => [...new Set(all.map(one => one.tagName + getComputedStyle(one).fill + getComputedStyle(one).stroke))]"
        )
    )
    assert len(kinds) > 2
    table = page.locator("figure table, details table")
    assert table.count() > 0, "the same numbers stand in a table"


def test_in_forced_colours_the_focus_shows(page: Page):
    page.emulate_media(forced_colors="active")
    page.goto("/")
    for _ in range(6):
        page.keyboard.press("Tab")
        width = page.locator(":focus").evaluate("one => parseFloat(getComputedStyle(one).outlineWidth)")
        assert width > 0


@pytest.mark.parametrize("where", ["/", PLEDGE, "/fragor", "/verksamheter/gator-trafik"])
def test_on_paper_there_is_no_menu_and_the_words_are_dark(page: Page, where: str):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(where)
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("nav, .menu").evaluate_all(VISIBLE) == 0
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    red, green, blue = page.evaluate(
        "getComputedStyle(document.querySelector('h1')).color.match(/[0-9]+/g).map(Number)"
    )
    assert max(red, green, blue) < 90


def test_a_case_on_paper_keeps_its_number_and_its_day(page: Page, site: LiveSite):
    page.goto(tracker(RUNNING)(site))
    said = page.locator("h1").inner_text()
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_have_text(said)
    expect(page.locator(".eyebrow")).to_contain_text(RUNNING)
    expect(page.locator(".lede")).to_contain_text("senast")


@pytest.mark.parametrize("name", ["front", "pledge", "step-what", "tracker-waiting", "find"])
def test_text_of_twice_the_size_does_not_push_anything_out(page: Page, site: LiveSite, name: str):
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto(SCREENS[name].path(site))
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 2 * before
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_three_stands_of_a_case_are_told_in_words(page: Page, site: LiveSite):
    stands = {}
    for reference in (RUNNING, WAITING, LATE):
        page.goto(tracker(reference)(site))
        stands[reference] = page.locator(".waitline").all_inner_texts()
    assert stands == {RUNNING: [], WAITING: ["Väntar på dig"], LATE: ["Försenat nu"]}


def test_a_pledge_reads_the_same_without_style(somebody: Somebody):
    plain = Mouse(somebody(java_script_enabled=False))
    plain.page.route("**/*.css*", lambda route: route.fulfill(status=200, content_type="text/css", body=""))
    assert Pledge.visit(plain, "gatlyktor-lagas").outcomes > 0
