"""The service catalogue in the order it is shown."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from forms.definition import Form
from portal.departments.models import Department
from portal.services.models import Service


def with_e_service(services: Sequence[Service], forms: Mapping[str, Form]) -> list[Service]:
    """Give the services that can be used on the web, by name."""
    return sorted(
        (service for service in services if service.e_service in forms), key=lambda service: service.name
    )


def by_department(services: Sequence[Service]) -> list[tuple[Department, list[Service]]]:
    """Give services, already in the order of their departments, one department at a time."""
    return [
        (department, list(own))
        for department, own in groupby(services, key=lambda service: service.department)
    ]
