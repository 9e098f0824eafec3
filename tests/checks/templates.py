"""Templates: each can be read, holds no style or script of its own, is used, and speaks only through msgids."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

from tests.checks.verdict import ROOT, conclude

PORTAL = ROOT / "portal"
LETTERS = {"outbox/letter.html"}  # mail readers know style on elements only
READ_ALOUD = {"alt", "aria-label", "aria-description", "placeholder", "title", "value", "content"}
SAID_BY_BUTTONS_ONLY = {"value"}
SAID_BY_DESCRIPTION_ONLY = {"content"}
WORD = re.compile(r"[a-zåäöéü]{2,}")  # signs such as FEL-2K7Q-9M and PDF are the same in every language
ADDRESS = re.compile(r"\b[\w-]+\.[a-z]{2,3}\b")
LOOSE_ATTRIBUTES = re.compile(r'[a-z-]+="[^"]*" ?')  # a macro may give the attributes of somebody else's tag
EXPRESSION = "\N{OBJECT REPLACEMENT CHARACTER}"


def findings(portal: Path = PORTAL) -> Iterator[str]:
    """Yield every fault of every template under `portal`."""
    env = Environment(extensions=["jinja2.ext.i18n"])
    files = template_files(portal)
    trees: dict[str, nodes.Template] = {}
    for name, path in files.items():
        try:
            trees[name] = env.parse(path.read_text())
        except TemplateSyntaxError as error:
            yield f"{name}:{error.lineno}: {error.message}"
            continue
        markup = flat(trees[name])
        yield from (f"{name}: {fault}" for fault in faults_of_words(markup))
        if name not in LETTERS:
            yield from (f"{name}: {fault}" for fault in faults_of_manners(markup))
    used = named_in_python(portal)
    for name, tree in trees.items():
        for wanted in find_referenced_templates(tree):
            used.add(wanted or "")
            if wanted and wanted not in files:
                yield f"{name}: asks for {wanted}, which does not exist"
    yield from (f"{name}: nothing uses it" for name in sorted(files.keys() - used))


def template_files(portal: Path) -> dict[str, Path]:
    """Give every template by the name it is addressed with: `cases/track.html`, `macros/page.html`."""
    found: dict[str, Path] = {}
    for room in sorted([portal / "templates", *portal.glob("*/templates")]):
        prefix = "" if room.parent == portal else f"{room.parent.name}/"
        for path in sorted(
            file for file in room.rglob("*") if file.suffix in {".html", ".txt", ".svg", ".xml"}
        ):
            found[prefix + path.relative_to(room).as_posix()] = path
    return found


def named_in_python(portal: Path) -> set[str]:
    """Give every string in the portal's code, as it stands and as a name in its own feature."""
    named: set[str] = set()
    for path in portal.rglob("*.py"):
        feature = path.relative_to(portal).parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named |= {node.value, f"{feature}/{node.value}"}
    return named


def flat(tree: nodes.Template) -> str:
    """Give the markup alone, in the order it is written, a sign standing where an expression was."""
    parts = (part for output in _outputs(tree) for part in output.nodes)
    return "".join(part.data if isinstance(part, nodes.TemplateData) else EXPRESSION for part in parts)


def _outputs(node: nodes.Node) -> Iterator[nodes.Output]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Output):
            yield child
        elif not (isinstance(child, nodes.Block) and child.name.endswith("_class")):
            yield from _outputs(child)


def faults_of_words(markup: str) -> list[str]:
    """Give the words that stand outside of msgids."""
    return _read(markup).words


def faults_of_manners(markup: str) -> list[str]:
    """Give what styles or does something on its own; a page leaves both to files."""
    return _read(markup).manners


def _read(markup: str) -> "_Reader":
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader


class _Reader(HTMLParser):
    """Reads markup and remembers what must not stand in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.manners: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or "style" in names:
            self.manners.append(f"<{tag}> has a style of its own")
        if tag == "script" and "src" not in names:
            self.manners.append("a script without src")
        self.manners += [f"<{tag}> has {name}" for name in sorted(names) if re.fullmatch(r"on[a-z]+", name)]
        for name, value in attrs:
            if value and WORD.search(value) and self._is_read(tag, name, dict(attrs)):
                self.words.append(f"<{tag} {name}> says “{value}” without a msgid")

    def handle_data(self, data: str) -> None:
        words = " ".join(LOOSE_ATTRIBUTES.sub("", data).replace(EXPRESSION, " ").split())
        if self.cdata_elem is None and WORD.search(ADDRESS.sub("", words)):
            self.words.append(f"“{words}” stands without a msgid")

    def _is_read(self, tag: str, name: str, attrs: dict[str, str | None]) -> bool:
        if name in SAID_BY_BUTTONS_ONLY:
            return tag == "input" and attrs.get("type") in {"submit", "button", "reset"}
        if name in SAID_BY_DESCRIPTION_ONLY:
            return tag == "meta" and attrs.get("name") == "description"
        return name in READ_ALOUD


if __name__ == "__main__":
    conclude(findings())
