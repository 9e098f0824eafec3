"""How hard a Swedish text is to read: LIX, and advice on words and long sentences.

LIX is the mean length of a sentence in words, plus the percentage of words with more than
six letters. What counts, decided once so that two readings of one text always agree:

* A word holds at least one letter; its parts joined by hyphen or apostrophe are one word.
* Web addresses, e-mail addresses and numbers are neither words nor ends of sentences.
* A sentence ends with . ! or ?, with a colon before a capital letter, and with its line:
  a heading or an entry of a list is a sentence of its own.
* The dots of abbreviations, decimals and times of the day end nothing. Those that close a
  listing ("m.m.", "osv.") do when a capital letter follows.

The index says nothing of hard short words, so the word list goes with it. All of it is
advice: nothing here ever refuses a text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import Final

from pledges.plain_words import PLAINER, pattern
from pledges.wording import N_

# Below this the index jumps with every word, so it is not shown: "för kort text".
FEWEST_WORDS: Final = 100
# A word with more letters than this is long.
SHORT_WORD: Final = 6
# A sentence with more words than this is pointed out.
LONGEST_SENTENCE: Final = 30
# The index up to which a text needs no remark.
GOOD_INDEX: Final = 40

# Every pattern may begin only where a run of its signs begins, so that no text takes longer than its length.
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>()]*[^\s<>().,;:!?]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.-])(?:[\w-]+\.)+(?:se|nu|com|org|net|eu|example)\b(?:/[^\s<>()]*[^\s<>().,;:!?])?",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"^\s*(?:[-*•–#>]+|\d+[.)])\s+")
_ABBREVIATION: Final = re.compile(
    r"(?<![\w.])(?:t\.\s?ex|bl\.\s?a|d\.\s?v\.\s?s|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|p\.\s?g\.\s?a|s\.\s?k|f\.\s?d"
    r"|f\.\s?ö|m\.\s?a\.\s?o|kl|dnr|nr|ca|kap|tel|tfn|jfr|resp|inkl|exkl|avd|dvs|ev|enl|§)\.",
    re.IGNORECASE,
)
_LISTING_END: Final = re.compile(
    r"(?<![\w.])(?:m\.\s?m|m\.\s?fl|o\.\s?s\.\s?v|o\.\s?d|e\.\s?d|osv|etc)\.", re.IGNORECASE
)
_SENTENCE_END: Final = re.compile(r"(?<![.!?])[.!?]+[\"'”’»)\]]*(?=\s|$)|:(?=\s+[\"'”’»(]*[A-ZÅÄÖÉ])")
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")
_CAPITAL_FOLLOWS: Final = re.compile(r"\s+[\"'”’»(]*[A-ZÅÄÖÉ]")
_PLAINER: Final = pattern(PLAINER)


class Band(StrEnum):
    """How hard a text is by its index: under 30, under 40, under 50, up to 60, over 60."""

    VERY_EASY = "very_easy"
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    VERY_HARD = "very_hard"


BAND_NAMES: Final[Mapping[Band, str]] = MappingProxyType(
    {
        Band.VERY_EASY: N_("Mycket lätt"),
        Band.EASY: N_("Lätt"),
        Band.MEDIUM: N_("Medelsvår"),
        Band.HARD: N_("Svår"),
        Band.VERY_HARD: N_("Mycket svår"),
    }
)


class AdviceKind(StrEnum):
    """What a remark is about. The first four are about the text as a whole."""

    TOO_SHORT = "too_short"
    NOTICE = "notice"
    WARNING = "warning"
    REWRITE = "rewrite"
    LONG_SENTENCE = "long_sentence"
    HARD_WORD = "hard_word"


@dataclass(frozen=True)
class Advice:
    """A remark for whoever writes; it never stops anything.

    `where` is the phrase or sentence as it stands, empty for the text as a whole.
    `suggestion` is what to write instead, empty when that is for the writer to find.
    `message` is a Swedish msgid and `values` what it names.
    """

    kind: AdviceKind
    where: str
    suggestion: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class TextCount:
    """The words, sentences and long words of a text."""

    words: int
    sentences: int
    long_words: int

    @property
    def index(self) -> Fraction | None:
        """LIX exactly, however short the text; None without any word."""
        if self.words == 0:
            return None
        return Fraction(self.words, self.sentences) + Fraction(100 * self.long_words, self.words)

    @property
    def lix(self) -> Decimal | None:
        """LIX to show, with one decimal; None for a text of fewer than 100 words.

        Rounded up, so that a text that is too hard never reads as just easy enough.
        """
        if self.index is None or self.words < FEWEST_WORDS:
            return None
        return Decimal(ceil(self.index * 10)).scaleb(-1)

    @property
    def band(self) -> Band | None:
        """How hard the text is; None for a text of fewer than 100 words."""
        return None if self.index is None or self.words < FEWEST_WORDS else band(self.index)


def band(index: Fraction) -> Band:
    """Give the band of an index: its lower edge is in it, and 60 is still hard."""
    if index > 60:
        return Band.VERY_HARD
    edges = ((30, Band.VERY_EASY), (40, Band.EASY), (50, Band.MEDIUM))
    return next((found for edge, found in edges if index < edge), Band.HARD)


def count_text(text: str) -> TextCount:
    """Count a text by the rules at the top of this module."""
    words = [words for _, words in _sentences(text)]
    flat = [word for sentence in words for word in sentence]
    return TextCount(len(flat), len(words), sum(map(_is_long, flat)))


def advise(text: str) -> tuple[Advice, ...]:
    """Give advice on a text: first on the whole of it, then long sentences, then hard words.

    Each in the order it stands; the same word is remarked on once. Nothing to say of an
    empty text.
    """
    counted = count_text(text)
    if not counted.words:
        return ()
    return (*_on_the_whole(counted), *_on_long_sentences(text), *_on_hard_words(text))


def _on_the_whole(counted: TextCount) -> Iterator[Advice]:
    lix = counted.lix
    if lix is None:
        message = N_("För kort text för att mäta: %(words)s ord, det behövs %(needed)s.")
        values = {"words": str(counted.words), "needed": str(FEWEST_WORDS)}
        yield Advice(AdviceKind.TOO_SHORT, "", "", message, values)
    elif lix > GOOD_INDEX:
        kind, message = _grade(lix)
        yield Advice(kind, "", "", message, {"lix": str(lix).replace(".", ",")})


def _grade(lix: Decimal) -> tuple[AdviceKind, str]:
    if lix <= 45:
        return AdviceKind.NOTICE, N_("LIX är %(lix)s. Med kortare meningar blir texten lättare.")
    if lix <= 50:
        return AdviceKind.WARNING, N_("LIX är %(lix)s. Korta meningarna och byt långa ord mot enkla.")
    return AdviceKind.REWRITE, N_("LIX är %(lix)s. Skriv om texten, den är svår att läsa.")


def _on_long_sentences(text: str) -> Iterator[Advice]:
    message = N_("Meningen har %(words)s ord. Dela den, gärna vid högst 20 ord.")
    for sentence, words in _sentences(text):
        if len(words) > LONGEST_SENTENCE:
            yield Advice(AdviceKind.LONG_SENTENCE, sentence, "", message, {"words": str(len(words))})


def _on_hard_words(text: str) -> Iterator[Advice]:
    seen: set[str] = set()
    for found in _PLAINER.finditer(_ADDRESS.sub(" ", text)):
        where = " ".join(found.group().split())
        suggestion = PLAINER[where.lower()]
        if where.lower() not in seen:
            seen.add(where.lower())
            message, values = (
                N_("Skriv ”%(plain)s” i stället för ”%(word)s”."),
                {"plain": suggestion, "word": where},
            )
            yield Advice(AdviceKind.HARD_WORD, where, suggestion, message, values)


def _sentences(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give every sentence that holds a word, as it stands and as its words."""
    for line in text.splitlines():
        bare = _BULLET.sub("", line)
        # Masked sign by sign, so that a place in the mask is the same place in the line.
        masked = _ADDRESS.sub(_blank, bare)
        masked = _ABBREVIATION.sub(_dotless, masked)
        masked = _LISTING_END.sub(_keep_last_dot, masked)
        start = 0
        for end in (*(found.end() for found in _SENTENCE_END.finditer(masked)), len(masked)):
            words = _words(masked[start:end])
            if words:
                yield bare[start:end].strip(), words
            start = end


def _words(part: str) -> list[str]:
    found = (match.group() for match in _WORD.finditer(part))
    return [word for word in found if any(map(str.isalpha, word))]


def _is_long(word: str) -> bool:
    return sum(map(str.isalpha, word)) > SHORT_WORD


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _dotless(found: re.Match[str]) -> str:
    # A hyphen joins what the dots joined: "t.ex." is one word, "t. ex." is two.
    return re.sub(r"\.(?=\w)", "-", found.group()).replace(".", " ")


def _keep_last_dot(found: re.Match[str]) -> str:
    ends = _CAPITAL_FOLLOWS.match(found.string, found.end())
    return _dotless(found)[:-1] + ("." if ends else " ")
