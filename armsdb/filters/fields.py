"""How one parameter of a question is read: each value named in the reader's words, or refused with a sentence."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import process

from armsdb import search
from armsdb.lib import terms
from armsdb.lib.text import UNSTORABLE, storable
from armsdb.lib.vocab import State
from armsdb.models import Entity, FormerId, Record
from armsdb.models.memory import now
from armsdb.models.parties import seen_by

#: The value that asks for the rows that have none.
UNKNOWN = "unknown"
MAX_VALUES = 50
#: Longer words than any id or name; what is longer is refused unread.
MAX_LENGTH = 200


@dataclass(frozen=True)
class Choice:
    """One value that was asked for: as it stands in addresses, as readers call it, as the database knows it.

    None is stored where nothing is.
    """

    value: str
    label: str
    stored: Any


class Spelling(TextChoices):
    """How words are taken: as they are written, or, without it, also with typing errors where nothing has them so."""

    EXACT = "1", gettext_lazy("only as it is written")


class ManyWidget(forms.TextInput):
    """Reads every value of a repeated parameter."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else list(filter(None, [data.get(name)]))

    def format_value(self, value: Any) -> str:
        return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")


class ManyBoxes(forms.CheckboxSelectMultiple):
    """Boxes to tick; the values that are ticked repeat the parameter."""


class ManyField(forms.Field):
    """A parameter that may be repeated, which means “or”; `read` turns one value into a Choice or refuses it."""

    widget = ManyWidget

    def __init__(self, *, read: Callable[[str], Choice], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, value: Sequence[str] | None) -> list[Choice]:
        texts = [text.strip() for text in value or [] if text.strip()]
        if len(texts) > MAX_VALUES:
            raise ValidationError(_("At most %(most)s values can be asked for at once.") % {"most": MAX_VALUES})
        if any(len(text) > MAX_LENGTH for text in texts):
            raise ValidationError(_("A value has at most %(most)s characters.") % {"most": MAX_LENGTH})
        if not all(map(storable, texts)):
            raise ValidationError(_("A value holds a character that no name has."))
        choices = {choice.value: choice for choice in map(self.read, texts)}
        return list(choices.values())


class ManyFilter(django_filters.Filter):
    """Rows with any of the values asked for, in any of the columns that can hold it."""

    field_class = ManyField

    def __init__(self, *, paths: Sequence[str], phrase: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.paths = paths
        self.phrase = phrase

    def filter(self, qs: QuerySet, value: list[Choice]) -> QuerySet:
        if not value:
            return qs
        wanted = [choice.stored for choice in value if choice.stored is not None]
        found = [self._in(qs, path, wanted) for path in self.paths if wanted]
        return qs.filter(reduce(or_, found + ([self._none(qs)] if len(wanted) < len(value) else [])))

    @staticmethod
    def _in(qs: QuerySet, path: str, wanted: list[Any]) -> Q:
        """The rows with any of some values in one column."""
        if "__" not in path:
            return Q(**{f"{path}__in": wanted})
        rows = qs.model._base_manager.filter(Q(**{f"{path}__in": wanted}) & seen_by(path))
        return Q(pk__in=rows.values("pk"))

    def keys(self, qs: QuerySet, value: list[Choice]) -> Iterator[QuerySet]:
        """The keys of the rows with the values, column by column, and among them some that are not in the queryset.

        What refers to rows tells their keys itself: joined to the rows, a database looks through all of them.
        """
        wanted = [choice.stored for choice in value if choice.stored is not None]
        for path in self.paths if wanted else ():
            first, _joined, rest = path.partition("__")
            relation: Any = qs.model._meta.get_field(first)
            if relation.one_to_many:
                conditions: Any = seen_by(path).children
                seen = {name.removeprefix(f"{first}__"): state for name, state in conditions}
                referring = {f"{rest}__in": wanted, f"{relation.field.name}__isnull": False}
                rows = relation.related_model._base_manager.filter(**referring, **seen)
                yield rows.order_by().values_list(relation.field.attname, flat=True)
            else:
                yield qs.filter(self._in(qs, path, wanted)).values_list("pk", flat=True)
        if len(wanted) < len(value):
            yield qs.filter(self._none(qs)).values_list("pk", flat=True)

    def _none(self, qs: QuerySet) -> Q:
        """The rows that have no value in any of the columns."""
        condition = Q()
        for path in self.paths:
            if "__" in path:
                rows = qs.model._base_manager.filter(**{f"{path}__isnull": False})
                condition &= ~Q(Exists(rows.filter(pk=OuterRef("pk"))))
            else:
                field = qs.model._meta.get_field(path)
                empty = {path: ""} if field.empty_strings_allowed and not field.null else {f"{path}__isnull": True}
                condition &= Q(**empty)
        return condition


class WordFilter(ManyFilter):
    """Rows with any of some words of a vocabulary, or of those `among` it that the kind can have."""

    def __init__(
        self, *, choices: Any, unknown: bool = False, among: Collection[str] | None = None, **kwargs: Any
    ) -> None:
        labels = {str(value): str(label) for value, label in choices.choices if among is None or value in among}
        self.unknown = unknown
        if unknown:
            labels[UNKNOWN] = _("not stated")
        self.labels = labels
        kwargs.setdefault("widget", ManyBoxes(choices=list(labels.items())))
        super().__init__(read=self._read, **kwargs)

    def _read(self, text: str) -> Choice:
        value = text.lower()
        if value not in self.labels:
            raise ValidationError(
                _("“%(value)s” is not one of: %(allowed)s.%(hint)s")
                % {"value": text, "allowed": ", ".join(self.labels), "hint": did_you_mean(text, self.labels)}
            )
        return Choice(value, self.labels[value], None if self.unknown and value == UNKNOWN else value)


class RecordFilter(ManyFilter):
    """Rows that have to do with any of some records, named by id or, for entities, by any known name."""

    def __init__(
        self, *, model: type[Record], unknown: Any = "", among: Q | None = None, noun: Any = "", **kwargs: Any
    ) -> None:
        # Not called `model`: django-filter sets an attribute of that name to the kind whose rows are asked for.
        self.named, self.unknown, self.among = model, unknown, among or Q()
        self.noun = noun or model._meta.verbose_name
        super().__init__(read=self._read, **kwargs)

    def _read(self, text: str) -> Choice:
        if self.unknown and text.lower() == UNKNOWN:
            return Choice(UNKNOWN, str(self.unknown), None)
        found: Choice = now().found(self, text, lambda: self._named(text))
        return found

    def _named(self, text: str) -> Choice:
        record = find(self.named, text, self.among)
        if record is None:
            raise ValidationError(
                _("There is no %(kind)s “%(value)s”.%(hint)s")
                % {"kind": self.noun, "value": text, "hint": did_you_mean(text, self._names())}
            )
        return Choice(record.public_id, record.name, record.pk)

    def _none(self, qs: QuerySet) -> Q:
        """The rows that have none of the records that can be asked for: none at all, or none among them."""
        if not self.among:
            return super()._none(qs)
        condition = Q()
        for path in self.paths:
            rows = qs.model._base_manager.filter(**{f"{path}__in": self.named._base_manager.filter(self.among)})
            condition &= ~Q(Exists(rows.filter(pk=OuterRef("pk"))))
        return condition

    def _names(self) -> list[str]:
        return list(
            self.named._default_manager.published().filter(self.among).values_list("public_id", flat=True)[:5000]
        )


def find(model: type[Record], text: str, among: Q | None = None) -> Any:
    """The published record of this id, former id or, for an entity, this name; None where there is none."""
    records: Any = model._default_manager.filter(among or Q())
    by_id = records.filter(state__in=(State.PUBLISHED, State.MERGED)) if issubclass(model, Entity) else records
    record = by_id.filter(public_id=text.lower()).first()
    if record is None and issubclass(model, Entity):
        record = by_id.known_as(text).first()
    if record is None:
        former = FormerId.objects.filter(type=model.TYPE, former=text.lower()).first()
        record = records.filter(public_id=former.current).first() if former else None
    while record is not None and record.state == State.MERGED:
        record = record.merged_into
    return record if record is not None and record.is_published else None


class YesNoFilter(ManyFilter):
    """Rows for which something holds (`true`), does not hold (`false`) or is not known (“unknown”)."""

    STORED: Mapping[str, bool] = {"true": True, "false": False}

    def __init__(self, *, labels: Mapping[str, Any], **kwargs: Any) -> None:
        self.labels = labels
        kwargs.setdefault("widget", ManyBoxes(choices=list(labels.items())))
        super().__init__(read=self._read, **kwargs)

    def _read(self, text: str) -> Choice:
        value = text.lower()
        if value not in self.labels:
            raise ValidationError(
                _("“%(value)s” is not one of: %(allowed)s.") % {"value": text, "allowed": ", ".join(self.labels)}
            )
        return Choice(value, str(self.labels[value]), self.STORED.get(value))


class TextField(forms.CharField):
    """Words to look for, read as `lib.terms` says."""

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        if not given:
            return ""
        text = UNSTORABLE.sub(" ", given).strip()
        try:
            query = terms.parse(text)
        except terms.QueryError as error:
            raise ValidationError(str(error)) from error
        if query.is_empty or query.only_excludes:
            raise ValidationError(_("The search needs at least one word to look for."))
        return text


class TextFilter(django_filters.Filter):
    """Rows in which all the words are found, as the FilterSet understands them."""

    field_class = TextField
    phrase: Any = ""
    parent: Any

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(pk__in=search.matching(qs.model, self.parent.words)) if value else qs


class ExactFilter(WordFilter):
    """Keeps all rows: it says how the words are taken."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(paths=(), choices=Spelling, **kwargs)

    def filter(self, qs: QuerySet, value: list[Choice]) -> QuerySet:
        return qs


def read_exact(text: str) -> Choice:
    """The one value of `exact`, for a form that is no FilterSet."""
    if text not in Spelling.values:
        raise ValidationError(_("“%(value)s” is not one of: 1.") % {"value": text})
    return Choice(text, str(Spelling.EXACT.label), text)


def did_you_mean(text: str, known: Any) -> str:
    """A hint at the nearest known word, with a space before it; nothing where none is near."""
    near = nearest(text.lower(), known)
    return " " + _("Did you mean %(word)s?") % {"word": near} if near else ""


def nearest(text: str, known: Iterable[str]) -> str:
    """The nearest known word; empty where none is near."""
    near = process.extractOne(text, list(known), score_cutoff=70)
    return near[0] if near else ""
