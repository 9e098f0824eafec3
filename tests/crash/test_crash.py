"""The process is killed in the middle of a stream of submissions; nothing that was acknowledged is lost or doubled."""

import http.client
import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.outbox.models import Delivery, OutboxLetter
from tests.live.caller import Answer, Caller
from tests.live.felanmalan import START, fill_in_all, reference_on, submit
from tests.live.server import LiveSite

WRITERS = 4
RECEIPT = f"{START}/klart"
GONE = (OSError, http.client.HTTPException)


class Stream:
    """Several people who report fault after fault until the site is gone."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.acknowledged: list[Caller] = []
        self.unanswered: list[Caller] = []
        self.threads = [threading.Thread(target=self._report, args=(number,)) for number in range(WRITERS)]

    def _report(self, number: int) -> None:
        for turn in range(1000):
            caller = Caller(self.url)
            try:
                fill_in_all(caller, f"{number}-{turn}")
            except GONE:
                return
            try:
                answer = submit(caller)
            except GONE:
                self.unanswered.append(caller)
                return
            assert answer.status == 303, answer.text
            self.acknowledged.append(caller)

    def run_until_killed(self, site: LiveSite, after: float) -> None:
        """Let everybody report until the first acknowledgements are in, then `after` seconds more, then kill."""
        for thread in self.threads:
            thread.start()
        give_up = time.monotonic() + 60
        while len(self.acknowledged) < WRITERS and time.monotonic() < give_up:
            time.sleep(0.01)
        time.sleep(after)
        site.kill()
        for thread in self.threads:
            thread.join(60)


def submit_again(caller: Caller) -> Answer:
    """Go back to the last page and press its button.

    Whose report was kept just before the site went, though the answer never came, is led from there to the receipt.
    """
    review = caller.get(f"{START}/kontrollera")
    return review if review.status == 303 else submit(caller)


def references(callers: list[Caller]) -> list[str]:
    return [reference_on(caller.get(RECEIPT)) for caller in callers]


def check_nothing_lost(site: LiveSite, stream: Stream) -> int:
    """Hold the database to what was acknowledged; gives how many submissions there were."""
    known = references(stream.acknowledged)
    again = [submit_again(caller) for caller in stream.unanswered]
    assert all(answer.status == 303 and answer.location.endswith(RECEIPT) for answer in again)
    known += references(stream.unanswered)
    with site.database.reader() as db:
        kept = Counter(db.scalars(select(Case.reference).where(Case.reference.in_(known))))
        letters = Counter(db.scalars(select(OutboxLetter.about).where(OutboxLetter.about.in_(known))))
        every = db.scalars(
            select(Case.submission).where(Case.description.startswith("Lyktan är släckt. "))
        ).all()
    assert len(set(known)) == len(known), "two submissions got one reference"
    assert kept == Counter(known), "an acknowledged case is missing"
    assert set(letters.values()) == {2} and set(letters) == set(known), "a case without its two letters"
    assert len(every) == len(set(every)) == len(known), "a case that nobody submitted, or one twice"
    return len(known)


def wait_for_letters(site: LiveSite) -> None:
    """Wait until the restarted worker has delivered all but the one letter that the killed one had in its hands.

    That one is tried again when the dead worker's hold runs out, some minutes later.
    """
    give_up = time.monotonic() + 60
    waiting = select(OutboxLetter.locked_until).where(OutboxLetter.state == Delivery.WAITING)
    while time.monotonic() < give_up:
        with site.database.reader() as db:
            held = db.scalars(waiting).all()
        if len(held) <= 1 and all(held):
            return
        time.sleep(0.2)
    raise AssertionError("letters were left lying")


def crash(home: Path, after: float) -> int:
    """Start, stream, kill, start again, look."""
    site = LiveSite(home)
    site.start()
    stream = Stream(site.url)
    try:
        stream.run_until_killed(site, after)
        site.start()
        submitted = check_nothing_lost(site, stream)
        wait_for_letters(site)
        return submitted
    finally:
        site.kill()


@pytest.mark.crash
@pytest.mark.parametrize("after", [0.05, 0.4])
def test_what_was_acknowledged_is_there_once_with_its_letters(tmp_path, after):
    assert crash(tmp_path, after) >= WRITERS


@pytest.mark.soak
def test_a_thousand_crashes(tmp_path):
    chance = random.Random(1)
    for turn in range(1000):
        crash(tmp_path / str(turn), chance.uniform(0, 1.5))
