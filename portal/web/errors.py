"""Every kind of error becomes a page here, and the page says what to do now."""

import logging
from dataclasses import dataclass

from flask import Flask, Response, g, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadHost, HTTPException
from werkzeug.wrappers import Response as AnyResponse

from portal import errors
from portal.db import is_busy
from portal.i18n import N_
from portal.web.portal import close_reader
from portal.web.problems import problem

log = logging.getLogger("portal.web")


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says: a title, what has happened, what to do. All are msgids."""

    title: str
    what: str
    now: str


PAGES = {
    400: ErrorPage(
        N_("Vi kunde inte läsa det som skickades"),
        N_("Något i adressen eller i det som skickades är trasigt."),
        N_("Gå tillbaka, ladda om sidan och försök en gång till."),
    ),
    403: ErrorPage(
        N_("Du får inte se den här sidan"),
        N_("Sidan är bara till för den som har rätt att se den."),
        N_("Är det ditt ärende? Öppna länken i brevet från oss, eller sök med ärendenummer och nyckel."),
    ),
    404: ErrorPage(
        N_("Vi hittar inte sidan"),
        N_("Adressen kan vara felskriven, eller så har sidan flyttat."),
        N_("Sök efter det du vill veta, eller börja om från första sidan."),
    ),
    405: ErrorPage(
        N_("Så kan sidan inte användas"),
        N_("Sidan kan bara visas, eller bara ta emot ett formulär."),
        N_("Gå tillbaka och använd knapparna på sidan."),
    ),
    409: ErrorPage(
        N_("Någon annan hann före"),
        N_("Ärendet har ändrats sedan du öppnade sidan. Inget av det du gjorde har sparats."),
        N_("Gå tillbaka, ladda om sidan och se hur det står till nu."),
    ),
    413: ErrorPage(
        N_("Det du skickade är för stort"),
        N_("Filerna eller texten är för stora för att tas emot. Inget annat har gått förlorat."),
        N_(
            "Gå tillbaka och korta texten, eller välj färre eller mindre filer. En bild får vara högst 10 MB."
        ),
    ),
    422: ErrorPage(
        N_("Vi kunde inte ta emot det du skickade"),
        N_("Något saknas eller är fel ifyllt."),
        N_("Gå tillbaka och se vad som är markerat på sidan."),
    ),
    429: ErrorPage(
        N_("Det blev för många försök"),
        N_("Samma sak har gjorts för många gånger på kort tid."),
        N_("Vänta en stund och försök igen. Är det bråttom, ring oss."),
    ),
    500: ErrorPage(
        N_("Något gick fel hos oss"),
        N_("Felet är vårt, inte ditt. Det är redan antecknat."),
        N_("Försök igen om en stund. Är det bråttom, ring oss."),
    ),
    503: ErrorPage(
        N_("Vi hinner inte med just nu"),
        N_("Många gör samma sak samtidigt, eller så arbetar vi med sidan. Inget har gått förlorat."),
        N_("Vänta en minut och försök igen."),
    ),
}
KINDS: dict[type[errors.PortalError], int] = {
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.Conflict: 409,
    errors.TooManyAttempts: 429,
    errors.Busy: 503,
}
RETRY_AFTER = {429: "60", 503: "30"}


def error_page(status: int) -> Response:
    """Give the page for a status; an unknown status gets the page of its hundred."""
    known = PAGES[status if status in PAGES else 400 if status < 500 else 500]
    close_reader()
    g.failed = True
    if request.path.startswith("/api/"):
        return _with_retry(problem(status, known.what), status)
    html = render_template("errors/page.html", error=known, status=status, request_id=g.get("request_id", ""))
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return _with_retry(response, status)


def _with_retry(response: Response, status: int) -> Response:
    if status in RETRY_AFTER:
        response.headers["Retry-After"] = RETRY_AFTER[status]
    return response


def handle_errors(app: Flask) -> None:
    """Turn every kind of error into its page."""

    @app.errorhandler(errors.SignInNeeded)
    def sign_in(error: errors.SignInNeeded) -> AnyResponse:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
        return redirect(url_for("accounts.sign_in", vidare=wanted or None), 303)

    @app.errorhandler(errors.PortalError)
    def portal_error(error: errors.PortalError) -> Response:
        status = next((KINDS[kind] for kind in type(error).__mro__ if kind in KINDS), 500)
        return error_page(status)

    @app.errorhandler(OperationalError)
    def database_error(error: OperationalError) -> Response:
        log.error("database", exc_info=error, extra={"facts": {"request": g.get("request_id", "")}})
        return error_page(503 if is_busy(error) or error.connection_invalidated else 500)

    @app.errorhandler(CSRFError)
    def stale(error: CSRFError) -> Response:
        return error_page(422)

    @app.errorhandler(BadHost)
    def strange_host(error: BadHost) -> AnyResponse:
        # Without a host that can be, no address can be made, so not the site's own page either.
        return error.get_response()

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> AnyResponse:
        if error.code is None or error.code < 400:
            return error.get_response()
        return error_page(error.code)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        log.error("unexpected", exc_info=error, extra={"facts": {"request": g.get("request_id", "")}})
        return error_page(500)
