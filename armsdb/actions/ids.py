"""Public ids of new records, by rule: of facts from dataset and key, of everything else from the name."""

import re
from itertools import count

from django.utils.translation import gettext as _

from armsdb.lib import names
from armsdb.models import Dataset, Fact, FormerId, Record

from .saving import refusal

#: A key as ours are: a letter for the kind, and a number.
_NUMBERED = re.compile(r"([A-Z]+)([0-9]+)")


def id_from_name(*, model: type[Record], name: str) -> str:
    """An id made of a name; where another record has or had it, with the next free number."""
    slug = _slug(name, "name")
    ids = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(public_id for public_id in ids if not _is_used(model, public_id))


def id_of_fact(*, dataset: Dataset, key: str) -> str:
    """The id of a fact: its dataset, and its key inside it."""
    return f"{dataset.public_id}-{_slug(key, 'key')}"


def next_key(*, model: type[Fact], dataset: Dataset) -> str:
    """The next key of a dataset for a kind of fact: its letter and the next number that no record has or had."""
    found = [_NUMBERED.fullmatch(key) for key in model.objects.filter(dataset=dataset).values_list("key", flat=True)]
    numbered = [match for match in found if match]
    last = max(numbered, key=lambda match: int(match[2]), default=None)
    letter, width = (last[1], len(last[2])) if last else (model.TYPE[0].upper(), 1)
    keys = (f"{letter}{number:0{width}}" for number in count(int(last[2]) + 1 if last else 1))
    return next(key for key in keys if not _is_used(model, id_of_fact(dataset=dataset, key=key)))


def _slug(text: str, field: str) -> str:
    try:
        return names.slug(text)
    except ValueError as error:
        raise refusal(_("An id is made of it: it needs a letter or a digit."), field) from error


def _is_used(model: type[Record], public_id: str) -> bool:
    taken = model._default_manager.filter(public_id=public_id).exists()
    return taken or FormerId.objects.filter(type=model.TYPE, former=public_id).exists()
