"""What the JSON API hangs on the plug board."""

from pathlib import Path

from portal.api.views import api
from portal.feature import Feature

FEATURE = Feature(name="api", folder=Path(__file__).parent, blueprints=(api,))
