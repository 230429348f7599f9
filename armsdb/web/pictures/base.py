"""What every kind of picture has: the questions that it draws, its words, a small drawing of itself."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.charts.forms import SMALL
from armsdb.filters import Problem, TransferFilterSet
from armsdb.filters.pictured import asked, narrowed
from armsdb.lib.vocab import Grade
from armsdb.models.tallied import ByTime, Flows, Shares, Tallied

from .drawn import DATASETS, Drawn

Told = TypeVar("Told", ByTime, Shares, Flows)


class Changed(Exception):
    """What a question names was renamed or withdrawn while it was answered."""


#: What is true of every number in a picture.
ENTRIES = gettext_lazy("A transfer is one entry of a source or register: it says nothing about how much.")


@dataclass(frozen=True)
class Sketch:
    """A small drawing of what a picture looks like, with what it shows in words."""

    drawing: dict[str, Any]
    dataset: Any
    finding: str
    #: What it draws, where that is not all of a dataset.
    of_what: str = ""
    #: The shapes that it refers to, as those of `Drawn`.
    shapes: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, picture: dict[str, Any], of: str = "", shapes: Mapping[str, Any] | None = None) -> "Sketch | None":
        """That of a picture which is drawn small; None where nothing is drawn."""
        drawn = [panel for panel in picture["panels"] if panel["drawings"]]
        if not drawn:
            return None
        return cls(drawn[0]["drawings"][SMALL.name], drawn[0]["dataset"], drawn[0]["finding"], of, shapes or {})


class Picture(ABC):
    """A kind of picture, of any question about transfers."""

    #: Its name in addresses; what it is called; and in a sentence what it draws.
    name: str
    label: Any
    draws: Any
    #: What ends the title of a picture, after the question in words.
    by: Any
    #: What its numbers are of, as files name them.
    counts = "transfers"
    #: What is true of its datasets, where it draws several.
    apart: Any = gettext_lazy(
        "Each dataset is drawn on a scale of its own: datasets tell some of the same deliveries, and are never added "
        "up."
    )
    #: What a question has to name, where not every question can be drawn.
    needs: Any = ""

    def asked(self, query: QueryDict) -> TransferFilterSet:
        """The question that a query asks."""
        return asked(query)

    def names_none(self, question: TransferFilterSet) -> bool:
        """Whether an understood question names nothing of what `needs` says."""
        return False

    def problems(self, question: TransferFilterSet) -> list[Problem]:
        """What keeps an understood question from being drawn."""
        return []

    def examples(self, question: TransferFilterSet) -> list[tuple[str, str]]:
        """Questions that can be drawn, in words and as query strings, where `needs` says what to name."""
        return []

    @abstractmethod
    def drawn(self, question: TransferFilterSet, *, site: str, id: str = "picture") -> Drawn:  # noqa: A002
        """The picture of an understood question."""

    @abstractmethod
    def sketch(self, question: TransferFilterSet) -> Sketch | None:
        """A small drawing of the dataset with most transfers that answer; None where nothing is drawn."""

    def told(self, question: TransferFilterSet, picture: Mapping[str, Any], **parts: Any) -> Drawn:
        """What pages and files take, of the drawings of a question; `parts`: the other fields of Drawn."""
        self._lead(question, picture)
        drawings = {"panels": picture["panels"], "key": picture["key"]}
        return Drawn(picture=self, question=question, title=self.title(question), **drawings, **parts)

    def _lead(self, question: TransferFilterSet, picture: Mapping[str, Any]) -> None:
        """Let what can be pointed at lead to the same picture of that alone."""
        page = reverse(f"picture_{self.name}")
        for panel in picture["panels"]:
            for drawing in panel["drawings"].values():
                for spot in drawing["spots"]:
                    spot["url"] = f"{page}?{narrowed(question, **spot['values']).urlencode()}"

    @property
    def say(self) -> str:
        """What it shows, and what it does not."""
        return f"{self.draws} {ENTRIES}"

    def title(self, question: TransferFilterSet) -> str:
        return _("%(question)s, %(by)s") % {"question": question.sentence, "by": self.by}


def graded(grades: list[str]) -> tuple[list[str], Callable[[Tallied], list[int | None]]]:
    """The columns of a table that tell a number with and without disputed ones, and by grade; and its cells."""
    is_disputed = Grade.DISPUTED in grades and len(grades) > 1
    apart = grades if len(grades) > 1 else []
    columns = [_("Transfers"), *([_("Without disputed ones")] if is_disputed else [])]
    columns += [str(Grade(grade).label).capitalize() for grade in apart]

    def cells(row: Tallied) -> list[int | None]:
        return [row.number, *([row.undisputed] if is_disputed else []), *(row.of_grade(grade) for grade in apart)]

    return columns, cells


def with_most_told(tallied: Sequence[Told], question: TransferFilterSet) -> list[Told]:
    """Of what is told dataset by dataset, that of the one with most transfers; none where nothing is told."""
    return sorted(tallied, key=_number_in(question))[:1]


def most_told(tallied: Sequence[Told], question: TransferFilterSet) -> list[Told]:
    """Of what is told dataset by dataset, as much as is drawn at once, in the order that it has."""
    first = sorted(tallied, key=_number_in(question))[:DATASETS]
    return [told for told in tallied if told in first]


def _number_in(question: TransferFilterSet) -> Callable[[Any], int]:
    numbers = question.answer.by_dataset()
    return lambda told: -numbers[told.dataset.pk]


def site_of(request: HttpRequest) -> str:
    """Scheme and host under which a request came."""
    return f"{request.scheme}://{request.get_host()}"
