"""Situations in life: the other way in to the pledges, for whoever does not know which part of us does what."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from portal.i18n import N_

# What stands in `Pledge.life_situations` and in addresses -> what a person reads, in the order it is shown.
SITUATIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "trasigt": N_("Något är trasigt"),
        "bygga-bo": N_("Bygga och bo"),
        "barn-skola": N_("Barn och skola"),
        "aldre-stod": N_("Bli äldre eller behöva stöd"),
        "familj-ekonomi": N_("Familj och ekonomi"),
        "trafik-resor": N_("Trafik och resor"),
        "foretag": N_("Driva företag"),
        "fritid": N_("Fritid och förening"),
        "kontakt": N_("Fråga oss och få svar"),
        "paverka": N_("Klaga, påverka och få insyn"),
    }
)
