"""Filling in a form: what is kept, what is said, and where it leads."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from pillow_heif import from_pillow
from sqlalchemy import update
from werkzeug.datastructures import FileStorage

from portal.eservices.models import Draft
from tests.portal.eservices.conftest import (
    A_LAMP,
    A_PLACE,
    ANNA,
    ANONYMOUS,
    CHECK,
    WHAT,
    WHERE,
    YOU,
    Resident,
    a_photo,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
COOKIE = "utkast-felanmalan"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def a_file(content, name):
    return FileStorage(BytesIO(content), name)


def to_the_last_step(resident):
    resident.fill(WHAT, A_LAMP)
    resident.fill(WHERE, A_PLACE)


def test_looking_makes_nothing(resident, count):
    resident.get("/e-tjanster/felanmalan")
    resident.get(WHAT)
    assert count("draft") == 0
    assert resident.client.get_cookie(COOKIE) is None


def test_the_first_answer_makes_a_draft_that_only_the_browser_can_open(resident, only):
    resident.fill(WHAT, A_LAMP)
    cookie = resident.client.get_cookie(COOKIE)
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.path == "/"
    assert cookie.value not in only(Draft).token_hash


def test_a_right_step_leads_to_the_next(resident):
    resident.fill(WHAT, A_LAMP)
    assert resident.went == WHERE
    resident.fill(WHERE, A_PLACE)
    assert resident.went == YOU
    resident.fill(YOU, ANONYMOUS)
    assert resident.went == CHECK


def test_going_back_shows_what_was_filled_in(resident):
    resident.fill(WHAT, A_LAMP)
    resident.get(WHAT)
    assert resident.chosen("kategori") == "gatlykta"
    assert resident.typed("lykta_nummer") == "0412"
    assert resident.typed("beskrivning") == "Den är släckt."


def test_an_empty_step_says_what_is_needed_and_the_title_says_it_first(resident):
    page = resident.fill(WHAT, {"kategori": "", "beskrivning": ""}, 422)
    assert resident.problems == ["Välj vad felet gäller.", "Beskriv felet med några ord."]
    assert page.title.text.startswith("Fel: Vad är fel?")
    assert page.find(id="beskrivning")["aria-invalid"] == "true"


def test_what_was_right_is_kept_beside_what_was_wrong(resident):
    resident.fill(WHAT, {**A_LAMP, "beskrivning": ""}, 422)
    assert resident.chosen("lykta_fel") == "slackt"
    resident.get(WHAT)
    assert resident.chosen("lykta_fel") == "slackt"
    assert resident.typed("lykta_nummer") == "0412"


def test_a_choice_that_leads_to_more_questions_comes_back_with_them(resident):
    resident.get(WHAT)
    resident.post(WHAT, {"visade": "kategori,beskrivning", "kategori": "gatlykta", "beskrivning": ""})
    assert resident.went == f"{WHAT}?fler=ja#fler"
    page = resident.follow()
    assert not resident.problems
    assert page.find("input", attrs={"name": "lykta_fel"})
    assert "Ditt svar gör att vi behöver fråga lite till." in page.get_text()


@pytest.mark.parametrize(
    ("step", "values", "field", "said"),
    [
        (WHAT, {"kategori": "månen", "beskrivning": "Släckt"}, "kategori", "Välj ett av alternativen."),
        (WHAT, {**A_LAMP, "lykta_fel": "'; DROP TABLE cases"}, "lykta_fel", "Välj ett av alternativen."),
        (WHAT, {**A_LAMP, "lykta_nummer": "4" * 21}, "lykta_nummer", "Korta den till högst 20."),
        (WHAT, {**A_LAMP, "beskrivning": "x" * 2001}, "beskrivning", "Korta den till högst 2\xa0000."),
        (WHERE, {"adress": "", "plats": " "}, "adress", "Skriv en adress eller beskriv platsen"),
        (WHERE, {"adress": "x" * 201, "plats": ""}, "adress", "Korta den till högst 200."),
        (WHERE, {"adress": "Kvarngatan", "plats": "x" * 501}, "plats", "Korta den till högst 500."),
        (YOU, {"kontakt": ""}, "kontakt", "Välj om du vill ha svar eller vara anonym."),
        (YOU, {"kontakt": "kanske"}, "kontakt", "Välj ett av alternativen."),
        (YOU, {**ANNA, "namn": "x" * 101}, "namn", "Korta den till högst 100."),
        (YOU, {**ANNA, "epost": "anna@"}, "epost", "Skriv en e-postadress som namn@exempel.se."),
        (YOU, {**ANNA, "telefon": "1177117711771"}, "telefon", "Skriv ett telefonnummer som"),
        (YOU, {**ANNA, "epost": ""}, "epost", "Skriv en e-postadress eller ett telefonnummer"),
    ],
)
def test_every_wrong_answer_is_told_and_nothing_else_is_lost(resident, step, values, field, said):
    for earlier, right in ((WHAT, A_LAMP), (WHERE, A_PLACE)):
        if earlier != step and step != WHAT:
            resident.fill(earlier, right)
    resident.fill(step, values, 422)
    assert any(said in problem for problem in resident.problems)
    assert resident.soup.find("a", class_="ds-link")["href"].startswith(f"#{field}")
    for name, value in values.items():
        if resident.soup.find("input", attrs={"name": name, "type": "radio"}):
            assert resident.chosen(name) in (value, None)
        elif name != field or value.strip():
            assert resident.typed(name) == value


@pytest.mark.parametrize(
    ("step", "field", "wrong"),
    [(WHAT, "beskrivning", "x" * 2001), (YOU, "epost", "anna@"), (YOU, "telefon", "inte ett nummer")],
)
def test_what_was_typed_wrongly_is_there_also_after_a_reload(resident, step, field, wrong):
    if step == YOU:
        to_the_last_step(resident)
    resident.fill(step, {**(A_LAMP if step == WHAT else ANNA), field: wrong}, 422)
    resident.get(step)
    assert resident.typed(field) == wrong


def test_a_million_signs_beside_a_file_box_are_given_back_with_the_limit(resident):
    to_the_last_step(resident)
    resident.get(YOU)
    resident.send_large(YOU, {**ANNA, "namn": "x" * 1_000_000}, 422)
    assert resident.problems == ["Texten är 1\xa0000\xa0000 tecken. Korta den till högst 100."]
    assert resident.typed("namn") == "x" * 1_000_000


def test_words_that_look_like_code_are_only_words(resident):
    words = "<script>alert('x')</script> {{ 7*7 }} %s 100 %"
    resident.fill(WHAT, {**A_LAMP, "beskrivning": words})
    resident.get(WHAT)
    assert resident.typed("beskrivning") == words


def test_a_tampered_list_of_shown_questions_skips_none_of_them(resident):
    resident.get(WHAT)
    resident.post(WHAT, {"visade": "", "kategori": "gatlykta", "beskrivning": "Släckt"})
    resident.get(WHERE, 303)
    assert resident.went == WHAT


def test_a_step_too_far_ahead_leads_to_the_first_unfinished(resident):
    resident.get(YOU, 303)
    assert resident.went == WHAT
    resident.fill(WHAT, A_LAMP)
    resident.get(CHECK, 303)
    assert resident.went == WHERE


def test_a_step_that_does_not_exist_is_not_found(resident):
    resident.get("/e-tjanster/felanmalan/hemlig", 404)
    resident.post("/e-tjanster/felanmalan/hemlig", {"csrf_token": ""}, 404)
    resident.get("/e-tjanster/finns-inte", 404)


def test_a_session_that_has_ended_loses_nothing_that_was_typed(resident, count):
    resident.get(WHAT)
    resident.client.delete_cookie("portal")
    resident.send(WHAT, {**A_LAMP, "csrf_token": "gammal"}, 422)
    assert resident.problems == [
        "Sidan hade varit öppen för länge. Det du har skrivit finns kvar. Skicka en gång till."
    ]
    assert resident.typed("beskrivning") == "Den är släckt."
    assert count("draft") == 0
    resident.send(WHAT, A_LAMP)
    assert resident.went == WHERE


def test_a_stale_token_with_a_living_draft_keeps_answers_and_pictures(resident, count):
    to_the_last_step(resident)
    resident.get(YOU)
    resident.client.delete_cookie("portal")
    resident.send(YOU, {**ANNA, "csrf_token": "gammal", "bilder": (a_photo(), "lykta.jpg")}, 422)
    assert resident.typed("epost") == "anna@exempel.se"
    assert "lykta.jpg" in resident.soup.get_text()
    assert count("file") == 1


def test_pictures_without_draft_and_token_must_be_chosen_again(resident, count):
    to_the_last_step(resident)
    resident.get(YOU)
    resident.client.delete_cookie("portal")
    resident.client.delete_cookie(COOKIE)
    resident.send(YOU, {**ANNA, "csrf_token": "gammal", "bilder": (a_photo(), "lykta.jpg")}, 422)
    assert "Bilderna kunde inte sparas den här gången. Välj dem en gång till." in resident.problems
    assert count("file") == 0


def test_a_draft_lost_on_the_way_keeps_what_was_just_sent(resident, sqlite):
    to_the_last_step(resident)
    resident.get(YOU)
    with sqlite.transaction() as db:
        db.execute(update(Draft).values(expires_at=LONG_AGO))
    resident.send(YOU, ANNA)
    assert resident.went == f"{WHAT}?borta=delvis"
    assert "Det du skickade nu är sparat." in resident.follow().get_text()
    to_the_last_step(resident)
    resident.get(YOU)
    assert resident.typed("epost") == "anna@exempel.se"


def test_a_draft_that_has_expired_says_so(resident, sqlite):
    to_the_last_step(resident)
    with sqlite.transaction() as db:
        db.execute(update(Draft).values(expires_at=LONG_AGO))
    resident.get(CHECK, 303)
    assert "Det du fyllde i tidigare finns inte kvar hos oss." in resident.follow().get_text()


def test_the_page_says_how_long_the_answers_are_kept(resident):
    resident.fill(WHAT, A_LAMP)
    assert "Vi sparar det du har fyllt i till " in resident.get(WHERE).get_text()


def test_beginning_anew_leaves_the_old_answers(resident, count):
    resident.fill(WHAT, A_LAMP)
    page = resident.get(f"{WHAT}?ny=ja")
    assert resident.chosen("kategori") is None
    resident.send(page.form["action"], {**A_LAMP, "beskrivning": "En annan lykta."})
    assert resident.went == WHERE
    assert count("draft") == 2
    resident.get(WHAT)
    assert resident.typed("beskrivning") == "En annan lykta."


def test_changing_an_answer_leads_back_to_the_last_page(resident):
    resident.fill_all()
    page = resident.get(f"{WHERE}?andra=ja")
    resident.send(page.form["action"], {"adress": "Storgatan 3", "plats": ""})
    assert resident.went == CHECK
    assert "Storgatan 3" in resident.follow().get_text()


def test_another_persons_draft_stays_closed(app, resident):
    resident.fill(WHAT, {**A_LAMP, "beskrivning": "Bara jag får se det här."})
    other = Resident(app)
    other.get(WHAT)
    assert other.typed("beskrivning") == ""
    other.client.set_cookie(COOKIE, "gissad")
    other.get(WHAT)
    assert other.typed("beskrivning") == ""


def test_the_margin_shows_the_way_and_the_promise(resident):
    resident.fill(WHAT, A_LAMP)
    margin = resident.get(WHERE).find("aside").get_text(" ", strip=True)
    assert "Gatlykta. Ändra" in margin
    assert "Trasiga gatlyktor lagas inom tio arbetsdagar" in margin.replace("\xa0", " ")
    assert "0980-319 243" in margin
    assert resident.soup.find(attrs={"aria-current": "step"}).b.text == "Var är felet?"


# ---- pictures ----------------------------------------------------------------------------------


def test_a_picture_is_kept_also_when_another_answer_is_wrong(resident, count):
    to_the_last_step(resident)
    resident.fill(YOU, {"kontakt": "", "bilder": (a_photo(), "lykta.jpg")}, 422)
    assert resident.soup.find(class_="pictures").li.b.text == "lykta.jpg"
    assert count("file") == 1
    resident.send(YOU, {**ANONYMOUS})
    assert resident.went == CHECK
    assert "lykta.jpg" in resident.follow().get_text()


def test_a_heic_photo_from_a_phone_is_taken_in(resident):
    to_the_last_step(resident)
    made = BytesIO()
    from_pillow(Image.new("RGB", (64, 64), "red")).save(made)
    made.seek(0)
    resident.fill(YOU, {**ANONYMOUS, "bilder": (made, "IMG_0412.HEIC")})
    assert "IMG_0412.jpg" in resident.follow().get_text()


def test_a_drawing_named_jpg_is_refused_and_the_good_picture_beside_it_kept(resident, count):
    to_the_last_step(resident)
    resident.fill(YOU, {**ANNA, "bilder": [(BytesIO(SVG), "karta.jpg"), (a_photo(), "lykta.jpg")]}, 422)
    assert resident.problems == [
        "Filen karta.jpg är en SVG-ritning, inte ett foto. Skicka ett foto som JPEG, PNG, HEIC eller WebP."
    ]
    assert [row.b.text for row in resident.soup.find(class_="pictures").find_all("li")] == ["lykta.jpg"]
    assert resident.typed("namn") == "Anna Ek"
    assert count("file") == 1


def test_thirty_megabytes_give_a_problem_at_the_question_and_nothing_typed_is_lost(resident):
    to_the_last_step(resident)
    resident.get(YOU)
    large = a_file(b"\xff\xd8\xff\xe0" + bytes(30_000_000 - 4), "stor.jpg")
    resident.send_large(YOU, {**ANNA, "bilder": large}, 422)
    assert resident.problems[0].startswith("Bilden stor.jpg är 30 MB. Skicka en som är högst 10 MB")
    assert resident.typed("epost") == "anna@exempel.se"
    assert resident.chosen("kontakt") == "ja"


def test_more_than_the_step_can_carry_gives_the_page_that_says_so(resident):
    to_the_last_step(resident)
    resident.get(YOU)
    page = resident.send_large(YOU, {**ANNA, "bilder": a_file(bytes(65_000_000), "film.mp4")}, 413)
    assert page.h1.text == "Det du skickade är för stort"
    resident.get(WHERE)
    assert resident.typed("adress") == "Kvarngatan 14"


def test_a_fourth_picture_finds_no_room(resident, count):
    to_the_last_step(resident)
    photos = [(a_photo(), f"{number}.jpg") for number in range(4)]
    resident.fill(YOU, {**ANONYMOUS, "bilder": photos}, 422)
    assert resident.problems == ["Du kan skicka högst 3 bilder. Välj färre eller ta bort någon."]
    assert len(resident.soup.find(class_="pictures").find_all("li")) == 3
    assert count("file") == 3


def test_a_picture_can_be_taken_away_without_javascript(resident, count):
    to_the_last_step(resident)
    resident.fill(YOU, {"kontakt": "", "bilder": (a_photo(), "lykta.jpg")}, 422)
    button = resident.soup.find(class_="pictures").button
    resident.send(YOU, {**ANNA, "epost": "anna@", button["name"]: button["value"]})
    assert resident.went == f"{YOU}#bilder"
    page = resident.follow()
    assert page.find(class_="pictures") is None
    assert resident.typed("epost") == "anna@"
    assert count("file") == 0


def test_a_forged_picture_id_takes_in_nobody_elses_file(resident, app):
    to_the_last_step(resident)
    resident.fill(YOU, {**ANONYMOUS, "bilder": (a_photo(), "min.jpg")})
    other = Resident(app)
    to_the_last_step(other)
    other.fill(YOU, {**ANONYMOUS, "bilder": "1", "bilder_ta_bort": "1"})
    assert "min.jpg" not in other.get(CHECK).get_text()
    assert "min.jpg" in resident.get(CHECK).get_text()
