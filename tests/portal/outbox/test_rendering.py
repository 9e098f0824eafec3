"""A letter reads well as text and as HTML."""

import html5lib
from bs4 import BeautifulSoup

from portal.outbox.letter import Letter
from portal.outbox.renderer import Letterhead, as_html, as_text
from tests.portal.outbox.post import a_letter

HEAD = Letterhead("Ekdala kommun", "https://ekdala.example")
LONG = "Vi skrev till dig för att vi behöver veta mer om lyktan som du har anmält, och om var den står. " * 3


def soup(letter: Letter) -> BeautifulSoup:
    return BeautifulSoup(as_html(letter, HEAD), "html.parser")


def test_text_says_everything_that_the_reader_needs():
    text = as_text(a_letter(), HEAD)
    for words in (
        "FEL-2K7Q-9M",
        "senast tisdag 24 november",
        "https://ekdala.example/arende/FEL-2K7Q-9M?nyckel=b2s7x6kq3j4n5m2p7c8d9e1f2g3h4j5k",
        "Gator och trafik",
        "0980-319 210",
        "Svaret går till Gator och trafik.",
    ):
        assert words in text


def test_no_line_of_text_is_longer_than_72_signs_but_the_address():
    lines = as_text(a_letter(paragraphs=(LONG,), facts=(("Gäller", LONG),)), HEAD).splitlines()
    assert all(len(line) <= 72 or line.startswith("https://") for line in lines)


def test_labels_and_values_stand_in_columns():
    lines = as_text(a_letter(), HEAD).splitlines()
    rows = [line for line in lines if line.startswith(("Ärendenummer:", "Lovad dag:", "Telefon:"))]
    assert {line.index(value) for line, value in zip(rows, ("FEL-", "tisdag", "0980"), strict=True)} == {15}


def test_a_long_value_keeps_to_its_column():
    text = as_text(a_letter(facts=(("Gäller", LONG),)), HEAD)
    start = text.index("Gäller:")
    first, second = text[start:].splitlines()[:2]
    assert second.startswith(" " * first.index("Vi")) and second.strip()


def test_line_breaks_of_the_writer_are_kept():
    letter = a_letter(paragraphs=("Hej Karin\nLyktan lyser nu.",))
    assert "Hej Karin\nLyktan lyser nu.\n" in as_text(letter, HEAD)
    assert "Hej Karin<br>Lyktan lyser nu." in as_html(letter, HEAD)


def test_html_is_valid_and_in_the_letters_language():
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(as_html(a_letter(), HEAD))
    assert parser.errors == []
    assert soup(a_letter(language="en")).html["lang"] == "en"


def test_html_has_one_heading_a_table_with_row_heads_and_one_button():
    page = soup(a_letter())
    assert [heading.text for heading in page.find_all("h1")] == ["Vi har tagit emot ditt ärende FEL-2K7Q-9M"]
    assert [head.text for head in page.find_all("th", scope="row")] == [
        "Ärendenummer",
        "Lovad dag",
        "Telefon",
    ]
    button = a_letter().button
    assert button is not None
    assert [link["href"] for link in page.find_all("a", string=button[0])] == [button[1]]


def test_html_fetches_nothing():
    page = soup(a_letter())
    assert not page.find_all(["img", "link", "script", "iframe"])
    assert "url(" not in as_html(a_letter(), HEAD)


def test_what_people_write_cannot_become_html():
    letter = a_letter(
        subject="<b>Hål</b>", paragraphs=("<script>alert(1)</script>",), facts=(("Plats", '"><img src=x>'),)
    )
    page = soup(letter)
    assert not page.find_all(["script", "img", "b"])
    assert "<script>alert(1)</script>" in page.text


def test_a_letter_without_reply_address_says_so():
    assert "Det går inte att svara på det här brevet." in as_text(a_letter(reply_to=""), HEAD)


def test_the_least_letter_has_no_empty_parts():
    letter = Letter(to="a@b.example", subject="Hej", paragraphs=("Klart.",), sender="Ekdala kommun")
    assert as_text(letter, HEAD).startswith("Klart.\n\n-- \nEkdala kommun\nhttps://ekdala.example\n")
    assert not soup(letter).find_all("table")


def test_a_letter_comes_back_from_the_database_as_it_was():
    assert Letter.stored("karin@post.example", a_letter().content()) == a_letter()
