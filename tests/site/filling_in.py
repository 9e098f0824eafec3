"""Somebody who reports a street light step by step, without a browser."""

from tests.site.demo import Demo
from tests.visitor import Visitor

START = "/e-tjanster/felanmalan"
DESCRIPTION = "Lyktan vid bron är släckt."
ANSWERS = {
    "vad": {"kategori": "gatlykta", "lykta_fel": "slackt", "beskrivning": DESCRIPTION},
    "var": {"adress": "Kvarngatan 14", "plats": ""},
    "du": {"kontakt": "ja", "namn": "", "epost": "anmalan@post.example", "telefon": ""},
}


def filled_in(demo: Demo, **other: str) -> Visitor:
    """Give a visitor who has filled in a report and not sent it; `other` answers by the id of their question."""
    visitor = Visitor(demo.app)
    for step, answers in ANSWERS.items():
        wanted = {name: other.get(name, value) for name, value in answers.items()}
        # What an answer leads to is asked on the same page, the second time.
        while not fill_in(visitor, step, wanted):
            pass
    visitor.get(f"{START}/kontrollera")
    return visitor


def fill_in(visitor: Visitor, step: str, answers: dict[str, str]) -> bool:
    """Fill in one step as it stands, and send it; tells whether it led on to another."""
    page = visitor.get(f"{START}/{step}")
    shown = page.find("input", attrs={"name": "visade"})
    assert shown is not None
    visitor.post(f"{START}/{step}", {**answers, "visade": str(shown["value"])})
    assert visitor.response is not None
    return not visitor.response.headers["Location"].partition("?")[0].endswith(f"/{step}")


def send(visitor: Visitor) -> str:
    """Press the last button; gives the reference on the receipt."""
    visitor.post(f"{START}/kontrollera")
    receipt = visitor.follow()
    reference = receipt.select_one(".reference b")
    assert reference is not None
    return reference.text
