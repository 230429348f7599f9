"""What the forms of one record hold, written by the actions as one change."""

from typing import Any

from django.contrib.auth.models import AbstractUser

from armsdb import actions
from armsdb.models import Fact, Record

from .forms import CitationFormSet, RecordForm


def write(form: RecordForm, formsets: list[Any], *, user: AbstractUser) -> Record:
    """Write a record with its parts and citations; raise ValidationError where an action refuses.

    Call it inside `actions.gathered()`, so that all of it is one change.
    """
    model: type[Record] = form._meta.model
    by: dict[str, Any] = {"user": user, "reason": form.why}
    values = form.values
    new = form.instance.pk is None
    public_id = _new_id(model, values) if new else form.instance.public_id
    parts = {formset.part: formset.rows for formset in formsets if not isinstance(formset, CitationFormSet)}
    record, _outcome = actions.put(model=model, public_id=public_id, values=values, parts=parts, new=new, **by)
    for formset in formsets:
        if isinstance(formset, CitationFormSet):
            actions.cite_all(fact=record, rows=formset.changed, **by)
            for citation in formset.taken_back:
                actions.withdraw(record=citation, **by)
    return record


def _new_id(model: type[Record], values: dict[str, Any]) -> str:
    """The id of a new record by its rule; a fact without a key is given the next one."""
    if not issubclass(model, Fact):
        return actions.id_from_name(model=model, name=values["name"])
    values["key"] = values["key"] or actions.next_key(model=model, dataset=values["dataset"])
    return actions.id_of_fact(dataset=values["dataset"], key=values["key"])
