"""What cannot be right about a pledge, a calendar or a figure is refused with its row, its field and what to do.

What was typed is there still, and nothing has been saved, not even the half of it that was right.
"""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select

from portal.clock import local_day, now
from portal.i18n import language
from portal.pledgebook.models import Pledge, PledgeVersion
from tests.site.demo import Demo, signed_in
from tests.visitor import Visitor

ADMIN, HEAD = "admin@ekdala.example", "chef@ekdala.example"
DRAFT, READ_IN = "/redaktion/loften/utkast/1", "/redaktion/siffror/las-in"
TO_COME = "skolskjuts-beslut"
HEADER = "lofte;manad;hallna;utfall;kalla;ansvarig"
RIGHT = "svar-i-telefon;2026-01;4000;5000;Telefonväxeln;Kundtjänstchef"
PUZZLING_DAY = "Vi förstår inte datumet. Skriv år, månad och dag, till exempel 2026-11-24."


def standing(page: BeautifulSoup, action: str | None = None) -> dict[str, Any]:
    """Give what a form, without `action` the page's first, would send as it stands; its buttons are not pressed."""
    form = page.select_one(f'main form[action="{action}"]' if action else "main form[method=post]")
    assert form is not None, f"no form for {action}"
    values: dict[str, Any] = {}
    for box in form.find_all(["input", "textarea", "select"]):
        ticked = box.get("type") not in ("checkbox", "radio") or box.has_attr("checked")
        if box.get("name") and box.get("type") != "submit" and ticked:
            values.setdefault(str(box["name"]), []).append(value_of(box))
    return values


def value_of(box: Tag) -> str:
    if box.name == "select":
        offered = [*box.select("option[selected]"), *box.select("option")]
        return str(offered[0]["value"]) if offered else ""
    return box.text.removeprefix("\n") if box.name == "textarea" else str(box.get("value", ""))


def must_refuse(page: BeautifulSoup, field: str, said: str, typed: str) -> None:
    """Say at the top and at the field what is wrong and what to do, and keep what was typed there."""
    title, summary = page.title, page.select_one("#fel")
    assert title and title.text.startswith("Fel:")
    assert summary
    link, box = summary.find("a", href=f"#{field}"), page.find(id=field)
    assert link and said in " ".join(link.text.split()), summary.text
    assert isinstance(box, Tag)
    assert (box.get("aria-invalid"), box.get("value")) == ("true", typed)
    told = [page.find(id=name) for name in str(box["aria-describedby"]).split()]
    assert any(said in " ".join(one.text.split()) for one in told if one)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("target", "0", "Målet måste vara över 0 och högst 100"),
        ("target", "nittio", "Skriv till exempel 95 eller 92,5."),
        ("amount", "0", "Tiden måste vara minst 1 och högst 1 000. Skriv till exempel 10."),
        ("amount", "30", "lag"),
        ("review_by", "20266-06-01", PUZZLING_DAY),
        ("valid_from", "2020-01-01", "Välj en dag från och med i dag."),
    ],
)
def test_a_pledge_that_cannot_be_is_refused_by_its_field(demo: Demo, field: str, typed: str, said: str):
    head = signed_in(demo.app, HEAD)
    values = standing(head.get(DRAFT), DRAFT) | {"promise": "Ett *annat* löfte.", field: typed}
    before = demo.fingerprint()
    page = head.post(DRAFT, values, 422)
    must_refuse(page, field, said, typed)
    assert page.select("#promise")[0].text.strip() == "Ett *annat* löfte."
    assert demo.fingerprint() == before


def test_a_version_that_begins_before_the_last_one_is_refused(demo: Demo):
    admin = signed_in(demo.app, ADMIN)
    admin.get(f"/redaktion/loften/{TO_COME}")
    admin.post(f"/redaktion/loften/{TO_COME}/nasta")
    page = admin.follow()
    assert admin.response is not None
    draft, today = admin.response.request.path, local_day(now())
    begins = last_start(demo)
    too_early = max(begins, today)
    values = standing(page, draft) | {"valid_from": too_early.isoformat()}
    before = demo.fingerprint()
    page = admin.post(draft, values, 422)
    earliest = " ".join(language("sv").full_day(too_early + timedelta(days=1)).split())
    must_refuse(page, "valid_from", f"Versionen kan tidigast börja gälla {earliest}.", too_early.isoformat())
    assert demo.fingerprint() == before


def last_start(demo: Demo) -> date:
    """Give when the latest version of the pledge begins."""
    wanted = select(PledgeVersion.valid_from).join(Pledge).where(Pledge.slug == TO_COME)
    with demo.reader() as db:
        return max(db.scalars(wanted))


@pytest.fixture
def calendar(demo: Demo) -> tuple[Visitor, str]:
    """An administrator who has begun a calendar for the whole municipality, and where it is written."""
    admin = signed_in(demo.app, ADMIN)
    admin.get("/redaktion/kalendrar")
    admin.post("/redaktion/kalendrar", {"plats": "kommunen"})
    assert admin.response is not None
    return admin, str(admin.response.headers["Location"])


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("season-1-day-0", "08.00-12.00, 11.00-16.30", "Låt den ena sluta innan den andra börjar."),
        ("season-1-day-2", "16.30-08.00", "Skriv när det öppnar före när det stänger."),
        ("season-1-day-2", "8-25", "25"),
        ("season-1-first", "20266-01-01", "20266"),
        ("day-1-day", "20266-01-05", "Skriv ett år från 2000 till 2060."),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_by_its_row(
    demo: Demo, calendar: tuple[Visitor, str], field: str, typed: str, said: str
):
    admin, path = calendar
    values = standing(admin.get(path), path) | {"name": "Nya tider", "gor": "spara", field: typed}
    before = demo.fingerprint()
    page = admin.post(path, values, 422)
    must_refuse(page, field, said, typed)
    where = page.select(f'#fel a[href="#{field}"]')[0].text
    assert where.startswith(("Period 1", "Undantag 1")), where
    assert page.select("#name")[0]["value"] == "Nya tider"
    assert demo.fingerprint() == before


@pytest.mark.parametrize(
    ("content", "row", "column", "said"),
    [
        (f"{HEADER.replace('utfall', 'uttfall')}\n{RIGHT}", 1, "uttfall", "Kolumnen ”uttfall” finns inte."),
        (f"{HEADER.replace('utfall', 'uttfall')}\n{RIGHT}", 1, "uttfall", "utfall, varde"),
        (f"{HEADER.replace(';kalla', '')}\n{RIGHT}", 1, "kalla", "Lägg till den i rubrikraden."),
        (f"{HEADER}\n{RIGHT}\n{RIGHT.replace('2026-01', '20266-02')}", 3, "manad", "20266-02"),
        (f"{HEADER}\n{RIGHT}\n{RIGHT.replace('2026-01;4000', '2026-02;6000')}", 3, "hallna", "utfall"),
        (
            f"{HEADER}\n{RIGHT}\n{RIGHT.replace('svar-i-telefon', 'gatlyktor-lagas')}",
            3,
            "lofte",
            "gatlyktor-lagas",
        ),
        (f"{HEADER}\n{RIGHT}\n{RIGHT};mer", 3, "hela raden", "Raden har 7 kolumner, rubriken har 6."),
        (
            f"{HEADER};anmarkning\n{RIGHT};Rättat.\n{RIGHT};Rättat.",
            3,
            "manad",
            "Löftet och månaden finns redan på rad 2. Ta bort en av raderna.",
        ),
    ],
)
def test_a_file_with_a_fault_is_refused_by_row_and_column_and_none_of_it_is_kept(
    demo: Demo, content: str, row: int, column: str, said: str
):
    admin = signed_in(demo.app, ADMIN)
    admin.get(READ_IN)
    before = demo.fingerprint()
    page = admin.post(READ_IN, {"fil": (BytesIO(content.encode()), "siffror.csv")}, 422)
    told = [
        [cell.text.strip() for cell in line.find_all(["th", "td"])] for line in page.select("table tbody tr")
    ]
    found = [line[2] for line in told if line[:2] == [str(row), column]]
    assert found and any(said in one and len(one) > 15 for one in found), told
    assert "Inget är sparat." in page.text
    assert not page.find("form", action="/redaktion/siffror/las-in/spara"), "nothing can be kept"
    assert demo.fingerprint() == before


def test_a_month_that_cannot_be_is_refused_where_it_was_typed(demo: Demo):
    admin, path = signed_in(demo.app, ADMIN), "/redaktion/siffror/svar-i-telefon"
    values = standing(admin.get(path)) | {"manad": "20266-01", "hallna": "1", "utfall": "2"}
    before = demo.fingerprint()
    page = admin.post(path, values, 422)
    must_refuse(page, "manad", "Skriv till exempel 2026-10.", "20266-01")
    assert demo.fingerprint() == before
