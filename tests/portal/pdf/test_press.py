"""The process that prints may be slow, greedy, dead or without its libraries; whoever asked is told, and nothing falls."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace

import pytest

from portal.pdf import press as press_module
from portal.pdf.manuscript import FAILED, MISSING, TOO_MANY, TOO_SLOW, Manuscript, NotPrinted
from portal.pdf.turns import AT_WORK, AT_WORK_OR_WAITING, NoTurn, turn


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def refusal(press, sent: Manuscript) -> NotPrinted:
    with pytest.raises(NotPrinted) as refused:
        press.make(sent)
    return refused.value


def test_a_manuscript_survives_the_way_to_the_process(manuscript):
    sent = manuscript("<h1>å “ä” \u2028</h1>")
    assert Manuscript.from_json(sent.to_json()) == sent


def test_one_that_takes_too_long_is_ended(press, manuscript, tmp_path):
    mark = tmp_path / "alive"
    code = f"import time; time.sleep(2); open({str(mark)!r}, 'w')"
    slow = replace(press, longest=0.3, command=python(code))
    assert refusal(slow, manuscript()).why.message == TOO_SLOW
    time.sleep(2.2)
    assert not mark.exists()


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.kill(os.getpid(), 11)",
        "raise MemoryError",
        "print('not a pdf')",
        "raise SystemExit(1)",
    ],
)
def test_one_that_dies_is_told_of(press, manuscript, code):
    assert refusal(replace(press, command=python(code)), manuscript()).why.message == FAILED


def test_one_that_wants_all_memory_gets_none_of_the_others(press, manuscript):
    greedy = "from portal.pdf.child import limit_itself; limit_itself(); b'x' * 4_000_000_000"
    assert refusal(replace(press, command=python(greedy)), manuscript()).why.message == FAILED


def test_a_missing_library_is_named(press, manuscript, tmp_path):
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text(
        "print('WeasyPrint could not import some external libraries.')\n"
        "raise OSError(\"cannot load library 'libpango-1.0-0': it is not there\")"
    )
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from portal.pdf.child import main; main()"
    why = refusal(replace(press, command=python(code)), manuscript()).why
    assert why.message == MISSING
    assert why.values == {"library": "libpango-1.0-0"}


@pytest.mark.parametrize("words", ["Löfte", "🦆", "漢字"])
def test_a_machine_without_fonts_prints_with_ours(press, manuscript, tmp_path, words):
    (tmp_path / "fonts.conf").write_text("<fontconfig/>")
    bare = ("env", f"FONTCONFIG_FILE={tmp_path / 'fonts.conf'}", *press.command)
    assert replace(press, command=bare).make(manuscript(f"<h1>{words}</h1>")).content.startswith(b"%PDF-")


def test_the_process_is_told_no_secret(press, manuscript, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "hemligt-hemligt-hemligt")
    code = "import os; print('%PDF-', sorted(os.environ))"
    assert b"PORTAL" not in replace(press, command=python(code)).make(manuscript()).content


def test_what_was_made_is_not_made_again(press, manuscript, monkeypatch):
    first = press.make(manuscript())
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("printed again"))
    assert press.make(manuscript()) == first


def test_another_page_is_another_pdf(press, manuscript):
    assert press.make(manuscript("<h1>ett</h1>")).key != press.make(manuscript("<h1>två</h1>")).key


def test_a_shelf_that_cannot_be_written_costs_nothing_but_time(press, manuscript, monkeypatch):
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert press.make(manuscript()).content.startswith(b"%PDF-")


def test_few_print_at_a_time_and_few_wait(tmp_path):
    with ExitStack() as held:
        for _ in range(AT_WORK):
            held.enter_context(turn(tmp_path, 0))
        with pytest.raises(NoTurn):
            held.enter_context(turn(tmp_path, 0.1))
    with turn(tmp_path, 0):
        pass


def test_a_turn_is_given_back_when_its_holder_dies(tmp_path):
    code = f"from pathlib import Path; import os; from portal.pdf.turns import turn\nwith turn(Path({str(tmp_path)!r}), 0): os._exit(1)"
    for _ in range(AT_WORK_OR_WAITING + 1):
        assert subprocess.run(python(code), check=False).returncode == 1
    with turn(tmp_path, 0), turn(tmp_path, 0):
        pass


def test_when_all_wait_the_next_is_told_at_once(press, manuscript, monkeypatch):
    def nobody(*_: object) -> None:
        raise NoTurn

    monkeypatch.setattr(press_module, "turn", nobody)
    assert refusal(press, manuscript()).why.message == TOO_MANY
