"""What can be asked of citations."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import Basis, Stance
from armsdb.models import CITABLE, Citation, Source

from .base import StrictFilterSet
from .fields import Choice, ManyFilter, RecordFilter, WordFilter, find


class FactFilter(ManyFilter):
    """Citations of some facts, named by their ids."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(paths=CITABLE, read=self._read, **kwargs)

    def _read(self, text: str) -> Choice:
        for kind in CITABLE:
            model: Any = Citation._meta.get_field(kind).related_model
            fact = find(model, text)
            if fact is not None:
                return Choice(fact.public_id, fact.name, (kind, fact.pk))
        raise ValidationError(_now("There is no fact with the id “%(id)s”.") % {"id": text})

    def filter(self, qs: QuerySet, value: list[Choice]) -> QuerySet:
        if not value:
            return qs
        condition = Q()
        for choice in value:
            kind, pk = choice.stored
            condition |= Q(**{kind: pk})
        return qs.filter(condition)


class CitationFilterSet(StrictFilterSet):
    NOUN = _("Citations")
    ORDERINGS = {"id": ["public_id"], "updated": ["updated"]}
    DEFAULT_ORDERING = "id"

    q = exact = None  # type: ignore[assignment]  # citations are not searched; their facts are
    source = RecordFilter(
        paths=["source", "quotes"],
        model=Source,
        label=_("Source"),
        phrase=_(" of %s"),
        help_text=_("Id of a source that is cited or quoted."),
    )
    stance = WordFilter(
        paths=["stance"],
        choices=Stance,
        label=_("Stance"),
        phrase=_(", where the place %s"),
        help_text=_("What the place does."),
    )
    basis = WordFilter(
        paths=["basis"],
        choices=Basis,
        label=_("Basis"),
        phrase=_(", resting on: %s"),
        help_text=_("What the statement rests on."),
    )
    fact = FactFilter(label=_("Fact"), phrase=_(" on %s"), help_text=_("Id of the fact that is cited."))

    class Meta(StrictFilterSet.Meta):
        model = Citation
