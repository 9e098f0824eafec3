"""The table of kinds: the one place that lists them."""

from collections.abc import Mapping
from types import MappingProxyType

from forms.definition import Field
from forms.kinds.choice import OneOfChoices, YesNo
from forms.kinds.contact import Email, Phone
from forms.kinds.file import Images
from forms.kinds.information import Information
from forms.kinds.kind import Kind
from forms.kinds.text import LongText, ShortText

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            ShortText(),
            LongText(),
            OneOfChoices(),
            YesNo(),
            Email(),
            Phone(),
            Images(),
            Information(),
        )
    }
)


def kind_of(field: Field) -> Kind:
    """Give the kind that owns the field. The loader has seen to it that there is one."""
    return KINDS[field.kind]
