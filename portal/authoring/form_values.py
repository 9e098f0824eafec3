"""Between the form and the draft: what a form is drawn with, and what a legal clock leaves in a pledge. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pledges.compensation import Kind, Per
from pledges.law import LegalClock
from portal.authoring.content import LISTS, WORDS, Content

# The choice that leaves what a pledge says of the law as it is.
KEPT_LAW = "som-forut"


def law_of(clock: LegalClock) -> dict[str, Any]:
    """Give what a pledge says of a legal clock: where it stands, its time, and whether somebody has verified it."""
    limit = {} if clock.limit is None else {"amount": clock.limit.amount, "unit": clock.limit.unit.value}
    return {"key": clock.key, "reference": clock.reference, **limit, "verified": clock.verified}


def values_of(content: Content, revision: int) -> dict[str, Any]:
    """Give what a form is drawn with, from the content of a draft."""
    fees = [rule for rule in content.compensation if rule["kind"] == Kind.FEE_REDUCTION]
    fee: Mapping[str, str] = fees[0] if fees else {}
    kinds = {rule["kind"] for rule in content.compensation}
    chosen = str(content.law.get("key") or KEPT_LAW) if content.law else ""
    return {
        **{name: getattr(content, name) for name in (*WORDS, "holding_answer", "review_by", "valid_from")},
        **{name: "\n".join(getattr(content, name)) for name in LISTS},
        **{name: getattr(content, name) or "" for name in ("measure", "source", "unit")},
        **{name: getattr(content, name) for name in ("starts_at", "pause_policy", "target_unit")},
        "revision": str(revision),
        "amount": _number(content.amount),
        "target": _number(content.target),
        "position": str(content.position),
        "apology": Kind.APOLOGY in kinds,
        "explanation": Kind.EXPLANATION in kinds,
        "fee_share": fee.get("share", ""),
        "fee_per": fee.get("per", Per.STARTED_WEEK.value),
        "fee_most": "" if fee.get("most", "1") == "1" else fee["most"],
        "scopes": [str(place) for place in content.scopes],
        "life_situations": list(content.life_situations),
        "keeper_id": str(content.keeper_id or ""),
        "law": chosen,
    }


def _number(value: int | Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
