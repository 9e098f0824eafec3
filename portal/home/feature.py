"""What the first page hangs on the plug board."""

from pathlib import Path

from portal.feature import Feature
from portal.home.views import public

FEATURE = Feature(name="home", folder=Path(__file__).parent, blueprints=(public,))
