"""The top of the house holds the rooms of the plan and the usual root files, nothing else."""

import subprocess
from collections.abc import Iterable, Iterator

from tests.checks.verdict import ROOT, conclude

FOLDERS = {"portal", "forms", "pledges", "translations", "static", "tests", "docs", ".ci"}
FILES = {
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".npmrc",
    "CHANGES.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "alembic.ini",
    "bootstrap",
    "designsystemet.config.json",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements-dev.in",
    "requirements-dev.txt",
    "requirements.in",
    "requirements.txt",
}
MADE_ELSEWHERE = ("static/vendor/", "node_modules/", "tests/tools/node_modules/")


def findings(kept_files: Iterable[str]) -> Iterator[str]:
    """Yield what does not belong, given the paths that are kept in git."""
    for path in kept_files:
        top, slash, _ = path.partition("/")
        if top not in (FOLDERS if slash else FILES):
            yield f"{path}: the top level holds only {', '.join(sorted(FOLDERS))} and the usual root files"
        if path.startswith(MADE_ELSEWHERE):
            yield f"{path}: made by the bootstrap, not kept"


def kept_files() -> list[str]:
    """Give every path that git keeps."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [path for path in done.stdout.split("\0") if path]


if __name__ == "__main__":
    conclude(findings(kept_files()))
