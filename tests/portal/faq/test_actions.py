from datetime import UTC, datetime
from typing import Any

import pytest

from portal.errors import ContentError
from portal.faq.actions import export_answers, import_answers
from tests.builders import a_department, an_answer

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def answer(**more: Any) -> dict[str, Any]:
    return {
        "id": "nar-plogas",
        "verksamhet": "gator-trafik",
        "question": "När plogas min gata?",
        "answer": "När det har fallit sju centimeter.",
        "audience": ["resident"],
        "rosa_level": 1,
        "visibility": "public",
        "review_by": "2027-03-31",
        "related_service": "felanmalan",
        **more,
    }


def test_what_is_read_in_is_written_out_the_same(db):
    a_department(db)
    entries = [answer(), answer(id="internt", question="Vem har nyckeln?", visibility="internal")]
    assert import_answers(db, entries, AT) == 2
    assert export_answers(db) == entries


def test_the_same_id_is_brought_up_to_date_and_others_stay(db):
    department = a_department(db)
    an_answer(db, department)
    import_answers(db, [answer()], AT)
    import_answers(db, [answer(answer="Genast.")], AT)
    assert {row["id"]: row["answer"] for row in export_answers(db)} == {
        "nar-plogas": "Genast.",
        "nar-hamtas-soporna": "Varannan vecka.",
    }


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ({"id": "x"}, "answer: must be a list of entries"),
        (["text"], "answer number 1: must be a table"),
        ([{}], "answer number 1: id must be a text"),
        ([answer(verksamhet="annan")], "answer nar-plogas: verksamhet names 'annan', which does not exist"),
        ([answer(visibility="secret")], "answer nar-plogas: visibility must be one of public, internal"),
        ([answer(review_by="snart")], "answer nar-plogas: review_by must be a day as in"),
        ([answer(extra=1)], "answer nar-plogas: extra is not a key"),
        ([answer(), answer()], "answer nar-plogas: stands there twice"),
        ([answer(audience="resident")], "answer nar-plogas: audience must be a list of texts"),
    ],
)
def test_a_fault_names_the_entry_and_the_key(db, entries, fault):
    a_department(db)
    with pytest.raises(ContentError, match=fault):
        import_answers(db, entries, AT)
