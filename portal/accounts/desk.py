"""Where staff come in and go out, and look after their own account."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts import actions
from portal.accounts.forms import PasswordForm, SignInForm
from portal.accounts.gate import COOKIE, own_token, signed_in, who_is_here
from portal.accounts.models import Staff
from portal.accounts.passwords import hash_password, is_outdated, matches
from portal.accounts.queries import open_sessions, staff_by_email
from portal.accounts.rules import Deed, may
from portal.clock import now
from portal.errors import Busy, NotFound
from portal.i18n import N_, Text
from portal.web.language import current_language
from portal.web.portal import portal, reader, transaction
from portal.web.render import desk_menu, page, see_other
from portal.web.security import form_checks_token, limiter

WRONG = N_("E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.")
WRONG_NOW = N_("Det är inte lösenordet du har nu. Kontrollera det och försök igen.")
CLOSED = N_("Det har blivit för många försök med den här adressen. Vänta till %(time)s och försök igen.")
TRIES = "30 per minute"

desk = Blueprint("accounts", __name__)
desk.app_template_global()(who_is_here)


@desk.route("/arbete/logga-in", methods=["GET", "POST"])
@form_checks_token
@limiter.limit(TRIES, methods=["POST"])
def sign_in() -> AnyResponse:
    """Let somebody who works here in."""
    if request.method != "POST" and who_is_here() is not None:
        return redirect(_onward(), 303)
    form = SignInForm()
    if form.validate_on_submit():
        token = _admit(form)
        if token:
            session.clear()
            # Without a wish they come back here, and the page that knows who they are sends them on.
            return _with_cookie(redirect(_asked_for() or url_for("accounts.sign_in"), 303), token)
    return page("accounts/sign_in.html", 422 if form.errors else 200, form=form)


@desk.post("/arbete/logga-ut")
def sign_out() -> AnyResponse:
    """Let somebody out, and forget the browser."""
    with transaction() as db:
        actions.sign_out(db, own_token(), now())
    session.clear()
    response = see_other("accounts.sign_in")
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Lax", secure=_secure())
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@desk.route("/arbete/konto", methods=["GET", "POST"])
@form_checks_token
@limiter.limit(TRIES, methods=["POST"])
def account() -> AnyResponse:
    """Show somebody where they are signed in, and let them change their password."""
    actor, form = signed_in(), PasswordForm()
    if form.validate_on_submit() and _changed(form, actor.email):
        return see_other("accounts.account", klart="losenord")
    staff = staff_by_email(reader(), actor.email)
    return page(
        "accounts/account.html",
        422 if form.errors else 200,
        form=form,
        staff=staff,
        sessions=open_sessions(reader(), actor.id, now()),
        own=actions.token_hash(own_token()),
        changed=request.args.get("klart") == "losenord",
    )


@desk.post("/arbete/konto/inloggningar/<int(max=2147483647):session_id>/avsluta")
def end_session(session_id: int) -> AnyResponse:
    """Let somebody end one of their own sessions, in this browser or another."""
    actor = signed_in()
    with transaction() as db:
        actions.end_session(db, actor.id, session_id, now())
    return see_other("accounts.account")


@desk.app_template_global()
def staff_may(deed: str) -> bool:
    """Tell a template whether the one who is signed in may do a deed; everybody may do nothing in particular."""
    actor = who_is_here()
    return actor is not None and (not deed or may(actor, Deed(deed)))


@desk.after_app_request
def note_the_visit(response: Response) -> Response:
    """Keep what staff see out of caches, and note at most once a minute that the session is in use."""
    if g.get("actor") is not None:
        response.headers.setdefault("Cache-Control", "no-store")
    if "session_to_mark" in g:
        try:
            with transaction() as db:
                actions.mark_seen(db, g.pop("session_to_mark"), now())
        except Busy:
            # The page is made; the next one notes the visit instead.
            return response
    return response


def _admit(form: SignInForm) -> str:
    """Give a token when address and password fit; otherwise say in the form what is wrong and give nothing."""
    at, email, password = now(), form.email.data or "", form.password.data or ""
    who = actions.who_tried(email, portal().settings.secret_key)
    if not _counted(form.password, who):
        return ""
    staff = staff_by_email(reader(), email)
    if not matches(staff.password_hash if staff else None, password) or staff is None:
        form.password.errors = [WRONG]
        return ""
    renewed = hash_password(password) if is_outdated(staff.password_hash) else ""
    with transaction() as db:
        return actions.sign_in(db, staff.id, who, renewed, at)


def _counted(field: object, who: str) -> bool:
    """Count the attempt before the password is judged; tell whether it may be judged at all."""
    try:
        with transaction() as db:
            actions.count_attempt(db, who, now())
    except actions.Closed as closed:
        whole_minute = closed.until + timedelta(seconds=59)
        field.errors = [Text(CLOSED, {"time": current_language().time(whole_minute)})]  # type: ignore[attr-defined]
        return False
    return True


def _changed(form: PasswordForm, email: str) -> bool:
    """Change the password when the old one was right; otherwise say in the form what is wrong."""
    who = actions.who_tried(email, portal().settings.secret_key)
    if not _counted(form.current, who):
        return False
    staff = _still_here(email)
    if not matches(staff.password_hash, form.current.data or ""):
        form.current.errors = [WRONG_NOW]
        return False
    new_hash = hash_password(form.new.data or "")
    with transaction() as db:
        actions.clear_attempts(db, who)
        actions.change_password(db, staff.id, new_hash, own_token(), now())
    return True


def _still_here(email: str) -> Staff:
    staff = staff_by_email(reader(), email)
    if staff is None:
        raise NotFound("the account is gone")
    return staff


def _onward() -> str:
    """Give the address for somebody who is in: the one asked for if it is a page of ours, else their first in the menu."""
    first = next((entry.endpoint for entry in desk_menu() if staff_may(entry.deed)), "accounts.account")
    return _asked_for() or url_for(first)


def _asked_for() -> str:
    """Give the page of ours that somebody was on the way to, in their language; empty when there is none."""
    wanted, root = request.args.get("vidare", ""), request.script_root
    if not _is_ours(wanted):
        return ""
    return wanted if not root or wanted.startswith(f"{root}/") else f"{root}{wanted}"


def _is_ours(address: str) -> bool:
    """Tell whether the address is a path on this site; browsers read //host and /\\host as other sites."""
    if (
        not address.startswith("/")
        or address.startswith("//")
        or "\\" in address
        or not address.isprintable()
    ):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def _with_cookie(response: AnyResponse, token: str) -> AnyResponse:
    response.set_cookie(COOKIE, token, path="/", httponly=True, samesite="Lax", secure=_secure())
    return response


def _secure() -> bool:
    return portal().settings.base_url.startswith("https://")
