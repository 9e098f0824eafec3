"""What the workspace hangs on the plug board."""

from pathlib import Path

from portal.accounts.rules import Deed
from portal.feature import Feature, MenuEntry
from portal.i18n import N_
from portal.workspace.desk import desk

FEATURE = Feature(
    name="workspace",
    folder=Path(__file__).parent,
    blueprints=(desk,),
    desk_menu=(MenuEntry(N_("Brev"), "workspace.letters", 80, Deed.READ_LETTERS),),
)
