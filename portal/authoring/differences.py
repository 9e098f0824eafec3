"""What differs between two drafts, or a draft and the version in force, to the last field. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from portal.accounts.models import Staff
from portal.authoring.content import Content, Place
from portal.i18n import N_, Text
from portal.pledgebook.changes import Change, Value, changes, pieces
from portal.pledgebook.life import SITUATIONS
from portal.services.models import Service


def differences(
    before: Content, after: Content, services: Sequence[Service], people: Sequence[Staff]
) -> tuple[Change, ...]:
    """Give every field that differs: what the public reads, where it holds, and the days and people behind it."""
    return (*changes(before.as_version(), after.as_version()), *_others(before, after, services, people))


def _others(
    before: Content, after: Content, services: Sequence[Service], people: Sequence[Staff]
) -> Iterator[Change]:
    old, new = place_names(before.scopes, services), place_names(after.scopes, services)
    if old != new:
        label = N_("Ärenden som löftet gäller")
        yield Change("scopes", label, old or None, new or None, pieces(old, new))
    named = {person.id: person.name for person in people}
    rows: Sequence[tuple[str, str, Value | None, Value | None]] = (
        (
            "life_situations",
            N_("Händelser i livet"),
            _situations(before.life_situations),
            _situations(after.life_situations),
        ),
        ("position", N_("Ordning"), str(before.position), str(after.position)),
        ("keeper_id", N_("Får påminnelsen"), _named(before, named), _named(after, named)),
        ("review_by", N_("Ses över senast"), before.review_by, after.review_by),
        ("valid_from", N_("Ska börja gälla"), before.valid_from, after.valid_from),
    )
    for field, label, was, becomes in rows:
        if was != becomes:
            yield Change(field, label, was, becomes)


def _named(content: Content, names: Mapping[int, str]) -> str | None:
    return names.get(content.keeper_id) if content.keeper_id is not None else None


def _situations(keys: Sequence[str]) -> tuple[Text, ...] | None:
    return tuple(Text(SITUATIONS[key]) for key in SITUATIONS if key in keys) or None


def place_names(places: Sequence[Place], services: Sequence[Service]) -> str:
    """Give services and categories by name, one a line."""
    names = {service.slug: service.name for service in services}
    categories = {(s.slug, category.key): category.name for s in services for category in s.categories}
    lines = []
    for place in sorted(places):
        category = categories.get((place.service, place.category), place.category)
        name = names.get(place.service, place.service)
        lines.append(f"{name}: {category}" if place.category else name)
    return "\n".join(lines)
