"""What departments hang on the plug board."""

from pathlib import Path

from portal.departments.frame import frame
from portal.departments.sources import search_entries
from portal.departments.views import public
from portal.feature import Feature

FEATURE = Feature(
    name="departments",
    folder=Path(__file__).parent,
    blueprints=(public,),
    search_sources=(search_entries,),
    frame=frame,
)
