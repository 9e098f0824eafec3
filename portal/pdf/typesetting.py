"""A manuscript becomes a PDF by WeasyPrint. Loaded only in the process that prints."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pydyf
from weasyprint import HTML, Attachment
from weasyprint.pdf import tags

from portal.pdf.fetching import OwnFiles
from portal.pdf.manuscript import Enclosure, Manuscript
from portal.pdf.marking import mark_accessible

SVG = "{http://www.w3.org/2000/svg}"
VARIANT = "pdf/a-3a"

_tags_of_box = tags._build_box_tree


def _tags_with_language(box: Any, *place: Any) -> Iterator[Any]:
    """Note the language of an element that has one of its own; WeasyPrint 70 notes only that of the whole document."""
    spoken = box.element.get("lang") if getattr(box, "element", None) is not None else None
    for tag in _tags_of_box(box, *place):
        if spoken and box.element.tag != "html":
            tag["Lang"] = pydyf.String(spoken)
        yield tag


tags._build_box_tree = _tags_with_language


def typeset(manuscript: Manuscript, static: Path, site: str) -> bytes:
    """Give a manuscript as PDF, one file that is both PDF/A-3a and PDF/UA-1; `static` holds our own files."""
    page = HTML(string=manuscript.html, base_url=manuscript.address, url_fetcher=OwnFiles(static, site))
    sheet = (static / manuscript.drawing_sheet).read_text("utf-8")
    for drawing in page.etree_element.iter(f"{SVG}svg"):
        prepare_drawing(drawing, sheet)
    for described in list(page.etree_element.iter("dl")):
        lay_out(described)
    enclosed = [_enclosed(enclosure, manuscript) for enclosure in manuscript.enclosures]
    made = page.write_pdf(pdf_variant=VARIANT, attachments=enclosed)
    return mark_accessible(made)


def prepare_drawing(drawing: Element, sheet: str) -> None:
    """Give a drawing its style sheet, and one text that says both what it is and what it shows."""
    title, description = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
    if title is not None and description is not None and description.text:
        title.text = f"{title.text}. {description.text}"
    SubElement(drawing, f"{SVG}style").text = sheet


def lay_out(described: Element) -> None:
    """Take words and what they mean out of the boxes that hold them in pairs: in a PDF a list holds only items."""
    for box in list(described.findall("div")):
        place = list(described).index(box)
        described.remove(box)
        for one in reversed(list(box)):
            described.insert(place, one)


def _enclosed(enclosure: Enclosure, manuscript: Manuscript) -> Attachment:
    moment = datetime.combine(manuscript.written, time(), UTC)
    return Attachment(
        string=enclosure.content,
        name=enclosure.name,
        description=enclosure.description,
        relationship="Data",
        created=moment,
        modified=moment,
    )
