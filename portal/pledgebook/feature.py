"""What the pledges hang on the plug board."""

from pathlib import Path

from portal.accounts.rules import Deed
from portal.feature import Feature, MenuEntry, Section
from portal.i18n import N_
from portal.pledgebook.desk import staff
from portal.pledgebook.desk_months import months_desk
from portal.pledgebook.print_views import printing
from portal.pledgebook.sources import department_section, search_entries
from portal.pledgebook.views import public

FEATURE = Feature(
    name="pledgebook",
    folder=Path(__file__).parent,
    blueprints=(public, printing, staff, months_desk),
    menu=(MenuEntry(N_("Löften"), "pledgebook.pledges", 10),),
    desk_menu=(MenuEntry(N_("Kalendrar"), "pledgebook_desk.calendars", 60, Deed.EDIT_CALENDAR),),
    department_sections=(Section("pledgebook/section.html", department_section, 10),),
    search_sources=(search_entries,),
)
