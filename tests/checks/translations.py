"""Translations: every text of the portal has one in every language, with the same values and all its plurals.

`python -m tests.checks.translations` tells what is missing; with `--update` it first brings the files up to date.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from io import SEEK_END, BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from portal.i18n import FOLDER, LANGUAGES, SOURCE
from tests.checks.verdict import ROOT, conclude

SOURCES = (
    ("portal/**/*.py", "python"),
    ("forms/**/*.py", "python"),
    ("pledges/**/*.py", "python"),
    ("portal/**/templates/**/*.html", "jinja2"),
    ("portal/**/templates/**/*.txt", "jinja2"),
    ("forms/definitions/*.toml", "forms.extraction:extract_form"),
)
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
JINJA = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
PLACE = re.compile(r"%\((\w+)\)")
# No dates and no tools in it: they would change with every update.
HEADER = """\
# {name}
msgid ""
msgstr ""
"Language: {code}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
WIDTH = 100


def extracted(root: Path = ROOT) -> Catalog:
    """Give every text that people read, and the files it stands in."""
    catalog = Catalog()
    for pattern, method in SOURCES:
        for path in sorted(root.glob(pattern)):
            options = JINJA if method == "jinja2" else {}
            for _, text, comments, context in extract_from_file(method, path, KEYWORDS, ("I18N:",), options):
                place = (path.relative_to(root).as_posix(), 1)
                catalog.add(text, locations=[place], auto_comments=comments, context=context)
    return catalog


def faults(wanted: Catalog, present: Catalog) -> Iterator[str]:
    """Yield what `present` lacks of `wanted`, what it has wrongly, and what it no longer needs."""
    for message in wanted:
        if message.id:
            fault = fault_of(message, present.get(message.id, message.context), present.num_plurals)
            if fault:
                yield f"{fault}: “{_shown(message)}” ({', '.join(sorted({file for file, _ in message.locations}))})"
    for message in present:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"no longer used: “{_shown(message)}”"


def fault_of(wanted: Message, present: Message | None, plurals: int) -> str:
    """Give what is wrong with one translation, or nothing."""
    if present is None:
        return "missing"
    texts = _texts(present.string)
    if not all(texts):
        return "missing"
    if present.fuzzy:
        return "fuzzy"
    if present.pluralizable and len(texts) != plurals:
        return f"{len(texts)} of {plurals} plurals"
    places = _places(_texts(wanted.id))
    if any(_places([text]) - places for text in texts) or _places(texts) != places:
        return "other values than the source"
    return ""


def _texts(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def _places(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in PLACE.findall(text)}


def _shown(message: Message) -> str:
    return _texts(message.id)[0]


def read(code: str) -> Catalog:
    """Give the translation into a language; empty when there is none yet."""
    path = _path(code)
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=code)
    return Catalog(locale=code)


def update(code: str, wanted: Catalog) -> None:
    """Bring a language's file up to date: new texts empty, unused ones gone, sorted, without line numbers."""
    catalog = read(code)
    catalog.update(wanted, no_fuzzy_matching=True)
    header = HEADER.format(name=LANGUAGES[code][0], code=code, plurals=catalog.plural_forms)
    written = BytesIO(header.encode())
    written.seek(0, SEEK_END)
    write_po(
        written,
        catalog,
        width=WIDTH,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    path = _path(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())


def _path(code: str) -> Path:
    return FOLDER / code / "LC_MESSAGES" / "messages.po"


def findings(wanted: Catalog) -> Iterator[str]:
    """Yield every fault in every language."""
    for code in LANGUAGES:
        if code != SOURCE:
            yield from (f"{code}: {fault}" for fault in faults(wanted, read(code)))


def main(arguments: list[str]) -> None:
    """Check, after an update if asked."""
    wanted = extracted()
    if "--update" in arguments:
        for code in LANGUAGES:
            if code != SOURCE:
                update(code, wanted)
    conclude(findings(wanted))


if __name__ == "__main__":
    main(sys.argv[1:])
