"""`portal` with a clock that can be put forward: the real commands, at another time of day.

The file `ahead` in the home folder says how many seconds the clock is ahead. It is put in the place of
`portal.clock.now`, the only place that reads the clock, before anything else of the portal is there to ask it.
Besides the commands of `portal` there is `minute`: what the worker does each minute, now.
"""

import os
import runpy
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

from portal import clock


def now() -> datetime:
    """Give the present moment by the clock that was put forward."""
    return datetime.now(UTC) + timedelta(seconds=float(Path(os.environ["PORTAL_HOME"], "ahead").read_text()))


def main() -> None:
    """Run a command at the time of the clock."""
    clock.now = now
    if sys.argv[1:] != ["minute"]:
        runpy.run_module("portal", run_name="__main__", alter_sys=True)
        return
    portal = import_module("portal.app")
    import_module("portal.house").House(portal.FEATURES, portal.create_app).jobs().minute()


if __name__ == "__main__":
    main()
