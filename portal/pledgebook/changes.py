"""What differs between two versions of a pledge, in a form that can be read. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum

from pledges.compensation import rules_from
from portal.i18n import N_, Text, without_marks
from portal.pledgebook.models import PledgeVersion, TargetUnit
from portal.pledgebook.terms import MEASURES, PAUSES, SOURCES, STARTS, compensation_words
from portal.services.lengths import limit_words

# What a changed field was, or is: somebody's words, a text of ours or several, a percentage, or a day.
Value = str | Text | Decimal | date | tuple[Text, ...]


class Part(StrEnum):
    """Whether a piece of a text stands in both versions, only in the first, or only in the second."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """Some words in a row that are alike; line breaks are kept."""

    part: Part
    text: str


@dataclass(frozen=True)
class Change:
    """One field that differs. `label` is a msgid. Of a text, `pieces`; of anything else, what it was and what it is.

    None, before or after, means that nothing stood there.
    """

    field: str
    label: str
    before: Value | None
    after: Value | None
    pieces: tuple[Piece, ...] = ()


TEXTS: Mapping[str, str] = {
    "promise": N_("Löftet"),
    "short": N_("Löftet i korthet"),
    "content": N_("Vad tjänsten innehåller"),
    "applies_to": N_("Löftet gäller"),
    "not_applies": N_("Löftet gäller inte"),
    "duties": N_("Det här behöver vi av dig"),
    "remedy": N_("Om vi inte håller löftet"),
    "measured_as": N_("Så mäter vi, i ord"),
}
VALUES: Mapping[str, str] = {
    "limit": N_("Tiden vi lovar"),
    "target": N_("Målet"),
    "measure": N_("Det som mäts"),
    "source": N_("Varifrån siffrorna kommer"),
    "starts_at": N_("När tiden börjar"),
    "pause_policy": N_("När tiden står stilla"),
    "holding_answer": N_("Besked om vem som svarar och när räknas som svar"),
    "compensation": N_("Det som följer när löftet bryts"),
    "law": N_("Lagen"),
    "owner": N_("Ansvarig"),
}
YES, NO = N_("Ja"), N_("Nej")
AT_MOST, INDEX = N_("högst %(number)s personer"), N_("index %(number)s")
# A word with the space after it, or the end of a line.
_WORD = re.compile(r"\n|[^\s]+[^\S\n]*")


def changes(before: PledgeVersion, after: PledgeVersion) -> tuple[Change, ...]:
    """Give every field that differs, in the order a pledge is read. Days and the decision are not among them.

    A promise whose only difference is which part is marked as measured is the same promise.
    """
    return (*_texts(before, after), *_values(before, after))


def _texts(before: PledgeVersion, after: PledgeVersion) -> Iterator[Change]:
    for field, label in TEXTS.items():
        old, new = _text(getattr(before, field)), _text(getattr(after, field))
        if old != new:
            yield Change(field, label, old or None, new or None, pieces(old, new))


def _text(value: str | Sequence[str] | None) -> str:
    return without_marks(value if isinstance(value, str) else "\n".join(value or ()))


def _values(before: PledgeVersion, after: PledgeVersion) -> Iterator[Change]:
    old, new = values_of(before), values_of(after)
    for field, label in VALUES.items():
        if old[field] != new[field]:
            yield Change(field, label, old[field], new[field])


def values_of(version: PledgeVersion) -> dict[str, Value | None]:
    """Give what is promised apart from the words, each part as something that can be said."""
    amount, unit = version.amount, version.unit
    return {
        "limit": limit_words(amount, unit) if amount is not None and unit is not None else None,
        "target": _target(version),
        "measure": Text(MEASURES[version.measure]) if version.measure else None,
        "source": Text(SOURCES[version.source]) if version.source else None,
        "starts_at": Text(STARTS[version.starts_at]) if version.starts_at else None,
        "pause_policy": Text(PAUSES[version.pause_policy]) if version.pause_policy else None,
        "holding_answer": Text(YES if version.holding_answer else NO),
        "compensation": _compensation(version),
        "law": str(version.law.get("reference", "")) or None if version.law else None,
        "owner": version.owner or None,
    }


def facts_of(version: PledgeVersion) -> tuple[tuple[str, Value], ...]:
    """Give what is promised apart from the words, each part with its label; what is not there is left out."""
    values = values_of(version)
    return tuple((label, value) for field, label in VALUES.items() if (value := values[field]) is not None)


def _target(version: PledgeVersion) -> Value | None:
    target: Decimal | None = version.target  # a draft may be without one
    if target is None:
        return None
    target = target.normalize() + 0
    if version.target_unit in (None, TargetUnit.PERCENT):
        return target
    message = INDEX if version.target_unit is TargetUnit.INDEX else AT_MOST
    return Text(message, {"number": f"{target:f}"})


def _compensation(version: PledgeVersion) -> tuple[Text, ...] | None:
    return tuple(map(compensation_words, rules_from(version.compensation or ()))) or None


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Give two texts as one, word by word: what stands in both, what was taken away, what has come."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(a=[w.strip(" ") for w in old], b=[w.strip(" ") for w in new], autojunk=False)
    found: list[Piece] = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            _add(found, Part.SAME, new[b1:b2])
            continue
        _add(found, Part.REMOVED, old[a1:a2])
        _add(found, Part.ADDED, new[b1:b2])
    return tuple(found)


def _add(found: list[Piece], part: Part, words: Sequence[str]) -> None:
    """The last word of a text has no space after it, and what is put after it must not grow together with it."""
    if not words:
        return
    text = "".join(words)
    if found and not found[-1].text[-1].isspace() and text[0] != "\n":
        text = f" {text}"
    found.append(Piece(part, text))
