"""What the PDF is, by a reader that did not make it: pikepdf."""

import re
from io import BytesIO

import pikepdf
import pytest

from portal.pdf.manuscript import Enclosure
from portal.pdf.structure import elements

DRAWING = """<svg viewBox="0 0 100 20" role="img"><title>44 ärenden</title><desc>41 höll löftet.</desc>
<text class="g-t" x="0" y="10">tid</text><circle class="g-held" cx="5" cy="5" r="3"/></svg>"""
BODY = f"""<h1>Löftet <strong>hölls</strong></h1><h2 lang="en">In English</h2><p>Se <a href="/loften">alla löften</a>.</p>
<div>{DRAWING}</div>
<table><caption>Månader</caption><thead><tr><th scope="col">Månad</th><th scope="col">Hölls</th></tr></thead>
<tbody><tr><th scope="row">maj</th><td>41</td></tr></tbody></table>"""


@pytest.fixture
def made(press, manuscript):
    """A page with a heading, a link, a drawing and a table, opened."""
    enclosed = (Enclosure("manader.csv", "Utfall", "month,kept\n2026-05,41\n"),)
    with pikepdf.open(BytesIO(press.make(manuscript(BODY, enclosed)).content)) as document:
        yield document


def kinds(document: pikepdf.Pdf) -> list[str]:
    return [str(element.S).lstrip("/") for element in elements(document)]


def only(document: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(element for element in elements(document) if str(element.S) == f"/{kind}")


def test_it_says_that_it_is_both_accessible_and_for_the_archive(made):
    told = made.Root.Metadata.read_bytes().decode()
    assert re.search(r'pdfaid:part="3"', told) and re.search(r'pdfaid:conformance="A"', told)
    assert re.search(r'pdfuaid:part="1"', told)
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in told
    assert "/Filter" not in made.Root.Metadata
    with made.open_metadata() as metadata:
        assert metadata.pdfa_status == "3A"
        assert metadata["dc:title"] == "Löftet – Ekdala kommun"


def test_it_has_a_language_a_title_that_is_shown_and_an_outline(made):
    assert str(made.Root.Lang) == "sv"
    assert made.Root.ViewerPreferences.DisplayDocTitle is True
    assert made.Root.MarkInfo.Marked is True
    assert str(made.docinfo.Title) == "Löftet – Ekdala kommun"
    assert [str(place.title) for place in made.open_outline().root] == ["Löftet hölls"]


def test_headings_table_and_link_are_what_they_are(made):
    found = kinds(made)
    assert [kind for kind in found if kind.startswith("H")] == ["H1", "H2"]
    assert {"Table", "Caption", "THead", "TBody", "TR", "TD", "P", "Link"} <= set(found)
    assert found.count("TH") == 3
    cell = only(made, "TD")
    heads = {str(element.ID) for element in elements(made) if str(element.S) == "/TH"}
    assert len(cell.A.Headers) == 2 and {str(head) for head in cell.A.Headers} <= heads


def test_a_part_in_another_language_says_so(made):
    assert str(only(made, "H2").Lang) == "en"
    assert "/Lang" not in only(made, "H1")


def test_a_drawing_tells_what_it_shows_and_where_it_is(made):
    figure = only(made, "Figure")
    assert str(figure.Alt) == "44 ärenden. 41 höll löftet."
    left, low, right, high = (float(edge) for edge in figure.A.BBox)
    width, height = (float(edge) for edge in figure.Pg.MediaBox[2:])
    assert 0 < left < right < width and 0 < low < high < height


def test_a_drawing_has_its_own_style(made):
    # The blue of a promise kept, as WeasyPrint writes it.
    assert b"0.043137 0.309804 0.360784 rg" in b"".join(
        form.read_bytes()
        for form in [made.pages[0].Contents, *made.pages[0].get("/Resources").get("/XObject", {}).values()]
    )


def test_heads_and_feet_are_furniture_and_nothing_marked_is_left_loose(made):
    owners = made.Root.StructTreeRoot.ParentTree.Nums[1]
    told = {element.objgen for element in elements(made)}
    for page in made.pages:
        content = page.Contents.read_bytes()
        assert content.count(b"/Type /Pagination") >= 4
        for number in re.findall(rb"/MCID (\d+)", content):
            assert owners[int(number)].objgen in told


def test_every_font_is_ours_and_lies_in_the_file(made):
    fonts = [font for page in made.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        inner = font.DescendantFonts[0]
        assert "Portal-Sans" in str(inner.BaseFont)
        assert "/FontFile2" in inner.FontDescriptor or "/FontFile3" in inner.FontDescriptor


def test_the_figures_lie_in_the_file(made):
    assert made.attachments["manader.csv"].get_file().read_bytes() == b"month,kept\n2026-05,41\n"
    assert [str(file.AFRelationship) for file in made.Root.AF] == ["/Data"]


def test_a_link_leads_to_the_site(made):
    assert [str(note.A.URI) for note in made.pages[0].Annots] == ["https://ekdala.example/loften"]


def test_a_swedish_word_is_parted_where_swedes_part_it(press, manuscript):
    word = "kommunfullmäktigeordförandeval "
    made = press.make(manuscript(f"<h1>x</h1><p>{word * 40}</p>"))
    with pikepdf.open(BytesIO(made.content)) as document:
        alone = manuscript(f'<h1>x</h1><p lang="x-none">{word * 40}</p>')
        with pikepdf.open(BytesIO(press.make(alone).content)) as unparted:
            assert lines(document) < lines(unparted)


def lines(document: pikepdf.Pdf) -> int:
    return sum(page.Contents.read_bytes().count(b"TJ") for page in document.pages)


@pytest.mark.parametrize(
    "words", ["🦆🦆", "سلام", "漢字", "\u202eabc", "a" * 3000, "&lt;script&gt;", "\ufffe"]
)
def test_any_words_make_a_pdf(press, manuscript, words):
    assert press.make(manuscript(f"<h1>Löfte {words}</h1>")).content.startswith(b"%PDF-")


def test_the_same_page_gives_the_same_file(manuscript, tmp_path, press):
    again = type(press)(tmp_path / "elsewhere", press.static, press.site)
    assert press.make(manuscript(BODY)).content == again.make(manuscript(BODY)).content
