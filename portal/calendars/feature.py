"""What the calendars hang on the plug board."""

from pathlib import Path

from portal.accounts.rules import Deed
from portal.calendars.desk import staff
from portal.feature import Feature, MenuEntry
from portal.i18n import N_

FEATURE = Feature(
    name="calendars",
    folder=Path(__file__).parent,
    blueprints=(staff,),
    desk_menu=(MenuEntry(N_("Kalendrar"), "calendars_desk.calendars", 60, Deed.EDIT_CALENDAR),),
)
