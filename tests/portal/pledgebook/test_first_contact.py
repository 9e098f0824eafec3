"""A promise to settle a case where it first comes: no day, so a figure and its months, and never a clock."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete

from pledges.pledge import Measure
from portal.accounts.rules import Role
from portal.cases.actions import close, hand_over, open_case
from portal.cases.intake import Intake, Who
from portal.cases.models import Case
from portal.cases.rules import ActorKind, Outcome
from portal.clock import now
from portal.departments.models import Department
from portal.pledgebook.models import PledgeScope
from tests.builders import ACCESS, a_department, a_pledge, a_service, staff

YESTERDAY = now() - timedelta(days=1)
PAGE = "/loften/lost-direkt"


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ", strip=True).replace("\xa0", " ").split())


@pytest.fixture
def lived(fill):
    """Seven cases closed where they first came, three handed over, two that still are open."""

    def cases(db) -> None:
        service = a_service(db)
        words = "Minst *sex av tio* ärenden löser vi direkt"
        a_pledge(
            db, service, "lost-direkt", measure=Measure.FIRST_CONTACT, amount=None, unit=None,
            target="60.0", short=words, promise=f"{words}.",
        )  # fmt: skip
        elsewhere = a_department(db, "bygglov", "Bygglov")
        officer = staff(db, role=Role.CASE_OFFICER)
        who = Who(ActorKind.STAFF, officer.id, officer.name)
        opened = [_open(db, service, number) for number in range(12)]
        for case in opened[:7]:
            _close(db, case, who)
        for case in opened[7:10]:
            _pass_on(db, case, who, elsewhere)
        _close(db, opened[7], who)

    fill(cases)


def _open(db, service, number: int) -> Case:
    intake = Intake(f"case-{number}", service, "En fråga", received_at=YESTERDAY)
    return open_case(db, intake, ACCESS, YESTERDAY).case


def _close(db, case: Case, who: Who) -> None:
    close(db, case, who, Outcome.ANSWERED, text="Svar", detail="", access=ACCESS, at=YESTERDAY)


def _pass_on(db, case: Case, who: Who, to: Department) -> None:
    hand_over(db, case, who, to, reason="De kan frågan.", access=ACCESS, at=YESTERDAY)


def test_its_cases_are_counted_and_a_case_handed_over_is_broken_for_good(visitor, lived):
    page = visitor.get(PAGE)
    assert "Hölls i 7 av 10 fall (70 %), mål 60 %" in words(page)
    assert ", 2 pågår." in words(page)
    assert page.select_one(".outcome .status").get_text(strip=True) == "Hölls"
    assert "visar inte det här än" not in words(page)


def test_it_has_months_but_no_field_of_days(visitor, lived):
    page = visitor.get(PAGE)
    assert page.select("#g-manad, [id^=g-manad]")
    assert not page.select("#falt")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
    assert ["7", "10", "70 %"] in [[cell.replace("\xa0", " ") for cell in row] for row in rows]


def test_what_is_said_beside_the_figure_speaks_of_no_last_day_and_no_pause(visitor, lived):
    beside = words(visitor.get(PAGE).select_one("section[aria-labelledby=lasa]"))
    assert "avslutas där det kom in, eller lämnas över" in beside
    assert "sista dag" not in beside
    assert "pauser" not in beside


def test_the_list_draws_it_among_those_that_are_measured(visitor, lived):
    page = visitor.get("/loften")
    assert page.select_one(f'.pledge a[href="{PAGE}"]')
    assert page.select(".pledge .strip svg .g-broken")


def test_without_cases_to_fall_under_it_the_page_says_that_nothing_shows_it(visitor, fill):
    def alone(db) -> None:
        version = a_pledge(db, slug="lost-direkt", measure=Measure.FIRST_CONTACT, amount=None, unit=None)
        db.execute(delete(PledgeScope).where(PledgeScope.pledge_id == version.pledge_id))

    fill(alone)
    assert "Våra ärenden visar inte det här än." in words(visitor.get(PAGE))
