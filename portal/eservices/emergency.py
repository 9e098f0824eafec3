"""Whom to ring when something is too dangerous to wait for a form. Pure."""

from collections.abc import Mapping
from typing import Any

from forms.building import asked_fields
from forms.definition import Form, Step
from portal.departments.models import Department
from portal.services.models import Service


def emergency_department(service: Service, category: str) -> Department | None:
    """Give the department to ring when it is dangerous: the category's own, else the service's; perhaps none."""
    own = [found.department for found in service.categories if found.key == category]
    return next((department for department in (*own, service.department) if department.emergency_phone), None)


def emergency_slugs(form: Form, step: Step, answers: Mapping[str, Any]) -> set[str]:
    """Give the departments whose emergency phone stands among the questions of the step."""
    return {field.emergency_of for field in asked_fields(form, step, answers) if field.emergency_of}
