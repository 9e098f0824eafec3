"""Watches a page while it is used: what the console says, what fails to load, what is asked of anybody else."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

POLICY = "content security policy"
# A browser reports every page of 400 and above as a failure of its console, also one that is meant.
MEANT = "the server responded with a status of 4"
# The browser itself gives up what was still on its way, such as the icon, when a person goes on to the next page.
LEFT = "net::ERR_ABORTED"


class Watch:
    """What has gone wrong on a page so far; nothing may."""

    def __init__(self, page: Page, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.faults: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        is_wrong = message.type == "error" and MEANT not in message.text
        if is_wrong or POLICY in message.text.lower():
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.faults.append(f"asked another host: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT:
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status}: {response.url}")

    def must_be_clean(self) -> None:
        """Fail with everything that was seen."""
        assert not self.faults, "\n".join(self.faults)
