from portal.accounts.rules import Role
from portal.faq.models import Visibility
from portal.faq.queries import all_answers
from tests.builders import PASSWORD, a_department, a_service, an_answer, staff


def test_the_list_holds_every_public_question_under_its_department(visitor, fill):
    def content(db):
        department = a_department(db)
        an_answer(db, department)
        an_answer(db, department, "internt", question="Vem har nyckeln?", visibility=Visibility.INTERNAL)

    fill(content)
    page = visitor.get("/fragor")
    assert "Här finns svar på en fråga." in page.get_text()
    assert page.find("a", href="#gator-trafik")
    assert page.find("a", href="/fragor/nar-hamtas-soporna")
    assert "nyckeln" not in page.get_text()


def test_an_internal_answer_is_not_found_by_the_public(visitor, fill):
    fill(lambda db: an_answer(db, visibility=Visibility.INTERNAL))
    visitor.get("/fragor/nar-hamtas-soporna", status=404)


def test_an_answer_shows_its_service_whom_to_ask_and_other_questions(visitor, fill):
    def content(db):
        department = a_department(db)
        a_service(db, department)
        an_answer(db, department, answer="Så här:\n\n- en\n- två", related_service="felanmalan")
        an_answer(db, department, "annan", question="Får jag elda?")
        an_answer(db, department, "internt", question="Vem har nyckeln?", visibility=Visibility.INTERNAL)

    fill(content)
    page = visitor.get("/fragor/nar-hamtas-soporna")
    assert [item.get_text() for item in page.select(".answer li")] == ["en", "två"]
    assert page.find("a", href="/e-tjanster/felanmalan")
    assert page.find("a", href="tel:+46980319210")
    assert page.find("a", href="/fragor/annan")
    assert "30 juni 2027" in page.get_text().replace("\xa0", " ")
    assert "nyckeln" not in page.get_text()


def test_a_related_service_that_does_not_exist_is_left_out(visitor, fill):
    fill(lambda db: an_answer(db, related_service="finns-inte"))
    assert not visitor.get("/fragor/nar-hamtas-soporna").find("a", href="/e-tjanster/finns-inte")


def test_the_knowledge_bank_asks_who_is_there(visitor):
    visitor.get("/arbete/kunskapsbank", status=303)


def test_staff_read_internal_answers_and_filter_by_word(visitor, fill):
    def content(db):
        department = a_department(db)
        an_answer(db, department)
        an_answer(db, department, "internt", question="Vem har nyckeln?", visibility=Visibility.INTERNAL)
        staff(db, role=Role.EDITOR)

    fill(content)
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": "gata@ekdala.example", "password": PASSWORD})
    whole = visitor.get("/arbete/kunskapsbank").get_text()
    assert "Vem har nyckeln?" in whole
    assert "bara för oss" in whole
    filtered = visitor.get("/arbete/kunskapsbank?q=SOPORNA").get_text()
    assert "När hämtas soporna?" in filtered
    assert "nyckeln" not in filtered


def test_a_filter_takes_signs_as_they_are(db):
    an_answer(db, answer="Avgiften är 50 % av priset.")
    assert len(all_answers(db, "50 %")) == 1
    assert not all_answers(db, "_x_")
