"""The citizen's key to a case, and the addresses that carry it.

The key is derived from the case's nonce and the site's secret, so nothing that opens a case lies in the database.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from portal.cases.models import Case
from portal.i18n import SOURCE

KEY_BYTES = 20


def new_nonce() -> str:
    """Give a fresh nonce; replacing a case's nonce makes every old link to it useless."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Access:
    """How cases are opened from outside: the site's address and its secret."""

    base_url: str
    secret: str

    def key(self, case: Case) -> str:
        """Give the case's key: 160 bits in 32 small letters and digits."""
        return self._key(case.nonce)

    def opens(self, key: str, case: Case | None) -> bool:
        """Tell whether the key opens the case; a missing case takes as long to refuse."""
        nonce = case.nonce if case is not None else "0" * 32
        fits = hmac.compare_digest(self._key(nonce).encode(), key.strip().lower().encode())
        return fits and case is not None

    def tracker(self, case: Case) -> str:
        """Give the full address of the citizen's page, key included, in the case's language."""
        return f"{self.base_url}{_prefix(case.language)}/arende/{case.reference}?nyckel={self.key(case)}"

    def desk(self, case: Case) -> str:
        """Give the full address of the staff's page."""
        return f"{self.base_url}/arbete/arenden/{case.reference}"

    def pledge(self, slug: str, language: str = SOURCE) -> str:
        """Give the full address of a pledge's page."""
        return f"{self.base_url}{_prefix(language)}/loften/{slug}"

    def _key(self, nonce: str) -> str:
        digest = hmac.digest(self.secret.encode(), f"case:{nonce}".encode(), sha256)
        return base64.b32encode(digest[:KEY_BYTES]).decode("ascii").lower()


def _prefix(language: str) -> str:
    return "" if language == SOURCE else f"/{language}"
