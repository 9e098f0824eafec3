"""Sentences about time and figures, in the reader's language, for drawings and pages alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from pledges.clock import Limit, Unit
from pledges.fulfilment import Figure, Verdict
from portal.i18n import HARD_SPACE, N_, Language, Text
from portal.pledgebook.figures.by_month import Month
from portal.pledgebook.figures.detail import Detail
from portal.pledgebook.figures.outcomes import Outcome

# One of each unit, and several; both are msgids.
AMOUNTS: Mapping[Unit, tuple[str, str]] = {
    Unit.WORKING_DAYS: (N_("%(number)s arbetsdag"), N_("%(number)s arbetsdagar")),
    Unit.CALENDAR_DAYS: (N_("%(number)s dag"), N_("%(number)s dagar")),
    Unit.WEEKS: (N_("%(number)s vecka"), N_("%(number)s veckor")),
    Unit.MONTHS: (N_("%(number)s månad"), N_("%(number)s månader")),
    Unit.WORKING_HOURS: (N_("%(number)s arbetstimme"), N_("%(number)s arbetstimmar")),
    Unit.CLOCK_HOURS: (N_("%(number)s timme"), N_("%(number)s timmar")),
}
# What a clock counts under a limit in each unit; the others count their own.
COUNTED: Mapping[Unit, Unit] = {
    Unit.WEEKS: Unit.CALENDAR_DAYS,
    Unit.MONTHS: Unit.CALENDAR_DAYS,
    Unit.SAME_DAY: Unit.WORKING_DAYS,
}
AXES: Mapping[Unit, str] = {
    Unit.WORKING_DAYS: N_("Arbetsdagar"),
    Unit.CALENDAR_DAYS: N_("Dagar"),
    Unit.WEEKS: N_("Veckor"),
    Unit.WORKING_HOURS: N_("Arbetstimmar"),
    Unit.CLOCK_HOURS: N_("Timmar"),
}


@dataclass(frozen=True)
class Wording:
    """Says amounts of time and how a pledge went, in one language."""

    language: Language

    def limit(self, amount: int, unit: str) -> str:
        """Give a promised or legal time in its own unit, "fyra veckor"; numbers over twelve in figures."""
        kind = Unit(unit)
        if kind is Unit.SAME_DAY:
            return self.language.say(Text(N_("samma dag, före kl. %(hour)s"), {"hour": time(amount)}))
        return self._amount(amount, self.language.count_word(amount), kind)

    def counted(self, number: int, unit: str) -> str:
        """Give counted time in figures, "19 dagar"; a promise in weeks or months is counted in days."""
        kind = Unit(unit)
        return self._amount(number, self.language.number(number), COUNTED.get(kind, kind))

    def within(self, limit: Limit) -> str:
        """Give a promised time as that within which something is done: "inom tio arbetsdagar"."""
        if limit.unit is Unit.SAME_DAY:
            return self.language.gettext("i tid")
        return self.language.gettext("inom %(limit)s") % {"limit": self.limit(limit.amount, limit.unit)}

    def units(self, unit: str) -> str:
        """Give the heading of a column of counted time: "Arbetsdagar"."""
        kind = Unit(unit)
        return self.language.gettext(AXES[COUNTED.get(kind, kind)])

    def _amount(self, amount: int, number: str, unit: Unit) -> str:
        said = self.language.ngettext(*AMOUNTS[unit], amount)
        return (said % {"number": number}).replace(" ", HARD_SPACE)

    def findings(self, outcome: Outcome, detail: Detail) -> str:
        """Give what the dot field shows, in words: kept, too late, late now, running, and the middle."""
        parts = (
            *self._kept(outcome, detail),
            *self._late(outcome, detail),
            *self._running(outcome.figure),
            self.median(detail),
        )
        return " ".join(part for part in parts if part)

    def failures(self, outcome: Outcome, detail: Detail) -> str:
        """Give what became of the cases that did not keep the promise; empty when all did."""
        return " ".join(self._late(outcome, detail))

    def _kept(self, outcome: Outcome, detail: Detail) -> Iterator[str]:
        kept = outcome.figure.kept or 0
        text = self.language.ngettext(
            "%(count)s ärende blev klart %(within)s.",
            "%(count)s ärenden blev klara %(within)s.",
            kept,
        )
        yield text % {"count": self.language.number(kept), "within": self.within(detail.limit)}

    def _late(self, outcome: Outcome, detail: Detail) -> Iterator[str]:
        ngettext, number = self.language.ngettext, self.language.number
        broken, late_now = outcome.broken, outcome.figure.late_now or 0
        if broken:
            text = ngettext(
                "%(count)s blev klart för sent, efter %(longest)s.",
                "%(count)s blev klara för sent, efter som mest %(longest)s.",
                broken,
            )
            longest = self.counted(detail.lengths.longest_broken, detail.limit.unit)
            yield text % {"count": number(broken), "longest": longest}
        if late_now:
            text = ngettext("%(count)s är försenat nu.", "%(count)s är försenade nu.", late_now)
            yield text % {"count": number(late_now)}

    def _running(self, figure: Figure) -> Iterator[str]:
        if figure.running:
            text = self.language.ngettext("%(count)s pågår i tid.", "%(count)s pågår i tid.", figure.running)
            yield text % {"count": self.language.number(figure.running)}

    def median(self, detail: Detail) -> str:
        """Give the time within which half of the ended cases were done; empty when it is not known."""
        if detail.lengths.median is None:
            return ""
        if detail.lengths.median == 0:
            return self.language.gettext("Hälften blev klara samma dag.")
        text = self.language.gettext("Hälften blev klara inom %(median)s.")
        return text % {"median": self.counted(detail.lengths.median, detail.limit.unit)}

    def usual(self, detail: Detail) -> str:
        """Give the time within which half, and nine of ten, of the ended cases were done; empty when not known.

        Nine of ten alone would read as how long it usually takes.
        """
        median, most = detail.lengths.median, detail.lengths.nine_of_ten
        if median is None or most is None:
            return ""
        unit = detail.limit.unit
        values = {"median": self.counted(median, unit), "most": self.counted(most, unit)}
        if most == 0:
            return self.language.gettext("Nio av tio blev klara samma dag.")
        if median == 0:
            text = self.language.gettext("Hälften blev klara samma dag, nio av tio inom %(most)s.")
        else:
            text = self.language.gettext("Hälften blev klara inom %(median)s, nio av tio inom %(most)s.")
        return text % values

    def field_title(self, outcome: Outcome, detail: Detail) -> str:
        """Give what the dot field is a picture of."""
        number = (outcome.figure.outcomes or 0) + (outcome.figure.running or 0)
        text = self.language.ngettext(
            "%(count)s ärende mot löftet %(limit)s", "%(count)s ärenden mot löftet %(limit)s", number
        )
        limit = self.limit(detail.limit.amount, detail.limit.unit)
        return text % {"count": self.language.number(number), "limit": limit}

    def our_limit(self, detail: Detail) -> str:
        """Give the words at the promised line."""
        limit = self.limit(detail.limit.amount, detail.limit.unit)
        return self.language.gettext("Vårt löfte: %(limit)s") % {"limit": limit}

    def law_limit(self, detail: Detail) -> str:
        """Give the words at the law's line; empty without one."""
        if detail.law is None:
            return ""
        limit = self.limit(detail.law.amount, detail.law.unit)
        return self.language.gettext("Lagens gräns: %(limit)s") % {"limit": limit}

    def over_law(self, number: int | None) -> str:
        """Give how many ended cases passed the law's limit; empty when nothing can be counted against it."""
        if number is None:
            return ""
        if not number:
            return self.language.gettext("inget ärende över")
        text = self.language.ngettext("%(count)s ärende över", "%(count)s ärenden över", number)
        return text % {"count": self.language.number(number)}

    def in_time(self, figure: Figure) -> str:
        """Give how many kept the promise, at the promised line."""
        kept = figure.kept or 0
        text = self.language.ngettext("%(count)s ärende i tid", "%(count)s ärenden i tid", kept)
        return text % {"count": self.language.number(kept)}

    def not_in_time(self, outcome: Outcome) -> str:
        """Give how many did not, at the other side of the line; empty when all did."""
        ngettext, number = self.language.ngettext, self.language.number
        broken, late = outcome.broken, outcome.figure.late_now or 0
        said = []
        if broken:
            said.append(
                ngettext("%(count)s klart för sent", "%(count)s klara för sent", broken)
                % {"count": number(broken)}
            )
        if late:
            said.append(
                ngettext("%(count)s försenat nu", "%(count)s försenade nu", late) % {"count": number(late)}
            )
        return ", ".join(said) or self.language.gettext("inget ärende")

    def axis_begins(self, unit: str) -> str:
        """Give the beginning of the axis, which tells what it counts."""
        kind = Unit(unit)
        return self._amount(0, "0", kind if kind is Unit.WEEKS else COUNTED.get(kind, kind))

    def axis(self, unit: str) -> str:
        """Give what the axis counts, for a narrow drawing."""
        kind = Unit(unit)
        return self.language.gettext(AXES[kind if kind is Unit.WEEKS else COUNTED.get(kind, kind)])

    def more_than(self, days: int, unit: str) -> str:
        """Give the place for the longest cases, beyond the days that are drawn."""
        return self.language.gettext("över %(days)s") % {"days": self.counted(days, unit)}

    def longest(self, days: int, unit: str) -> str:
        """Give the longest time an ended case took."""
        return self.language.gettext("%(days)s, den längsta tiden") % {"days": self.counted(days, unit)}

    def cases(self, number: int) -> str:
        """Give a number of outcomes: of cases, or of calls and answers that were reported."""
        text = self.language.ngettext("%(count)s fall", "%(count)s fall", number)
        return text % {"count": self.language.number(number)}

    def months(self, months: Sequence[Month]) -> str:
        """Give what the months show, in words: how many reached the target, and the lowest of them."""
        shown = [month for month in months if month.share is not None]
        if not shown:
            return self.language.gettext("Ingen månad har tillräckligt många fall för att visas.")
        reached = sum(month.figure.verdict is Verdict.HELD for month in shown)
        lowest = min(shown, key=lambda month: month.share or 0)
        text = self.language.ngettext(
            "Målet nåddes %(reached)s av %(count)s månad. Lägst var %(month)s med %(share)s.",
            "Målet nåddes %(reached)s av %(count)s månader. Lägst var %(month)s med %(share)s.",
            len(shown),
        )
        return text % {
            "reached": self.language.number(reached),
            "count": self.language.number(len(shown)),
            "month": self.language.month(lowest.month),
            "share": self.language.percent(lowest.share or Decimal(0)),
        }
