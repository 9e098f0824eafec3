"""The screens of the main job, in words of the matter. A deed that leads to another screen gives that screen."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from playwright.sync_api import Page, expect

from tests.browser.hands import Hands

FIGURE = re.compile(r"Hölls i (\d+) av (\d+) fall")


@dataclass(frozen=True)
class Screen:
    """A page that is shown, and the hands that use it."""

    hands: Hands

    @property
    def page(self) -> Page:
        return self.hands.page

    @property
    def heading(self) -> str:
        """What the page is called."""
        return plain(self.page.locator("h1").inner_text())

    @property
    def text(self) -> str:
        """Everything that stands on the page."""
        return plain(self.page.locator("main").inner_text())

    def must_be_called(self, heading: str) -> Self:
        """Be on the page that is called so."""
        expect(self.page.locator("h1")).to_have_text(heading)
        return self


class Form(Screen):
    """A page with a form that may be refused."""

    def must_say_what_is_wrong(self, problem: str, at: str) -> Self:
        """Tell the problem first on the page, in its title and at its question, with a link that leads there."""
        summary = self.page.locator("#fel")
        expect(summary).to_be_visible()
        assert self.page.title().startswith("Fel:")
        assert self.page.evaluate(
            "document.querySelector('#fel').compareDocumentPosition(document.querySelector('h1')) & 4"
        ), "the heading stands before the summary"
        expect(self.page.locator("[data-field=validation]").filter(has_text=problem)).to_be_visible()
        self.hands.follow(problem)
        assert self.page.evaluate("document.activeElement.id") == at
        return self


class Front(Screen):
    """The first page."""

    @classmethod
    def visit(cls, hands: Hands) -> "Front":
        """Come to the site."""
        hands.page.goto("/")
        return cls(hands).must_be_called("Vad kan vi hjälpa dig med?")

    def all_pledges(self) -> "Pledges":
        """See everything that is promised."""
        self.hands.follow(re.compile("^Se alla .* löften$"))
        return Pledges(self.hands).must_be_called("Våra löften")


class Pledges(Screen):
    """Everything that is promised."""

    def read(self, promise: str) -> "Pledge":
        """Open a pledge by its promise."""
        self.hands.follow(promise)
        return Pledge(self.hands).must_be_called(f"{promise}.")


class Pledge(Screen):
    """One pledge and how it is kept."""

    @classmethod
    def visit(cls, hands: Hands, slug: str) -> "Pledge":
        """Come straight to a pledge."""
        hands.page.goto(f"/loften/{slug}")
        return cls(hands)

    @property
    def kept(self) -> int:
        """In how many cases it was kept."""
        return self._figure[0]

    @property
    def outcomes(self) -> int:
        """In how many cases it was kept or not."""
        return self._figure[1]

    @property
    def _figure(self) -> tuple[int, int]:
        said = FIGURE.search(self.text)
        assert said, f"no figure: {plain(self.page.locator('.outcome').inner_text())}"
        return int(said[1]), int(said[2])

    def report(self, service: str) -> "Intro":
        """Go to a service that stands under the pledge."""
        self.hands.follow(service)
        return Intro(self.hands).must_be_called("Felanmälan")


class Intro(Screen):
    """What an e-service is, before it begins."""

    def begin(self) -> "Step":
        """Begin to fill in."""
        self.hands.follow("Börja")
        return Step(self.hands).must_be_called("Vad är fel?")


class Step(Form):
    """One step of an e-service."""

    def go_on(self) -> Self:
        """Send the step as it is filled in."""
        self.hands.press("Fortsätt")
        return self

    def save_change(self) -> "Review":
        """Send a step that was opened to be changed."""
        self.hands.press("Spara och gå tillbaka till kontrollen")
        return Review(self.hands).must_be_called("Kontrollera och skicka")

    def on_to_review(self) -> "Review":
        """Send the last step."""
        self.go_on()
        return Review(self.hands).must_be_called("Kontrollera och skicka")


class Review(Screen):
    """All the answers before they are sent."""

    def change(self, step: str) -> Step:
        """Open a step to change an answer in it."""
        self.hands.follow(re.compile(rf"^Ändra ?: {re.escape(step)}$"))
        return Step(self.hands).must_be_called(step)

    def send(self) -> "Receipt":
        """Send."""
        self.hands.press("Skicka")
        return Receipt.read(self.page)


@dataclass(frozen=True)
class Receipt:
    """What the case is called, and what is promised, as it was read on the page after sending."""

    reference: str
    promised_day: str

    @classmethod
    def read(cls, page: Page) -> "Receipt":
        """Read the page; the promised day as in "tisdag 24 november"."""
        expect(page.locator("h1")).to_have_text("Tack, vi har fått ditt ärende")
        said = re.search(r"senast (\w+ \d+ \w+)", plain(page.locator("main").inner_text()))
        assert said, "no promised day"
        return cls(page.locator(".reference b").inner_text(), said[1])


class Tracker(Screen):
    """Where the case stands, for the one who has its link."""

    @classmethod
    def by_link(cls, hands: Hands, link: str) -> "Tracker":
        """Open the link of a letter."""
        hands.page.goto(link)
        return cls(hands)

    @property
    def stand(self) -> str:
        """The word for how the case stands; nothing while it just goes on."""
        word = self.page.locator(".waitline")
        return plain(word.inner_text()) if word.count() else ""

    def answer(self, text: str) -> Self:
        """Answer what is asked."""
        self.hands.write("Ditt svar", text)
        self.hands.press("Skicka svaret")
        expect(self.page.locator("#tack")).to_be_visible()
        return self

    def fetch_first_file(self, to: Path) -> Path:
        """Fetch the first of the case's files."""
        address = self.page.locator(".files a").first.get_attribute("href")
        assert address
        to.write_bytes(self.page.request.get(address).body())
        return to


class SignIn(Screen):
    """The staff's door."""

    @classmethod
    def visit(cls, hands: Hands) -> "SignIn":
        """Come to the desk."""
        hands.page.goto("/arbete/")
        return cls(hands).must_be_called("Logga in")

    def enter(self, email: str, password: str) -> "Queue":
        """Sign in."""
        self.hands.write("E-postadress", email)
        self.hands.write("Lösenord", password)
        self.hands.press("Logga in")
        expect(self.page.locator("nav.filters")).to_be_visible()
        return Queue(self.hands)


class Queue(Screen):
    """The cases to take care of."""

    def find(self, reference: str) -> Self:
        """Look for a case among all that the officer may see."""
        self.hands.write(re.compile("^Sök ärende"), reference)
        self.hands.press("Sök")
        expect(self.page.locator("table.queue [data-case]")).to_have_count(1)
        return self

    def open(self, title: str) -> "DeskCase":
        """Open a case that stands in the list."""
        self.hands.follow(title)
        return DeskCase(self.hands).must_be_called(title)


class DeskCase(Screen):
    """A case on an officer's desk."""

    @classmethod
    def from_queue(cls, hands: Hands, reference: str, title: str) -> "DeskCase":
        """Find a case in the queue that is shown, and open it."""
        return Queue(hands).find(reference).open(title)

    def take(self) -> Self:
        """Have the case from now on."""
        self.hands.open("Ta ärendet")
        return self._do("Spara", "har ärendet nu")

    def ask(self, question: str) -> Self:
        """Ask the citizen for what is missing."""
        self.hands.open("Be om komplettering")
        self.hands.write("Vad behöver ni veta?", question)
        return self._do("Skicka frågan", "väntar på invånaren till")

    def answer(self, text: str) -> Self:
        """Answer the citizen."""
        self.hands.open("Svara")
        self.hands.write("Svar till invånaren", text)
        return self._do("Skicka svaret", "Svaret är skickat till invånaren")

    def explain(self, why: str, new_day: date) -> Self:
        """Tell the citizen why it is late, or will be, and the new day."""
        self.hands.open("Förklara förseningen")
        self.hands.write("Varför dröjer det?", why)
        self.hands.write("Ny dag", new_day.isoformat())
        return self._do("Skicka förklaringen", "Invånaren har fått veta varför det dröjer")

    def mark(self, step: str) -> Self:
        """Say that a step is done."""
        self.hands.open("Markera steg")
        self.hands.select("Steg som är klart", step)
        return self._do("Markera som klart", "Steget är klart")

    def close(self, outcome: str, text: str) -> Self:
        """Close the case with how it ended."""
        self.hands.open("Avsluta")
        self.hands.choose(outcome)
        self.hands.write("Svar eller skäl till invånaren", text)
        return self._do("Avsluta ärendet", f"Ärendet är avslutat: {outcome}")

    def _do(self, button: str, confirmed: str) -> Self:
        self.hands.press(button)
        expect(self.page.locator("#klart")).to_contain_text(confirmed)
        return self


def plain(text: str) -> str:
    """Give a text as it is read: hard spaces and lines are only spaces."""
    return " ".join(text.split())
