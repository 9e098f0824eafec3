"""What is said about drafts: their states, the moves, and what the staff's pages call things."""

from collections.abc import Mapping

from portal.authoring.rules import DraftState, Move
from portal.i18n import N_

STATES: Mapping[DraftState, str] = {
    DraftState.WRITING: N_("Skrivs"),
    DraftState.IN_REVIEW: N_("Hos chefen"),
    DraftState.REVIEWED: N_("Granskat"),
    DraftState.DECIDED: N_("Beslutat"),
    DraftState.PUBLISHED: N_("Publicerat"),
    DraftState.DROPPED: N_("Lagt ner"),
}
# The mark that stands with a state; the kinds are those of macros/status.html.
MARKS: Mapping[DraftState, str] = {
    DraftState.WRITING: "running",
    DraftState.IN_REVIEW: "waiting",
    DraftState.REVIEWED: "now",
    DraftState.DECIDED: "done",
    DraftState.PUBLISHED: "held",
    DraftState.DROPPED: "none",
}
# What has happened when a draft came into a state, as it stands in the list of steps.
HAPPENED: Mapping[DraftState, str] = {
    DraftState.WRITING: N_("Under arbete"),
    DraftState.IN_REVIEW: N_("Skickat till chefen"),
    DraftState.REVIEWED: N_("Granskat"),
    DraftState.DECIDED: N_("Beslutet är inskrivet"),
    DraftState.PUBLISHED: N_("Publicerat"),
    DraftState.DROPPED: N_("Lagt ner"),
}
TITLES: Mapping[Move, str] = {
    Move.SEND: N_("Skicka till chefen"),
    Move.APPROVE: N_("Godkänn granskningen"),
    Move.DECIDE: N_("Skriv in beslutet"),
    Move.PUBLISH: N_("Publicera"),
    Move.RETURN: N_("Skicka tillbaka"),
    Move.DROP: N_("Lägg ner utkastet"),
}
BUTTONS: Mapping[Move, str] = {
    Move.SEND: N_("Skicka till chefen"),
    Move.APPROVE: N_("Utkastet är granskat"),
    Move.DECIDE: N_("Spara beslutet"),
    Move.PUBLISH: N_("Publicera löftet"),
    Move.RETURN: N_("Skicka tillbaka"),
    Move.DROP: N_("Lägg ner utkastet"),
}
DONE: Mapping[Move, str] = {
    Move.SEND: N_("Utkastet är skickat till chefen."),
    Move.APPROVE: N_("Utkastet är granskat. Nu kan det beslutas."),
    Move.DECIDE: N_("Beslutet är inskrivet. Nu kan löftet publiceras."),
    Move.PUBLISH: N_("Löftet är publicerat. Det gäller från %(day)s."),
    Move.RETURN: N_("Utkastet är skickat tillbaka."),
    Move.DROP: N_("Utkastet är nedlagt."),
}
WHOLE = N_("Hela kommunen")
WROTE_OVER = N_("Skrev över det som någon annan hade sparat")
