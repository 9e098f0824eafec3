"""What services hang on the plug board."""

from pathlib import Path

from portal.feature import Feature, MenuEntry, Section
from portal.i18n import N_
from portal.services.desk import staff
from portal.services.sources import department_section, search_entries
from portal.services.views import public

FEATURE = Feature(
    name="services",
    folder=Path(__file__).parent,
    blueprints=(public, staff),
    desk_menu=(MenuEntry(N_("Lagtider"), "services_desk.clocks", 70),),
    department_sections=(Section("services/section.html", department_section, 20),),
    search_sources=(search_entries,),
)
