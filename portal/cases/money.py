"""Sums of money, and parts of them, in words. Pure."""

from decimal import Decimal
from fractions import Fraction

from portal.i18n import N_, Language, Text

ORE = 100


def kronor(ore: int, tongue: Language) -> str:
    """Give a sum of whole öre: "7 200 kronor", "12,50 kronor"."""
    number = tongue.number(Decimal(ore) / ORE if ore % ORE else ore // ORE)
    return tongue.say(Text(N_("%(number)s kronor"), {"number": number}))


def percent(share: Fraction) -> str:
    """Give a part from 0 to 1 in percent, with a decimal when it needs one: "40", "33,3"."""
    whole = share * 100
    return str(whole) if whole.denominator == 1 else f"{float(whole):.1f}".replace(".", ",")
