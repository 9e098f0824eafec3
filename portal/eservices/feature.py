"""What the e-services hang on the plug board."""

from pathlib import Path

from portal.eservices.actions import sweep_drafts
from portal.eservices.views import public
from portal.feature import Feature, MenuEntry
from portal.i18n import N_

FEATURE = Feature(
    name="eservices",
    folder=Path(__file__).parent,
    blueprints=(public,),
    menu=(MenuEntry(N_("E-tjänster"), "eservices.catalogue", 20),),
    sweeps=(sweep_drafts,),
)
