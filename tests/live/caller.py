"""A caller without a browser: cookies, forms, redirects, nothing else."""

import http.client
import http.cookies
import urllib.parse
from dataclasses import dataclass, field

from bs4 import BeautifulSoup


@dataclass
class Answer:
    """What came back: status, where it sends the caller, and the text."""

    status: int
    location: str
    text: str

    @property
    def soup(self) -> BeautifulSoup:
        """The page."""
        return BeautifulSoup(self.text, "html.parser")


@dataclass
class Caller:
    """Calls one site. Raises OSError or HTTPException when the site is not there or goes away."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._call("GET", path, None)

    def post(self, path: str, form: dict[str, str]) -> Answer:
        """Send a form."""
        return self._call("POST", path, urllib.parse.urlencode(form).encode())

    def fill_in(self, path: str, values: dict[str, str]) -> Answer:
        """Fetch a page, fill in its main form with `values` over what stands there, and send it."""
        return self.post(path, {**standing_values(self.get(path).soup), **values})

    def _call(self, method: str, path: str, body: bytes | None) -> Answer:
        parts = urllib.parse.urlsplit(urllib.parse.urljoin(self.url, path))
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(
                method, urllib.parse.urlunsplit(("", "", parts.path, parts.query, "")), body, headers
            )
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            self._keep(response)
            return Answer(response.status, response.headers.get("Location", ""), text)
        finally:
            connection.close()

    def _keep(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = morsel.value


def standing_values(soup: BeautifulSoup) -> dict[str, str]:
    """Give what a page's main form would send if nothing was changed; buttons are not pressed."""
    form = soup.select_one("main form[method=post]")
    assert form is not None, f"no form on {soup.title}"
    values: dict[str, str] = {}
    for field_ in form.find_all(["input", "textarea", "select"]):
        name, kind = str(field_.get("name", "")), field_.get("type", "")
        if (
            not name
            or kind in ("submit", "file")
            or (kind in ("radio", "checkbox") and not field_.has_attr("checked"))
        ):
            continue
        values[name] = str(field_.get("value", "")) if field_.name == "input" else field_.text
    return values
