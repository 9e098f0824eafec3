"""Passwords: kept only as argon2id hashes, and judged in the same time whether the person exists or not."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# Stands in for the hash of somebody who does not exist. Made once, with the same cost as every other.
_NOBODY = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Give the argon2id hash of a password, with its salt and cost in it."""
    return _hasher.hash(_normal(password))


def matches(stored: str | None, password: str) -> bool:
    """Tell whether the password fits the stored hash; without a hash the answer is no, after the same work."""
    try:
        _hasher.verify(stored or _NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether the hash was made with a lower cost than passwords get today."""
    return _hasher.check_needs_rehash(stored)


def _normal(password: str) -> str:
    """Å can be one sign or two, depending on the keyboard; the same password must fit from both."""
    return unicodedata.normalize("NFC", password)
