"""Which tests share a process when several run at once: those that share something slow to set up.

The groups of pytest-xdist 3.8 have no effect under pytest 9.2, which keeps a test's name in another place.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/site/test_crawl.py")


class SharingScheduling(LoadScopeScheduling):
    """Hands out one test at a time, and what shares a site all to one process, first of all."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)
