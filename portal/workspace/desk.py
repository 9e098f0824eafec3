"""The letters, for staff who help somebody that never got one."""

from dataclasses import dataclass
from email.message import EmailMessage

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from portal.accounts.gate import require
from portal.accounts.rules import Deed
from portal.cases.reference import tidy
from portal.clock import now
from portal.errors import NotFound
from portal.outbox import actions, queries
from portal.outbox.channel import Refused
from portal.outbox.letter import Letter
from portal.outbox.message import Envelope, compose, sender
from portal.outbox.models import Delivery, OutboxLetter
from portal.outbox.renderer import as_html, as_text
from portal.outbox.rules import MOST_TRIES
from portal.web.portal import portal, reader, transaction
from portal.web.render import page, see_other, wanted_page
from portal.web.security import keep_private

PER_PAGE = 50
LONGEST_SEARCH = 60
# A letter opened by itself is somebody else's text: it runs nothing, sends nothing and fetches nothing.
SANDBOX = "default-src 'none'; sandbox"
VIEWS: dict[str, tuple[Delivery, ...]] = {
    "": (Delivery.FAILED, Delivery.WAITING),
    "misslyckade": (Delivery.FAILED,),
    "vantar": (Delivery.WAITING,),
    "skickade": (Delivery.SENT,),
}

desk = Blueprint("workspace", __name__, url_prefix="/arbete/brev")


@dataclass(frozen=True)
class Asked:
    """What somebody asked to see: a view of the list, or all letters about one case."""

    view: str
    about: str

    @property
    def wanted(self) -> queries.Wanted:
        """What to look for; a case is looked for in every state unless a view is chosen as well."""
        states = tuple(Delivery) if self.about and not self.view else VIEWS[self.view]
        return queries.Wanted(states, self.about)

    @property
    def arguments(self) -> dict[str, str]:
        """What keeps the choice from one page of the list to the next."""
        return {name: value for name, value in (("lage", self.view), ("arende", self.about)) if value}


@desk.get("")
def letters() -> Response:
    """Show which letters have not arrived, and find those that have."""
    require(Deed.READ_LETTERS)
    asked = _asked()
    number = queries.how_many(reader(), asked.wanted)
    pages = max(1, -(-number // PER_PAGE))
    here = wanted_page(pages)
    return page(
        "workspace/letters.html",
        asked=asked,
        found=queries.letters(reader(), asked.wanted, (here - 1) * PER_PAGE, PER_PAGE),
        counts=queries.counts(reader()),
        number=number,
        pages=pages,
        here=here,
    )


@desk.get("/<int(max=2147483647):letter_id>")
def letter(letter_id: int) -> Response:
    """Show one letter as it reads, and how it goes for it."""
    require(Deed.READ_LETTERS)
    row = queries.letter_by_id(reader(), letter_id)
    text = as_text(_letter(row), sender(portal().settings).head)
    held = row.locked_until is not None and row.locked_until > now()
    shown = page("workspace/letter.html", row=row, text=text, held=held, most=MOST_TRIES)
    return keep_private(shown)


@desk.post("/<int(max=2147483647):letter_id>/skicka-igen")
def resend(letter_id: int) -> AnyResponse:
    """Let somebody send a letter again that did not arrive."""
    require(Deed.RESEND_LETTER)
    with transaction() as db:
        actions.resend(db, letter_id, now())
    return see_other("workspace.letter", letter_id=letter_id)


@desk.get("/<int(max=2147483647):letter_id>.html")
def letter_html(letter_id: int) -> Response:
    """Give the letter as the web page that is in the mail, to keep and open."""
    require(Deed.READ_LETTERS)
    row = queries.letter_by_id(reader(), letter_id)
    html = as_html(_letter(row), sender(portal().settings).head)
    return _download(html.encode(), "text/html; charset=utf-8", f"brev-{row.id}.html")


@desk.get("/<int(max=2147483647):letter_id>.eml")
def letter_eml(letter_id: int) -> Response:
    """Give the letter as the mail it is, to keep and open in a mail program."""
    require(Deed.READ_LETTERS)
    row = queries.letter_by_id(reader(), letter_id)
    try:
        message = _message(row)
    except Refused as error:
        raise NotFound(f"letter {letter_id} cannot become a mail: {error}") from error
    return _download(message.as_bytes(), "message/rfc822", f"brev-{row.id}.eml")


def _asked() -> Asked:
    view = request.args.get("lage", "")
    about = tidy(request.args.get("arende", "")[:LONGEST_SEARCH])
    return Asked(view if view in VIEWS else "", about)


def _letter(row: OutboxLetter) -> Letter:
    return Letter.stored(row.to, row.content)


def _message(row: OutboxLetter) -> EmailMessage:
    return compose(_letter(row), Envelope(row.key, row.round, row.written_at), sender(portal().settings))


def _download(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = SANDBOX
    return keep_private(response)
