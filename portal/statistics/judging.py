"""Whether one reported figure, as somebody has written it, can be taken in; the same for a form and for a file. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.i18n import N_, Text
from portal.pledgebook.figures.outcomes import month_of
from portal.pledgebook.figures.periods import last_day_of
from portal.pledgebook.figures.reported import ReportedMonth, is_reported, is_share
from portal.pledgebook.models import Pledge, PledgeVersion, TargetUnit

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-01)?")
LONG_YEAR = re.compile(r"[0-9]{5,}-[0-9]{1,2}(?:-[0-9]{1,2})?")
WHOLE = re.compile(r"[0-9]{1,9}")
DECIMALS = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")
SPACES = re.compile(r"(?<=[0-9])[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}](?=[0-9]{3}\b)")
LONGEST_LINE, LONGEST_NOTE = 200, 1000
HIGHEST_INDEX = Decimal(100)


class Column(StrEnum):
    """What a reported figure is written as, by the names in a file."""

    PLEDGE = "lofte"
    MONTH = "manad"
    KEPT = "hallna"
    OUTCOMES = "utfall"
    VALUE = "varde"
    SOURCE = "kalla"
    VOUCHED_BY = "ansvarig"
    NOTE = "anmarkning"


EXPLAINED: Mapping[Column, str] = {
    Column.PLEDGE: N_("Löftets namn i webbadressen."),
    Column.MONTH: N_("En månad som är slut, till exempel 2026-10."),
    Column.KEPT: N_("Hur många gånger löftet hölls. Tomt för ett löfte som mäts med ett värde."),
    Column.OUTCOMES: N_("Av hur många. För ett värde: antal svar, om du vet det."),
    Column.VALUE: N_("Värdet, till exempel 74,5. Tomt för ett löfte som räknas i procent."),
    Column.SOURCE: N_("Var siffran kommer ifrån."),
    Column.VOUCHED_BY: N_("Vem som går i god för den."),
    Column.NOTE: N_("Behövs bara när du ändrar en siffra som finns. Skriv varför."),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong in a column, and what to do about it."""

    column: Column
    text: Text


@dataclass(frozen=True)
class Figure:
    """A figure that can be taken in."""

    version_id: int
    month: date
    kept: int | None
    outcomes: int | None
    value: Decimal | None
    source: str
    vouched_by: str
    note: str

    def same_as(self, current: ReportedMonth) -> bool:
        """Tell whether it says nothing else than what holds for the month already."""
        mine = (self.kept, self.outcomes, self.value, self.source, self.vouched_by)
        return mine == (
            current.kept,
            current.outcomes,
            current.value,
            current.source,
            current.vouched_by,
        )


Current = Mapping[tuple[int, date], ReportedMonth]
MISSING: Mapping[Column, str] = {
    Column.MONTH: N_("Månaden saknas. Skriv år och månad, till exempel 2026-10."),
    Column.KEPT: N_("Antalet hållna saknas. Skriv hur många gånger löftet hölls."),
    Column.OUTCOMES: N_("Antalet utfall saknas. Skriv av hur många."),
    Column.VALUE: N_("Värdet saknas. Skriv ett tal, till exempel 74,5."),
}
NO_MONTH = N_("Vi förstår inte månaden ”%(written)s”. Skriv år och månad, till exempel 2026-10.")
NO_YEAR = N_("Året i ”%(written)s” har fler än fyra siffror. Skriv till exempel 2026-10.")
NOT_OVER = N_("Månaden %(written)s är inte slut än. Rapportera den när den är det.")
NOT_IN_FORCE = N_("Löftet gällde inte i %(written)s. Se vilka månader det gäller på löftets sida.")
NOT_REPORTED = N_("Löftet räknades från ärenden i %(written)s och rapporteras inte.")
PERCENT = N_("Skriv antalet fall, inte procent. Löftet räknar ut andelen.")
NEGATIVE = N_("Talet kan inte vara mindre än 0.")
NOT_WHOLE = N_("Skriv ett helt tal utan decimaler.")
NO_NUMBER = N_("Vi förstår inte talet ”%(written)s”. Skriv bara siffror.")
TOO_MANY_KEPT = N_("Antalet hållna, %(kept)s, är större än antalet utfall, %(outcomes)s. Rätta ett av dem.")
NO_VALUE_HERE = N_("Löftet räknas i antal fall. Lämna värdet tomt och skriv hållna och utfall.")
NO_KEPT_HERE = N_("Löftet mäts med ett värde. Lämna hållna tomt och skriv värdet.")
NO_DECIMAL = N_(
    "Vi förstår inte värdet ”%(written)s”. Skriv ett tal med högst två decimaler och utan procenttecken, till exempel 74,5."
)
TOO_HIGH = N_("Ett index är högst 100.")
NO_SOURCE = N_("Skriv var siffran kommer ifrån, till exempel Telefonväxelns månadsrapport.")
NOBODY = N_("Skriv vem som går i god för siffran, till exempel Kundcenterchef.")
TOO_LONG = N_("Texten är för lång. Den får vara högst %(most)s tecken.")
NO_REASON = N_("Månaden har redan en siffra. Skriv varför den ändras.")


@dataclass(frozen=True)
class _Refused(Exception):
    """A column cannot be taken in."""

    column: Column
    text: Text


def judge(
    written: Mapping[Column, str], pledge: Pledge, current: Current, today: date
) -> Figure | tuple[Problem, ...]:
    """Give a figure for a pledge, loaded with versions, or every problem with what is written.

    `current` is what holds already, by version and month; to change it takes a note that says why.
    """
    values = {column: (written.get(column) or "").strip() for column in Column}
    try:
        version, month = _version(pledge, _month(values[Column.MONTH], today), values[Column.MONTH])
    except _Refused as refused:
        return (Problem(refused.column, refused.text), *_of_words(values))
    problems = [*_of_numbers(values, version), *_of_words(values)]
    if problems:
        return tuple(problems)
    figure = _figure(values, version, month)
    before = current.get((version.id, month))
    if before is not None and not figure.same_as(before) and not figure.note:
        return (Problem(Column.NOTE, Text(NO_REASON)),)
    return figure


def judge_apart(written: Mapping[Column, str], today: date) -> tuple[Problem, ...]:
    """Give the problems that show without knowing the pledge: of the month, and of the words."""
    values = {column: (written.get(column) or "").strip() for column in Column}
    try:
        _month(values[Column.MONTH], today)
    except _Refused as refused:
        return (Problem(refused.column, refused.text), *_of_words(values))
    return tuple(_of_words(values))


def _month(written: str, today: date) -> date:
    if not written:
        raise _Refused(Column.MONTH, Text(MISSING[Column.MONTH]))
    if LONG_YEAR.fullmatch(written):
        raise _Refused(Column.MONTH, Text(NO_YEAR, {"written": written}))
    found = MONTH.fullmatch(written)
    if found is None or found[1] == "0000":
        raise _Refused(Column.MONTH, Text(NO_MONTH, {"written": written[:40]}))
    month = date(int(found[1]), int(found[2]), 1)
    if month >= month_of(today):
        raise _Refused(Column.MONTH, Text(NOT_OVER, {"written": written}))
    return month


def _version(pledge: Pledge, month: date, written: str) -> tuple[PledgeVersion, date]:
    """Give the version that holds for the month: the latest that was in force on a day of it."""
    last = last_day_of(month)
    for version in sorted(pledge.versions, key=lambda one: -one.number):
        if version.valid_from <= last and (version.valid_to is None or version.valid_to >= month):
            if not is_reported(version):
                raise _Refused(Column.MONTH, Text(NOT_REPORTED, {"written": written}))
            return version, month
    raise _Refused(Column.MONTH, Text(NOT_IN_FORCE, {"written": written}))


def _of_numbers(values: Mapping[Column, str], version: PledgeVersion) -> Iterator[Problem]:
    if is_share(version):
        yield from _of_counts(values)
        if values[Column.VALUE]:
            yield Problem(Column.VALUE, Text(NO_VALUE_HERE))
        return
    if values[Column.KEPT]:
        yield Problem(Column.KEPT, Text(NO_KEPT_HERE))
    if values[Column.OUTCOMES]:
        yield from _of_count(Column.OUTCOMES, values[Column.OUTCOMES])
    yield from _of_value(values[Column.VALUE], version.target_unit)


def _of_counts(values: Mapping[Column, str]) -> Iterator[Problem]:
    kept, outcomes = values[Column.KEPT], values[Column.OUTCOMES]
    problems = [*_of_count(Column.KEPT, kept), *_of_count(Column.OUTCOMES, outcomes)]
    yield from problems
    if not problems and _whole(kept) > _whole(outcomes):
        yield Problem(Column.KEPT, Text(TOO_MANY_KEPT, {"kept": kept, "outcomes": outcomes}))


def _of_count(column: Column, written: str) -> Iterator[Problem]:
    bare = SPACES.sub("", written)
    if not written:
        yield Problem(column, Text(MISSING[column]))
    elif "%" in written:
        yield Problem(column, Text(PERCENT))
    elif re.fullmatch(r"[-−–][0-9][0-9.,]*", bare):
        yield Problem(column, Text(NEGATIVE))
    elif re.fullmatch(r"[0-9]+[.,][0-9]*", bare):
        yield Problem(column, Text(NOT_WHOLE))
    elif not (bare.isascii() and WHOLE.fullmatch(bare)):
        yield Problem(column, Text(NO_NUMBER, {"written": written[:40]}))


def _of_value(written: str, unit: TargetUnit) -> Iterator[Problem]:
    if not written:
        yield Problem(Column.VALUE, Text(MISSING[Column.VALUE]))
    elif re.fullmatch(r"[-−–][0-9][0-9.,]*", written):
        yield Problem(Column.VALUE, Text(NEGATIVE))
    elif not (written.isascii() and DECIMALS.fullmatch(written)):
        yield Problem(Column.VALUE, Text(NO_DECIMAL, {"written": written[:40]}))
    elif unit is TargetUnit.INDEX and _decimal(written) > HIGHEST_INDEX:
        yield Problem(Column.VALUE, Text(TOO_HIGH))


def _of_words(values: Mapping[Column, str]) -> Iterator[Problem]:
    for column, missing, most in (
        (Column.SOURCE, NO_SOURCE, LONGEST_LINE),
        (Column.VOUCHED_BY, NOBODY, LONGEST_LINE),
        (Column.NOTE, "", LONGEST_NOTE),
    ):
        if missing and not values[column]:
            yield Problem(column, Text(missing))
        elif len(values[column]) > most:
            yield Problem(column, Text(TOO_LONG, {"most": str(most)}))


def _figure(values: Mapping[Column, str], version: PledgeVersion, month: date) -> Figure:
    share = is_share(version)
    return Figure(
        version_id=version.id,
        month=month,
        kept=_whole(values[Column.KEPT]) if share else None,
        outcomes=_whole(values[Column.OUTCOMES]) if values[Column.OUTCOMES] else None,
        value=None if share else _decimal(values[Column.VALUE]),
        source=values[Column.SOURCE],
        vouched_by=values[Column.VOUCHED_BY],
        note=values[Column.NOTE],
    )


def _whole(written: str) -> int:
    return int(SPACES.sub("", written))


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))
