"""Reporting a street light, step by step, the way a person without JavaScript does."""

import re

from tests.live.caller import Answer, Caller

REFERENCE = re.compile(r"\bFEL-[2-9A-Z]{4}-[2-9A-Z]{2}\b")
START = "/e-tjanster/felanmalan"
ANSWERS = {
    "vad": {"kategori": "gatlykta", "lykta_fel": "slackt", "beskrivning": "Lyktan är släckt."},
    "var": {"adress": "Kvarngatan 14", "plats": "Vid övergångsstället."},
    "du": {"kontakt": "ja", "namn": "", "epost": "anmalan@post.example", "telefon": ""},
}


def fill_in_all(caller: Caller, more: str = "") -> None:
    """Fill in every step, so that only the last button is left. `more` is added to the description."""
    for step, values in ANSWERS.items():
        wanted = {**values, **({"beskrivning": f"Lyktan är släckt. {more}"} if step == "vad" else {})}
        for _ in range(3):  # a step that asks more when it knows more is shown again
            answer = caller.fill_in(f"{START}/{step}", wanted)
            if answer.status == 303 and not answer.location.partition("?")[0].endswith(f"/{step}"):
                break
        else:
            raise AssertionError(f"{step} was not accepted: {answer.status} {answer.soup.select_one('main')}")


def submit(caller: Caller) -> Answer:
    """Press the last button."""
    return caller.fill_in(f"{START}/kontrollera", {})


def reference_on(answer: Answer) -> str:
    """Give the case reference that a receipt shows."""
    found = REFERENCE.search(answer.soup.get_text(" ")) if answer.status == 200 else None
    assert found is not None, f"no reference on the receipt: {answer.status}"
    return found.group()
