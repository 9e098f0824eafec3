"""What files hang on the plug board."""

from pathlib import Path

from portal.feature import Feature
from portal.files.actions import sweep_store

FEATURE = Feature(name="files", folder=Path(__file__).parent, sweeps=(sweep_store,))
