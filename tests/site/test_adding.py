"""Every file that the documents name is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATH = re.compile(r"`([a-z][\w.<>-]*(?:/[\w.<>-]*)+|\w[\w-]*\.(?:md|toml))`")
MADE = ("var/",)


def named(document: str) -> Iterator[str]:
    yield from PATH.findall((ROOT / document).read_text("utf-8"))


@pytest.mark.parametrize("document", ["docs/adding.md", "docs/counting.md", "README.md"])
def test_every_file_a_document_names_is_there(document: str):
    missing = [
        path
        for path in named(document)
        if not path.startswith(MADE) and not list(ROOT.glob(re.sub("<[^>]+>", "*", path.rstrip("/"))))
    ]
    assert not missing


def test_adding_things_names_files_at_all():
    assert len(set(named("docs/adding.md"))) > 10


def test_every_decision_stands_in_the_list_of_decisions():
    listed = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    unlisted = [path.name for path in (ROOT / "docs/decisions").glob("0*.md") if path.name not in listed]
    assert not unlisted
