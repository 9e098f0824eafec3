"""A case that is answered after the promised day changes what the pledge's page says."""

from datetime import datetime, timedelta

import pytest

from portal.cases.access import Access
from portal.cases.actions import open_case
from portal.cases.intake import Intake
from portal.clock import now
from portal.demo.loading import DEMO_PASSWORD
from portal.services.queries import service_by_slug
from tests.browser.conftest import Somebody
from tests.browser.hands import Mouse
from tests.browser.letters import Letters
from tests.browser.pages import Pledge, SignIn, Tracker
from tests.live.server import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLEDGE = "gatlyktor-lagas"
TITLE = "Gatlykta: Tallvägen 3"
ADDRESS = "sen@post.example"


def an_old_case(site: LiveSite, received_at: datetime) -> str:
    """Open a case that came in long ago; gives its reference."""
    access = Access(site.settings.base_url, site.settings.secret_key)
    with site.database.transaction() as db:
        intake = Intake(
            submission="late-in-the-browser",
            service=service_by_slug(db, "felanmalan"),
            title=TITLE,
            category="gatlykta",
            description="Lyktan är släckt.",
            received_at=received_at,
            contact_email=ADDRESS,
        )
        return open_case(db, intake, access, received_at).case.reference


def test_a_late_answer_shows_on_the_page_of_the_pledge(somebody: Somebody, site: LiveSite, letters: Letters):
    resident, officer = Mouse(somebody()), Mouse(somebody())
    before = Pledge.visit(resident, PLEDGE)
    kept, outcomes = before.kept, before.outcomes

    reference = an_old_case(site, now() - timedelta(days=40))
    pledge = Pledge.visit(resident, PLEDGE)
    assert (pledge.kept, pledge.outcomes) == (kept, outcomes + 1), "late at once, not when it is answered"

    case = SignIn.visit(officer).enter("gata@ekdala.example", DEMO_PASSWORD).find(reference).open(TITLE)
    assert "Försenat nu" in case.text
    case.take().close("Åtgärdat", "Lyktan är lagad. Det tog för lång tid, och det är vårt fel.")

    ended = letters.wait_for(ADDRESS, about="klart")
    assert Tracker.by_link(resident, ended.link).stand == "Hölls inte"
    pledge = Pledge.visit(resident, PLEDGE)
    assert (pledge.kept, pledge.outcomes) == (kept, outcomes + 1)


def test_the_day_that_was_promised_does_not_move_with_the_reader(somebody: Somebody, site: LiveSite):
    """Somebody in another part of the world is told the same day as everybody in Sweden."""
    here = Mouse(somebody())
    there = Mouse(somebody(timezone_id="Pacific/Kiritimati"))
    assert Pledge.visit(here, PLEDGE).text == Pledge.visit(there, PLEDGE).text
