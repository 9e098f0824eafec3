import pytest

from portal.i18n import language
from portal.pledgebook.figures.outcomes import Summary
from portal.pledgebook.standing import standing_of


def said(code: str, *, held: int = 0, near: int = 0, broken: int = 0, few: int = 0, none: int = 0) -> str:
    total = held + near + broken + few + none
    return standing_of(Summary(total, held, near, broken, few, none), language(code))


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            {"held": 13, "near": 3, "broken": 6, "few": 11, "none": 27},
            "Just nu håller vi *13* av de 22 löften som vi har siffror för. Tre är nära och sex håller vi inte. "
            "Av de andra har elva för få fall för att visas och 27 mäts inte än.",
        ),
        ({"held": 2, "near": 1}, "Just nu håller vi *2* av de 3 löften som vi har siffror för. Ett är nära."),
        ({"broken": 1}, "Just nu håller vi *0* av 1 löfte som vi har siffror för. Ett håller vi inte."),
        ({"few": 1}, "Vi har ett löfte till dig som bor här. Ett har för få fall för att visas."),
        ({"none": 30}, "Vi har 30 löften till dig som bor här. 30 mäts inte än."),
    ],
)
def test_what_is_kept_comes_first_and_what_is_not_there_is_not_said(counts, sentence):
    assert said("sv", **counts) == sentence


def test_english_counts_in_words_too():
    assert said("en", held=13, near=1, broken=6, few=11, none=27) == (
        "Right now we keep *13* of the 20 promises we have figures for. One is close and six we do not keep. "
        "Of the others we have too few cases to show eleven, and do not measure 27 yet."
    )
