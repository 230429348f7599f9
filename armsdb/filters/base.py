"""The strict base of every FilterSet: what is not understood is refused, and what is left out is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb import search
from armsdb.lib.names import in_sentence
from armsdb.models.memory import Memory, View, view

from .answers import Answer
from .fields import Choice, ExactFilter, TextFilter
from .forms import Problem, StrictForm
from .sharing import Filters, form_class


@dataclass(frozen=True)
class Condition:
    """One condition of a question: the parameter and value, in words, and the question without it."""

    parameter: str
    value: str
    label: str
    without: str


class StrictFilterSet(django_filters.FilterSet):
    """A question about one kind of record.

    `rows` has the answer in its order; a question that is not understood has no rows, and `problems` say why.
    """

    #: What readers call the rows, and the orders that may be asked for, each a list of columns.
    NOUN: ClassVar[Any]
    ORDERINGS: ClassVar[dict[str, list[str]]]
    DEFAULT_ORDERING: ClassVar[str]
    #: Parameters that cannot be asked without another one.
    NEEDING: ClassVar[dict[str, tuple[str, ...]]] = {"q": ("exact",)}

    #: How what answers is counted and sliced.
    ANSWER: ClassVar[type[Answer]] = Answer

    q = TextFilter(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("Words to look for: all must be found, phrases stand in quotes, a minus excludes."),
    )
    exact = ExactFilter(
        label=gettext_lazy("Spelling"),
        help_text=gettext_lazy("Without it, names that are mistyped are found as well where nothing has the words."),
    )

    class Meta:
        form = StrictForm
        fields: ClassVar[list[str]] = []

    @classmethod
    def get_filters(cls) -> Filters:
        return Filters(super().get_filters())

    def get_form_class(self) -> type[StrictForm]:
        """One form for all questions of the kind, since they have the same fields."""
        return form_class(type(self))  # type: ignore[arg-type]  # classes can be keys

    @cached_property
    def problems(self) -> list[Problem]:
        """What is wrong with the question; empty where it is understood."""
        ordering = self._ordering_problem()
        with self.view.at_hand():
            return self.form.problems + ([ordering] if ordering else [])

    @cached_property
    def view(self) -> View:
        """What the question is answered from: all that is read for it is as new, or newer."""
        return view()

    @property
    def memory(self) -> Memory:
        """What is remembered since the data version at which the question is answered."""
        return self.view.memory

    @cached_property
    def rows(self) -> QuerySet:
        """The rows that answer the question, in the order asked for; none where it is not understood."""
        if self.problems:
            return self.queryset.none()
        return self.in_order(self.filter_queryset(self.queryset))

    @cached_property
    def answer(self) -> Answer:
        """What answers an understood question, to be counted and sliced into keys."""
        return self.ANSWER(self)

    @cached_property
    def answer_to_pass_on(self) -> Answer:
        """What of it may be passed on as a whole."""
        return self.ANSWER(self, passed_on=True)

    @property
    def qs(self) -> QuerySet:
        """The same as `rows`, under the name that django-filter's own tools use."""
        return self.rows

    @cached_property
    def left_out(self) -> dict[str, int]:
        """How many rows the question leaves out without having said so, by reason."""
        return {"undated": 0, "currency": 0, "licence": 0}

    # Order

    @property
    def ordering(self) -> str:
        """The order asked for, or the default one."""
        return self.data.get("ordering") or ("relevance" if self._has_words else self.DEFAULT_ORDERING)

    @property
    def _has_words(self) -> bool:
        return bool((self.data.get("q") or "").strip())

    @classmethod
    def ordering_names(cls) -> list[str]:
        """Every order that can be asked for."""
        return [sign + name for name in cls.ORDERINGS for sign in ("", "-")] + ["relevance"]

    def _ordering_problem(self) -> Problem | None:
        asked = self.data.get("ordering")
        if not asked:
            return None
        if asked == "relevance" and not self._has_words:
            return Problem("ordering", _("Ordering by relevance needs words to look for: q."))
        if asked in self.ordering_names():
            return None
        allowed = ", ".join(self.ordering_names())
        return Problem("ordering", _("The order is not one of: %(allowed)s.") % {"allowed": allowed})

    def in_order(self, rows: QuerySet) -> QuerySet:
        """Rows in the order asked for: always total, what has no value last in both directions."""
        if self.ordering == "relevance":
            return search.by_relevance(rows, self.words)
        name = self.ordering.removeprefix("-")
        descending = self.ordering.startswith("-")
        order = [self.ordered(column, descending) for column in (*self.ORDERINGS[name], "id")]
        return rows.order_by(*order)

    def ordered(self, column: str, descending: bool) -> OrderBy:
        """The order by one column: what has no value comes last."""
        # Where nothing can be empty, no word on it: PostgreSQL would not take the index backwards.
        last = self.queryset.model._meta.get_field(column).null or None
        return F(column).desc(nulls_last=last) if descending else F(column).asc(nulls_last=last)

    # Words

    @cached_property
    def words(self) -> search.Asked:
        """The words of an understood question, as they are looked for: with likenesses where nothing has them so."""
        return self._understood()

    def _understood(self) -> search.Asked:
        asked = self.form.cleaned_data
        return search.understood(self.queryset.model, asked["q"], exact=bool(asked["exact"]))

    @property
    def likes(self) -> dict[str, tuple[str, ...]]:
        """The known words that are looked for in place of mistyped ones; empty where all is taken as written."""
        return dict(self.words.likes) if not self.problems and self.form.cleaned_data.get("q") else {}

    @property
    def as_written(self) -> str:
        """The question with its words only as they are written, as a query string."""
        query = self._query()
        query["exact"] = "1"
        return query.urlencode()

    @cached_property
    def conditions(self) -> list[Condition]:
        """The conditions of an understood question, one a value, each with the question without it."""
        return list(self._conditions()) if not self.problems else []

    def _conditions(self) -> Iterator[Condition]:
        for name, asked in self.form.cleaned_data.items():
            label = str(self.filters[name].label)
            if isinstance(asked, list):
                for choice in asked:
                    yield Condition(name, choice.value, f"{label}: {choice.label}", self._without(name, choice))
            elif asked not in (None, ""):
                yield Condition(name, str(asked), f"{label}: {self._in_words(name, asked)}", self._without(name))

    def _in_words(self, name: str, asked: Any) -> str:
        """A value that is asked for, as readers write it."""
        if isinstance(asked, Decimal):
            return format(asked, "f")
        return str(dict(getattr(self.form.fields[name], "choices", ())).get(asked, asked))

    def _without(self, name: str, choice: Choice | None = None) -> str:
        """The question without one of its conditions, as a query string."""
        query = self._query()
        if choice is None:
            for needless in (name, *self.NEEDING.get(name, ())):
                query.pop(needless, None)
        else:
            others = [other.value for other in self.form.cleaned_data[name] if other != choice]
            query.setlist(name, others)
        if name == "q" and query.get("ordering") == "relevance":
            query.pop("ordering")
        return query.urlencode()

    def _query(self) -> QueryDict:
        """The question as asked, without the page that was looked at and without empty values."""
        query = QueryDict(mutable=True)
        for name in self.data:
            values = self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data[name]]
            kept = [value for value in values if value]
            if kept and name != "page":
                query.setlist(name, kept)
        return query

    @property
    def query_string(self) -> str:
        """The question as a query string: the same on pages, API and downloads."""
        return self._query().urlencode()

    @cached_property
    def sentence(self) -> str:
        """What is asked, as a sentence without its end: “Transfers from Russia to Myanmar, 2001 to 2021”."""
        return str(self.NOUN) + "".join(self._phrases()) if not self.problems else str(self.NOUN)

    def _phrases(self) -> Iterator[str]:
        """The conditions in words: what belongs to the noun, the years, then the rest after commas."""
        told = []
        for name, asked in self.form.cleaned_data.items():
            phrase = str(getattr(self.filters[name], "phrase", ""))
            if phrase and isinstance(asked, list) and asked:
                told.append(phrase % either([in_sentence(choice.label) for choice in asked]))
        yield from self._beside_noun([phrase for phrase in told if not phrase.startswith(",")])
        yield from self._year_phrase()
        yield from (phrase for phrase in told if phrase.startswith(","))
        if self.form.cleaned_data.get("q"):
            yield ", " + _("with the words “%(q)s”") % {"q": self.form.cleaned_data["q"]}

    @staticmethod
    def _beside_noun(phrases: list[str]) -> Iterator[str]:
        """“Transfers of tanks from …”, “Figures about one and about another”, “of Tanks, type not given, from …”."""
        phrases = sorted(phrases, key=lambda phrase: not phrase.startswith(" of "))
        for before, phrase in zip(["", *phrases], phrases, strict=False):
            yield "," if "," in before else ""
            again = any(before.startswith(word) and phrase.startswith(word) for word in (" about ", " with "))
            yield _(" and") + phrase if again else phrase

    def _year_phrase(self) -> Iterator[str]:
        first, last = self.form.cleaned_data.get("year_from"), self.form.cleaned_data.get("year_to")
        years = {"first": first, "last": last}
        if first is not None and last is not None:
            yield ", " + (_("%(first)s to %(last)s") % years if first != last else str(first))
        elif first is not None:
            yield ", " + _("from %(first)s on") % years
        elif last is not None:
            yield ", " + _("until %(last)s") % years


def either(labels: list[str]) -> str:
    """Words joined by “or”."""
    return (
        labels[0]
        if len(labels) == 1
        else _("%(some)s or %(last)s") % {"some": ", ".join(labels[:-1]), "last": labels[-1]}
    )
