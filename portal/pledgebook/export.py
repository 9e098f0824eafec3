"""Writing pledges out in the grammar that `content` reads, so that what was written can be read in again."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.pledgebook.content import Status
from portal.pledgebook.models import Pledge, PledgeScope, PledgeVersion
from portal.pledgebook.scopes import scopes_on

TEXTS = (
    "promise",
    "short",
    "applies_to",
    "measured_as",
    "owner",
    "decided_by",
    "paragraph",
    "registry_number",
)
LISTS = ("content", "not_applies", "duties", "remedy")
KINDS = ("measure", "source", "target_unit", "starts_at", "pause_policy")


def export_pledges(db: Session) -> dict[str, Any]:
    """Give every pledge with its versions, from the oldest, as `import_pledges` takes them. The scopes stand in the last."""
    found = db.scalars(
        select(Pledge)
        .options(joinedload(Pledge.department), joinedload(Pledge.keeper), selectinload(Pledge.versions))
        .options(selectinload(Pledge.scopes).joinedload(PledgeScope.service))
        .order_by(Pledge.id)
    ).all()
    return {"pledge": [_pledge(pledge) for pledge in found]}


def _pledge(pledge: Pledge) -> dict[str, Any]:
    versions = [_version(version) for version in reversed(pledge.versions)]
    latest = pledge.versions[0].valid_from if versions else date.min
    scopes = scopes_on(pledge, latest)
    if versions and scopes:
        versions[-1]["position"] = scopes[0].position
        versions[-1]["scope"] = [_scope(scope) for scope in scopes]
    return {
        "slug": pledge.slug,
        "department": pledge.department.slug if pledge.department else "",
        "status": (Status.PAUSED if pledge.paused_reason else Status.ACTIVE).value,
        "pause_reason": pledge.paused_reason,
        "statistics_only": pledge.statistics_only,
        "life_situations": list(pledge.life_situations),
        "keeper": pledge.keeper.email if pledge.keeper else "",
        "version": versions,
    }


def _scope(scope: PledgeScope) -> dict[str, str]:
    named = {"service": scope.service.slug}
    return {**named, "category": scope.category} if scope.category else named


def _version(version: PledgeVersion) -> dict[str, Any]:
    limit = {"amount": version.amount, "unit": version.unit.value} if version.amount and version.unit else {}
    return {
        "number": version.number,
        **{name: getattr(version, name) for name in (*TEXTS, *LISTS)},
        **{name: getattr(version, name).value for name in KINDS},
        **limit,
        "target": str(version.target),
        "holding_answer": version.holding_answer,
        "decided_on": _day(version.decided_on),
        "valid_from": _day(version.valid_from),
        "valid_to": _day(version.valid_to),
        "review_by": _day(version.review_by),
        "published_at": _moment(version.published_at),
        "withdrawn_reason": version.withdrawn_reason,
        "law": dict(version.law),
        "compensation": [dict(rule) for rule in version.compensation],
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def as_toml(content: Mapping[str, Any]) -> str:
    """Give what `export_pledges` gave as a TOML file that a person can read and change."""
    return "\n".join(line for pledge in content["pledge"] for line in _table("pledge", pledge)) + "\n"


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield f"[[{name}]]"
    for key, value in values.items():
        if key != "version":
            yield f"{key} = {_value(value)}"
    yield ""
    for version in values.get("version", ()):
        yield from _table(f"{name}.version", version)


def _value(value: Any) -> str:
    """A JSON text is a TOML text, but for one sign."""
    if isinstance(value, Mapping):
        return (
            "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
            if value
            else "{}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
