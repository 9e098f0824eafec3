"""A wrong setting stops the start with one sentence that names it; nothing secret is ever shown."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.errors import SettingError
from portal.settings import masked, read_settings

WRONG = [
    ("PORT", "abc"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "²"),
    ("PORT", "9" * 5000),
    ("PORTAL_BASE_URL", "ekdala.example"),
    ("PORTAL_BASE_URL", "ftp://ekdala.example"),
    ("PORTAL_BASE_URL", "https://"),
    ("PORTAL_BASE_URL", "https://["),
    ("PORTAL_BASE_URL", "https://ekdala.example:99999"),
    ("PORTAL_DATABASE_URL", "postgresql+other://db/portal"),
    ("PORTAL_DATABASE_URL", "postgresql://portal:hem/ligt@db/portal"),
    ("PORTAL_SMTP_URL", "smtp://mail.example:post"),
    ("PORTAL_DATABASE_URL", "mysql://db/portal"),
    ("PORTAL_DATABASE_URL", "portal.db"),
    ("PORTAL_REDIS_URL", "http://cache"),
    ("PORTAL_SMTP_URL", "mail.example"),
    ("PORTAL_SMTP_URL", "http://mail.example"),
    ("PORTAL_FILES", "/srv/files"),
    ("PORTAL_FILES", "file://files"),
    ("PORTAL_FILES", "s3x://bucket"),
    ("PORTAL_SECRET_KEY", "short"),
    ("PORTAL_WORKERS", "0"),
    ("PORTAL_WORKERS", "many"),
    ("PORTAL_WORKERS", "65"),
    ("PORTAL_MAIL_FROM", "Ekdala"),
    ("PORTAL_MAIL_FROM", "a@b@ekdala.example"),
    ("PORTAL_MAIL_FROM", "växel@ekdala.example"),
    ("PORTAL_CONFIG", "/nowhere/portal.conf"),
    ("PORTAL_HOME", "/proc/version/var"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_told_in_one_sentence_that_names_the_setting(tmp_path: Path, name: str, value: str):
    with pytest.raises(SettingError) as told:
        read_settings({"PORTAL_HOME": str(tmp_path), name: value})
    sentence = str(told.value)
    assert sentence.startswith(f"{name}: ")
    assert "\n" not in sentence and len(sentence) > len(name) + 15


def test_what_is_left_out_runs_on_this_machine_alone(tmp_path: Path):
    found = read_settings({"PORTAL_HOME": str(tmp_path)})
    assert found.base_url == "http://127.0.0.1:8000"
    assert found.database_url == f"sqlite:///{tmp_path / 'portal.db'}"
    assert found.files == tmp_path / "files"
    assert found.smtp_url == found.redis_url == ""
    assert found.letters == tmp_path / "letters"


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path):
    first, second = (read_settings({"PORTAL_HOME": str(tmp_path)}) for _ in range(2))
    assert first.secret_key == second.secret_key and len(first.secret_key) >= 43
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kept", ["", "short", "\udcff"])
def test_a_key_that_came_only_half_is_not_used(tmp_path: Path, kept: str):
    (tmp_path / "secret-key").write_bytes(kept.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingError, match="secret-key"):
        read_settings({"PORTAL_HOME": str(tmp_path)})


def test_many_first_starts_at_once_agree_on_one_key(tmp_path: Path):
    with ThreadPoolExecutor(16) as starts:
        keys = list(starts.map(lambda _: read_settings({"PORTAL_HOME": str(tmp_path)}).secret_key, range(64)))
    assert len(set(keys)) == 1 and len(keys[0]) > 40
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_no_piece_of_a_password_stands_in_the_sentence(tmp_path: Path):
    with pytest.raises(SettingError) as told:
        read_settings({"PORTAL_HOME": str(tmp_path), "PORTAL_DATABASE_URL": "postgresql://u:hem/ligt@db/x"})
    assert "hem" not in str(told.value)


def test_the_environment_goes_before_the_file(tmp_path: Path):
    file = tmp_path / "portal.conf"
    file.write_text('# Ekdala\n\nPORTAL_WORKERS = 4\nPORTAL_BASE_URL="https://fil.example"\n', "utf-8")
    found = read_settings(
        {
            "PORTAL_CONFIG": str(file),
            "PORTAL_HOME": str(tmp_path),
            "PORTAL_BASE_URL": "https://miljo.example/",
        }
    )
    assert found.workers == 4
    assert found.base_url == "https://miljo.example"


def test_a_line_of_the_file_that_cannot_be_read_is_told_by_its_number(tmp_path: Path):
    file = tmp_path / "portal.conf"
    file.write_text("PORTAL_WORKERS=4\nworkers four\n", "utf-8")
    with pytest.raises(SettingError, match="line 2"):
        read_settings({"PORTAL_CONFIG": str(file), "PORTAL_HOME": str(tmp_path)})


def test_a_plain_postgresql_address_gets_the_driver_we_have(tmp_path: Path):
    address = "postgresql://portal:hemligt@db/portal"
    found = read_settings({"PORTAL_HOME": str(tmp_path), "PORTAL_DATABASE_URL": address})
    assert found.database_url == "postgresql+psycopg://portal:hemligt@db/portal"


def test_passwords_and_keys_are_never_shown(tmp_path: Path):
    found = read_settings(
        {
            "PORTAL_HOME": str(tmp_path),
            "PORTAL_SECRET_KEY": "a-very-secret-key",
            "PORTAL_DATABASE_URL": "postgresql://portal:hemligt@db/portal",
            "PORTAL_SMTP_URL": "smtp://portal:hemligt@mail.example:587",
            "PORTAL_REDIS_URL": "redis://:hemligt@cache:6379/0",
        }
    )
    shown = "\n".join(f"{name}={value}" for name, value in masked(found).items())
    assert "hemligt" not in shown and "a-very-secret-key" not in shown
    assert "PORTAL_SMTP_URL=smtp://portal:…@mail.example:587" in shown
