"""Staff, sessions and attempts as rows, on both databases."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.accounts.actions import (
    Closed,
    add_staff,
    change_password,
    clear_attempts,
    count_attempt,
    end_session,
    forget_old,
    mark_seen,
    sign_in,
    sign_out,
    token_hash,
    who_tried,
)
from portal.accounts.models import SignInAttempt, StaffSession
from portal.accounts.passwords import hash_password, is_outdated, matches
from portal.accounts.queries import open_sessions, session_by_token, staff_by_email
from portal.accounts.rules import Grant, Role
from portal.db import Database
from portal.errors import Conflict, NotFound
from tests.builders import PASSWORD, RECEIVED, staff

WHO = who_tried("gata@ekdala.example", "only-for-these-tests")


def signed_in(db: Session) -> tuple[int, str]:
    person = staff(db)
    return person.id, sign_in(db, person.id, WHO, "", RECEIVED)


def session(db: Session, token: str, **later: float) -> StaffSession | None:
    return session_by_token(db, token_hash(token), RECEIVED + timedelta(**later))


def test_an_address_is_kept_in_small_letters_and_found_in_any(db):
    staff(db, " Gata@Ekdala.Example ")
    found = staff_by_email(db, "GATA@ekdala.example  ")
    assert found is not None and found.email == "gata@ekdala.example"


def test_two_people_cannot_have_the_same_address(db):
    staff(db)
    with pytest.raises(Conflict):
        staff(db, "GATA@ekdala.example")


def test_a_short_password_is_not_taken(db):
    with pytest.raises(Conflict):
        add_staff(db, "a@b.example", "A", "", "", "elva tecken", [Grant(Role.ADMIN)], RECEIVED)


def test_the_same_grant_twice_is_one(db):
    twice = [Grant(Role.EDITOR, 1), Grant(Role.EDITOR, 1)]
    person = add_staff(db, "a@b.example", "A", "", "", PASSWORD, twice, RECEIVED)
    assert len(person.grants) == 1


def test_only_a_hash_of_the_token_is_kept(db):
    _, token = signed_in(db)
    kept = db.query(StaffSession).one()
    assert token not in (kept.token_hash, str(kept.__dict__))
    assert kept.token_hash == token_hash(token)


def test_a_session_gives_the_person_with_grants(db):
    _, token = signed_in(db)
    db.expunge_all()
    found = session(db, token)
    assert found is not None
    assert [grant.role for grant in found.staff.grants] == [Role.CASE_OFFICER]


def test_a_wrong_token_opens_nothing(db):
    signed_in(db)
    assert session(db, "fel") is None


def test_a_session_that_idles_ends(db):
    _, token = signed_in(db)
    assert session(db, token, hours=1, minutes=59) is not None
    assert session(db, token, hours=2) is None


def test_use_keeps_a_session_open_but_not_for_ever(db):
    _, token = signed_in(db)
    one = db.query(StaffSession).one()
    for hour in range(1, 12):
        mark_seen(db, one.id, RECEIVED + timedelta(hours=hour))
    assert session(db, token, hours=11, minutes=59) is not None
    assert session(db, token, hours=12) is None


def test_use_is_noted_at_most_once_a_minute(db):
    signed_in(db)
    one = db.query(StaffSession).one()
    mark_seen(db, one.id, RECEIVED + timedelta(seconds=59))
    db.refresh(one)
    assert one.seen_at == RECEIVED
    mark_seen(db, one.id, RECEIVED + timedelta(seconds=60))
    db.refresh(one)
    assert one.seen_at == RECEIVED + timedelta(seconds=60)


def test_who_leaves_the_municipality_is_out_at_once(db):
    person_id, token = signed_in(db)
    found = staff_by_email(db, "gata@ekdala.example")
    assert found is not None
    found.active = False
    db.flush()
    assert session(db, token) is None
    with pytest.raises(NotFound):
        sign_in(db, person_id, WHO, "", RECEIVED)


def test_signing_out_ends_the_session_and_signing_out_again_is_nothing(db):
    _, token = signed_in(db)
    sign_out(db, token, RECEIVED)
    sign_out(db, token, RECEIVED)
    assert session(db, token) is None


def test_nobody_ends_the_session_of_another(db):
    _, token = signed_in(db)
    other = staff(db, "annan@ekdala.example")
    one = db.query(StaffSession).one()
    with pytest.raises(NotFound):
        end_session(db, other.id, one.id, RECEIVED)
    assert session(db, token) is not None


def test_a_new_password_ends_every_other_session(db):
    person_id, token = signed_in(db)
    other = sign_in(db, person_id, WHO, "", RECEIVED)
    change_password(db, person_id, hash_password("ett helt nytt lösenord"), token, RECEIVED)
    assert session(db, token) is not None
    assert session(db, other) is None
    assert [one.token_hash for one in open_sessions(db, person_id, RECEIVED)] == [token_hash(token)]


def test_the_sixth_attempt_is_not_judged(db):
    for _ in range(5):
        count_attempt(db, WHO, RECEIVED)
    with pytest.raises(Closed) as closed:
        count_attempt(db, WHO, RECEIVED + timedelta(minutes=5))
    assert closed.value.until == RECEIVED + timedelta(minutes=15)
    count_attempt(db, WHO, RECEIVED + timedelta(minutes=15))


def test_a_closed_door_is_not_kept_closed_by_knocking(db):
    for _ in range(5):
        count_attempt(db, WHO, RECEIVED)
    with pytest.raises(Closed):
        count_attempt(db, WHO, RECEIVED + timedelta(minutes=14))
    assert db.query(SignInAttempt).count() == 5


def test_another_address_is_not_closed(db):
    for _ in range(5):
        count_attempt(db, WHO, RECEIVED)
    count_attempt(db, who_tried("annan@ekdala.example", "only-for-these-tests"), RECEIVED)


def test_the_right_password_clears_the_count(db):
    for _ in range(5):
        count_attempt(db, WHO, RECEIVED)
    clear_attempts(db, WHO)
    count_attempt(db, WHO, RECEIVED)
    assert db.query(SignInAttempt).count() == 1


def test_many_attempts_at_the_same_moment_are_still_five(database: Database):
    start, judged = threading.Barrier(8), []

    def knock() -> None:
        start.wait()
        try:
            with database.transaction() as db:
                count_attempt(db, WHO, RECEIVED)
        except Closed:
            return
        judged.append(1)

    threads = [threading.Thread(target=knock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(judged) == 5


def test_addresses_are_not_kept_with_attempts(db):
    count_attempt(db, WHO, RECEIVED)
    assert "gata" not in db.query(SignInAttempt).one().who
    assert who_tried("GATA@ekdala.example ", "only-for-these-tests") == WHO
    assert who_tried("gata@ekdala.example", "another-secret-key") != WHO


def test_what_no_longer_counts_is_forgotten(db, settings):
    _, token = signed_in(db)
    count_attempt(db, WHO, RECEIVED)
    sign_out(db, token, RECEIVED)
    assert forget_old(db, settings, RECEIVED + timedelta(minutes=14)) == 0
    assert forget_old(db, settings, RECEIVED + timedelta(minutes=15)) == 1
    assert forget_old(db, settings, RECEIVED + timedelta(days=30)) == 1
    assert db.query(StaffSession).count() == 0


def test_a_password_fits_its_own_hash_only():
    stored = hash_password(PASSWORD)
    assert PASSWORD not in stored
    assert stored.startswith("$argon2id$")
    assert matches(stored, PASSWORD)
    assert not matches(stored, PASSWORD + " ")
    assert not is_outdated(stored)


def test_letters_with_dots_fit_however_the_keyboard_makes_them():
    assert matches(
        hash_password("ett l\N{LATIN SMALL LETTER O WITH DIAERESIS}senord"),
        "ett lo\N{COMBINING DIAERESIS}senord",
    )


def test_nobody_and_a_broken_hash_fit_no_password():
    assert not matches(None, "nobody has this password")
    assert not matches("not a hash", PASSWORD)
