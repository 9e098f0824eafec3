"""What services hang on the plug board."""

from pathlib import Path

from portal.feature import Feature, Section
from portal.services.sources import department_section, search_entries

FEATURE = Feature(
    name="services",
    folder=Path(__file__).parent,
    department_sections=(Section("services/section.html", department_section, 20),),
    search_sources=(search_entries,),
)
