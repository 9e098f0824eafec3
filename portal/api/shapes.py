"""What the JSON API says of pledges, by the names that others rely on. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from portal.i18n import without_marks
from portal.pledgebook.figures.outcomes import Outcome
from portal.pledgebook.figures.series import PeriodFigure, ratio
from portal.pledgebook.figures.sight import Sight
from portal.pledgebook.models import Pledge, PledgeVersion

Json = dict[str, Any]


def number(value: Decimal | None) -> float | None:
    """Give a decimal as JSON has it."""
    return None if value is None else float(value)


def pledge_in_short(outcome: Outcome, base_url: str) -> Json:
    """Give a pledge as it stands in a list: its words, its measure, and how it has gone."""
    pledge, version = outcome.pledge, outcome.version
    return {
        "slug": pledge.slug,
        "url": f"{base_url}/loften/{pledge.slug}",
        "department": _department(pledge),
        "promise": without_marks(version.promise),
        "short": without_marks(version.short),
        "version": version.number,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "measure": version.measure.value,
        "source": version.source.value,
        "limit": _limit(version),
        "target": number(version.target),
        "target_unit": version.target_unit.value,
        "outcome": _outcome(outcome),
    }


def pledge_in_full(sight: Sight, base_url: str) -> Json:
    """Give everything that is public about a pledge, loaded with versions and scopes."""
    outcome = sight.outcome
    pledge, version = outcome.pledge, outcome.version
    return {
        **pledge_in_short(outcome, base_url),
        "content": list(version.content),
        "applies_to": version.applies_to,
        "not_applies": list(version.not_applies),
        "duties": list(version.duties),
        "remedy": list(version.remedy),
        "measured_as": version.measured_as,
        "pause_policy": version.pause_policy.value,
        "starts_at": version.starts_at.value,
        "statistics_only": pledge.statistics_only,
        "paused_reason": pledge.paused_reason,
        "owner": version.owner,
        "review_by": version.review_by.isoformat() if version.review_by else None,
        "law": _law(sight.law),
        "services": [{"slug": scope.service.slug, "category": scope.category} for scope in sight.scopes],
        "versions": [_version(each) for each in pledge.versions],
    }


def month_in_full(figure: PeriodFigure) -> Json:
    """Give one month of a pledge; every number is null when the month is hidden."""
    return {
        "month": f"{figure.first:%Y-%m}",
        "from": figure.first.isoformat(),
        "to": figure.last.isoformat(),
        "started": figure.started,
        "kept": figure.kept,
        "broken": figure.broken,
        "running": figure.running,
        "late_now": figure.late_now,
        "excused": figure.excused,
        "contested": figure.contested,
        "outcomes": figure.outcomes,
        "kept_ratio": number(figure.kept_ratio),
        "median": figure.median,
        "p90": figure.p90,
        "paused_share": number(figure.paused_share),
        "kept_without_pauses": figure.kept_without_pauses,
        "value": number(figure.value),
        "suppressed": figure.suppressed,
    }


def outcomes_of(pledge: Pledge, figures: Sequence[PeriodFigure]) -> Json:
    """Give the months of a pledge, oldest first."""
    return {"pledge": pledge.slug, "outcomes": [month_in_full(figure) for figure in figures]}


def _department(pledge: Pledge) -> Json | None:
    department = pledge.department
    return {"slug": department.slug, "name": department.name} if department else None


def _limit(version: PledgeVersion) -> Json | None:
    if version.amount is None or version.unit is None:
        return None
    return {"amount": version.amount, "unit": version.unit.value}


def _law(law: Mapping[str, Any]) -> Json | None:
    """Give the law's limit; whether it is verified is what the register says today."""
    if not law:
        return None
    return {name: law.get(name) for name in ("reference", "amount", "unit", "verified")}


def _version(version: PledgeVersion) -> Json:
    return {
        "number": version.number,
        "promise": without_marks(version.promise),
        "target": number(version.target),
        "limit": _limit(version),
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "decided_by": version.decided_by,
        "decided_on": version.decided_on.isoformat(),
        "paragraph": version.paragraph,
        "registry_number": version.registry_number,
    }


def _outcome(outcome: Outcome) -> Json:
    figure, period = outcome.figure, outcome.period
    kept, outcomes = figure.kept, figure.outcomes
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "kept": kept,
        "outcomes": outcomes,
        "late_now": figure.late_now,
        "running": figure.running,
        "kept_ratio": None if kept is None or outcomes is None else number(ratio(kept, outcomes)),
        "value": number(outcome.value),
        "verdict": outcome.verdict.value,
    }
