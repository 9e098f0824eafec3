"""A site with one e-service, and somebody who fills it in."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import encode_multipart

from portal.cases.models import Case
from portal.eservices.models import Draft
from portal.files.models import StoredFile
from tests.builders import a_department, a_pledge, a_service
from tests.visitor import Visitor

WHAT, WHERE, YOU = "/e-tjanster/felanmalan/vad", "/e-tjanster/felanmalan/var", "/e-tjanster/felanmalan/du"
CHECK, DONE = "/e-tjanster/felanmalan/kontrollera", "/e-tjanster/felanmalan/klart"
A_LAMP = {
    "kategori": "gatlykta",
    "lykta_fel": "slackt",
    "lykta_nummer": "0412",
    "beskrivning": "Den är släckt.",
}
A_PLACE = {"adress": "Kvarngatan 14", "plats": ""}
ANONYMOUS = {"kontakt": "nej"}
ANNA = {"kontakt": "ja", "namn": "Anna Ek", "epost": "anna@exempel.se", "telefon": ""}
SHOWN = {
    "visade": "kategori,lykta_fel,lykta_nummer,beskrivning,adress,plats,bilder,kontakt,uppgifter,namn,epost,telefon"
}


def a_photo(kind="JPEG"):
    made = BytesIO()
    Image.new("RGB", (80, 60), "navy").save(made, kind)
    made.seek(0)
    return made


class Resident(Visitor):
    """Somebody who fills in a felanmälan, one page at a time."""

    def fill(self, path, values, status=303, **more):
        """Open a step and send it."""
        self.get(path)
        return self.send(path, values, status, **more)

    def send(self, path, values, status=303, **more):
        """Send a step with the token of the page seen last."""
        return self.post(path, {**SHOWN, **values}, status, **more)

    def send_large(self, path, values, status):
        """Send a step with a large file. The body is built here, since the test client leaves its own files open."""
        fields = {**SHOWN, "csrf_token": self.token, **values}
        boundary, body = encode_multipart(fields)
        return self.post(
            path, None, status, data=body, content_type=f"multipart/form-data; boundary={boundary}"
        )

    def fill_all(self, who=ANONYMOUS):
        """Fill in every step and stand before the last page."""
        self.fill(WHAT, A_LAMP)
        self.fill(WHERE, A_PLACE)
        self.fill(YOU, who)
        self.get(CHECK)

    def follow_all(self):
        """Go where the last answer sent the browser, as far as it sends it on."""
        while self.response.status_code == 303:
            address = self.went
            self.response = self.client.get(address)

    @property
    def problems(self):
        """What the page says is wrong, at the top."""
        summary = self.soup.find(class_="ds-error-summary")
        return [link.get_text(strip=True) for link in summary.find_all("a")] if summary else []

    def typed(self, name):
        """What stands in a box."""
        box = self.soup.find(["input", "textarea"], attrs={"name": name})
        return box.get_text().removeprefix("\n") if box.name == "textarea" else box.get("value")

    def chosen(self, name):
        """Which choice is made."""
        found = self.soup.find("input", attrs={"name": name, "checked": True})
        return found and found["value"]

    @property
    def went(self):
        """Where the last answer sends the browser."""
        return self.response.headers["Location"]


@pytest.fixture
def resident(app, fill):
    """Somebody in front of a site where street lamps are promised within ten working days."""

    def content(db):
        streets = a_department(db, emergency_phone="0980-319 243", emergency_hours="Dygnet runt.")
        a_pledge(db, a_service(db, streets, channels="Ring 0980-319 200."))

    fill(content)
    return Resident(app)


@pytest.fixture
def count(sqlite):
    """How many drafts, cases and files there are."""

    def counted(kind):
        with sqlite.reader() as db:
            return db.scalar(
                select(func.count()).select_from({"draft": Draft, "case": Case, "file": StoredFile}[kind])
            )

    return counted


@pytest.fixture
def only(sqlite):
    """The only row of a kind."""

    def found(kind):
        with sqlite.reader() as db:
            return db.scalars(select(kind)).one()

    return found
