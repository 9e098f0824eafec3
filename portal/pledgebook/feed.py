"""What has changed among the pledges: one entry for each version that came, changed or went, as words and as Atom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from pledges.local_time import end_of_day
from portal.i18n import N_, Language, without_marks
from portal.pledgebook.models import Pledge, PledgeVersion

ATOM: Final = "http://www.w3.org/2005/Atom"
# A tag URI (RFC 4151) names who gave it and when; this year never changes, or every entry would seem new.
TAG_YEAR: Final = 2026
MOST_IN_FEED: Final = 50


class ChangeKind(StrEnum):
    """What happened to a pledge."""

    NEW = "new"
    CHANGED = "changed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Change:
    """Something that happened to a pledge, at the moment everybody could know it."""

    kind: ChangeKind
    pledge: Pledge
    version: PledgeVersion
    at: datetime

    @property
    def key(self) -> str:
        """What tells the change from every other, for ever."""
        return f"{self.pledge.slug}/{self.version.number}{'/slut' if self.is_gone else ''}"

    @property
    def is_gone(self) -> bool:
        """Whether the pledge holds no more."""
        return self.kind in (ChangeKind.ENDED, ChangeKind.WITHDRAWN)


@dataclass(frozen=True)
class Publisher:
    """Whose feed it is: the municipality's name, and the address that its site begins with."""

    name: str
    base_url: str

    def address(self, path: str) -> str:
        """Give the whole address of a path."""
        return f"{self.base_url}{path}"

    def tag(self, key: str) -> str:
        """Give the tag URI of something we have named, which stays the same wherever it is read."""
        return f"tag:{urlsplit(self.base_url).hostname},{TAG_YEAR}:loften/{key}"


TITLES: Final[Mapping[ChangeKind, str]] = MappingProxyType(
    {
        ChangeKind.NEW: N_("Nytt löfte: %(promise)s"),
        ChangeKind.CHANGED: N_("Ändrat löfte: %(promise)s"),
        ChangeKind.ENDED: N_("Löftet gäller inte längre: %(promise)s"),
        ChangeKind.WITHDRAWN: N_("Tillbakadraget löfte: %(promise)s"),
    }
)


def changes_of(pledges: Iterable[Pledge], at: datetime) -> list[Change]:
    """Give everything that has happened up to a moment, the latest first.

    A version is known from its publication; one that was read in without a moment for that, from the day of its
    decision. A version that ends without another after it is gone from the midnight after its last day.
    """
    known = [change for pledge in pledges for change in _of_pledge(pledge) if change.at <= at]
    return sorted(known, key=lambda change: (change.at, change.key), reverse=True)


def _of_pledge(pledge: Pledge) -> Iterator[Change]:
    followed = {version.number - 1 for version in pledge.versions}
    for version in pledge.versions:
        kind = ChangeKind.NEW if version.number == 1 else ChangeKind.CHANGED
        yield Change(kind, pledge, version, version.published_at or _dawn(version.decided_on))
        if version.valid_to is None:
            continue
        if version.withdrawn_reason:
            yield Change(ChangeKind.WITHDRAWN, pledge, version, end_of_day(version.valid_to))
        elif version.number not in followed:
            yield Change(ChangeKind.ENDED, pledge, version, end_of_day(version.valid_to))


def _dawn(day: date) -> datetime:
    """Give the midnight that begins a Swedish day."""
    return end_of_day(day - timedelta(days=1))


def title_of(change: Change, language: Language) -> str:
    """Give what happened to which promise, in one line."""
    return language.gettext(TITLES[change.kind]) % {"promise": without_marks(change.version.short)}


def summary_of_change(change: Change, language: Language) -> str:
    """Give the promise itself, and from or until when it holds, or why it was taken back."""
    version, said = change.version, [without_marks(change.version.promise)]
    if change.is_gone and version.valid_to is not None:
        last = language.full_day(version.valid_to)
        said.append(language.gettext(N_("Löftet gällde till och med %(day)s.")) % {"day": last})
        said.append(version.withdrawn_reason)
    else:
        first = language.full_day(version.valid_from)
        said.append(language.gettext(N_("Gäller från %(day)s.")) % {"day": first})
    return " ".join(part for part in said if part)


def atom(changes: Sequence[Change], publisher: Publisher, language: Language, at: datetime) -> bytes:
    """Give the latest changes as an Atom feed (RFC 4287), in one language."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": language.code})
    title = language.gettext(N_("Ändringar i löftena från %(municipality)s"))
    _add(feed, "title", title % {"municipality": publisher.name})
    _add(feed, "id", publisher.tag("andringar"))
    _add(feed, "updated", _stamp(changes[0].at if changes else at))
    _link(feed, "self", publisher.address("/loften/andringar.atom"), "application/atom+xml")
    _link(feed, "alternate", publisher.address("/loften/andringar"), "text/html")
    _add(ET.SubElement(feed, _name("author")), "name", publisher.name)
    for change in changes[:MOST_IN_FEED]:
        _entry(feed, change, publisher, language)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: ET.Element, change: Change, publisher: Publisher, language: Language) -> None:
    entry = ET.SubElement(feed, _name("entry"))
    path = f"/loften/{change.pledge.slug}?version={change.version.number}"
    _add(entry, "title", title_of(change, language))
    _add(entry, "id", publisher.tag(change.key))
    _add(entry, "updated", _stamp(change.at))
    _add(entry, "published", _stamp(change.at))
    _link(entry, "alternate", publisher.address(path), "text/html")
    ET.SubElement(entry, _name("category"), {"term": change.kind.value})
    _add(entry, "summary", summary_of_change(change, language))


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, _name(tag)).text = text


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, _name("link"), {"rel": rel, "href": href, "type": kind})


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
