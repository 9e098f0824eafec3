"""Pledges as staff write them, over the web: who may, what is kept, what is refused and why, every step to publication."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pledges.law import ClockKind
from pledges.limit import Unit
from portal.accounts.rules import Role
from portal.authoring.models import DraftStep, PledgeDraft
from portal.authoring.rules import DraftState
from portal.clock import local_day, now
from portal.db import Database
from portal.outbox.models import OutboxLetter
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.services.models import LegalClockRow
from tests.builders import PASSWORD, a_department, a_pledge, a_service, staff
from tests.visitor import Visitor

HEAD, EDITOR, STRANGER, ADMIN = (
    "chef@ekdala.example",
    "redaktor@ekdala.example",
    "bygg@ekdala.example",
    "admin@ekdala.example",
)
LIST = "/redaktion/loften"
WHOLE: dict[str, Any] = {
    "promise": "Trasiga bänkar lagas inom *fem arbetsdagar*.",
    "short": "Trasiga bänkar lagas inom *fem arbetsdagar*",
    "content": "Vi byter det som är trasigt.\nVi ställer tillbaka bänken.",
    "remedy": "Vi ringer dig.",
    "measure": "remedy",
    "source": "cases",
    "amount": "5",
    "unit": "working_days",
    "starts_at": "received",
    "pause_policy": "question",
    "target": "92,5",
    "target_unit": "percent",
    "scopes": ["felanmalan/gatlykta"],
    "position": "2",
    "fee_per": "started_week",
    "owner": "Gatuchef",
    "life_situations": ["trasigt"],
    "apology": "y",
}


@pytest.fixture
def house(sqlite: Database) -> None:
    """A street department with a pledge, its head and editor; somebody elsewhere; an administrator."""
    with sqlite.transaction() as db:
        streets = a_department(db)
        building = a_department(db, "bygglov", "Bygglov")
        a_pledge(db, a_service(db, streets))
        head = staff(db, HEAD, Role.MANAGER, streets)
        head.name = "Eva Ström"
        staff(db, EDITOR, Role.EDITOR, streets).name = "Nora Lind"
        staff(db, STRANGER, Role.MANAGER, building)
        staff(db, ADMIN, Role.ADMIN)


def _sign_in(app: Flask, email: str) -> Visitor:
    visitor = Visitor(app)
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": email, "password": PASSWORD})
    return visitor


@pytest.fixture
def editor(app: Flask, house: None) -> Visitor:
    """The editor of the street department, signed in."""
    return _sign_in(app, EDITOR)


@pytest.fixture
def head(app: Flask, house: None) -> Visitor:
    """The head of the street department, signed in."""
    return _sign_in(app, HEAD)


@pytest.fixture
def draft(editor: Visitor) -> str:
    """The address of a new draft."""
    editor.get(LIST)
    editor.post(f"{LIST}/nytt", {"department": "gator-trafik"})
    return str(editor.response.headers["Location"])


def _in_a_year(days: int = 0) -> str:
    return (local_day(now()) + timedelta(days=300 + days)).isoformat()


def _whole(visitor: Visitor, draft: str, **more: Any) -> dict[str, Any]:
    page = visitor.get(draft)
    revision = page.find("input", id="revision")["value"]
    return {**WHOLE, "revision": revision, "review_by": _in_a_year(), **more}


def _save(visitor: Visitor, draft: str, status: int = 303, **more: Any) -> None:
    visitor.post(draft, _whole(visitor, draft, **more), status)


def _move(visitor: Visitor, draft: str, to: str, status: int = 303, **values: str) -> None:
    page = visitor.get(draft)
    form = page.find("form", action=f"{draft}/{to}")
    sent: dict[str, Any] = {
        str(field["name"]): field.get("value", "") for field in form.find_all("input") if field.get("name")
    }
    sent |= {f"{to}-{name}": value for name, value in values.items()}
    visitor.post(f"{draft}/{to}", sent, status)


def _only(sqlite: Database, kind: Any) -> Iterator[Any]:
    with sqlite.reader() as db:
        return iter(db.scalars(select(kind).order_by(kind.id)).all())


def _draft(sqlite: Database) -> PledgeDraft:
    return next(_only(sqlite, PledgeDraft))


def _decided(editor: Visitor, head: Visitor, draft: str, **more: Any) -> None:
    _save(editor, draft, **more)
    _move(editor, draft, "skicka")
    _move(head, draft, "granska")
    day = (local_day(now()) - timedelta(days=3)).isoformat()
    _move(
        head,
        draft,
        "besluta",
        body="Tekniska nämnden",
        decided_on=day,
        paragraph="§ 12",
        registry_number="TN 2026-1",
    )


def test_the_list_shows_own_pledges_and_inherited_ones_apart(editor: Visitor):
    page = editor.get(LIST)
    own = page.find("section", {"aria-labelledby": "gator-trafik"})
    assert "Trasiga gatlyktor lagas inom tio arbetsdagar" in own.text
    assert "Skriv ett nytt löfte" in own.text
    shared = page.find("section", {"aria-labelledby": "hela-kommunen"})
    assert "Du kan läsa dem, men inte ändra dem." in shared.text and not shared.find("form")


def test_nobody_gets_in_without_signing_in(app: Flask, house: None):
    visitor = Visitor(app)
    visitor.get(LIST, 303)
    assert visitor.response.headers["Location"].startswith("/arbete/logga-in")


def test_an_officer_who_only_handles_cases_does_not_write_pledges(app: Flask, house: None, sqlite: Database):
    with sqlite.transaction() as db:
        staff(db, "gata@ekdala.example", Role.CASE_OFFICER)
    _sign_in(app, "gata@ekdala.example").get(LIST, 403)


def test_only_members_of_the_department_come_to_its_drafts(app: Flask, editor: Visitor, draft: str):
    stranger = _sign_in(app, STRANGER)
    for path in (draft, f"{draft}/forhandsvisning", f"{draft}/prov", f"{LIST}/gatlyktor-lagas"):
        stranger.get(path, 403)
    token = {"csrf_token": stranger.get(LIST).find("input", attrs={"name": "csrf_token"})["value"]}
    stranger.post(draft, {**WHOLE, "revision": "1"}, 403)
    stranger.post(f"{draft}/slang", {"slang-revision": "1"}, 403)
    stranger.post(f"{draft}/prov", token, 403)
    stranger.post(f"{LIST}/gatlyktor-lagas/nasta", token, 403)
    stranger.post(f"{LIST}/gatlyktor-lagas/dra-tillbaka", {}, 403)


def test_an_editor_of_a_department_writes_nothing_for_the_whole_municipality(editor: Visitor):
    editor.get(LIST)
    editor.post(f"{LIST}/nytt", {"department": ""}, 403)


def test_what_is_written_is_saved_however_much_is_missing(editor: Visitor, draft: str, sqlite: Database):
    page = editor.get(draft)
    revision = page.find("input", id="revision")["value"]
    editor.post(draft, {"revision": revision, "promise": "Vi svarar snart.", "position": ""})
    page = editor.follow()
    assert page.find("textarea", id="promise").text.strip() == "Vi svarar snart."
    assert "Välj vad som mäts" in page.text
    assert "Markera det som mäts med en stjärna på var sida" in page.text


def test_everything_that_was_saved_comes_back_in_the_form(editor: Visitor, draft: str):
    _save(editor, draft, fee_share="1/5", fee_most="1", explanation="y", valid_from=_in_a_year(20))
    page = editor.follow()
    chosen = {box["value"] for box in page.find_all("input", checked=True)}
    assert {"felanmalan/gatlykta", "trasigt"} <= chosen
    assert page.find("input", id="target")["value"] == "92,5"
    assert page.find("input", id="fee_share")["value"] == "1/5"
    assert page.find("input", id="valid_from")["value"] == _in_a_year(20)
    assert page.find("textarea", id="content").text.strip() == WHOLE["content"]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"target": "0"}, "target", "över 0 och högst 100"),
        ({"target": "100,5"}, "target", "över 0 och högst 100"),
        ({"target": "92,25"}, "target", "högst en decimal"),
        ({"target": "många"}, "target", "högst en decimal"),
        ({"amount": "0"}, "amount", "minst 1"),
        ({"amount": "fem"}, "amount", "ett helt tal"),
        ({"amount": "24", "unit": "same_day"}, "amount", "mellan 1 och 23"),
        ({"amount": "5", "unit": ""}, "amount", "både hur många och vad"),
        ({"fee_share": "en femtedel"}, "fee_share", "som ett bråk"),
        ({"fee_share": "1/2", "fee_most": "1/5"}, "fee_most", "minst så stort som delen"),
        ({"review_by": "20266-01-01"}, "review_by", "Vi förstår inte datumet"),
        ({"review_by": "2020-01-01"}, "review_by", "Dagen har redan varit"),
        ({"valid_from": "2126-01-01"}, "valid_from", "Kontrollera årtalet"),
        ({"scopes": ["finns-inte"]}, "scopes", "Välj bland det som finns"),
        ({"position": "100"}, "position", "från 1 till 99"),
        ({"measure": "tarot"}, "measure", "Välj bland det som finns"),
        ({"promise": "x" * 1001}, "promise", "högst 1000 tecken"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_nothing_is_saved(
    editor: Visitor, draft: str, sqlite: Database, typed: dict[str, Any], field: str, said: str
):
    _save(editor, draft, 422, **typed)
    page = editor.soup
    assert said in page.find(id=f"{field}-error").text
    assert page.find("textarea", id="content").text.strip() == WHOLE["content"]
    assert page.title.text.startswith("Fel:")
    assert _draft(sqlite).content["promise"] == "" and _draft(sqlite).revision == 1


def test_a_promise_looser_than_the_law_is_refused_with_a_day_that_shows_it(head: Visitor, sqlite: Database):
    with sqlite.transaction() as db:
        version = db.scalars(select(PledgeVersion)).one()
        version.law = {
            "amount": 2,
            "unit": "weeks",
            "reference": "Påhittade lagen 1 §",
            "verified": True,
        }
    head.get(f"{LIST}/gatlyktor-lagas")
    head.post(f"{LIST}/gatlyktor-lagas/nasta")
    draft = head.response.headers["Location"]
    _save(head, draft, 422, amount="15", law="som-forut")
    said = head.soup.find(id="amount-error").text
    assert "får enligt löftet vänta till" in said and "men lagens gräns är" in said
    assert any(str(year) in said for year in (2026, 2027))


def test_two_who_write_at_once_lose_nothing(
    app: Flask, editor: Visitor, head: Visitor, draft: str, sqlite: Database
):
    mine, theirs = _whole(editor, draft), _whole(head, draft)
    head.post(draft, {**theirs, "owner": "Parkchef"})
    editor.post(draft, {**mine, "owner": "Vägchef"}, 409)
    page = editor.soup
    assert "Någon annan har sparat utkastet" in page.text
    assert "Parkchef" in page.find(role="alert").text and "Vägchef" in page.find(role="alert").text
    assert page.find("input", id="owner")["value"] == "Vägchef"
    assert _draft(sqlite).content["owner"] == "Parkchef"

    again = {
        **mine,
        "owner": "Vägchef",
        "revision": page.find("input", id="revision")["value"],
        "replaces": "1",
    }
    editor.post(draft, again)
    assert _draft(sqlite).content["owner"] == "Vägchef"
    assert "Parkchef" in editor.follow().find("aside").text


def test_a_draft_goes_to_the_head_by_letter_and_back_with_a_note(
    editor: Visitor, head: Visitor, draft: str, sqlite: Database
):
    _save(editor, draft)
    _move(editor, draft, "skicka", text="Titta på målet.")
    letter = next(_only(sqlite, OutboxLetter))
    assert letter.to == HEAD and "Titta på målet." in letter.content["paragraphs"]
    assert letter.content["button"][1].endswith(draft)
    assert not editor.get(draft).find("textarea", id="promise")
    assert "Granska utkastet" in head.get(LIST).text

    _move(head, draft, "tillbaka", 422)
    assert "Skriv vad som behöver ändras." in head.soup.text
    _move(head, draft, "tillbaka", text="Målet är för lågt.")
    back = list(_only(sqlite, OutboxLetter))[-1]
    assert back.to == EDITOR and "Målet är för lågt." in back.content["paragraphs"]
    assert editor.get(draft).find("textarea", id="promise")
    assert "Målet är för lågt." in editor.soup.text


def test_the_writer_cannot_review_decide_or_publish(editor: Visitor, draft: str):
    _save(editor, draft)
    _move(editor, draft, "skicka")
    for slug in ("granska", "tillbaka", "besluta", "publicera"):
        editor.post(f"{draft}/{slug}", {f"{slug}-revision": "3"}, 403)


def test_an_unfinished_draft_is_not_reviewed(editor: Visitor, head: Visitor, draft: str, sqlite: Database):
    _save(editor, draft, target="")
    _move(editor, draft, "skicka")
    _move(head, draft, "granska", 422)
    assert "Skriv målet" in head.soup.find(id="fel").text
    assert _draft(sqlite).state is DraftState.IN_REVIEW


def test_a_move_on_what_somebody_has_changed_is_stopped_and_what_was_typed_stays(
    editor: Visitor, head: Visitor, draft: str, sqlite: Database
):
    _save(editor, draft)
    _move(editor, draft, "skicka")
    head.get(draft)
    head.post(
        f"{draft}/tillbaka",
        {
            "tillbaka-revision": "1",
            "tillbaka-text": "Skriv om.",
            "tillbaka-csrf_token": _token(head, "tillbaka"),
        },
        409,
    )
    assert "Skriv om." in head.soup.find(id="tillbaka-text").text
    assert _draft(sqlite).state is DraftState.IN_REVIEW


def _token(visitor: Visitor, slug: str) -> str:
    return str(visitor.soup.find("input", attrs={"name": f"{slug}-csrf_token"})["value"])


def test_a_decision_of_a_day_to_come_is_refused(editor: Visitor, head: Visitor, draft: str):
    _save(editor, draft)
    _move(editor, draft, "skicka")
    _move(head, draft, "granska")
    tomorrow = (local_day(now()) + timedelta(days=1)).isoformat()
    _move(head, draft, "besluta", 422, body="", decided_on=tomorrow, registry_number="")
    text = head.soup.find("form", action=f"{draft}/besluta").text
    assert "Skriv dagen då beslutet togs." in text
    assert "Skriv vem som har beslutat." in text and "Skriv diarienumret" in text


def test_a_new_pledge_is_published_from_a_day_with_where_it_holds(
    editor: Visitor, head: Visitor, draft: str, sqlite: Database
):
    _decided(editor, head, draft)
    page = head.get(draft)
    assert page.find("input", id="publicera-slug")["value"] == "trasiga-bankar-lagas-inom-fem-arbetsdagar"
    today = local_day(now())
    _move(head, draft, "publicera", 422, valid_from=today.isoformat())
    assert "tidigast börja gälla" in head.soup.find(id="publicera-valid_from-error").text
    _move(head, draft, "publicera", 422, slug="gatlyktor-lagas")
    assert "redan den adressen" in head.soup.find(id="publicera-slug-error").text

    tomorrow = today + timedelta(days=1)
    _move(head, draft, "publicera", valid_from=tomorrow.isoformat(), slug="bankar-lagas")
    with sqlite.reader() as db:
        pledge = db.scalars(select(Pledge).where(Pledge.slug == "bankar-lagas")).one()
        version = db.scalars(select(PledgeVersion).where(PledgeVersion.pledge_id == pledge.id)).one()
        assert (version.number, version.valid_from, version.valid_to) == (1, tomorrow, None)
        assert (version.decided_by, version.paragraph) == ("Tekniska nämnden", "§ 12")
        assert version.content == ["Vi byter det som är trasigt.", "Vi ställer tillbaka bänken."]
        assert version.published_at is not None and pledge.life_situations == ["trasigt"]
        assert version.compensation == [{"kind": "apology"}]
    assert "bankar-lagas" in head.get("/loften/bankar-lagas").find("html").prettify()
    assert list(_only(sqlite, OutboxLetter))[-1].to == EDITOR


def test_a_next_version_ends_the_one_before_and_changes_nothing_in_it(
    editor: Visitor, head: Visitor, sqlite: Database
):
    editor.get(f"{LIST}/gatlyktor-lagas")
    editor.post(f"{LIST}/gatlyktor-lagas/nasta")
    draft = editor.response.headers["Location"]
    editor.get(f"{LIST}/gatlyktor-lagas")
    editor.post(f"{LIST}/gatlyktor-lagas/nasta")
    assert editor.response.headers["Location"] == draft, "one draft at a time"
    assert editor.get(draft).find("input", id="amount")["value"] == "10"
    _decided(editor, head, draft)
    changed = editor.get(f"{draft}/skillnad")
    assert changed.find("del") and "5 arbetsdagar" in changed.text and "10 arbetsdagar" in changed.text
    first = local_day(now()) + timedelta(days=10)
    _move(head, draft, "publicera", valid_from=first.isoformat())
    with sqlite.reader() as db:
        old, new = db.scalars(select(PledgeVersion).order_by(PledgeVersion.number)).all()
    assert (old.valid_to, new.valid_from, new.number) == (first - timedelta(days=1), first, 2)
    assert (old.amount, new.amount) == (10, 5)
    page = head.get(f"{LIST}/gatlyktor-lagas")
    assert "Version 2" in page.text and page.find("ins")


def test_a_version_cannot_begin_before_the_last_one_has(head: Visitor, sqlite: Database):
    begins = local_day(now()) + timedelta(days=40)
    with sqlite.transaction() as db:
        db.scalars(select(PledgeVersion)).one().valid_from = begins
    head.get(f"{LIST}/gatlyktor-lagas")
    head.post(f"{LIST}/gatlyktor-lagas/nasta")
    draft = head.response.headers["Location"]
    _save(head, draft, 422, valid_from=begins.isoformat())
    said = head.soup.find(id="valid_from-error").text.replace("\N{NO-BREAK SPACE}", " ")
    assert str((begins + timedelta(days=1)).day) in said and "eller en senare" in said


def test_a_pledge_in_force_is_withdrawn_with_a_reason_by_the_head_only(
    editor: Visitor, head: Visitor, sqlite: Database
):
    path = f"{LIST}/gatlyktor-lagas"
    assert not editor.get(path).find("form", action=f"{path}/dra-tillbaka")
    editor.post(f"{path}/dra-tillbaka", {"dra-text": "x", "dra-last_day": "2026-12-01"}, 403)
    page = head.get(path)
    token = page.find("input", attrs={"name": "dra-csrf_token"})["value"]
    yesterday = (local_day(now()) - timedelta(days=1)).isoformat()
    head.post(
        f"{path}/dra-tillbaka", {"dra-csrf_token": token, "dra-text": "", "dra-last_day": yesterday}, 422
    )
    assert "Skriv varför" in head.soup.text and "Dagen har redan varit" in head.soup.text
    today = local_day(now())
    sent = {"dra-csrf_token": token, "dra-text": "Vi har inga bilar.", "dra-last_day": today.isoformat()}
    head.post(f"{path}/dra-tillbaka", sent)
    assert "Vi har inga bilar." in head.follow().text
    version = next(_only(sqlite, PledgeVersion))
    assert (version.valid_to, version.withdrawn_reason) == (today, "Vi har inga bilar.")


def test_a_stale_pledge_is_marked_until_somebody_has_looked_at_it(head: Visitor, sqlite: Database):
    with sqlite.transaction() as db:
        db.scalars(select(PledgeVersion)).one().review_by = date(2026, 1, 1)
    assert "Ska ses över" in head.get(LIST).text and "Se över löftet" in head.soup.text
    path = f"{LIST}/gatlyktor-lagas"
    token = head.get(path).find("input", attrs={"name": "over-csrf_token"})["value"]
    next_on = local_day(now()) + timedelta(days=365)
    head.post(
        f"{path}/sett-over",
        {"over-csrf_token": token, "over-text": "Gäller.", "over-next_on": next_on.isoformat()},
    )
    assert "Gäller." in head.follow().text
    assert "Ska ses över" not in head.get(LIST).text
    assert next(_only(sqlite, PledgeVersion)).review_by == next_on


def test_the_preview_reads_as_the_public_page(editor: Visitor, draft: str):
    _save(editor, draft)
    page = editor.get(f"{draft}/forhandsvisning")
    assert page.h1.text.replace("\N{NO-BREAK SPACE}", " ") == "Trasiga bänkar lagas inom fem arbetsdagar."
    assert "Felanmälan: Gatlykta" in page.text and "92,5" in page.text


def test_dropping_a_draft_keeps_its_history(editor: Visitor, draft: str, sqlite: Database):
    _save(editor, draft)
    _move(editor, draft, "slang")
    assert "bänkar" not in editor.follow().text
    steps = list(_only(sqlite, DraftStep))
    assert [step.state for step in steps] == [DraftState.WRITING, DraftState.DROPPED]
    assert steps[-1].content["promise"] == WHOLE["promise"]


def test_an_administrator_writes_for_the_whole_municipality(app: Flask, house: None, sqlite: Database):
    admin = _sign_in(app, ADMIN)
    admin.get(LIST)
    admin.post(f"{LIST}/nytt", {"department": ""})
    draft = admin.response.headers["Location"]
    _save(admin, draft)
    assert _draft(sqlite).department_id is None
    editor = _sign_in(app, EDITOR)
    editor.get(draft)
    assert not editor.soup.find("textarea", id="promise"), "others read it only"
    editor.post(draft, {**WHOLE, "revision": "2"}, 403)


def _law(sqlite: Database, first: date, amount: int, last: date | None = None) -> None:
    with sqlite.transaction() as db:
        db.add(
            LegalClockRow(
                key="bankar",
                title="Lagning av bänkar",
                reference="Påhittade lagen 1 §",
                kind=ClockKind.FIXED,
                amount=amount,
                unit=Unit.WEEKS,
                valid_from=first,
                valid_to=last,
                note="",
            )
        )


def test_a_draft_is_held_to_the_law_of_its_first_day_and_publishing_to_that_of_the_day_chosen(
    editor: Visitor, head: Visitor, draft: str, sqlite: Database
):
    changes = local_day(now()) + timedelta(days=100)
    _law(sqlite, date(2020, 1, 1), 20, changes - timedelta(days=1))
    _decided(editor, head, draft, law="bankar", amount="15")
    _law(sqlite, changes, 2)
    _move(head, draft, "publicera", 422, valid_from=changes.isoformat())
    assert "men lagens gräns är" in head.soup.find(id="publicera-valid_from-error").text
    assert _draft(sqlite).state is DraftState.DECIDED
    before = changes - timedelta(days=1)
    _move(head, draft, "publicera", valid_from=before.isoformat())
    version = list(_only(sqlite, PledgeVersion))[-1]
    assert (version.law["amount"], version.law["unit"]) == (20, "weeks")


def test_a_law_that_changed_after_the_draft_was_written_stops_the_decision(
    editor: Visitor, head: Visitor, draft: str, sqlite: Database
):
    changes = local_day(now()) + timedelta(days=100)
    _law(sqlite, date(2020, 1, 1), 20, changes - timedelta(days=1))
    _save(editor, draft, law="bankar", amount="15", valid_from=_in_a_year())
    _move(editor, draft, "skicka")
    _move(head, draft, "granska")
    _law(sqlite, changes, 2)
    day = local_day(now()).isoformat()
    _move(head, draft, "besluta", 422, body="Nämnden", decided_on=day, registry_number="TN 1")
    assert "men lagens gräns är" in head.soup.find(id="fel").text
    assert _draft(sqlite).state is DraftState.REVIEWED
    _move(head, draft, "tillbaka", text="Lagen ändras.")
    _save(editor, draft, 422, law="bankar", amount="15", valid_from=_in_a_year())
    assert "men lagens gräns är" in editor.soup.find(id="amount-error").text


def test_a_law_that_another_pledge_of_the_same_cases_follows_is_pointed_out(
    editor: Visitor, draft: str, sqlite: Database
):
    with sqlite.transaction() as db:
        db.scalars(select(PledgeVersion)).one().law = {"key": "bankar", "reference": "Påhittade lagen 1 §"}
    _save(editor, draft)
    assert "följer Påhittade lagen 1 §" in editor.follow().text


def test_a_button_pressed_twice_says_that_it_is_done(
    editor: Visitor, head: Visitor, draft: str, sqlite: Database
):
    _decided(editor, head, draft)
    page = head.get(draft)
    fields = page.find("form", action=f"{draft}/publicera").find_all("input")
    sent = {str(field["name"]): field.get("value", "") for field in fields if field.get("name")}
    head.post(f"{draft}/publicera", sent)
    head.post(f"{draft}/publicera", sent)
    assert "Löftet är publicerat. Det gäller från" in head.follow().text
    steps = [step.state for step in _only(sqlite, DraftStep)]
    assert steps.count(DraftState.PUBLISHED) == 1


def _withdrawal(head: Visitor, reason: str) -> dict[str, str]:
    token = head.get(f"{LIST}/gatlyktor-lagas").find("input", attrs={"name": "dra-csrf_token"})["value"]
    last = local_day(now()) + timedelta(days=5)
    return {"dra-csrf_token": str(token), "dra-text": reason, "dra-last_day": last.isoformat()}


def test_a_reason_that_everybody_has_read_is_not_replaced(head: Visitor, sqlite: Database):
    path, sent = f"{LIST}/gatlyktor-lagas", _withdrawal(head, "Vi har inga bilar.")
    head.post(f"{path}/dra-tillbaka", sent)
    head.post(f"{path}/dra-tillbaka", {**sent, "dra-text": "Något annat."}, 409)
    assert "redan tillbakadraget" in head.soup.find(role="alert").text
    assert next(_only(sqlite, PledgeVersion)).withdrawn_reason == "Vi har inga bilar."
    assert not head.get(path).find("form", action=f"{path}/dra-tillbaka")


def test_a_pledge_with_a_version_to_come_is_not_withdrawn(editor: Visitor, head: Visitor, sqlite: Database):
    path, sent = f"{LIST}/gatlyktor-lagas", _withdrawal(head, "Vi har inga bilar.")
    editor.get(path)
    editor.post(f"{path}/nasta")
    draft = editor.response.headers["Location"]
    _decided(editor, head, draft)
    first = local_day(now()) + timedelta(days=10)
    _move(head, draft, "publicera", valid_from=first.isoformat())
    head.post(f"{path}/dra-tillbaka", sent, 409)
    assert "en ny version är beslutad" in head.soup.find(role="alert").text
    assert [one.withdrawn_reason for one in _only(sqlite, PledgeVersion)] == ["", ""]
