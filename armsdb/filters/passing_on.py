"""What of an answer may be passed on as a whole, whose it is, and what is withheld and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from armsdb.exporters.works import credit_of
from armsdb.lib.vocab import Terms
from armsdb.models import Dataset
from armsdb.models.memory import now


@dataclass(frozen=True)
class Share:
    """The rows of one dataset among those that answer."""

    dataset: Dataset
    rows: int

    @property
    def credit(self) -> str:
        """Whom to credit for them."""
        return credit_of(self.dataset)

    @property
    def terms(self) -> str:
        """What may be done with them, in words."""
        return str(self.dataset.get_terms_display())


def credits_of(datasets: Iterable[int]) -> list[str]:
    """Whom to credit for the rows of some datasets, by name."""
    told = now().found("credit of each dataset", None, _credits)
    return sorted(told[key] for key in datasets)


def _credits() -> dict[int, str]:
    return {one.pk: credit_of(one) for one in Dataset.objects.select_related("publisher")}


class PassingOn:
    """What a file of an understood question holds; entities and documents are our own, and of no dataset."""

    def __init__(self, question: Any) -> None:
        self.question = question

    @property
    def rows(self) -> int:
        """How many rows a file has."""
        return int(self.question.answer_to_pass_on.count())

    @property
    def given(self) -> list[Share]:
        """The datasets whose rows a file has."""
        return [share for share in self._shares if share.dataset.terms == Terms.OPEN]

    @property
    def withheld(self) -> list[Share]:
        """The datasets whose rows answer and may not be passed on."""
        return [share for share in self._shares if share.dataset.terms != Terms.OPEN]

    @cached_property
    def _shares(self) -> list[Share]:
        counts = self.question.answer.by_dataset()
        datasets = Dataset.objects.filter(pk__in=counts).select_related("publisher").order_by("name", "pk")
        return [Share(one, counts[one.pk]) for one in datasets]
