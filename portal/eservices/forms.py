"""The steps as forms at the edge: drawn from answers, read from what was posted, pictures taken in on the way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import request

from forms.answers import Answers
from forms.building import StepForm, posted_answers, step_form
from forms.definition import Form, Step
from forms.kinds.file import ImagesQuestion
from portal.files.ingest import FileProblem, Ingested, Limits, ingest
from portal.i18n import N_
from portal.web.forms import PortalForm

CHOOSE_AGAIN = N_("Bilderna kunde inte sparas den här gången. Välj dem en gång till.")


class ReviewForm(PortalForm):
    """The last page: nothing to fill in, only to send."""


def drawn_form(form: Form, step: Step, answers: Answers) -> StepForm:
    """Give a step as it is first drawn, with what has been answered before."""
    made = step_form(form, step, answers, PortalForm)
    return made(formdata=None, data=dict(answers))


def posted_form(form: Form, step: Step, answers: Answers) -> StepForm:
    """Give a step with what was posted for it; a choice made on this page decides what is asked on it."""
    made = step_form(form, step, posted_answers(form, step, answers, request.form), PortalForm)
    return made(data=dict(answers))


def token_fits(form: StepForm) -> bool:
    """Tell whether the form was drawn for this very browser session."""
    return "csrf_token" not in form or bool(form["csrf_token"].validate(form))


def take_in(form: StepForm, at: datetime) -> list[tuple[ImagesQuestion, list[Ingested]]]:
    """Give the new pictures made harmless, as many as find room; what is wrong with others stands at its question."""
    return [(question, _taken_in(question, at)) for question in _picture_questions(form)]


def _taken_in(question: ImagesQuestion, at: datetime) -> list[Ingested]:
    """Take in as many as find room; the rest stay among the uploads, so that the question tells of them."""
    room = question.definition.max_files - len(question.data)
    taken: list[Ingested] = []
    for upload in tuple(question.uploads):
        if len(taken) >= room:
            break
        try:
            taken.append(ingest(upload.stream, upload.filename, Limits(), at))
        except FileProblem as problem:
            question.refuse(problem.message, problem.values)
    return taken


def refuse_pictures(form: StepForm) -> None:
    """Say that pictures must be chosen again: there is nowhere to keep them."""
    for question in _picture_questions(form):
        for _ in tuple(question.uploads):
            question.refuse(CHOOSE_AGAIN, {})


def removes_picture(form: StepForm) -> bool:
    """Tell whether the button that was pressed takes a picture away."""
    return any(question.remove_name in request.form for question in _picture_questions(form))


def values_to_keep(form: StepForm) -> Mapping[str, Any]:
    """Give what a judged step leaves in the draft: right answers, and wrong texts as they were typed."""
    wrong = {
        question.definition.id: question.data
        for question in form.questions
        if question.errors and isinstance(question.data, str) and not question.definition.choices
    }
    return {**form.answers(), **wrong}


def _picture_questions(form: StepForm) -> list[ImagesQuestion]:
    return [question for question in form.questions if isinstance(question, ImagesQuestion)]
