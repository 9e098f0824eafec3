"""Pages: the templates of every feature under its own name, and what each page may use."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from portal.clock import local_day, now
from portal.feature import Feature, MenuEntry
from portal.i18n import without_marks
from portal.web.language import alternates, current_language
from portal.web.portal import portal, reader

TEMPLATES = Path(__file__).parent.parent / "templates"
STATIC = Path(__file__).parent.parent.parent / "static"
FILTERS = (
    "day",
    "short_day",
    "brief_day",
    "full_day",
    "month",
    "month_name",
    "short_month",
    "time",
    "moment",
    "number",
    "percent",
    "say",
)


def page(template: str, status: int = 200, **values: Any) -> Response:
    """Give a page; `values` are what the template shows."""
    return make_response(render_template(template, **values), status)


def see_other(endpoint: str, **values: Any) -> AnyResponse:
    """Send the browser on after a change, so that reloading repeats nothing."""
    return redirect(url_for(endpoint, **values), 303)


def prepare_templates(app: Flask, features: tuple[Feature, ...]) -> None:
    """Let every feature's templates be found as `<feature>/<name>.html`, and hang up what pages use."""
    rooms = {feature.name: FileSystemLoader(feature.folder / "templates") for feature in features}
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader(rooms)])
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: current_language().gettext(text),
        lambda one, many, number: current_language().ngettext(one, many, number),
        newstyle=True,
    )
    for name in FILTERS:
        env.filters[name] = _in_language(name)
    env.filters["promise"] = promise
    env.filters["without_marks"] = without_marks
    env.filters["phone_link"] = phone_link
    env.globals.update(
        static_url=static_url, menu=menu, desk_menu=desk_menu, frame=frame, alternates=alternates
    )
    app.context_processor(_always)


def _in_language(name: str) -> Any:
    def say(value: Any) -> Any:
        return getattr(current_language(), name)(value)

    return say


def _always() -> dict[str, Any]:
    at = now()
    return {
        "language": current_language(),
        "today": local_day(at),
        "municipality": portal().settings.municipality,
    }


def promise(text: str) -> Markup:
    """Set the measured part of a promise, marked *so*, in bold; its words never part from their number."""
    parts = text.split("*")
    return Markup("").join(
        Markup("<strong>{}</strong>").format(escape(part.replace(" ", "\N{NO-BREAK SPACE}")))
        if place % 2
        else escape(part)
        for place, part in enumerate(parts)
    )


def phone_link(number: str) -> str:
    """Give the address that rings a Swedish number written as people write it."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return f"tel:+46{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


def static_url(name: str) -> str:
    """Give the address of a file of our own, which changes when the file does."""
    return f"/static/{name}?v={_fingerprint(name)}"


_fingerprints: dict[str, tuple[float, str]] = {}


def _fingerprint(name: str) -> str:
    path = STATIC / name
    changed = path.stat().st_mtime
    known = _fingerprints.get(name)
    if known is None or known[0] != changed:
        known = _fingerprints[name] = (changed, sha256(path.read_bytes()).hexdigest()[:12])
    return known[1]


def menu() -> list[MenuEntry]:
    """Give the words of the head, in order."""
    return sorted((entry for f in portal().features for entry in f.menu), key=lambda entry: entry.order)


def desk_menu() -> list[MenuEntry]:
    """Give the words of the staff's head, in order."""
    return sorted((entry for f in portal().features for entry in f.desk_menu), key=lambda entry: entry.order)


def frame() -> Mapping[str, Any]:
    """Give what stands around every page, such as the service center in the foot; nothing when something failed."""
    if g.get("failed"):
        return {}
    if "frame" not in g:
        g.frame = {}
        for feature in portal().features:
            if feature.frame is not None:
                g.frame.update(feature.frame(reader(), now()))
    whole: Mapping[str, Any] = g.frame
    return whole


def wanted_page(pages: int) -> int:
    """Give the page number asked for, from 1 to `pages`; anything else is the first."""
    asked = request.args.get("sida", "1")
    return min(int(asked), pages) if asked.isdecimal() and len(asked) < 7 and int(asked) >= 1 else 1
