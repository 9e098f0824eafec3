"""What was found, and the words of it that are shown."""

import re
from dataclasses import dataclass

from portal.search.swedish import WORD, stem

LONGEST_EXCERPT = 180
SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+|\n+")


@dataclass(frozen=True)
class Hit:
    """One public thing that fits what was asked for."""

    kind: str
    id: str
    title: str
    path: str
    department: str
    excerpt: str


def excerpt(text: str, wanted: set[str]) -> str:
    """Give the first sentence that holds a wanted word, or else the first of all, cut at a word."""
    sentences = [sentence.strip("-*# ") for sentence in SENTENCE_ENDS.split(text) if sentence.strip("-*# ")]
    fitting = (one for one in sentences if wanted & {stem(word) for word in WORD.findall(one.lower())})
    chosen = next(fitting, sentences[0] if sentences else "")
    if len(chosen) <= LONGEST_EXCERPT:
        return chosen
    return chosen[:LONGEST_EXCERPT].rsplit(" ", 1)[0].rstrip(",;:") + " …"
