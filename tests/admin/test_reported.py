"""What a passage says differently, as it is typed line by line."""

import pytest
from django.core.exceptions import ValidationError

from armsdb.admin.reported import ReportedField
from armsdb.models import Figure, Sanction, Transfer


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        (Transfer, "quantity delivered: 20", "quantity_delivered"),
        (Transfer, "Quantity  Delivered : 20", "quantity_delivered"),
        (Transfer, "quantity_delivered: 20", "quantity_delivered"),
        (Transfer, "Status: halted", "status"),
        (Transfer, "Companies:", "companies"),
        (Figure, "About:", "about"),
        (Sanction, "Imposed by:", "imposed_by"),
    ],
)
def test_a_field_is_called_as_the_form_calls_it(kind: type, typed: str, field: str) -> None:
    """Guards whoever writes what stands on the form, and is told that there is no such field."""
    assert list(ReportedField(kind).clean(typed)) == [field]


def test_every_line_that_cannot_be_is_told() -> None:
    """Guards whoever mends one line, and is told of the next one only then."""
    with pytest.raises(ValidationError) as refused:
        ReportedField(Transfer).clean("colour: red\nonly words\nStatus: sunk\nstatus: halted")
    assert refused.value.messages == [
        "colour: A transfer has no field “colour”.",
        "“only words” is no line of the form “field: value”.",
        "Status: “status” cannot be “sunk”.",
    ]
