"""What can be asked of networks: around whom, and of which transfers; and the links that answer."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import django_filters
import numpy as np
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.lib.names import in_sentence
from armsdb.models import Country, Dataset, Entity, Organisation, Transfer
from armsdb.models.company_parts import MOST_COMPANIES
from armsdb.models.links import LINKED, PART, TRANSFERS, Link, address_of, of_facts, parts_in, published
from armsdb.models.memory import now
from armsdb.models.tallies import Groups, tally

from .fields import Choice, ManyFilter, did_you_mean, find
from .sharing import Filters
from .transfers import TransferFilterSet


class LinkedFilter(ManyFilter):
    """Countries, organisations and people, by “kind:id” or by any known name; it keeps all rows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read=self._read, paths=(), **kwargs)

    def filter(self, qs: QuerySet, value: list[Choice]) -> QuerySet:
        return qs

    def _read(self, text: str) -> Choice:
        found: Choice = now().found(self, text, lambda: self._named(text))
        return found

    @staticmethod
    def _named(text: str) -> Choice:
        kind, found, name = text.partition(":")
        models = [model for model in LINKED if found and kind.strip().lower() == model.TYPE]
        for model in models or LINKED:
            record = find(model, name.strip() if models else text)
            if record:
                return Choice(address_of(record), record.name, (model.TYPE, record.pk))
        names = chain(*(model.objects.published().values_list("public_id", flat=True)[:5000] for model in LINKED))
        words = _("There is no country, organisation or person “%(value)s”.%(hint)s")
        raise ValidationError(words % {"value": text, "hint": did_you_mean(text, list(names))})


class NetworkFilterSet(TransferFilterSet):
    """A question about the links of some records; what else it asks for narrows the transfers among them."""

    around: django_filters.Filter = LinkedFilter(
        label=gettext_lazy("Around"),
        help_text=gettext_lazy(
            "A country, company, organisation or person, by any known name; several stand in the middle together."
        ),
    )

    @classmethod
    def get_filters(cls) -> Filters:
        found = super().get_filters()
        if "around" in found:
            found.move_to_end("around", last=False)
        return found

    @cached_property
    def centres(self) -> list[Entity]:
        """The records in the middle, in the order in which they were named; a query a kind."""
        named = [choice.stored for choice in self.form.cleaned_data["around"]]
        records = {
            (model.TYPE, pk): record
            for model in LINKED
            for pk, record in published(model, [pk for kind, pk in named if kind == model.TYPE]).items()
        }
        return [records[key] for key in named if key in records]

    @cached_property
    def sentence(self) -> str:
        if self.problems or not self.form.cleaned_data["around"]:
            return super().sentence
        names = [in_sentence(choice.label) for choice in self.form.cleaned_data["around"]]
        last = names.pop()
        told = _("Links of %(names)s") % {
            "names": _("%(some)s and %(last)s") % {"some": ", ".join(names), "last": last} if names else last
        }
        asked = super().sentence
        if asked == str(self.NOUN):
            return told
        return _("%(links)s; of %(transfers)s") % {"links": told, "transfers": asked[0].lower() + asked[1:]}


def asked(query: QueryDict) -> NetworkFilterSet:
    """A question about a network."""
    return NetworkFilterSet(query, queryset=Transfer.objects.published())


@dataclass
class Network:
    """The records in the middle and their links; and what has no link, in numbers.

    `unread`: facts of a kind, or organisations in transfers, beyond the most that are read; `unnamed`: facts that name
    nobody at the other end; `unknown`: transfers that tell no country there; `own`: those that stay in one country.
    """

    centres: list[Entity]
    links: list[Link]
    datasets: list[Any]
    unread: dict[str, int] = field(default_factory=dict)
    unnamed: int = 0
    unknown: int = 0
    own: int = 0


def read(question: NetworkFilterSet) -> Network:
    """The links of the records that an understood question names."""
    centres = question.centres
    told = of_facts(centres)
    network = Network(centres, [], [], unread=dict(told.unread), unnamed=told.unnamed)
    keys = {model: [one.pk for one in centres if isinstance(one, model)] for model in (Country, Organisation)}
    transfers = list(_between(question, keys[Country], network))
    parts = list(_parts(question, keys[Organisation], keys[Country], network))
    facts = chain(*(link.facts for link in told.links))
    datasets = _datasets({link.dataset for link in (*transfers, *parts)} | {fact.dataset_id for fact in facts})
    for link in (*transfers, *parts):
        link.dataset = datasets[link.dataset]
    network.links = [*transfers, *parts, *told.links]
    network.datasets = sorted(datasets.values(), key=lambda dataset: (dataset.name, dataset.pk))
    return network


def _datasets(keys: Collection[int]) -> dict[int, Any]:
    return Dataset.objects.select_related("publisher").in_bulk(keys) if keys else {}


def _between(question: NetworkFilterSet, countries: list[int], network: Network) -> Iterator[Link]:
    """The links of these countries by transfers, each of one dataset, whose key it has; one query."""
    if not countries:
        return
    counted = tally(question.columns, question.kept.all, "dataset", "supplier", "recipient", "evidence")
    counted = counted.where(_among(counted, "supplier", countries) | _among(counted, "recipient", countries))
    records = published(Country, {pk for (_d, *sides, _g), _number in counted.items() for pk in sides if pk})
    links: dict[tuple[Any, ...], Link] = {}
    for (dataset, supplier, recipient, grade), number in counted.items():
        if supplier == recipient:
            network.own += number
        elif supplier not in records or recipient not in records:
            network.unknown += number
        else:
            source, target = records[supplier], records[recipient]
            made = Link(kind=TRANSFERS, source=source, target=target, dataset=dataset)
            links.setdefault((dataset, supplier, recipient), made).add("", grade, number)
    yield from links.values()


def _among(counted: Groups, side: str, keys: Iterable[int]) -> Any:
    wanted = set(keys)
    return np.isin(counted.codes[side], [code for code, pk in enumerate(counted.values[side]) if pk in wanted])


def _parts(question: NetworkFilterSet, bodies: list[int], countries: list[int], network: Network) -> Iterator[Link]:
    """The links of organisations with the countries on both sides of the transfers in which they take part; of many
    organisations those with most."""
    if not bodies and not countries:
        return
    narrows = {condition.parameter for condition in question.conditions} - {"around"}
    lines = question.answer.rows if narrows else question.queryset
    told = parts_in(lines, bodies, countries)
    numbers: dict[int, int] = {}
    for (body, _country, _side, _dataset), cells in told.numbers.items():
        numbers[body] = numbers.get(body, 0) + sum(cells.values())
    first = set(sorted(numbers, key=lambda pk: (pk not in bodies, -numbers[pk], pk))[: MOST_COMPANIES + len(bodies)])
    if len(numbers) > len(first):
        network.unread[PART] = len(numbers) - len(first)
    kept = {key: cells for key, cells in told.numbers.items() if key[0] in first}
    organisations = published(Organisation, {key[0] for key in kept})
    records = published(Country, {key[1] for key in kept})
    for (body, country, side, dataset), cells in kept.items():
        if body in organisations and country in records:
            link = Link(kind=PART, source=organisations[body], target=records[country], dataset=dataset, side=side)
            link.roles = sorted(told.roles[body, country, side])
            for grade, number in cells.items():
                link.add("", grade, number)
            yield link
