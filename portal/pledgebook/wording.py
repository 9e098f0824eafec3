"""Sentences about time and figures, in the reader's language, for drawings and pages alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pledges.fulfilment import Figure, Verdict
from portal.i18n import HARD_SPACE, Language
from portal.pledgebook.detail import Detail
from portal.pledgebook.outcomes import Outcome

WORKING_DAYS, WEEKS, MONTHS = "working_days", "weeks", "months"


@dataclass(frozen=True)
class Wording:
    """Says amounts of time and how a pledge went, in one language."""

    language: Language

    def limit(self, amount: int, unit: str) -> str:
        """Give a promised or legal time in its own unit, "fyra veckor"; numbers over twelve in figures."""
        return self._amount(amount, self.language.count_word(amount), unit)

    def counted(self, days: int, unit: str) -> str:
        """Give counted days in figures, "19 dagar"; a promise in weeks is counted in days."""
        return self._amount(days, self.language.number(days), WORKING_DAYS if unit == WORKING_DAYS else "")

    def _amount(self, amount: int, number: str, unit: str) -> str:
        ngettext = self.language.ngettext
        if unit == WORKING_DAYS:
            said = ngettext("%(number)s arbetsdag", "%(number)s arbetsdagar", amount)
        elif unit == WEEKS:
            said = ngettext("%(number)s vecka", "%(number)s veckor", amount)
        elif unit == MONTHS:
            said = ngettext("%(number)s månad", "%(number)s månader", amount)
        else:
            said = ngettext("%(number)s dag", "%(number)s dagar", amount)
        return (said % {"number": number}).replace(" ", HARD_SPACE)

    def findings(self, outcome: Outcome, detail: Detail) -> str:
        """Give what the dot field shows, in words: kept, too late, late now, running, and the middle."""
        return " ".join(
            (*self._settled(outcome, detail), *self._open(outcome.figure), self.median(detail))
        ).strip()

    def _settled(self, outcome: Outcome, detail: Detail) -> Iterator[str]:
        ngettext, number = self.language.ngettext, self.language.number
        kept, broken, limit = outcome.figure.kept or 0, outcome.broken, detail.limit
        text = ngettext(
            "%(count)s ärende blev klart inom %(limit)s.",
            "%(count)s ärenden blev klara inom %(limit)s.",
            kept,
        )
        yield text % {"count": number(kept), "limit": self.limit(limit.amount, limit.unit)}
        if broken:
            text = ngettext(
                "%(count)s blev klart för sent, efter %(longest)s.",
                "%(count)s blev klara för sent, efter som mest %(longest)s.",
                broken,
            )
            longest = self.counted(detail.lengths.longest_broken, limit.unit)
            yield text % {"count": number(broken), "longest": longest}

    def _open(self, figure: Figure) -> Iterator[str]:
        ngettext, number = self.language.ngettext, self.language.number
        if figure.late_now:
            text = ngettext("%(count)s är försenat nu.", "%(count)s är försenade nu.", figure.late_now)
            yield text % {"count": number(figure.late_now)}
        if figure.running:
            text = ngettext("%(count)s pågår i tid.", "%(count)s pågår i tid.", figure.running)
            yield text % {"count": number(figure.running)}

    def median(self, detail: Detail) -> str:
        """Give the time within which half of the ended cases were done; empty when it is not known."""
        if detail.lengths.median is None:
            return ""
        if detail.lengths.median == 0:
            return self.language.gettext("Hälften blev klara samma dag.")
        text = self.language.gettext("Hälften blev klara inom %(median)s.")
        return text % {"median": self.counted(detail.lengths.median, detail.limit.unit)}

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

    def over_law(self, number: int) -> str:
        """Give how many ended cases passed the law's limit."""
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
        return self._amount(0, "0", unit)

    def axis(self, unit: str) -> str:
        """Give what the axis counts, for a narrow drawing."""
        if unit == WORKING_DAYS:
            return self.language.gettext("Arbetsdagar")
        return self.language.gettext("Veckor") if unit == WEEKS else self.language.gettext("Dagar")

    def more_than(self, days: int, unit: str) -> str:
        """Give the place for the longest cases, beyond the days that are drawn."""
        return self.language.gettext("över %(days)s") % {"days": self.counted(days, unit)}

    def longest(self, days: int, unit: str) -> str:
        """Give the longest time an ended case took."""
        return self.language.gettext("%(days)s, den längsta tiden") % {"days": self.counted(days, unit)}

    def cases(self, number: int) -> str:
        """Give a number of settled cases."""
        text = self.language.ngettext("%(count)s ärende", "%(count)s ärenden", number)
        return text % {"count": self.language.number(number)}

    def months(self, detail: Detail) -> str:
        """Give what the months show, in words: how many reached the target, and the lowest of them."""
        shown = [month for month in detail.months if month.share is not None]
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
