"""The `portal` command, as an operator types it."""

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from portal.app import FEATURES, create_app
from portal.cases.models import Case
from portal.cli import cli, main
from portal.house import House
from portal.pledgebook.models import Tally
from tests.site.demo import Demo

Typed = Callable[..., int]


@pytest.fixture
def portal(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Type `portal ...` on the demo's home; gives the exit code."""
    monkeypatch.setenv("PORTAL_HOME", str(demo.settings.home))
    monkeypatch.setenv("PORTAL_SECRET_KEY", "only-for-these-tests")

    def typed(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["portal", *words])
        house = House(FEATURES, create_app)
        with pytest.raises(SystemExit) as end:
            main(house)
        if "database" in vars(house):
            house.database.engine.dispose()
        return int(end.value.code or 0)

    return typed


def test_help_names_every_command():
    done = subprocess.run(
        [sys.executable, "-m", "portal", "--help"], capture_output=True, text=True, check=True
    )
    for command in cli.commands:
        assert f"\n  {command}" in done.stdout


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_explains_itself(portal: Typed, capsys: pytest.CaptureFixture[str], command: str):
    assert portal(command, "--help") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Usage: ") and f"portal {command} " in shown.splitlines()[0]
    assert len(shown.splitlines()[2].strip()) > 15


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("chek",), "chek"),
        (("demo", "--cases", "many"), "--cases"),
        (("demo", "--case", "3"), "--case"),
        (("serve", "--port", "70000"), "--port"),
        (("faq", "import", "/nowhere.json"), "/nowhere.json"),
        (("staff", "add", "x@ekdala.example", "--name", "X", "--role", "king", "--password", "p"), "--role"),
        (("check", "again"), "again"),
        (("staff", "add", "no address", "--name", "X", "--role", "editor", "--password", "p"), "no address"),
    ],
)
def test_a_wrong_argument_is_named_and_ends_with_2(
    portal: Typed, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
):
    assert portal(*words) == 2
    assert told in capsys.readouterr().err


def test_check_finds_nothing_in_an_honest_history(portal: Typed, capsys: pytest.CaptureFixture[str]):
    assert portal("check") == 0
    assert capsys.readouterr().out == "No differences\n"


def test_check_finds_a_planted_difference_and_ends_with_1(
    portal: Typed, demo: Demo, capsys: pytest.CaptureFixture[str]
):
    with demo.database.transaction() as db:
        case = db.scalars(select(Case).order_by(Case.id)).first()
        assert case is not None
        reference = case.reference
        case.step = "planted"
        db.execute(
            update(Tally).where(Tally.id == select(Tally.id).limit(1).scalar_subquery()).values(count=99)
        )
    assert portal("check") == 1
    told = capsys.readouterr().out
    assert f"{reference} step: planted is kept" in told
    assert "99 is kept" in told and told.endswith("2 differences\n")


def test_measure_puts_right_what_check_found(portal: Typed, demo: Demo, capsys: pytest.CaptureFixture[str]):
    with demo.database.transaction() as db:
        db.execute(update(Case).where(Case.id == 1).values(step="planted"))
        db.execute(update(Tally).where(Tally.id == 1).values(count=99))
    assert portal("measure", "--all") == 0
    assert capsys.readouterr().out.endswith("1 values and 1 counts corrected\n")
    assert portal("check") == 0


def test_measure_asks_which_cases(portal: Typed, capsys: pytest.CaptureFixture[str]):
    assert portal("measure") == 2
    assert "--all" in capsys.readouterr().err
    assert portal("measure", "--pledge", "finns-inte") == 1


def test_settings_are_shown_with_the_key_masked(
    portal: Typed, demo: Demo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PORTAL_SMTP_URL", "smtp://portal:hemligt@mail.example")
    assert portal("settings") == 0
    shown = capsys.readouterr().out
    assert f"PORTAL_HOME={demo.settings.home}" in shown
    assert "only-for-these-tests" not in shown and "hemligt" not in shown


def test_a_wrong_setting_ends_with_its_sentence_and_no_trace(
    portal: Typed, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PORTAL_WORKERS", "many")
    assert portal("settings") == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and told.startswith("Error: PORTAL_WORKERS: ")


def test_a_taken_port_is_named(portal: Typed, capsys: pytest.CaptureFixture[str]):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert portal("serve", "--port", str(taken.getsockname()[1])) == 1
    assert "Error: PORT: cannot listen on 127.0.0.1:" in capsys.readouterr().err


def test_a_full_database_is_never_filled_with_the_demo(portal: Typed, capsys: pytest.CaptureFixture[str]):
    assert portal("demo") == 1
    assert "not empty" in capsys.readouterr().err


def test_somebody_new_can_be_added_and_signs_in(
    portal: Typed, demo: Demo, capsys: pytest.CaptureFixture[str]
):
    words = ("--name", "Ny Person", "--role", "case_officer", "--department", "gator-trafik")
    assert portal("staff", "add", "ny@ekdala.example", *words, "--password", "ett långt lösenord") == 0
    client = demo.app.test_client()
    page = client.get("/arbete/logga-in").get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    values = {"email": "ny@ekdala.example", "password": "ett långt lösenord", "csrf_token": token}
    assert client.post("/arbete/logga-in", data=values).status_code == 303


def test_questions_leave_and_come_back_the_same(
    portal: Typed, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    assert portal("faq", "export") == 0
    first = capsys.readouterr().out
    file = tmp_path / "faq.json"
    file.write_text(first, "utf-8")
    assert portal("faq", "import", str(file)) == 0
    capsys.readouterr()
    assert portal("faq", "export") == 0
    assert capsys.readouterr().out == first


@pytest.mark.parametrize("form", ["toml", "json"])
def test_pledges_leave_and_come_back_the_same(portal: Typed, tmp_path: Path, form: str):
    first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
    assert portal("pledges", "export", str(first)) == 0
    assert portal("pledges", "import", str(first)) == 0
    assert portal("pledges", "export", str(second)) == 0
    assert second.read_text("utf-8") == first.read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("x = [", "cannot be read"),
        ("x = 1", "x: this file holds only [[pledge]]"),
        ('[[pledge]]\nslug = "a"\nstatus = "active"', "pledge a: version must stand there"),
    ],
)
def test_broken_pledges_are_told_by_file_entry_and_key(
    portal: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, told: str
):
    file = tmp_path / "broken.toml"
    file.write_text(content, "utf-8")
    assert portal("pledges", "import", str(file)) == 1
    said = capsys.readouterr().err
    assert told in said and "broken.toml" in said


def test_a_sweep_and_a_check_agree(portal: Typed, capsys: pytest.CaptureFixture[str]):
    assert portal("sweep") == 0
    assert portal("check") == 0


BROKEN = {
    "[{": "is not JSON",
    "[" * 100_000: "is not JSON",
    '[{"id": "a", "verksamhet": "bygglov", "question": "\\ud800"}]': "answer a: question must be a text",
    '[{"id": "a", "frga": "x"}]': "answer a: ",
    '{"id": "a"}': "must be a list",
}


@pytest.mark.parametrize("content", BROKEN, ids=lambda content: content[:24])
def test_broken_questions_are_told_by_file_entry_and_key_and_change_nothing(
    portal: Typed, demo: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
):
    assert portal("faq", "export") == 0
    before = capsys.readouterr().out
    file = tmp_path / "broken.json"
    right = json.dumps(json.loads(before)[:1])
    file.write_text(f"{right[:-1]}, {content[1:]}" if content.startswith('[{"') else content, "utf-8")
    assert portal("faq", "import", str(file)) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"Error: {file}") and BROKEN[content] in said and said.count("\n") == 1
    portal("faq", "export")
    assert capsys.readouterr().out == before


def test_a_database_that_is_not_there_is_told_in_one_sentence(
    portal: Typed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("PORTAL_DATABASE_URL", "postgresql://u:hemligt@127.0.0.1:1/portal")
    assert portal("check") == 1
    said = capsys.readouterr().err
    assert said.startswith("Error: PORTAL_DATABASE_URL: ") and said.count("\n") == 1 and "hemligt" not in said


def test_the_addresses_follow_the_port_that_was_typed(demo: Demo, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORTAL_HOME", str(demo.settings.home))
    house = House(FEATURES, create_app)
    house.listens_on(9321)
    assert house.settings.base_url == "http://127.0.0.1:9321"
