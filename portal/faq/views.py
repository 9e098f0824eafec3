"""The public's questions and answers."""

from flask import Blueprint, Response

from portal.faq import queries
from portal.web.markdown import safe_html
from portal.web.portal import reader
from portal.web.render import page

public = Blueprint("faq", __name__)


@public.get("/fragor")
def questions() -> Response:
    """Show every question that has an answer, by department."""
    topics = queries.public_topics(reader())
    return page("faq/questions.html", topics=topics, count=sum(len(topic.answers) for topic in topics))


@public.get("/fragor/<slug>")
def question(slug: str) -> Response:
    """Show one answer, whom to ask more, and what others ask the same people."""
    answer = queries.public_answer(reader(), slug)
    others = queries.public_answers_of(reader(), answer.department_id)
    return page(
        "faq/question.html",
        answer=answer,
        text=safe_html(answer.answer),
        service=queries.related_service(reader(), answer),
        others=[other for other in others if other.id != answer.id],
    )
