"""Everything public in `pledges` says what it gives."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pledges


def public_things() -> Iterator[tuple[str, object]]:
    for found in pkgutil.iter_modules(pledges.__path__):
        module = import_module(f"pledges.{found.name}")
        yield module.__name__, module
        for name, thing in vars(module).items():
            ours = getattr(thing, "__module__", None) == module.__name__
            if ours and not name.startswith("_") and callable(thing):
                yield f"{module.__name__}.{name}", thing


def test_every_public_name_has_a_docstring() -> None:
    silent = [name for name, thing in public_things() if not inspect.getdoc(thing)]
    assert silent == []
