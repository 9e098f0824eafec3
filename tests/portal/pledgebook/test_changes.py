"""What differs between two versions of a pledge."""

from decimal import Decimal
from typing import Any

from pledges.limit import Unit
from pledges.pledge import Measure, Source
from portal.i18n import language
from portal.pledgebook.changes import Part, changes, facts_of, pieces
from portal.pledgebook.models import PledgeVersion, TargetUnit

SWEDISH = language("sv")


def _said(value: Any) -> Any:
    return [SWEDISH.say(text) for text in value] if isinstance(value, tuple) else SWEDISH.say(value)


def _version(**more):
    values = {
        "promise": "Vi lagar inom *tio dagar*.",
        "short": "Lagat inom *tio dagar*",
        "content": ["Vi lagar."],
        "applies_to": "",
        "not_applies": [],
        "duties": [],
        "remedy": ["Vi ringer."],
        "measured_as": "",
        "measure": Measure.REMEDY,
        "source": Source.CASES,
        "amount": 10,
        "unit": Unit.WORKING_DAYS,
        "target": Decimal("85.0"),
        "target_unit": TargetUnit.PERCENT,
        "holding_answer": False,
        "starts_at": None,
        "pause_policy": None,
        "compensation": [],
        "law": {},
        "owner": "Chef",
    }
    return PledgeVersion(**{**values, **more})


def test_the_same_version_differs_in_nothing():
    assert changes(_version(), _version()) == ()
    assert changes(_version(), _version(promise="Vi lagar *inom tio dagar*.")) == ()


def test_a_changed_text_is_told_word_by_word():
    (found,) = changes(_version(), _version(promise="Vi lagar alltid inom *fem dagar*."))
    assert [(piece.part, piece.text) for piece in found.pieces] == [
        (Part.SAME, "Vi lagar "),
        (Part.ADDED, "alltid "),
        (Part.SAME, "inom "),
        (Part.REMOVED, "tio "),
        (Part.ADDED, "fem "),
        (Part.SAME, "dagar."),
    ]


def test_a_paragraph_that_came_is_a_line_of_its_own():
    found = pieces("Vi lagar.", "Vi lagar.\nVi städar.")
    assert [(piece.part, piece.text) for piece in found] == [
        (Part.SAME, "Vi lagar."),
        (Part.ADDED, "\nVi städar."),
    ]


def test_both_texts_can_be_put_together_again_from_the_pieces():
    before, after = "a b  c\nd e", "b c x\n\nd"
    found = pieces(before, after)
    kept = "".join(piece.text for piece in found if piece.part is not Part.ADDED).split()
    new = "".join(piece.text for piece in found if piece.part is not Part.REMOVED).split()
    assert kept == before.split() and new == after.split()


def test_time_and_target_are_told_as_from_and_to():
    found = {one.field: one for one in changes(_version(), _version(amount=1, target=Decimal("92.5")))}
    assert _said(found["limit"].before) == "10 arbetsdagar"
    assert _said(found["limit"].after) == "1 arbetsdag"
    assert (found["target"].before, found["target"].after) == (Decimal("85"), Decimal("92.5"))


def test_what_was_not_there_before_is_nothing():
    after = _version(
        compensation=[{"kind": "fee_reduction", "share": "1/5", "per": "started_week", "most": "1"}]
    )
    (found,) = changes(_version(), after)
    assert found.before is None
    assert _said(found.after) == ["Vi sänker avgiften med 1/5 för varje påbörjad vecka"]


def test_an_unfinished_draft_has_facts_too():
    empty = _version(measure=None, source=None, amount=None, unit=None, target=None, owner="")
    assert [label for label, _ in facts_of(empty)] == ["Besked om vem som svarar och när räknas som svar"]


def test_a_time_on_the_same_day_names_the_hour():
    values = dict(facts_of(_version(amount=16, unit=Unit.SAME_DAY)))
    assert _said(values["Tiden vi lovar"]) == "samma dag, om det kommer före kl. 16"
