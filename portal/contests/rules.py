"""What is asked of somebody who says that a promise was not kept. Pure."""

import re

from portal.cases.reference import SIGNS
from portal.i18n import without_marks

LONGEST_TEXT = 4000
LONGEST_TITLE = 120
# Three letters for the service and six of our signs, as they are after `cases.reference.tidy`.
REFERENCE = re.compile(rf"[A-ZÅÄÖ]{{3}}-[{SIGNS}]{{4}}-[{SIGNS}]{{2}}")


def is_shaped_like_a_reference(tidied: str) -> bool:
    """Tell whether a case number could be one of ours. Never whether there is such a case: that is nobody's business."""
    return REFERENCE.fullmatch(tidied) is not None


def title_of(short: str) -> str:
    """Give what the case is called in the staff's lists, at most 120 signs; `short` is the promise with its marks."""
    title = f"Löftet hölls inte: {without_marks(short)}"
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
