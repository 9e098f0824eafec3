"""What the words of a dot field stand round."""

from dataclasses import dataclass
from typing import Final

from portal.drawings.cases import Cases
from portal.drawings.lettering import Words
from portal.drawings.scale import Frame, Scale
from portal.drawings.shapes import Size

_ROOMY: Final = frozenset({Size.WIDE, Size.MEDIUM})


def said(*words: Words) -> list[Words]:
    """Leave out the texts that are empty."""
    return [text for text in words if text.text]


@dataclass(frozen=True)
class Ground:
    """What the words stand round: the frame, the scale, the cases and the last place with a late one."""

    frame: Frame
    scale: Scale
    cases: Cases
    last: int | None

    @property
    def line(self) -> float:
        """The x of the promise line."""
        return self.scale.x(self.cases.promise)

    @property
    def law_line(self) -> float | None:
        """The x of the law's line, or None when there is none to draw."""
        law = self.cases.law
        if not law or law == self.cases.promise or law > self.scale.reach.upto:
            return None
        return self.scale.x(law)

    @property
    def roomy(self) -> bool:
        """Whether the size has room for more than the most needed words."""
        return self.frame.size in _ROOMY

    def x(self, day: int) -> float:
        """Give the x of the end of that day; a day beyond the scale is at the right edge."""
        return self.scale.x(day) if day <= self.scale.reach.upto else self.frame.width
