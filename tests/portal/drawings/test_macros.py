"""The macros: what the geometry becomes on the page."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.drawings import shapes
from portal.drawings.desk import DueState, due_line, rosa_pips
from portal.drawings.field import Mark, MarkKind
from portal.drawings.months import months
from portal.drawings.promise import promise_line
from portal.drawings.shapes import Circle, Diamond, Label, Late
from portal.drawings.status import MARKS, Status
from portal.drawings.strip import strip
from tests.portal.drawings.geometry import drawings_of
from tests.portal.drawings.test_field import a_field, broken, kept, some_texts
from tests.portal.drawings.test_months import a_month, swedish_texts
from tests.portal.drawings.test_promise import a_case
from tests.portal.drawings.test_promise import swedish_texts as promise_texts

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page() -> Environment:
    loader = FileSystemLoader(ROOT / "portal" / "templates")
    # The site's own filters and words are not needed here: drawings know no language.
    page = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    page.globals["_"] = lambda text: text
    return page


def render(page: Environment, macro: str, *arguments, file: str = "drawings") -> ElementTree.Element:
    module = page.get_template(f"macros/{file}.html").module
    text = str(getattr(module, macro)(*arguments))
    return ElementTree.fromstring(text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'))


CHARTS = {
    "field": a_field([kept(3, 9), broken(30), Mark(31, MarkKind.LATE), Mark(3, MarkKind.RUNNING)], law=70),
    "months": months([a_month()], swedish_texts()),
    "promise": promise_line(a_case(), promise_texts()),
    "late": promise_line(a_case(today=a_case().due.replace(day=28)), promise_texts()),
    "answered": promise_line(a_case(stopped=a_case().today, kept=True), promise_texts()),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_a_chart_becomes_one_named_image_for_each_size(page, chart):
    root = render(page, "graphic", chart, "bild")
    images = root.findall(f"{SVG}svg")
    assert [image.get("class") for image in images] == ["wide", "medium", "narrow", "slim"]
    identities = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identities) == len(set(identities)) == 8
    for image in images:
        assert image.get("role") == "img"
        assert image.get("aria-labelledby") in identities
        assert image.get("aria-describedby") in identities


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_nothing_is_styled_in_place(page, chart):
    root = render(page, "graphic", chart, "bild")
    for element in root.iter():
        assert "style" not in element.attrib
        assert "fill" not in element.attrib
        assert not [name for name in element.attrib if name.startswith("on")]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS.keys())
def test_every_shape_is_drawn(page, chart):
    root = render(page, "graphic", chart, "bild")
    for image, drawing in zip(root.findall(f"{SVG}svg"), drawings_of(chart), strict=True):
        paths = "".join(path.get("d", "") for path in image.findall(f"{SVG}path"))
        marks = [
            shape for shape in drawing.shapes if isinstance(shape, Circle | Diamond | Late | shapes.Path)
        ]
        assert paths.count("M") == len(marks)
        assert len(image.findall(f"{SVG}circle")) == sum(isinstance(shape, Late) for shape in marks)
        texts = [shape.text for shape in drawing.shapes if isinstance(shape, Label)]
        assert [text.text for text in image.findall(f"{SVG}text")] == texts


def test_every_class_is_known_to_the_style_sheet():
    sheet = (ROOT / "static" / "site.css").read_text(encoding="utf-8")
    drawn = [drawing for chart in CHARTS.values() for drawing in drawings_of(chart)]
    drawn += [due_line(5, 10, state) for state in DueState]
    drawn += [rosa_pips(3), strip(kept=3, broken=1, running=1, late_now=1).drawing]
    classes = {name for drawing in drawn for shape in drawing.shapes for name in shape.css.split()}
    assert not {name for name in classes if f".{name} " not in sheet and f".{name}," not in sheet}


def test_a_small_drawing_is_hidden_from_those_who_hear_the_words_beside_it(page):
    image = render(page, "drawing", strip(kept=36, broken=5, running=12, late_now=1).drawing)
    assert image.get("aria-hidden") == "true"
    assert image.get("role") is None


def test_a_text_with_signs_is_shown_as_written(page):
    chart = a_field([kept(3)], texts=some_texts(kept="R&D <b>"))
    root = render(page, "graphic", chart, "bild")
    assert "R&D <b>" in [text.text for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", MARKS)
def test_a_status_is_shape_word_and_colour(page, kind):
    root = render(page, "status", kind.value, file="status")
    assert root.get("class") == f"status is-{kind}"
    (image,) = root.findall(f"{SVG}svg")
    assert len(image) >= 1
    word = root.findall("span")[0].text
    assert word
    assert len(word) > 3


def test_no_two_statuses_look_alike_but_the_rings_that_say_open(page):
    shapes = {kind: ElementTree.tostring(render(page, "mark", kind.value, file="status")) for kind in MARKS}
    assert len(set(shapes.values())) == len(Status)


def test_a_word_of_ones_own_takes_the_place_of_the_usual(page):
    root = render(page, "status", "none", "Pausat", file="status")
    assert root.findall("span")[0].text == "Pausat"


def test_a_diamond_is_a_closed_path():
    assert Diamond("g-broken", 10, 10, 4).outline == "M10 6L14 10L10 14L6 10Z"
