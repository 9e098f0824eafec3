"""The door to the cases from the web: how the running site opens them."""

from portal.cases.access import Access
from portal.web.portal import portal


def access() -> Access:
    """Give how cases are opened here, by the site's address and secret."""
    settings = portal().settings
    return Access(settings.base_url, settings.secret_key)
