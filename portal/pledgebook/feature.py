"""What the pledges hang on the plug board."""

from pathlib import Path

from portal.feature import Feature, MenuEntry, Section
from portal.i18n import N_
from portal.pledgebook.desk import months_desk
from portal.pledgebook.print_views import printing
from portal.pledgebook.sources import department_section, search_entries
from portal.pledgebook.views import public

FEATURE = Feature(
    name="pledgebook",
    folder=Path(__file__).parent,
    blueprints=(public, printing, months_desk),
    menu=(MenuEntry(N_("Löften"), "pledgebook.pledges", 10),),
    department_sections=(Section("pledgebook/section.html", department_section, 10),),
    search_sources=(search_entries,),
)
