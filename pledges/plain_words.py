"""The words of officialese, and the plain ones to write instead.

The list is that of the municipality's language advice, each word in the forms it is met
in. Law behind the advice: språklagen (2009:600) 11 §, "vårdat, enkelt och begripligt".
Both columns are Swedish whatever language the page is shown in: they speak of Swedish text.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PLAINER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "angående": "om",
        "avseende": "om",
        "beträffande": "om",
        "huruvida": "om",
        "i enlighet med": "enligt",
        "samt": "och",
        "ej": "inte",
        "skall": "ska",
        "per omgående": "genast",
        "vederbörande": "den som",
        "delges": "få",
        "delgavs": "fick",
        "delgivits": "fått",
        "erhålla": "få",
        "erhåller": "får",
        "erhöll": "fick",
        "erhållit": "fått",
        "erhållas": "fås",
        "inkomma med": "skicka",
        "inkommer med": "skickar",
        "inkom med": "skickade",
        "inkommit med": "skickat",
        "föreligga": "finnas",
        "föreligger": "finns",
        "förelåg": "fanns",
        "förelegat": "funnits",
        "ombesörja": "ordna",
        "ombesörjer": "ordnar",
        "ombesörjde": "ordnade",
        "ombesörjt": "ordnat",
        "ombesörjs": "ordnas",
    }
)


def pattern(phrases: Mapping[str, str]) -> re.Pattern[str]:
    """Give what finds any of the phrases as whole words, in either case, over any white space."""
    longest_first = sorted(phrases, key=len, reverse=True)
    spaced = (r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spaced)})(?![\w-])", re.IGNORECASE)
