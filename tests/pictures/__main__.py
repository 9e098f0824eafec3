"""`make pictures`: starts the site with its demo in a home of its own and takes each picture anew."""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.live.server import LiveSite

FOLDER = Path("docs/pictures")
CASES = 1200
# name -> address; every picture is 1280 wide and shows the top of the page
PICTURES = {
    "front": "/",
    "pledge": "/loften/gatlyktor-lagas",
}
HEIGHT = 1500


def take(browser: Browser, site: LiveSite) -> None:
    """Take every picture."""
    page = browser.new_page(
        viewport={"width": 1280, "height": HEIGHT},
        locale="sv-SE",
        color_scheme="light",
        reduced_motion="reduce",
    )
    for name, path in PICTURES.items():
        page.goto(f"{site.url}{path}")
        page.screenshot(path=FOLDER / f"{name}.png")
        print(f"  {FOLDER / name}.png")


def main() -> None:
    """Start, take, stop."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        site = LiveSite(Path(home), CASES)
        site.start()
        try:
            root = ["--no-sandbox"] if os.getuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=root)
            take(browser, site)
            browser.close()
        finally:
            site.stop()


main()
