"""What the knowledge bank hangs on the plug board."""

from pathlib import Path

from portal.accounts.rules import Deed
from portal.faq.desk import staff
from portal.faq.sources import department_section, search_entries
from portal.faq.views import public
from portal.feature import Feature, MenuEntry, Section
from portal.i18n import N_

FEATURE = Feature(
    name="faq",
    folder=Path(__file__).parent,
    blueprints=(public, staff),
    menu=(MenuEntry(N_("Frågor och svar"), "faq.questions", 30),),
    desk_menu=(MenuEntry(N_("Kunskapsbank"), "faq_desk.answers", 20, Deed.READ_INTERNAL_ANSWERS),),
    department_sections=(Section("faq/section.html", department_section, 30),),
    search_sources=(search_entries,),
)
