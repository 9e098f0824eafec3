"""The main job from end to end, as three people do it: with a browser, without JavaScript, with the keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from portal.demo.loading import DEMO_PASSWORD
from tests.browser.conftest import Somebody
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.letters import Letters, Received
from tests.browser.pages import DeskCase, Front, Pledge, Receipt, Review, SignIn, Step, Tracker
from tests.browser.photo import camera_in, place_in, take_photo
from tests.live.server import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLEDGE, PROMISE = "gatlyktor-lagas", "Trasiga gatlyktor lagas inom tio arbetsdagar"
STREET = "Kvarngatan 14"
FIRST, BETTER = (
    "Lyktan vid övergångsstället är släckt.",
    "Lyktan vid övergångsstället är släckt sedan i söndags.",
)
QUESTION = "Vilket nummer står på stolpen?"
ANSWER = "Det står 0412 på stolpen."
FOUND = "Vi har hittat felet. En elektriker kommer i morgon."
MENDED = "Kabeln är lagad och lyktan lyser igen."
OFFICER = "gata@ekdala.example"

WAYS: dict[str, tuple[Callable[[Page], Hands], dict[str, bool]]] = {
    "javascript": (Mouse, {}),
    "no-javascript": (Mouse, {"java_script_enabled": False}),
    "keyboard": (Keyboard, {}),
}


@pytest.fixture(params=WAYS)
def arrives(request: pytest.FixtureRequest, somebody: Somebody) -> Callable[[], Hands]:
    """Let somebody come to the site, in one of the ways."""
    kind, context = WAYS[request.param]
    return lambda: kind(somebody(**context))


def test_a_fault_is_reported_handled_and_followed_to_its_end(
    arrives: Callable[[], Hands],
    letters: Letters,
    site: LiveSite,
    tmp_path: Path,
    request: pytest.FixtureRequest,
):
    resident, officer = arrives(), arrives()
    address = f"{request.node.callspec.id}@post.example"
    pledge = Front.visit(resident).all_pledges().read(PROMISE)
    kept = pledge.kept

    review = fill_in(pledge, address, take_photo(tmp_path / "lykta.jpg"))
    receipt = change_the_description(review).send()
    letter = must_get_a_receipt(letters, address, receipt)

    tracker = Tracker.by_link(resident, letter.link)
    assert receipt.promised_day in tracker.text and BETTER in tracker.text
    must_tell_no_place(tracker, tmp_path / "handling.jpg")
    case = on_the_desk(officer, receipt.reference)
    case.take().ask(QUESTION)

    asked = letters.wait_for(address, about="Vi behöver mer av dig")
    tracker = Tracker.by_link(resident, asked.link)
    assert tracker.stand == "Väntar på dig" and QUESTION in tracker.text
    tracker.answer(ANSWER)

    case = on_the_desk(officer, receipt.reference)
    assert ANSWER in case.text
    case.answer(FOUND).mark("Åtgärd").close("Åtgärdat", MENDED)

    ended = letters.wait_for(address, about="klart")
    tracker = Tracker.by_link(resident, ended.link)
    assert tracker.stand == "Hölls"
    assert "Hur slutade det?" in tracker.text and MENDED in tracker.text and FOUND in tracker.text
    assert Pledge.visit(resident, PLEDGE).kept == kept + 1
    must_keep_quiet(site, address, ended)


def fill_in(pledge: Pledge, address: str, photo: Path) -> Review:
    """Fill in the report, with mistakes on the way; what was typed right is there each time."""
    step = pledge.report("Felanmälan: Gatlykta som inte lyser").begin()
    hands = step.hands
    hands.write("Beskriv felet", FIRST)
    step.go_on().must_say_what_is_wrong("Välj vad felet gäller.", at="kategori-0")
    assert hands.page.locator("#beskrivning").input_value() == FIRST
    hands.choose("Gatlykta")
    step.go_on()
    hands.choose("Den är släckt")
    step.go_on().must_be_called("Var är felet?")
    step.go_on().must_say_what_is_wrong(
        "Skriv en adress eller beskriv platsen, så att vi hittar dit.", at="adress"
    )
    hands.write("Adress", STREET)
    step.go_on().must_be_called("Bild och kontakt")
    return add_contact(step, address, photo)


def add_contact(step: Step, address: str, photo: Path) -> Review:
    """Give a picture and an address, the address wrong at first; the picture is kept meanwhile."""
    hands = step.hands
    hands.attach("Bilder på felet", photo)
    hands.choose("Ja, hör av er till mig")
    step.go_on()
    hands.write("Din e-postadress", address.replace("@", " at "))
    step.go_on()
    assert hands.page.title().startswith("Fel:")
    assert hands.page.locator("#epost").input_value() == address.replace("@", " at ")
    assert photo.name in step.text
    hands.write("Din e-postadress", address)
    review = step.on_to_review()
    for said in ("Gatlykta", "Den är släckt", FIRST, STREET, photo.name, address):
        assert said in review.text
    return review


def change_the_description(review: Review) -> Review:
    step = review.change("Vad är fel?")
    step.hands.write("Beskriv felet", BETTER)
    review = step.save_change()
    assert BETTER in review.text and FIRST not in review.text
    return review


def must_get_a_receipt(letters: Letters, address: str, receipt: Receipt) -> Received:
    """Get the letter that tells the same as the page, as text and as HTML."""
    letter = letters.wait_for(address, about=receipt.reference)
    for told in (receipt.reference, receipt.promised_day, "Gator och trafik", "Följ ditt ärende"):
        assert told in " ".join(letter.text.split()), told
        assert told in letter.html.replace("\N{NO-BREAK SPACE}", " "), told
    return letter


def must_tell_no_place(tracker: Tracker, kept: Path) -> None:
    """Show the picture without what the camera had added."""
    tracker.fetch_first_file(kept)
    assert place_in(kept) == {}
    assert camera_in(kept) is None


def on_the_desk(officer: Hands, reference: str) -> DeskCase:
    """Find the case in the queue; sign in the first time."""
    officer.page.goto("/arbete/")
    if officer.page.locator("h1").inner_text() == "Logga in":
        SignIn.visit(officer).enter(OFFICER, DEMO_PASSWORD)
    return DeskCase.from_queue(officer, reference, f"Gatlykta: {STREET}")


def must_keep_quiet(site: LiveSite, address: str, letter: Received) -> None:
    """Find nothing of the person in the server's log."""
    said = site.log.read_text("utf-8")
    for secret in (address, STREET, BETTER, letter.link.partition("nyckel=")[2]):
        assert secret not in said
