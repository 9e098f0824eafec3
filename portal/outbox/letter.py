"""A letter as a value: said once, made into text and HTML by one renderer."""

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Letter:
    """What is written to one person. All texts are in the reader's language.

    `button` is (words, full address); `facts` are (label, value) pairs; `sender` is the department's name.
    """

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    sender: str
    language: str = "sv"
    facts: tuple[tuple[str, str], ...] = ()
    button: tuple[str, str] | None = None
    closing: tuple[str, ...] = ()
    reply_to: str = ""

    def content(self) -> dict[str, Any]:
        """Give everything but the address, as it is stored."""
        stored = asdict(self)
        del stored["to"]
        return stored

    @classmethod
    def stored(cls, to: str, content: dict[str, Any]) -> Self:
        """Give the letter back from what `content` gave."""
        return cls(
            to=to,
            subject=content["subject"],
            paragraphs=tuple(content["paragraphs"]),
            sender=content["sender"],
            language=content["language"],
            facts=tuple((label, value) for label, value in content["facts"]),
            button=tuple(content["button"]) if content["button"] else None,
            closing=tuple(content["closing"]),
            reply_to=content["reply_to"],
        )
