"""What a part of a picture tells whoever points at it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.lib.vocab import Grade
from armsdb.models.tallied import Tallied


def reading_of(name: str, row: Tallied) -> str:
    """How many transfers there are, and how they are known: “2002: 5 transfers; reported 4, alleged 1”."""
    told = ngettext("%(n)s transfer", "%(n)s transfers", row.number) % {"n": row.number}
    counted = {grade: row.of_grade(grade) for grade in Grade}
    grades = ", ".join(f"{grade.label} {number}" for grade, number in counted.items() if number)
    return _("%(name)s: %(told)s; %(grades)s") % {"name": name, "told": told, "grades": grades}
