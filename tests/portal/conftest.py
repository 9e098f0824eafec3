"""What every test of the portal has: passwords that cost next to nothing, so that signing in is quick."""

import pytest
from argon2 import PasswordHasher

from portal.accounts import passwords


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)
    monkeypatch.setattr(passwords, "_NOBODY", cheap.hash("nobody has this password"))
