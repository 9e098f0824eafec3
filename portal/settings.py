"""Settings: from the environment, or from the file that `PORTAL_CONFIG` names; a wrong value stops the start."""

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portal.errors import SettingError

SHORTEST_SECRET = 16
DRIVEN = "postgresql+psycopg"
HIDDEN = frozenset({"PORTAL_SECRET_KEY"})


@dataclass(frozen=True)
class Settings:
    """How this deployment runs. `home` holds everything the embedded portal keeps on disk."""

    home: Path
    base_url: str
    database_url: str
    secret_key: str
    municipality: str
    redis_url: str
    smtp_url: str
    files: Path
    workers: int
    submissions_per_hour: int
    mail_from: str = ""

    @property
    def letters(self) -> Path:
        """The folder for letters when there is no mail server."""
        return self.home / "letters"


def _url(name: str, value: str, schemes: tuple[str, ...]) -> str:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        # What the error says may be a piece of the password.
        raise SettingError(
            f"{name}: the address cannot be read; in a password, write / as %2F and @ as %40"
        ) from error
    if parts.scheme not in schemes:
        wanted = ", ".join(f"{scheme}://" for scheme in schemes)
        raise SettingError(f"{name}: write an address that begins with {wanted}")
    return value


def _base_url(name: str, value: str) -> str:
    address = _url(name, value, ("http", "https")).rstrip("/")
    if not urlsplit(address).hostname:
        raise SettingError(f"{name}: the address lacks a host name, as in https://example.se")
    return address


def _database_url(name: str, value: str) -> str:
    address = _url(name, value, ("sqlite", "postgresql", DRIVEN))
    if address.startswith("postgresql://"):
        return address.replace("postgresql", DRIVEN, 1)
    return address


def _optional(check: Callable[[str, str], str]) -> Callable[[str, str], str]:
    return lambda name, value: check(name, value) if value else ""


def _whole_number(most: int) -> Callable[[str, str], int]:
    def check(name: str, value: str) -> int:
        if not value.isdecimal() or len(value) > len(str(most)) or not 1 <= int(value) <= most:
            raise SettingError(f"{name}: write a whole number from 1 to {most}")
        return int(value)

    return check


def _files(name: str, value: str) -> Path:
    parts = urlsplit(_url(name, value, ("file",)))
    if not parts.path.startswith("/"):
        raise SettingError(f"{name}: write file:/// and a full path")
    return Path(parts.path)


def _mail_address(name: str, value: str) -> str:
    local, at, domain = value.partition("@")
    if (
        not (value.isascii() and local and at and domain)
        or "@" in domain
        or any(sign.isspace() for sign in value)
    ):
        raise SettingError(f"{name}: write one e-mail address, as in noreply@example.se")
    return value


def _secret(name: str, value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise SettingError(f"{name}: use at least {SHORTEST_SECRET} characters")
    return value


def _kept_secret(home: Path) -> str:
    """Give the key kept in `home`, made on the first start; two starts at once agree on one.

    The key appears whole or not at all. Raises SettingError when it cannot be kept or read.
    """
    path = home / "secret-key"
    try:
        if not path.exists():
            _keep_secret(path)
        return _secret(str(path), path.read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"PORTAL_HOME: cannot keep or read {path}: {error}") from error


def _keep_secret(path: Path) -> None:
    handle, beside = tempfile.mkstemp(prefix="secret-key-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48))
    # Another start may have been first; then its key is the one.
    with suppress(FileExistsError):
        os.link(beside, path)
    os.unlink(beside)


def _from_file(path: str) -> dict[str, str]:
    """Read NAME=VALUE lines; blank lines and lines that begin with # are passed over."""
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"PORTAL_CONFIG: cannot read {path}: {error}") from error
    values = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise SettingError(f"PORTAL_CONFIG: line {number} of {path} is not NAME=VALUE")
        values[name.strip()] = value.strip().strip('"')
    return values


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Give the settings; what the environment says goes before what the file says.

    Makes the home folder when it is missing. Raises SettingError, naming the setting.
    """
    values = (
        {**_from_file(environ["PORTAL_CONFIG"]), **environ} if environ.get("PORTAL_CONFIG") else dict(environ)
    )

    def take(name: str, default: str, check: Callable[[str, str], Any]) -> Any:
        return check(name, values.get(name) or default)

    home = Path(values.get("PORTAL_HOME") or "var").absolute()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"PORTAL_HOME: cannot make {home}: {error}") from error
    port = take("PORT", "8000", _port)
    secret = values.get("PORTAL_SECRET_KEY")
    return Settings(
        home=home,
        base_url=take("PORTAL_BASE_URL", f"http://127.0.0.1:{port}", _base_url),
        database_url=take("PORTAL_DATABASE_URL", f"sqlite:///{home / 'portal.db'}", _database_url),
        secret_key=_secret("PORTAL_SECRET_KEY", secret) if secret else _kept_secret(home),
        municipality=values.get("PORTAL_MUNICIPALITY") or "Ekdala kommun",
        redis_url=take("PORTAL_REDIS_URL", "", _optional(lambda n, v: _url(n, v, ("redis", "rediss")))),
        smtp_url=take("PORTAL_SMTP_URL", "", _optional(lambda n, v: _url(n, v, ("smtp", "smtps")))),
        files=take("PORTAL_FILES", f"file://{home / 'files'}", _files),
        workers=take("PORTAL_WORKERS", "2", _whole_number(64)),
        submissions_per_hour=take("PORTAL_SUBMISSIONS_PER_HOUR", "1000", _whole_number(1_000_000)),
        mail_from=take("PORTAL_MAIL_FROM", "", _optional(_mail_address)),
    )


def _port(name: str, value: str) -> int:
    if not value.isdecimal() or len(value) > len("65535") or not 1 <= int(value) <= 65535:
        raise SettingError(f"{name}: write a port number from 1 to 65535")
    return int(value)


def masked(settings: Settings) -> dict[str, str]:
    """Give every setting by its outer name, passwords and keys masked."""
    shown = {f"PORTAL_{field.name.upper()}": str(getattr(settings, field.name)) for field in fields(settings)}
    return {name: "…" if name in HIDDEN else _without_password(value) for name, value in shown.items()}


def _without_password(value: str) -> str:
    password = urlsplit(value).password if "://" in value else None
    return value.replace(f":{password}@", ":…@") if password else value
