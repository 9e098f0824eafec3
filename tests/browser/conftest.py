"""One living site for all browser tests, and the people who visit it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.letters import Letters
from tests.browser.watching import Watch
from tests.live.server import LiveSite

CASES = 150
QUIET = [
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
]
A_SWEDE = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The site with the demo municipality, its worker included, as `make run` starts it."""
    living = LiveSite(tmp_path_factory.mktemp("living"), CASES)
    living.start()
    yield living
    living.stop()
    living.database.engine.dispose()


@pytest.fixture
def letters(site: LiveSite) -> Letters:
    """The letters that the site has sent."""
    return Letters(site.settings.letters)


@pytest.fixture(scope="session")
def base_url(site: LiveSite) -> str:
    """Where relative addresses lead."""
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium of the machine; only root needs to be without its sandbox."""
    found = shutil.which("chromium")
    assert found, "Chromium is not installed. Run: ./bootstrap test"
    root = ["--no-sandbox"] if os.getuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": [*root, *QUIET]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Somebody in Sweden."""
    return {**browser_context_args, **A_SWEDE}


Somebody = Callable[..., Page]


@contextmanager
def visitors(browser: Browser, kind: dict[str, Any], site: LiveSite) -> Iterator[Somebody]:
    """Give each who arrives a browser of their own; whatever happens in it, nothing may go wrong unseen."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def arrive(**more: Any) -> Page:
        contexts.append(browser.new_context(**{**kind, **more}))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        watches.append(Watch(page, site.url))
        return page

    yield arrive
    for context in contexts:
        context.close()
    for watch in watches:
        watch.must_be_clean()


@pytest.fixture
def somebody(browser: Browser, browser_context_args: dict[str, Any], site: LiveSite) -> Iterator[Somebody]:
    """Give somebody a browser of their own."""
    with visitors(browser, browser_context_args, site) as arrive:
        yield arrive
