"""What contested promises hang on the plug board."""

from pathlib import Path

from portal.contests.views import public
from portal.feature import Feature

FEATURE = Feature(name="contests", folder=Path(__file__).parent, blueprints=(public,))
