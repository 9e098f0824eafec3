"""Languages: Swedish is the source; the others come from `translations/<code>/LC_MESSAGES/messages.po`."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Protocol

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from portal.clock import local

HARD_SPACE = "\N{NO-BREAK SPACE}"
WallTime = time  # Language has a way of writing that is called time
Value = str | time | date
FOLDER = Path(__file__).parent.parent / "translations"


def N_(msgid: str) -> str:  # noqa: N802  the name every extractor knows
    """Mark a text for translation where it is written; it is translated where it is shown."""
    return msgid


NUMBERS = (
    N_("noll"),
    N_("en"),
    N_("två"),
    N_("tre"),
    N_("fyra"),
    N_("fem"),
    N_("sex"),
    N_("sju"),
    N_("åtta"),
    N_("nio"),
    N_("tio"),
    N_("elva"),
    N_("tolv"),
)


def without_marks(words: str) -> str:
    """Give words without the asterisks that set their measured or dated part in bold."""
    return words.replace("*", "")


@dataclass(frozen=True)
class Text:
    """A text for a person, not yet in a language: a msgid and the values it names.

    A time of day among the values is written as each language writes it after "kl.", a day as "fredag 27 november".
    """

    message: str
    values: Mapping[str, Value] = field(default_factory=dict)


class Sayable(Protocol):
    """Anything with a msgid and values: a Text here, a Problem of `forms`."""

    @property
    def message(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Value]: ...


@dataclass(frozen=True)
class Language:
    """One language: its texts and its ways of writing days, times and numbers."""

    code: str
    name: str
    locale: Locale
    translations: gettext.NullTranslations

    def gettext(self, msgid: str) -> str:
        """Translate; a text without translation comes back in Swedish."""
        return self.translations.gettext(msgid) if msgid else ""

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Translate a text that counts something."""
        return self.translations.ngettext(one, many, number)

    def say(self, text: Sayable | str) -> str:
        """Give a text in this language, its values filled in."""
        if isinstance(text, str):
            return self.gettext(text)
        values = {name: self._written(value) for name, value in text.values.items()}
        return self.gettext(text.message) % values if values else self.gettext(text.message)

    def _written(self, value: Value) -> str:
        if isinstance(value, str):
            return value
        return self.clock(value) if isinstance(value, time) else self.day(value)

    @property
    def direction(self) -> str:
        """The way the language is written: ltr or rtl."""
        return self.locale.text_direction

    def day(self, day: date | datetime) -> str:
        """ "tisdag 24 november": a day near in time, as in a promise."""
        return self._date(day, "EEEE d MMMM")

    def short_day(self, day: date | datetime) -> str:
        """ "tis 24 nov": a day where room is short."""
        return self._date(day, "EEE d MMM").replace(".", "")

    def brief_day(self, day: date | datetime) -> str:
        """ "24 nov": a day beside a word that says what it is."""
        return self._date(day, "d MMM").replace(".", "")

    def full_day(self, day: date | datetime) -> str:
        """ "24 november 2026": a day that must be certain in a year."""
        return self._date(day, "d MMMM y")

    def month(self, day: date) -> str:
        """ "november 2026"."""
        return self._date(day, "LLLL y")

    def month_name(self, day: date) -> str:
        """ "november"."""
        return self._date(day, "LLLL")

    def short_month(self, day: date) -> str:
        """ "nov"."""
        return self._date(day, "LLL").replace(".", "")

    def time(self, moment: datetime) -> str:
        """ "kl. 07.52" in Swedish, "07:52" elsewhere."""
        wall = local(moment)
        return f"kl.{HARD_SPACE}{wall:%H.%M}" if self.code == "sv" else f"{wall:%H:%M}"

    def moment(self, moment: datetime) -> str:
        """ "10 nov kl. 07.52"."""
        return f"{self.brief_day(local(moment))} {self.time(moment)}"

    def clock(self, wall: WallTime) -> str:
        """ "8" or "16.30" in Swedish, as it is said after kl., "8:00" or "16:30" elsewhere: an hour we keep."""
        return self._clock(wall.hour, wall.minute)

    def span(self, opens: WallTime, closes: WallTime) -> str:
        """ "8–16.30" in Swedish, "8:00–16:30" elsewhere. Midnight as `closes` ends the day, at 24."""
        ends = self._clock(24, 0) if closes == time.min else self.clock(closes)
        return f"{self.clock(opens)}–{ends}"

    def _clock(self, hour: int, minute: int) -> str:
        if self.code == SOURCE:
            return f"{hour}.{minute:02}" if minute else str(hour)
        return f"{hour}:{minute:02}"

    def count_word(self, number: int, *, neuter: bool = False) -> str:
        """ "tre", in figures over twelve. One of something neuter is "ett" in Swedish, of anything else "en"."""
        if not 0 <= number < len(NUMBERS):
            return self.number(number)
        return self.gettext(N_("ett") if neuter and number == 1 else NUMBERS[number])

    def number(self, value: int | Decimal) -> str:
        """ "2 104" or "91,5", digits never parted from each other."""
        return format_decimal(value, locale=self.locale)

    def percent(self, value: Decimal) -> str:
        """ "91,5 %" in Swedish, "91.5%" in English: with the decimals it has, the sign never parted from the number."""
        return format_percent(value / 100, locale=self.locale, decimal_quantization=False)

    def _date(self, day: date | datetime, pattern: str) -> str:
        wall = local(day).date() if isinstance(day, datetime) else day
        return format_date(wall, pattern, locale=self.locale).replace(" ", HARD_SPACE)


# code -> the language's name for itself, and the locale that writes its days and numbers
LANGUAGES: Mapping[str, tuple[str, str]] = {"sv": ("Svenska", "sv_SE"), "en": ("English", "en_GB")}
SOURCE = "sv"


@cache
def language(code: str) -> Language:
    """Give a language by its code. Raises KeyError for one the portal does not speak."""
    name, locale = LANGUAGES[code]
    return Language(code, name, Locale.parse(locale), _translations(code))


def _translations(code: str) -> gettext.NullTranslations:
    path = FOLDER / code / "LC_MESSAGES" / "messages.po"
    if code == SOURCE or not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
