"""What can be asked of sources."""

from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import SourceKind
from armsdb.models import Organisation, Source

from .base import StrictFilterSet
from .fields import RecordFilter, WordFilter


class SourceFilterSet(StrictFilterSet):
    NOUN = _("Sources")
    ORDERINGS = {"name": ["name"], "published": ["published_earliest", "published_latest"], "updated": ["updated"]}
    DEFAULT_ORDERING = "name"

    kind = WordFilter(
        paths=["kind"],
        choices=SourceKind,
        label=_("Kind"),
        phrase=_(", kind %s"),
        help_text=_("What kind of document it is."),
    )
    publisher = RecordFilter(
        paths=["publisher"],
        model=Organisation,
        unknown=_("nobody who is told"),
        label=_("Publisher"),
        phrase=_(" published by %s"),
        help_text=_("Who published it: id or any known name; “unknown” for none."),
    )
    via = RecordFilter(
        paths=["via"],
        model=Source,
        unknown=_("no other source"),
        label=_("Known through"),
        phrase=_(" known through %s"),
        help_text=_("Id of the source through which it is known; “unknown” for those that were read."),
    )

    class Meta(StrictFilterSet.Meta):
        model = Source
