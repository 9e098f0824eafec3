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
READ_ALOUD = {"alt", "aria-label", "aria-description", "placeholder", "title", "value", "content"}
SAID_BY_BUTTONS_ONLY = {"value"}
SAID_BY_DESCRIPTION_ONLY = {"content"}
LETTERS = re.compile(r"[^\W\d_]{2,}")
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
        yield from (f"{name}: {fault}" for fault in faults_of_markup(flat(trees[name])))
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
    """Give every string constant in the portal's code; a template's name is one of them."""
    trees = (ast.parse(path.read_text()) for path in portal.rglob("*.py"))
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def flat(tree: nodes.Template) -> str:
    """Give the markup alone, in the order it is written, a sign standing where an expression was."""
    parts: list[str] = []
    for output in tree.find_all(nodes.Output):
        for part in output.nodes:
            parts.append(part.data if isinstance(part, nodes.TemplateData) else EXPRESSION)
    return "".join(parts)


def faults_of_markup(markup: str) -> Iterator[str]:
    """Yield style and script of its own, and words outside of msgids."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    yield from reader.faults


class _Reader(HTMLParser):
    """Reads markup and remembers what must not stand in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or "style" in names:
            self.faults.append(f"<{tag}> has a style of its own")
        if tag == "script" and "src" not in names:
            self.faults.append("a script without src")
        self.faults += [f"<{tag}> has {name}" for name in sorted(names) if re.fullmatch(r"on[a-z]+", name)]
        for name, value in attrs:
            if value and LETTERS.search(value) and self._is_read(tag, name, dict(attrs)):
                self.faults.append(f"<{tag} {name}> says “{value}” without a msgid")

    def handle_data(self, data: str) -> None:
        words = " ".join(LOOSE_ATTRIBUTES.sub("", data).replace(EXPRESSION, " ").split())
        if self.cdata_elem is None and LETTERS.search(words):
            self.faults.append(f"“{words}” stands without a msgid")

    def _is_read(self, tag: str, name: str, attrs: dict[str, str | None]) -> bool:
        if name in SAID_BY_BUTTONS_ONLY:
            return tag == "input" and attrs.get("type") in {"submit", "button", "reset"}
        if name in SAID_BY_DESCRIPTION_ONLY:
            return tag == "meta" and attrs.get("name") == "description"
        return name in READ_ALOUD


if __name__ == "__main__":
    conclude(findings())
