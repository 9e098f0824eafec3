"""A page that is printed reaches our own style sheets, fonts and drawings, and nothing else."""

import http.server
import threading
from io import BytesIO
from typing import ClassVar

import pikepdf
import pytest

from portal.pdf.fetching import OwnFiles
from portal.pdf.manuscript import NotPrinted
from portal.web.render import STATIC

SITE = "https://ekdala.example"


@pytest.fixture
def files():
    return OwnFiles(STATIC, SITE)


@pytest.mark.parametrize(
    "name",
    ["print.css", "print.css?v=0123", "vendor/fonts/source-sans-3-latin-400-normal.woff2", "print/held.svg"],
)
def test_our_own_files_are_given(files, name):
    assert files.fetch(f"{SITE}/static/{name}").read()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        f"file://{STATIC}/print.css",
        "http://127.0.0.1/static/print.css",
        "https://ekdala.example.evil.example/static/print.css",
        f"{SITE}/loften",
        f"{SITE}/static/../portal/settings.py",
        f"{SITE}/static/%2e%2e/portal/pdf/child.py",
        f"{SITE}/static/..%2f..%2fetc/passwd.css",
        f"{SITE}/static//etc/hosts",
        f"{SITE}/static/desk.js",
        "data:text/css,h1{color:red}",
        "ftp://ekdala.example/static/print.css",
        "",
    ],
)
def test_everything_else_is_refused(files, address):
    with pytest.raises(ValueError, match="not a file"):
        files.fetch(address)


class Listening(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()


@pytest.fixture
def stranger():
    """A server of somebody else's that notes who comes."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Listening)
    Listening.asked.clear()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_that_was_broken_into_still_reaches_nothing(press, manuscript, stranger, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_text("h1::after { content: 'HEMLIGT' }")
    body = f"""<h1>x</h1><img src="{stranger}/bild" alt="x"><img src="file:///etc/passwd" alt="x">
<link rel="stylesheet" href="file://{secret}"><link rel="attachment" href="file:///etc/hostname">
<style>@import "{stranger}/stil"; h1 {{ background: url("{stranger}/bakgrund") }}</style>
<svg viewBox="0 0 9 9"><title>x</title><image href="{stranger}/svg" width="9" height="9"/></svg>
<object data="file:///etc/passwd"></object><iframe src="{stranger}/ram"></iframe>"""
    made = press.make(manuscript(body))
    assert Listening.asked == []
    with pikepdf.open(BytesIO(made.content)) as document:
        assert len(document.attachments) == 0
        assert len(document.pages) == 1


def test_without_its_own_sheet_no_page_is_printed(press, manuscript):
    broken = manuscript()
    missing = type(broken)(
        broken.html.replace("print.css", "gone.css"), broken.address, broken.drawing_sheet, broken.written
    )
    with pytest.raises(NotPrinted):
        press.make(missing)
