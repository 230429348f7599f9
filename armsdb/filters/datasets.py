"""What can be asked of datasets."""

from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import Terms
from armsdb.models import Dataset

from .base import StrictFilterSet
from .fields import WordFilter


class DatasetFilterSet(StrictFilterSet):
    NOUN = _("Datasets")
    ORDERINGS = {"name": ["name"], "updated": ["updated"]}
    DEFAULT_ORDERING = "name"

    terms = WordFilter(
        paths=["terms"],
        choices=Terms,
        label=_("Terms"),
        phrase=_(", %s"),
        help_text=_("What may be done with its rows."),
    )

    class Meta(StrictFilterSet.Meta):
        model = Dataset
