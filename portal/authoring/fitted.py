"""The forms fitted to a draft: with what they may offer, and what they begin with."""

from datetime import date

from portal.authoring.actions import decided_on
from portal.authoring.form_values import values_of
from portal.authoring.forms import DraftForm, House
from portal.authoring.move_forms import FORMS, DecideForm, MoveForm, PublishForm
from portal.authoring.rules import Move, first_day, slug_of
from portal.authoring.sheet import Sheet
from portal.i18n import Language, without_marks


def draft_form(sheet: Sheet, today: date, tongue: Language, *, fresh: bool = False) -> DraftForm:
    """Give the form of a draft: as it was sent, or `fresh` with what lies in the draft."""
    values = values_of(sheet.content, sheet.draft.revision)
    form = DraftForm(formdata=None, data=values) if fresh else DraftForm()
    form.about(
        House(
            today=today,
            tongue=tongue,
            calendar=sheet.calendar,
            last_start=sheet.last_start,
            services=sheet.services,
            keepers=sheet.keepers,
            laws=sheet.laws,
            law=sheet.content.law,
        )
    )
    return form


def move_form(
    to: Move, sheet: Sheet, today: date, tongue: Language, taken: frozenset[str], *, fresh: bool = False
) -> MoveForm:
    """Give the form of a move: as it was sent, or `fresh`. `taken` are the names in addresses that pledges have."""
    kind = FORMS[to]
    form = kind(formdata=None, prefix=to) if fresh else kind(prefix=to)
    if fresh:
        form.revision.data = str(sheet.draft.revision)
    if isinstance(form, DecideForm):
        form.today = today
    if isinstance(form, PublishForm):
        _about_publishing(form, sheet, today, tongue, taken)
        if fresh:
            _offer(form, sheet, taken)
    return form


def _about_publishing(
    form: PublishForm, sheet: Sheet, today: date, tongue: Language, taken: frozenset[str]
) -> None:
    decided = decided_on(sheet.draft)
    form.about(today=today, decided_on=decided, last_start=sheet.last_start, tongue=tongue)
    form.taken, form.sheet = taken, sheet
    if sheet.draft.pledge is not None:
        del form.slug


def _offer(form: PublishForm, sheet: Sheet, taken: frozenset[str]) -> None:
    """Offer the day that was wished for while it is possible, and a name in addresses for a new pledge."""
    wished = sheet.content.valid_from
    form.valid_from.data = first_day(wished, form.earliest)
    if "slug" in form:
        form.slug.data = slug_of(without_marks(sheet.content.short), taken)
