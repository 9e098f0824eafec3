"""The PDF of the demo's pledges, and what is said when there is none."""

import shutil
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from portal.pdf.press import Press
from portal.pdf.structure import elements
from portal.pledgebook import print_views
from portal.web.portal import portal
from tests.site.demo import Demo
from tests.visitor import Visitor


def fetch(demo: Demo, path: str):
    answer = demo.app.test_client().get(path)
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    return answer


def kinds(document: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in elements(document)]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/loften/gatlyktor-lagas.pdf", "sv"),
        ("/en/loften/gatlyktor-lagas.pdf", "en"),
        ("/loften/gatlyktor-lagas.pdf?version=1", "sv"),
        ("/verksamheter/gator-trafik/loften.pdf", "sv"),
        ("/loften.pdf", "sv"),
    ],
)
def test_pledges_come_as_a_tagged_pdf_for_the_archive(looked_at: Demo, path: str, language: str):
    with pikepdf.open(BytesIO(fetch(looked_at, path).data)) as document:
        told = document.Root.Metadata.read_bytes()
        assert b'pdfuaid:part="1"' in told and b'pdfaid:part="3"' in told
        assert str(document.Root.Lang) == language
        assert "Ekdala kommun" in str(document.docinfo.Title)
        found = kinds(document)
        assert "/H1" in found and "/TH" in found
        assert all("/Alt" in element for element in elements(document) if str(element.S) == "/Figure")
        for element in elements(document):
            if str(element.S) == "/L":
                assert {str(kid.S) for kid in element.K} <= {"/LI", "/Caption"}
        assert "manader.csv" in document.attachments


def test_headings_in_a_pdf_never_jump(looked_at: Demo):
    with pikepdf.open(BytesIO(fetch(looked_at, "/loften.pdf").data)) as document:
        levels = [int(kind[2:]) for kind in kinds(document) if kind[:2] == "/H" and kind[2:].isdecimal()]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_contents_know_the_page_of_each_pledge(looked_at: Demo):
    with pikepdf.open(BytesIO(fetch(looked_at, "/verksamheter/gator-trafik/loften.pdf").data)) as document:
        notes = [note for page in document.pages for note in page.get("/Annots", [])]
        assert any("/Dest" in note for note in notes)


def test_a_pdf_that_has_not_changed_is_not_sent_again(looked_at: Demo):
    first = fetch(looked_at, "/loften/gatlyktor-lagas.pdf")
    again = looked_at.app.test_client().get(
        "/loften/gatlyktor-lagas.pdf", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304 and not again.data


def test_when_no_pdf_can_be_made_the_page_to_print_is_offered(demo: Demo, monkeypatch: pytest.MonkeyPatch):
    def slow(home: Path, static: Path, site: str) -> Press:
        return Press(home, static, site, 0.2, (sys.executable, "-c", "import time; time.sleep(5)"))

    monkeypatch.setattr(print_views, "Press", slow)
    shutil.rmtree(portal(demo.app).settings.home / "pdf", ignore_errors=True)
    visitor = Visitor(demo.app)
    page = visitor.get("/loften/gatlyktor-lagas.pdf?version=1", status=503)
    assert visitor.response.headers["Retry-After"] == "60"
    assert "Det tog för lång tid" in page.get_text()
    instead = str(page.find("a", string="Öppna utskriftssidan")["href"])
    assert visitor.get(instead).h1 is not None
    assert "version=1" in instead
    visitor.get("/en/loften.pdf", status=503)
    visitor.get("/loften")
