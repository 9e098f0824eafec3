"""What a page may fetch while it is printed: files of our own below /static/, and nothing else at all."""

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

KINDS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class OwnFiles(URLFetcher):  # type: ignore[misc]
    """Gives style sheets, fonts and drawings from one folder; everything else is refused without a look at it."""

    def __init__(self, folder: Path, site: str) -> None:
        super().__init__(allowed_protocols=())
        self.folder = folder.resolve()
        self.prefix = urljoin(f"{site}/", "/static/")

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Give the file behind an address. Raises ValueError for one that is not ours.

        Raises FatalURLFetchingError for a file of ours that is not there: without its sheet or font no page is printed.
        """
        if not url.startswith(self.prefix):
            raise ValueError(f"not a file of our own: {url}")
        path = (self.folder / unquote(urlsplit(url).path).removeprefix("/static/")).resolve()
        if not path.is_relative_to(self.folder) or path.suffix not in KINDS:
            raise ValueError(f"not a file to print with: {url}")
        try:
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": KINDS[path.suffix]})
        except OSError as error:
            raise FatalURLFetchingError(f"cannot read {path}: {error}") from error
