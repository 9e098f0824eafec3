"""Three things about the structure of a PDF that WeasyPrint 70 leaves undone."""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Object

PIXEL = 0.75  # points; WeasyPrint lays out in pixels of CSS
MARKED = re.compile(rb"/Span\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
SET_ASIDE = b"/Artifact <</Type /Pagination>> BDC"


def mend_structure(document: pikepdf.Pdf) -> None:
    """Set heads and feet of pages aside, put figures where they are drawn, name each enclosed file once."""
    told = list(elements(document))
    for element in told:
        if str(element.S) == "/Figure":
            place_figure(element)
    set_margins_aside(document, {element.objgen for element in told})
    if "/AF" in document.Root:
        once = {file.objgen: file for file in document.Root.AF}
        document.Root.AF = Array(list(once.values()))


def elements(document: pikepdf.Pdf) -> Iterator[Object]:
    """Give every element that a reader comes by, in order."""
    waiting: list[Object] = list(document.Root.StructTreeRoot.K)[::-1]
    while waiting:
        element = waiting.pop()
        yield element
        inner = element.get("/K", Array())
        kids = list(inner) if isinstance(inner, Array) else [inner]
        waiting += [kid for kid in reversed(kids) if isinstance(kid, Dictionary) and "/S" in kid]


def place_figure(figure: Object) -> None:
    """Turn the box of a figure from pixels below the upper edge into points above the lower one."""
    left, top, right, bottom = (float(edge) * PIXEL for edge in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    figure.A.BBox = Array([round(edge, 2) for edge in (left, height - bottom, right, height - top)])


def set_margins_aside(document: pikepdf.Pdf, told: set[tuple[int, int]]) -> None:
    """Mark the text that no element leads to, the heads and feet of pages, as furniture (ISO 14289-1, 7.8)."""
    places = document.Root.StructTreeRoot.ParentTree.Nums
    of_page = {int(places[place]): places[place + 1] for place in range(0, len(places), 2)}
    for page in document.pages:
        owners = of_page[int(page.StructParents)]
        loose = {number for number, owner in enumerate(owners) if owner.objgen not in told}
        for number in loose:
            owners[number] = None

        def aside(marked: re.Match[bytes], loose: set[int] = loose) -> bytes:
            return SET_ASIDE if int(marked[1]) in loose else marked[0]

        page.Contents = document.make_stream(MARKED.sub(aside, page.Contents.read_bytes()))
