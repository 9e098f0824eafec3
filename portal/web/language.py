"""The language of a request: a path that begins with /en is English, every other is Swedish.

The prefix becomes part of the script name, so every address that the site builds stays in the language.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import has_request_context, request

from portal.i18n import LANGUAGES, SOURCE, Language, language

ENVIRON_KEY = "portal.language"
# What may stand in a path as it is (RFC 3986 3.3); everything else is written as its percent code.
PATH_SIGNS = "/:@!$&'()*+,;=~"


class LanguagePrefix:
    """Takes the language off the path before the site sees it."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        first, slash, rest = environ.get("PATH_INFO", "").lstrip("/").partition("/")
        if first in LANGUAGES and first != SOURCE and (slash or not rest):
            environ[ENVIRON_KEY] = first
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
        return self.app(environ, start_response)


def current_language() -> Language:
    """Give the language of the request; Swedish outside one."""
    code: Any = request.environ.get(ENVIRON_KEY, SOURCE) if has_request_context() else SOURCE
    return language(code)


def alternates() -> tuple[tuple[Language, str], ...]:
    """Give every language with the address of this same page in it."""
    own = request.environ.get(ENVIRON_KEY, "")
    root = request.script_root.removesuffix(f"/{own}") if own else request.script_root
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    path = quote(request.path, safe=PATH_SIGNS)
    return tuple(
        (language(code), f"{root}{'' if code == SOURCE else f'/{code}'}{path}{query}") for code in LANGUAGES
    )
