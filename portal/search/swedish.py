"""Swedish words as they are searched for: small letters, endings taken off, the same on both sides."""

import re
from functools import lru_cache

import snowballstemmer
from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter

WORD = re.compile(r"\w+")
MOST_WORDS = 20
SHORTEST_DEFINITE = 4


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give a word without its Swedish ending: "gatlyktan" and "gatlyktor" become one."""
    # Snowball leaves the definite form of the first declension ("gatan"), which people write all the time.
    if word.endswith("an") and len(word) > SHORTEST_DEFINITE:
        word = word[:-1]
    # A stemmer remembers the word it works on, so threads must not share one.
    stemmed: str = snowballstemmer.stemmer("swedish").stemWord(word)
    return stemmed


def words(text: str) -> list[str]:
    """Give the words of a text as they are searched for, in order, at most twenty of them."""
    return [stem(word) for word in WORD.findall(text.lower())[:MOST_WORDS]]


ANALYSIS = RegexTokenizer(WORD) | LowercaseFilter() | StemFilter(stemfn=stem, cachesize=None)
