"""Which pledges the index shows: by department, by situation in life, and by how it has gone."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Final

from pledges.fulfilment import Verdict
from portal.i18n import N_
from portal.pledgebook.figures.outcomes import Outcome
from portal.pledgebook.life import SITUATIONS

# The word in the address -> the verdict it stands for; the words of the marks name them to people.
VERDICTS: Final[Mapping[str, Verdict]] = MappingProxyType(
    {
        "holls": Verdict.HELD,
        "nara": Verdict.NEAR,
        "holls-inte": Verdict.BROKEN,
        "for-fa": Verdict.TOO_FEW,
        "mats-inte": Verdict.NOT_MEASURED,
    }
)
VERDICT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "holls": N_("Hölls"),
        "nara": N_("Nära"),
        "holls-inte": N_("Hölls inte"),
        "for-fa": N_("För få fall"),
        "mats-inte": N_("Mäts inte än"),
    }
)
# The key of the pledges that everybody makes, beside the slugs of the departments.
WHOLE: Final = "hela-kommunen"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see; empty is everything. The names are those of the address."""

    verksamhet: str = ""
    handelse: str = ""
    utfall: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything has been chosen."""
        return bool(self.verksamhet or self.handelse or self.utfall)

    def address(self) -> dict[str, str]:
        """Give what has been chosen as parts of an address."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Option:
    """One choice: its name (a msgid, or content when `is_content`), how many pledges it leaves, and the wish it leads to."""

    key: str
    name: str
    count: int
    wish: Wish
    chosen: bool
    is_content: bool = False


@dataclass(frozen=True)
class Facet:
    """One way to choose. `chosen` is the option that holds, None when all do; `all` the wish without it."""

    key: str
    options: tuple[Option, ...]
    all: Wish

    @property
    def chosen(self) -> Option | None:
        """The option that has been chosen."""
        return next((option for option in self.options if option.chosen), None)


def wish_of(asked: Mapping[str, str], outcomes: Sequence[Outcome]) -> Wish:
    """Give the wish of an address. A word that chooses nothing known is left out: the page then shows more, not less."""
    return Wish(
        _known(asked.get("verksamhet", ""), departments_of(outcomes)),
        _known(asked.get("handelse", ""), SITUATIONS),
        _known(asked.get("utfall", ""), VERDICTS),
    )


def chosen(outcomes: Sequence[Outcome], wish: Wish) -> list[Outcome]:
    """Give the pledges that fit a wish. What the whole municipality promises holds for every department too."""
    return [outcome for outcome in outcomes if _fits(outcome, wish)]


def facets_of(outcomes: Sequence[Outcome], wish: Wish) -> tuple[Facet, Facet, Facet]:
    """Give the three ways to choose. Each option counts the pledges it would leave, the other choices kept."""
    departments = departments_of(outcomes)
    verdicts, situations = VERDICT_NAMES, SITUATIONS
    content = departments.keys() - {WHOLE}
    return (
        _facet("utfall", outcomes, wish, verdicts, lambda key: replace(wish, utfall=key)),
        _facet("handelse", outcomes, wish, situations, lambda key: replace(wish, handelse=key)),
        _facet("verksamhet", outcomes, wish, departments, lambda key: replace(wish, verksamhet=key), content),
    )


def departments_of(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Give the departments that have pledges, by name, those of the whole municipality first."""
    own = {
        one.pledge.department.slug: one.pledge.department.name for one in outcomes if one.pledge.department
    }
    whole = {WHOLE: N_("Hela kommunen")} if any(not one.pledge.department for one in outcomes) else {}
    return {**whole, **dict(sorted(own.items(), key=lambda item: item[1]))}


def _facet(
    key: str,
    outcomes: Sequence[Outcome],
    wish: Wish,
    names: Mapping[str, str],
    with_key: Callable[[str], Wish],
    content: Collection[str] = (),
) -> Facet:
    held = getattr(wish, key)
    options = []
    for value, name in names.items():
        count = sum(_fits(outcome, with_key(value)) for outcome in outcomes)
        if count or value == held:
            options.append(Option(value, name, count, with_key(value), value == held, value in content))
    return Facet(key, tuple(options), with_key(""))


def _fits(outcome: Outcome, wish: Wish) -> bool:
    department = outcome.pledge.department
    return (
        (not wish.verksamhet or department is None or department.slug == wish.verksamhet)
        and (not wish.handelse or wish.handelse in outcome.pledge.life_situations)
        and (not wish.utfall or outcome.verdict is VERDICTS[wish.utfall])
    )


def _known(value: str, keys: Collection[str]) -> str:
    return value if value in keys else ""


@dataclass(frozen=True)
class Area:
    """The pledges of one department, or (without slug) of the whole municipality."""

    slug: str
    name: str
    outcomes: tuple[Outcome, ...]


def areas_of(outcomes: Sequence[Outcome], first: str = "") -> list[Area]:
    """Give the pledges by department: those of the whole municipality first, then by the department's name.

    The department whose slug is `first` stands before all others.
    """
    ordered = sorted(outcomes, key=lambda outcome: (*_area(outcome), outcome.pledge.id))
    areas = [Area(slug, name, tuple(same)) for (name, slug), same in groupby(ordered, key=_area)]
    return sorted(areas, key=lambda area: area.slug != first) if first else areas


def _area(outcome: Outcome) -> tuple[str, str]:
    department = outcome.pledge.department
    return (department.name, department.slug) if department else ("", "")
