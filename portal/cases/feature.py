"""What the cases hang on the plug board."""

from pathlib import Path

from portal.cases.checking import differences
from portal.cases.views import public
from portal.feature import Check, Feature, MenuEntry
from portal.i18n import N_

FEATURE = Feature(
    name="cases",
    folder=Path(__file__).parent,
    blueprints=(public,),
    menu=(MenuEntry(N_("Följ ditt ärende"), "cases.find", 40),),
    checks=(Check("cases", differences),),
)
