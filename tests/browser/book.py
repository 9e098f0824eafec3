"""The screens where a head writes, decides and publishes a pledge, and the figures as data. See `pages`."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from playwright.sync_api import expect

from tests.browser.hands import Hands
from tests.browser.pages import Form, Screen, plain

DRAFT = re.compile(r"/redaktion/loften/utkast/(\d+)")
TRIED = re.compile(r"hade hållits i (\d+) av (\d+) fall")


class Book(Screen):
    """The pledges that somebody writes for."""

    @classmethod
    def visit(cls, hands: Hands) -> "Book":
        """Come to the book, signed in."""
        hands.page.goto("/redaktion/loften")
        return cls(hands)

    def begin(self) -> "Draft":
        """Begin a new pledge of the department."""
        self.hands.press("Skriv ett nytt löfte")
        return Draft(self.hands)


class Draft(Form):
    """A pledge that is being written."""

    @property
    def address(self) -> str:
        """Where the draft is, also after a form on it was refused."""
        found = DRAFT.search(self.page.url)
        assert found, self.page.url
        return found.group()

    def fill_in(self, words: dict[str, str], choices: dict[str, str], boxes: tuple[str, ...] = ()) -> Self:
        """Write in boxes, choose from lists and tick, by the names that stand there."""
        for label, text in words.items():
            self.hands.write(label, text)
        for label, option in choices.items():
            self.hands.select(label, option)
        for label in boxes:
            self.hands.tick(label)
        return self

    def save(self) -> Self:
        """Save, and stay whatever is said."""
        self.hands.press("Spara")
        return self

    def must_be_saved(self) -> Self:
        """Be told that it is kept."""
        return self._must_say("Utkastet är sparat.")

    def must_lack(self, *what: str) -> Self:
        """Tell what has to be put in order before the decision."""
        left = self.page.locator("section[aria-labelledby=h-innan]")
        for one in what:
            expect(left).to_contain_text(f"{one}, saknas")
        if not what:
            expect(left).not_to_contain_text("saknas")
        return self

    def try_it(self) -> "Trial":
        """Measure it on the cases there have been."""
        self.hands.follow("Pröva på riktiga ärenden")
        self.hands.press("Pröva löftet")
        return Trial(self.hands)

    def send(self) -> Self:
        """Send it to be reviewed."""
        return self._move("Skicka till chefen", "Skicka till chefen", "Utkastet är skickat till chefen.")

    def approve(self) -> Self:
        """Have it reviewed."""
        return self._move("Godkänn granskningen", "Utkastet är granskat", "Nu kan det beslutas.")

    def decide(self, body: str, day: date, paragraph: str, number: str) -> Self:
        """Write down the decision, and stay whatever is said."""
        self.hands.open("Skriv in beslutet")
        self.hands.write("Beslutat av", body)
        self.hands.write("Beslutsdag", day.isoformat())
        self.hands.write("Paragraf", paragraph)
        self.hands.write("Diarienummer", number)
        self.hands.press("Spara beslutet")
        return self

    def must_be_decided(self) -> Self:
        """Be told that the decision is written down."""
        return self._must_say("Nu kan löftet publiceras.")

    def publish(self, first: date) -> Self:
        """Publish it from a day on, and stay whatever is said."""
        self.hands.open("Publicera")
        self.hands.write("Börjar gälla", first.isoformat())
        self.hands.press("Publicera löftet")
        return self

    def must_be_published(self) -> "Kept":
        """Be told that it is published, and go to the pledge as staff see it."""
        self._must_say("Löftet är publicerat.")
        self.hands.follow("Öppna löftet")
        return Kept(self.hands)

    def _move(self, title: str, button: str, said: str) -> Self:
        self.hands.open(title)
        self.hands.press(button)
        return self._must_say(said)

    def _must_say(self, said: str) -> Self:
        expect(self.page.locator("#klart")).to_contain_text(said)
        return self


class Trial(Screen):
    """How a pledge would have gone."""

    @property
    def figure(self) -> tuple[int, int]:
        """In how many cases it would have been kept, and of how many."""
        said = TRIED.search(self.text)
        assert said, self.text
        return int(said[1]), int(said[2])

    @property
    def failing(self) -> int:
        """How many cases stand there as those that would have broken it."""
        return self.page.locator("[aria-labelledby=brutna] tbody tr").count()

    def back(self) -> Draft:
        """Go back to the draft."""
        self.hands.follow("Utkastet")
        return Draft(self.hands)


class Kept(Screen):
    """A pledge in force as staff see it."""

    @property
    def slug(self) -> str:
        """What the pledge is called in addresses."""
        return self.page.url.rpartition("/")[2]


@dataclass(frozen=True)
class Registered:
    """A case that staff have registered."""

    reference: str


class Intake(Form):
    """The desk's form for a case that comes in by phone, post or visit."""

    @classmethod
    def visit(cls, hands: Hands, service: str) -> "Intake":
        """Come to the form for a service."""
        hands.page.goto(f"/arbete/nytt?tjanst={service}")
        return cls(hands)

    def register(self, title: str, about: str, address: str) -> Registered:
        """Register a case that came by phone just now."""
        self.hands.choose("Telefon")
        self.hands.write("Rubrik", title)
        self.hands.write("Vad gäller det?", about)
        self.hands.write("E-post", address)
        self.hands.press("Registrera ärendet")
        expect(self.page.locator("h1")).to_contain_text(title)
        return Registered(self.page.url.partition("#")[0].partition("?")[0].rpartition("/")[2])


class Data(Screen):
    """The figures as data, for anybody."""

    @classmethod
    def from_pledge(cls, hands: Hands, slug: str) -> "Data":
        """Come to the pledge whose figures are fetched."""
        hands.page.goto(f"/loften/{slug}")
        return cls(hands)

    def fetch_csv(self) -> str:
        """Fetch the months of the pledge, by the link that stands on its page."""
        address = self.page.get_by_role("link", name="Siffrorna som CSV").get_attribute("href")
        assert address
        answer = self.page.request.get(address)
        assert answer.status == 200 and answer.headers["content-type"].startswith("text/csv")
        return answer.text()

    @property
    def said(self) -> str:
        """The sentence with the figure, as it is read on the page."""
        return plain(self.page.locator(".outcome").inner_text())
