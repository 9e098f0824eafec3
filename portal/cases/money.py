"""Sums of money in words. Pure."""

from decimal import Decimal

from portal.i18n import N_, Language, Text

ORE = 100


def kronor(ore: int, tongue: Language) -> str:
    """Give a sum of whole öre: "7 200 kronor", "12,50 kronor"."""
    number = tongue.number(Decimal(ore) / ORE if ore % ORE else ore // ORE)
    return tongue.say(Text(N_("%(number)s kronor"), {"number": number}))
