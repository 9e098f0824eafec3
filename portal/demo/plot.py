"""What will happen in each invented case, decided from a seed before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from pledges.calendar import Calendar
from portal.cases.reference import SIGNS, assemble
from portal.cases.rules import Channel, Outcome
from portal.clock import STOCKHOLM, local_day

YEAR = 365
# Some more cases of the last days, so that a desk has its hands full.
LATELY, LATELY_SHARE = 9, 0.08
FIRST_HOUR, LAST_HOUR = 8, 16
CHANNELS = {Channel.WEB: 62, Channel.PHONE: 20, Channel.EMAIL: 12, Channel.VISIT: 3, Channel.POST: 3}
OUTCOMES = {
    Outcome.REMEDIED: 78,
    Outcome.ANSWERED: 78,
    Outcome.APPROVED: 78,
    Outcome.REJECTED: 6,
    Outcome.NO_ACTION: 9,
    Outcome.NOT_OURS: 5,
    Outcome.DUPLICATE: 5,
    Outcome.NOT_FOUND: 3,
}
EARLIER = "ett tidigare ärende"
# Endings that answer the very description; the others are said in general words.
FITTING = frozenset({Outcome.REMEDIED, Outcome.ANSWERED, Outcome.APPROVED})
# How well a kind of matter is looked after: the share of cases that end in time.
CARE = (0.99, 0.97, 0.96, 0.94, 0.92, 0.86, 0.78)
LANGUAGES = {"sv": 94, "en": 6}


@dataclass(frozen=True)
class Plot:
    """One invented case: what somebody writes, and how quickly and how it will be dealt with.

    `pace` is the time to the end as a part of the promised time, over 1 when it is broken; `first` the working days to
    the first answer. `asks` is a question to the citizen or nothing, `reply_days` how long the citizen takes, None for
    never. `passed_to` is the department that a question to the service centre is handed over to, empty when it is
    settled there. All moments are aware.
    """

    reference_body: str
    submission: str
    service: str
    category: str
    title: str
    description: str
    place: str
    channel: Channel
    language: str
    email: str
    received_at: datetime
    answer: str
    progress: str
    asks: str
    reply_days: int | None
    outcome: Outcome
    outcome_text: str
    outcome_detail: str
    pace: float
    first: int
    handed_over: bool
    passed_to: str = ""

    def reference(self, prefix: str) -> str:
        """Give the case's reference in a service with the prefix."""
        return assemble(prefix, self.reference_body)


class Plotter:
    """Makes plots from the phrases and places of the demo content."""

    def __init__(
        self, phrases: Mapping[str, Any], streets: Mapping[str, Any], *, seed: int, at: datetime
    ) -> None:
        self.random = Random(seed)
        # What is passed on has chance of its own, so that everything else stays as the seed has it.
        self.passing = Random(f"{seed} passed on")
        self.phrases: Sequence[Mapping[str, Any]] = phrases["phrase"]
        self.places: Sequence[Mapping[str, Any]] = streets["place"]
        self.at, self.today = at, local_day(at)
        self.care = {self._matter(phrase): self.random.choice(CARE) for phrase in self.phrases}

    def plots(self, count: int) -> list[Plot]:
        """Give `count` plots, the oldest first."""
        bodies = self._bodies(count)
        plots = [self._plot(number, bodies[number]) for number in range(count)]
        return sorted(plots, key=lambda plot: plot.received_at)

    def _bodies(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found["".join(self.random.choices(SIGNS, k=5))] = None
        return list(found)

    def _plot(self, number: int, body: str) -> Plot:
        random = self.random
        days_ago = random.randint(0, LATELY if random.random() < LATELY_SHARE else YEAR - 1)
        day = self.today - timedelta(days=days_ago)
        phrase = self._phrase(day)
        place = self._place(phrase["place_kinds"])
        matter = random.randrange(len(phrase["descriptions"]))
        outcome, text, detail = self._outcome(phrase, matter)
        promised = random.random() < self.care[self._matter(phrase)]
        return Plot(
            reference_body=body,
            submission=f"demo-{number}",
            service=phrase["service"],
            category=phrase.get("category", ""),
            title=(phrase["titles"][matter] if "titles" in phrase else phrase["title"]).format(place=place),
            description=phrase["descriptions"][matter].format(place=place),
            place=place,
            channel=_weighted(random, CHANNELS),
            language=_weighted(random, LANGUAGES),
            email=f"invanare{number}@post.example" if random.random() < 0.85 else "",
            received_at=self._received(day),
            answer=phrase["answers"][matter],
            progress=random.choice(phrase["progress"]),
            asks=random.choice(phrase["completion"]) if random.random() < 0.12 else "",
            reply_days=random.randint(0, 8) if random.random() < 0.93 else None,
            outcome=outcome,
            outcome_text=text,
            outcome_detail=detail,
            pace=random.triangular(0.1, 1.0, 0.6) if promised else random.uniform(1.15, 2.4),
            first=random.choices((0, 1, 2, 3), (38, 40, 17, 5))[0],
            handed_over=random.random() < 0.05,
            passed_to=self._passed_to(phrase, matter),
        )

    def _received(self, day: date) -> datetime:
        """Give when it came in; what would come in later today came in yesterday."""
        moment = _moment(self.random, day)
        return moment if moment < self.at else moment - timedelta(days=1)

    def _passed_to(self, phrase: Mapping[str, Any], matter: int) -> str:
        """Give the department that the matter is handed over to; empty when it is settled where it first came."""
        passed = self.passing.random() < phrase.get("passed_share", 0)
        return str(phrase["passed_to"][matter]) if passed else ""

    def _phrase(self, day: date) -> Mapping[str, Any]:
        fit = [phrase for phrase in self.phrases if not phrase["months"] or day.month in phrase["months"]]
        return self.random.choices(fit, [phrase["weight"] for phrase in fit])[0]

    def _place(self, kinds: Sequence[str]) -> str:
        place = self.random.choice([place for place in self.places if place["kind"] in kinds])
        if "highest_number" not in place:
            return str(place["name"])
        return f"{place['name']} {self.random.randint(1, place['highest_number'])}"

    def _outcome(self, phrase: Mapping[str, Any], matter: int) -> tuple[Outcome, str, str]:
        """Give how the matter ends; a good ending fits the description that has the same place in its list."""
        possible = {
            outcome: weight for outcome, weight in OUTCOMES.items() if phrase["outcomes"].get(outcome.value)
        }
        outcome = _weighted(self.random, possible)
        endings = phrase["outcomes"][outcome.value]
        said = endings[matter] if outcome in FITTING else self.random.choice(endings)
        if isinstance(said, str):
            return outcome, said, EARLIER if outcome is Outcome.DUPLICATE else ""
        return outcome, said["note"], said.get("to", said.get("reason", ""))

    @staticmethod
    def _matter(phrase: Mapping[str, Any]) -> tuple[str, str]:
        return phrase["service"], phrase.get("category", "")


def _weighted(random: Random, weights: Mapping[Any, int]) -> Any:
    return random.choices(list(weights), list(weights.values()))[0]


def _moment(random: Random, day: date) -> datetime:
    """Give a moment at which people write: mostly by day, some in the evening."""
    hour = random.choices(range(6, 23), [2, 5, 8, 9, 9, 8, 7, 7, 7, 7, 7, 6, 5, 5, 4, 3, 1])[0]
    return datetime.combine(day, time(hour, random.randint(0, 59)), STOCKHOLM)


def office_moment(day: date, minute: int, days: Calendar) -> datetime:
    """Give a moment within office hours on the day, or on the next working day when it is none."""
    open_day = day if days.is_working_day(day) else days.next_working_day(day)
    span = (LAST_HOUR - FIRST_HOUR) * 60
    return datetime.combine(open_day, time(FIRST_HOUR), STOCKHOLM) + timedelta(minutes=minute % span)
