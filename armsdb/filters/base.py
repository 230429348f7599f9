"""The strict base of every FilterSet: what is not understood is refused, and what is left out is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb import search
from armsdb.lib.names import in_sentence

from .fields import Choice, ManyField, TextFilter, did_you_mean

#: Parameters that say how an answer is given, not what is asked.
CONTROLS = ("ordering", "page", "page_size", "cursor", "fields", "format")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one parameter of a question."""

    parameter: str
    detail: str


@dataclass(frozen=True)
class Condition:
    """One condition of a question: the parameter and value, in words, and the question without it."""

    parameter: str
    value: str
    label: str
    without: str


class StrictForm(forms.Form):
    """Refuses parameters that nobody knows, and values that are given twice where one is meant."""

    #: Parameters that are no fields and mean nothing to the form itself.
    controls: ClassVar[tuple[str, ...]] = CONTROLS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unknown: list[Problem] = []

    def clean(self) -> dict[str, Any]:
        allowed = [*self.fields, *self.controls]
        for name in self.data:
            if name not in allowed:
                self.refuse(name, _("Unknown parameter.") + did_you_mean(name, allowed))
            elif not isinstance(self.fields.get(name), ManyField) and self._times(name) > 1:
                self.refuse(name, _("The parameter is given more than once."))
        self.check_together()
        return self.cleaned_data

    def check_together(self) -> None:
        """Check what parameters mean together."""
        if self._turned_round("year_from", "year_to"):
            self.refuse("year_from", _("The first year is after the last."))
        money = self.cleaned_data.get("value_min"), self.cleaned_data.get("value_max")
        asked = any(amount is not None for amount in money)
        if asked and not self.cleaned_data.get("currency") and "currency" not in self.errors:
            self.refuse("currency", _("A question about values needs their currency, such as currency=USD."))
        if self._turned_round("value_min", "value_max"):
            self.refuse("value_min", _("The lowest value is above the highest."))

    def _turned_round(self, low: str, high: str) -> bool:
        """Whether both ends of a range are given, the lower one above the upper one."""
        first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
        return first is not None and last is not None and first > last

    def refuse(self, parameter: str, detail: str) -> None:
        """Refuse the question because of this parameter."""
        if parameter in self.fields:
            self.add_error(parameter, detail)
            return
        self._unknown.append(Problem(parameter, detail))
        self.add_error(None, ValidationError(f"{parameter}: {detail}"))

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the question; empty where it is understood."""
        self.is_valid()
        return self._unknown + [
            Problem(name, str(message))
            for name, messages in self.errors.items()
            if name != NON_FIELD_ERRORS
            for message in messages
        ]

    def _times(self, name: str) -> int:
        return len(self.data.getlist(name)) if hasattr(self.data, "getlist") else 1


class StrictFilterSet(django_filters.FilterSet):
    """A question about one kind of record.

    `rows` has the answer in its order; a question that is not understood has no rows, and `problems` say why.
    """

    #: What readers call the rows, and the orders that may be asked for, each a list of columns.
    NOUN: ClassVar[Any]
    ORDERINGS: ClassVar[dict[str, list[str]]]
    DEFAULT_ORDERING: ClassVar[str]
    #: Parameters that cannot be asked without another one.
    NEEDING: ClassVar[dict[str, tuple[str, ...]]] = {}

    q = TextFilter(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("Words to look for: all must be found, phrases stand in quotes, a minus excludes."),
    )

    class Meta:
        form = StrictForm
        fields: ClassVar[list[str]] = []

    @cached_property
    def problems(self) -> list[Problem]:
        """What is wrong with the question; empty where it is understood."""
        ordering = self._ordering_problem()
        return self.form.problems + ([ordering] if ordering else [])

    @cached_property
    def rows(self) -> QuerySet:
        """The rows that answer the question, in the order asked for; none where it is not understood."""
        if self.problems:
            return self.queryset.none()
        return self.in_order(self.filter_queryset(self.queryset))

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
            return search.by_relevance(rows, self.form.cleaned_data["q"])
        name = self.ordering.removeprefix("-")
        descending = self.ordering.startswith("-")
        order = [self._order(column, descending) for column in self.ORDERINGS[name]]
        return rows.order_by(*order, self._order("id", descending))

    @staticmethod
    def _order(column: str, descending: bool) -> OrderBy:
        return F(column).desc(nulls_last=True) if descending else F(column).asc(nulls_last=True)

    # Words

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
