"""The public's pages about who does what, and when they are there."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from portal.clock import local_day, now
from portal.departments import queries, rules
from portal.departments.models import Department
from portal.feature import Section
from portal.web.language import current_language
from portal.web.portal import portal, reader
from portal.web.render import page

public = Blueprint("departments", __name__)


@public.get("/verksamheter")
def departments() -> Response:
    """Show everyone who works for the municipality, by organisation."""
    return page(
        "departments/departments.html",
        organisations=queries.organisations_with_departments(reader()),
        partners=queries.partners(reader()),
    )


@public.get("/organisationer/<slug>")
def organisation(slug: str) -> Response:
    """Show who an organisation is, how to reach it and what it does for people."""
    found, departments = queries.organisation_by_slug(reader(), slug)
    return page("departments/organisation.html", organisation=found, departments=departments)


@public.get("/verksamheter/<slug>")
def department(slug: str) -> Response:
    """Show how to reach a department, what it does and what it promises."""
    at, tongue = now(), current_language()
    found = queries.department_by_slug(reader(), slug)
    hours = queries.hours_from(reader(), found, local_day(at))
    return page(
        "departments/department.html",
        department=found,
        open_now=rules.open_now(hours.week, hours.unusual, at),
        week=[
            (name, rules.spans(day, tongue))
            for name, day in zip(rules.WEEKDAYS, hours.week.days, strict=True)
        ],
        unusual=[(day.day, rules.spans(day.intervals, tongue), day.note) for day in hours.unusual],
        sections=_sections(reader(), found, at),
    )


def _sections(db: Session, department: Department, at: datetime) -> list[tuple[Section, Any]]:
    offered = [section for feature in portal().features for section in feature.department_sections]
    ordered = sorted(offered, key=lambda section: section.order)
    return [(section, section.load(db, department.id, at)) for section in ordered]
