"""LIX counted by hand, and the advice that goes with it."""

from decimal import Decimal
from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.plain_words import PLAINER
from pledges.readability import BAND_NAMES, Advice, AdviceKind, Band, TextCount, advise, band, count_text


# The index is words per sentence plus the percentage of words longer than six letters (Björnsson 1968).
@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words"),
    [
        ("Vi svarar snart. Du får ett besked.", 7, 2, 0),  # "svarar" has six letters and is not long
        ("Kommunen beslutar.", 2, 1, 2),
        ("Är det klart? Ja! Bra.", 5, 3, 0),
        ("Vänta... Nu kommer svaret.", 4, 2, 0),
        ("Ta med:\n- legitimation\n- nyckel", 4, 3, 1),  # entries of a list are sentences
        ("Så gör du\n1. Ring oss\n2. Vänta", 6, 3, 0),  # so is a heading; the numbers are none
        ("Svaret är: Nej, det går inte.", 6, 2, 0),  # colon before a capital
        ("Ta med följande: nyckel och kort.", 6, 1, 1),  # colon before a small letter
        ("Vi har öppet t.ex. på lördag, bl.a. i maj.", 9, 1, 0),
        ("Ring kl. Ett svar kommer.", 5, 1, 0),  # the dot of an abbreviation ends nothing
        ("Ditt ärende har dnr. BN 12.", 5, 1, 0),
        ("Ta med kort, nyckel m.m. Vi hjälper dig.", 8, 2, 1),  # what closes a listing may end it
        ("Ta med kort, nyckel m.m. till mötet.", 7, 1, 0),
        ("Vi har öppet 07.30 till 16.00. Välkommen.", 5, 2, 1),
        ("Det var 94,1 procent eller 94.1 procent.", 5, 1, 2),
        ("Mejla info@ekdala.se. Vi svarar.", 3, 2, 0),
        ("Läs mer på https://ekdala.se/bygga?sida=2. Sök sedan.", 5, 2, 0),
        ("Läs mer på ekdala.se/bygga-och-bo. Sök sedan.", 5, 2, 0),
        ("E-tjänsten öppnar.", 2, 1, 1),  # nine letters; the hyphen is none
        ("På A-kassan står svaret’n.", 4, 1, 2),
        ("Vi svarar inom *två arbetsdagar*.", 5, 1, 1),  # the marks of a promise are no letters
        ("Enligt 9 kap. 27 § i lagen.", 4, 1, 0),
        ("Han sa: ”Vi kommer.” Sedan gick han.", 7, 3, 0),
        ("2026-11-24, 15:30", 0, 0, 0),
        ("", 0, 0, 0),
    ],
)
def test_what_is_a_word_a_sentence_and_a_long_word(
    text: str, words: int, sentences: int, long_words: int
) -> None:
    assert count_text(text) == TextCount(words, sentences, long_words)


def test_the_index_of_two_short_sentences() -> None:
    assert count_text("Vi svarar snart. Du får ett besked.").index == Fraction(7, 2)


def test_the_index_adds_sentence_length_and_the_share_of_long_words() -> None:
    # Nine words in one sentence, three of them long.
    text = "Nämnden beslutar om din ansökan inom några korta veckor."
    assert count_text(text).index == 9 + Fraction(300, 9)


def test_an_empty_text_has_no_index() -> None:
    assert (count_text("").index, count_text("").lix, count_text("").band) == (None, None, None)


def test_a_text_under_a_hundred_words_is_too_short_to_show() -> None:
    assert TextCount(99, 9, 20).lix is None
    assert TextCount(99, 9, 20).band is None
    assert TextCount(100, 10, 20).lix == 30


def test_the_index_is_rounded_up_so_that_a_hard_text_never_reads_as_easy_enough() -> None:
    counted = TextCount(1000, 100, 301)
    assert counted.index == Fraction(401, 10)
    # 133/13 + 1300/133 = 10.2307… + 30.0751… = 40.3059…
    assert TextCount(133, 13, 40).lix == Decimal("40.4")
    assert counted.lix == Decimal("40.1")


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ("29.99", Band.VERY_EASY),
        ("30", Band.EASY),
        ("39.99", Band.EASY),
        ("40", Band.MEDIUM),
        ("49.99", Band.MEDIUM),
        ("50", Band.HARD),
        ("60", Band.HARD),
        ("60.01", Band.VERY_HARD),
    ],
)
def test_the_bands_of_the_index(index: str, expected: Band) -> None:
    assert band(Fraction(index)) is expected


def test_every_band_has_a_name() -> None:
    assert set(BAND_NAMES) == set(Band)


SENTENCE = "Du får ditt svar av oss i dag."  # eight words, none long
HARD_SENTENCE = "Kommunstyrelsen beslutar angående ansökan."  # four words, all long


def kinds(text: str) -> list[AdviceKind]:
    return [advice.kind for advice in advise(text)]


def test_a_plain_text_gets_no_advice() -> None:
    assert advise("\n".join([SENTENCE] * 13)) == ()


def test_a_short_text_is_told_that_it_is_too_short() -> None:
    (advice,) = advise(SENTENCE)
    assert advice.kind is AdviceKind.TOO_SHORT
    assert advice.message % dict(advice.values) == "För kort text för att mäta: 8 ord, det behövs 100."


def test_an_empty_text_gets_no_advice() -> None:
    assert advise(" \n ") == ()


# The editor's steps: 40 good, 41 to 45 notice, 46 to 50 warning, over 50 rewrite.
@pytest.mark.parametrize(
    ("long_words", "expected"),
    [
        (30, []),  # 10 words a sentence and 30 of 100 words long: 40
        (31, [AdviceKind.NOTICE]),
        (35, [AdviceKind.NOTICE]),
        (36, [AdviceKind.WARNING]),
        (40, [AdviceKind.WARNING]),
        (41, [AdviceKind.REWRITE]),
    ],
)
def test_the_steps_of_the_editor(long_words: int, expected: list[AdviceKind]) -> None:
    words = ["ansökan"] * long_words + ["svar"] * (100 - long_words)
    text = "\n".join(" ".join(words[start : start + 10]) for start in range(0, 100, 10))
    assert kinds(text) == expected


def test_the_index_is_written_with_a_decimal_comma() -> None:
    advice = advise("\n".join([HARD_SENTENCE] * 25))[0]
    assert advice.message % dict(advice.values) == "LIX är 104,0. Skriv om texten, den är svår att läsa."


def test_a_sentence_of_more_than_thirty_words_is_shown_as_it_stands() -> None:
    thirty, one_more = "Vi " + "och vi " * 14 + "går.", "Vi " + "och vi " * 15 + "går."
    assert AdviceKind.LONG_SENTENCE not in kinds(thirty)
    found = [
        advice for advice in advise(f"Kort. {one_more} Slut.") if advice.kind is AdviceKind.LONG_SENTENCE
    ]
    assert [advice.where for advice in found] == [one_more]
    assert found[0].values == {"words": "32"}


def hard_words(text: str) -> list[tuple[str, str]]:
    return [(a.where, a.suggestion) for a in advise(text) if a.kind is AdviceKind.HARD_WORD]


def test_officialese_gets_a_plain_word_in_the_order_it_stands() -> None:
    text = "Angående din ansökan skall du inkomma\nmed svar i enlighet med lagen samt skatt."
    assert hard_words(text) == [
        ("Angående", "om"),
        ("skall", "ska"),
        ("inkomma med", "skicka"),
        ("i enlighet med", "enligt"),
        ("samt", "och"),
    ]


def test_a_word_is_remarked_on_once() -> None:
    assert hard_words("Samt detta samt det.") == [("Samt", "och")]


def test_a_part_of_a_word_or_an_address_is_left_alone() -> None:
    assert hard_words("Vi samtalar på ej-moln, se ekdala.se/samt och skallra.") == []


def test_the_advice_is_a_sentence_with_both_words() -> None:
    advice = advise("Du skall svara.")[-1]
    assert advice == Advice(
        AdviceKind.HARD_WORD,
        "skall",
        "ska",
        "Skriv ”%(plain)s” i stället för ”%(word)s”.",
        {"plain": "ska", "word": "skall"},
    )


@pytest.mark.parametrize(("hard", "plain"), PLAINER.items())
def test_every_word_of_the_list_is_found_and_its_plain_word_is_not(hard: str, plain: str) -> None:
    assert hard_words(f"Här står {hard} nu.") == [(hard, plain)]
    assert hard_words(f"Här står {plain} nu.") == []


@given(st.text(max_size=400))
def test_any_text_can_be_counted_and_advised_on(text: str) -> None:
    counted = count_text(text)
    assert 0 <= counted.long_words <= counted.words
    assert (counted.sentences == 0) == (counted.words == 0)
    assert counted.sentences <= counted.words
    advise(text)


# With patterns that begin anew at every sign the time grew with the square of the length.
@pytest.mark.parametrize(
    "signs", ["a.", "a-", "a", ".", "!?", "http://", ": ", "a@", "inkomma ", "t.ex", "\"'"]
)
def test_a_text_without_end_is_counted_as_quickly_as_any_other(signs: str) -> None:
    began = perf_counter()
    for text in (signs * 10_000, signs * 10_000 + "x", signs * 10_000 + "@"):
        advise(text)
    assert perf_counter() - began < 2


@given(st.lists(st.sampled_from([SENTENCE, HARD_SENTENCE]), min_size=1, max_size=30))
def test_lines_and_running_text_count_alike_when_every_sentence_ends(sentences: list[str]) -> None:
    assert count_text(" ".join(sentences)) == count_text("\n".join(sentences))
