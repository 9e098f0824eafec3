"""What the staff's accounts hang on the plug board."""

from pathlib import Path

from portal.accounts.actions import forget_old
from portal.accounts.desk import desk
from portal.feature import Feature

FEATURE = Feature(
    name="accounts",
    folder=Path(__file__).parent,
    blueprints=(desk,),
    sweeps=(forget_old,),
)
