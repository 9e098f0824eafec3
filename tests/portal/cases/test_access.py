"""Keys and references."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.access import Access
from portal.cases.queries import case_by_key
from portal.cases.reference import SIGNS, assemble, new_reference, tidy
from portal.errors import NotFound
from portal.services.models import Secrecy
from tests.builders import ACCESS, a_case, a_service


def test_the_key_opens_the_case(db):
    case = a_case(db)
    assert case_by_key(db, case.reference.lower(), f" {ACCESS.key(case)} ", ACCESS) is case


@pytest.mark.parametrize("key", ["", "fel", "å" * 40, "a" * 32])
def test_a_wrong_key_opens_nothing(db, key):
    case = a_case(db)
    with pytest.raises(NotFound):
        case_by_key(db, case.reference, key, ACCESS)


def test_a_wrong_key_and_an_unknown_reference_are_told_alike(db):
    case = a_case(db)
    with pytest.raises(NotFound) as wrong_key:
        case_by_key(db, case.reference, "fel", ACCESS)
    with pytest.raises(NotFound) as unknown:
        case_by_key(db, "FEL-2222-22", ACCESS.key(case), ACCESS)
    assert str(wrong_key.value) == str(unknown.value)


def test_a_secret_case_opens_for_nobody_outside(db):
    case = a_case(db, a_service(db, secrecy=Secrecy.SECRET))
    with pytest.raises(NotFound):
        case_by_key(db, case.reference, ACCESS.key(case), ACCESS)


def test_another_secret_gives_another_key(db):
    case = a_case(db)
    assert Access(ACCESS.base_url, "another-secret-altogether").key(case) != ACCESS.key(case)


def test_a_key_holds_at_least_128_bits(db):
    assert len(ACCESS.key(a_case(db))) * 5 >= 128


@given(st.text(SIGNS, min_size=5, max_size=5))
def test_a_reference_typed_carelessly_is_understood(body):
    reference = assemble("FEL", body)
    assert tidy(f" {reference.lower().replace('-', ' ')} ") == reference


def test_references_use_no_signs_that_are_mixed_up():
    assert not set(new_reference("FEL")[4:]) & set("01ILOU")
