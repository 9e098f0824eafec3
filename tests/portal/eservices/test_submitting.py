"""Sending a form: one case, one receipt, and nothing of it left lying about."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from portal.app import create_app
from portal.cases.models import Case, CaseFile
from portal.clock import now
from portal.eservices.actions import sweep_drafts
from portal.eservices.models import Draft
from portal.files.actions import sweep_store
from portal.files.models import StoredFile
from portal.files.store import FolderStore
from portal.outbox.models import OutboxLetter
from portal.web.security import limiter
from tests.portal.eservices.conftest import (
    A_LAMP,
    A_PLACE,
    ANNA,
    ANONYMOUS,
    CHECK,
    DONE,
    SHOWN,
    WHAT,
    WHERE,
    YOU,
    Resident,
    a_photo,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def test_what_is_sent_becomes_a_case(resident, only):
    resident.fill_all(ANNA)
    resident.post(CHECK)
    assert resident.went == DONE
    case = only(Case)
    assert case.title == "Gatlykta: Kvarngatan 14"
    assert (case.category, case.place, case.description) == ("gatlykta", "Kvarngatan 14", "Den är släckt.")
    assert (case.contact_name, case.contact_email, case.channel) == ("Anna Ek", "anna@exempel.se", "web")
    assert {"step": "vad", "label": "Vad är det för fel på lyktan?", "text": "Den är släckt",
            "label_is_msgid": True, "text_is_msgid": True} in case.answers  # fmt: skip


def test_only_answers_to_questions_that_are_asked_are_sent(resident, only):
    resident.fill_all(ANNA)
    page = resident.get(f"{YOU}?andra=ja")
    resident.send(page.form["action"], {**ANNA, "kontakt": "nej"})
    resident.get(CHECK)
    resident.post(CHECK)
    case = only(Case)
    assert (case.contact_name, case.contact_email) == ("", "")
    assert "Anna" not in str(case.answers)


def test_the_last_page_shows_every_answer_and_a_way_to_change_it(resident):
    resident.fill_all(ANNA)
    page = resident.get(CHECK)
    for words in ("Gatlykta", "Den är släckt", "Kvarngatan 14", "Anna Ek", "anna@exempel.se", "Inget svar"):
        assert words in page.get_text()
    changes = [link["href"] for link in page.select(".answers a")]
    assert changes == [f"{step}?andra=ja" for step in (WHAT, WHERE, YOU)]


def test_the_receipt_says_what_is_promised_and_how_to_follow_it(resident, only):
    resident.fill_all(ANNA)
    resident.post(CHECK)
    page = resident.follow()
    text = page.get_text(" ", strip=True)
    assert only(Case).reference in text
    assert "senast" in page.find(class_="promise").get_text()
    assert "anna@exempel.se" in text
    assert resident.response.headers["Cache-Control"] == "no-store"
    resident.get(page.select_one("a.ds-button")["href"])


def test_who_is_anonymous_is_told_to_save_the_key(resident):
    resident.fill_all()
    resident.post(CHECK)
    assert "Du lämnade ingen e-postadress" in resident.follow().get_text()


def test_the_letter_is_written_in_the_same_change(resident, sqlite, only):
    resident.fill_all(ANNA)
    resident.post(CHECK)
    with sqlite.reader() as db:
        letters = db.scalars(select(OutboxLetter)).all()
    assert sorted(letter.to for letter in letters) == ["anna@exempel.se", "gator-trafik@ekdala.example"]
    assert only(Case).reference in str(letters[0].content)


def test_pressing_twice_makes_one_case_and_shows_one_receipt(resident, count):
    resident.fill_all()
    token = resident.token
    for _ in range(3):
        resident.post(CHECK, {"csrf_token": token})
        assert resident.went == DONE
    assert count("case") == 1


def test_two_presses_at_the_same_moment_make_one_case(app, resident, count):
    resident.fill_all()
    token, cookies = (
        resident.token,
        [resident.client.get_cookie(name) for name in ("portal", "utkast-felanmalan")],
    )

    def press(_: int) -> str:
        client = app.test_client()
        for cookie in cookies:
            client.set_cookie(cookie.key, cookie.value)
        return client.post(CHECK, data={"csrf_token": token}).headers["Location"]

    with ThreadPoolExecutor(4) as crowd:
        assert set(crowd.map(press, range(4))) == {DONE}
    assert count("case") == 1


def test_a_step_sent_again_after_submitting_shows_the_receipt(resident, count):
    resident.fill_all()
    token = resident.token
    resident.post(CHECK)
    resident.post(WHAT, {**SHOWN, **A_LAMP, "csrf_token": token})
    assert resident.went == DONE
    resident.get(WHERE, 303)
    assert resident.went == DONE
    assert count("draft") == 1


def test_a_new_visit_begins_anew_after_submitting(resident, count):
    resident.fill_all()
    resident.post(CHECK)
    page = resident.get("/e-tjanster/felanmalan")
    resident.get(page.select_one("a.ds-button")["href"])
    assert resident.chosen("kategori") is None
    resident.send(resident.soup.form["action"], A_LAMP)
    resident.fill(WHERE, A_PLACE)
    resident.fill(YOU, ANONYMOUS)
    resident.get(CHECK)
    resident.post(CHECK)
    assert count("case") == 2


def test_a_stale_last_page_sends_nothing_and_can_be_sent_again(resident, count):
    resident.fill_all()
    resident.client.delete_cookie("portal")
    resident.post(CHECK, {"csrf_token": "gammal"}, 422)
    assert resident.problems == [
        "Sidan hade varit öppen för länge. Det du har skrivit finns kvar. Skicka en gång till."
    ]
    assert count("case") == 0
    resident.post(CHECK)
    assert resident.went == DONE
    assert count("case") == 1


def test_something_missing_leads_to_where_it_is_missing(resident, count):
    resident.fill(WHAT, A_LAMP)
    resident.post(CHECK)
    resident.follow_all()
    assert resident.soup.h1.text == "Var är felet?"
    assert count("case") == 0


def test_without_a_draft_there_is_nothing_to_send(resident, count):
    resident.post(CHECK, {"csrf_token": "x"})
    resident.get(DONE, 303)
    assert resident.went == "/e-tjanster/felanmalan"
    assert count("case") == 0


def test_the_answers_leave_the_draft_when_the_case_has_them(resident, only):
    resident.fill_all(ANNA)
    resident.post(CHECK)
    draft = only(Draft)
    assert draft.answers == {}
    assert draft.case_id == only(Case).id


def test_pictures_follow_the_case(resident, only):
    resident.fill_all()
    resident.fill(YOU, {**ANONYMOUS, "bilder": (a_photo(), "lykta.jpg")})
    resident.get(CHECK)
    resident.post(CHECK)
    assert only(CaseFile).file_id == only(StoredFile).id


def test_a_case_is_written_in_the_language_it_was_filled_in(resident, only):
    resident.fill_all()
    resident.get(f"/en{CHECK}")
    resident.post(f"/en{CHECK}")
    assert resident.went == f"/en{DONE}"
    assert only(Case).language == "en"


def test_a_case_that_cannot_be_opened_leaves_everything_to_be_sent_again(resident, count, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the power goes")

    resident.fill_all(ANNA)
    token = resident.token
    with monkeypatch.context() as patched:
        patched.setattr("portal.cases.actions.tell_citizen", fail)
        resident.app.config["PROPAGATE_EXCEPTIONS"] = False
        resident.post(CHECK, {"csrf_token": token}, 500)
    assert count("case") == 0
    resident.post(CHECK, {"csrf_token": token})
    assert count("case") == 1


def test_more_than_thirty_in_an_hour_from_one_place_are_asked_to_wait(
    settings, sqlite, resident, monkeypatch
):
    monkeypatch.setattr(limiter, "enabled", True)
    site = create_app(replace(settings, submissions_per_hour=30), sqlite)
    client = site.test_client()
    answers = [client.post(CHECK, data={"csrf_token": "x"}).status_code for _ in range(31)]
    assert answers[:30] == [303] * 30
    assert answers[30] == 429


# ---- what is thrown away -----------------------------------------------------------------------


@pytest.fixture
def sweep(sqlite, settings) -> Callable[[], int]:
    def swept() -> int:
        with sqlite.transaction() as db:
            return sweep_drafts(db, settings, now())

    return swept


def test_a_draft_whose_time_is_out_goes_with_its_pictures(resident, sqlite, settings, count, sweep):
    resident.fill(WHAT, A_LAMP)
    resident.fill(WHERE, A_PLACE)
    resident.fill(YOU, {**ANONYMOUS, "bilder": (a_photo(), "lykta.jpg")})
    assert sweep() == 0
    with sqlite.transaction() as db:
        db.execute(update(Draft).values(expires_at=LONG_AGO))
    assert sweep() == 1
    assert (count("draft"), count("file")) == (0, 0)
    with sqlite.transaction() as db:
        assert sweep_store(db, settings, now() + timedelta(days=2)) == 1
    assert not list(FolderStore(settings.files).older_than(now() + timedelta(days=2)))


def test_sweeping_a_submitted_draft_leaves_the_case_and_its_pictures(resident, sqlite, count, sweep):
    resident.fill_all()
    resident.fill(YOU, {**ANONYMOUS, "bilder": (a_photo(), "lykta.jpg")})
    resident.get(CHECK)
    resident.post(CHECK)
    with sqlite.transaction() as db:
        db.execute(update(Draft).values(expires_at=LONG_AGO))
    assert sweep() == 1
    assert (count("draft"), count("case"), count("file")) == (0, 1, 1)


def test_the_receipt_is_shown_for_a_while_and_no_longer(resident, sqlite):
    resident.fill_all()
    resident.post(CHECK)
    resident.get(DONE)
    with sqlite.transaction() as db:
        db.execute(update(Draft).values(expires_at=LONG_AGO))
    resident.get(DONE, 303)
    assert resident.went == "/e-tjanster/felanmalan"


def test_another_browser_sees_no_receipt(app, resident):
    resident.fill_all()
    resident.post(CHECK)
    Resident(app).get(DONE, 303)
