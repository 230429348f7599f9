"""Columns of tables: what each is called, what it tells, and how its cells are made of the values of many rows at once.

Every cell is text, empty where nothing is told; `kind` says what the text is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from armsdb.models import Record
from armsdb.models.parties import Party
from armsdb.models.values import DateGroup, MoneyGroup, NumberGroup, groups_of

from .reading import Written, read, read_beside
from .references import PAGE_NEEDS, References
from .written import as_object, decimals, listed, moment

Cells = Sequence[str]


class Kind(Enum):
    """What the cells of a column are."""

    TEXT = "text"  # anybody's words
    WORD = "word"  # ids, words of vocabularies, codes, dates in EDTF, addresses: nothing that could be a formula
    NUMBER = "number"
    WHOLE = "whole number"
    DAY = "day"
    MOMENT = "moment"
    TRUTH = "true or false"


class Part:
    """Some rows: their keys and the values of their columns, and the records that they refer to."""

    def __init__(self, keys: Sequence[int], values: Mapping[str, Sequence[Any]], references: References) -> None:
        self.keys = keys
        self.values = values
        self.references = references

    def __getitem__(self, name: str) -> Sequence[Any]:
        return self.values[name]


@dataclass(frozen=True)
class Column:
    """A column: its name, the key of the API that it belongs to, a note, and what of the model it is made of."""

    name: str
    key: str
    note: Any
    kind: Kind
    needs: tuple[str, ...]
    cells: Callable[[Part], Cells]
    #: The kind of record whose id the cells are, where that is one kind.
    refers_to: type[Record] | None = None


def _kind(field: models.Field) -> Kind:
    kinds: tuple[tuple[Any, Kind], ...] = (
        (models.DateTimeField, Kind.MOMENT),
        (models.DateField, Kind.DAY),
        (models.BooleanField, Kind.TRUTH),
        (models.DecimalField, Kind.NUMBER),
        (models.IntegerField, Kind.WHOLE),
    )
    return next((kind for what, kind in kinds if isinstance(field, what)), Kind.WORD if field.choices else Kind.TEXT)


def _writer(field: Any, kind: Kind) -> Callable[[Any], str]:
    """How values of a column become text."""
    if isinstance(field, models.DecimalField):
        return decimals(field.decimal_places, fixed=field.decimal_places == 2).__getitem__
    if kind is Kind.MOMENT:
        return moment  # Times are mostly of one row alone; other values come again and again.
    if isinstance(field, models.JSONField):
        return Written(as_object if field.default is dict else listed).__getitem__
    return Written((lambda value: "true" if value else "false") if kind is Kind.TRUTH else str).__getitem__


def plain(model: Any, name: str, *, called: str = "", key: str = "", kind: Kind | None = None) -> Column:
    """A column of the model as it is."""
    field = model._meta.get_field(name)
    kind = kind or _kind(field)
    written = _writer(field, kind)
    is_text = isinstance(field, models.CharField | models.TextField) or kind is Kind.DAY

    def cells(part: Part) -> Cells:
        values = part[name]
        if is_text:
            return [value or "" for value in values] if field.null else values
        return list(map(written, values))

    return Column(called or name, key or called or name, field.help_text, kind, (name,), cells)


def date(model: Any, name: str) -> list[Column]:
    """A vague date: its EDTF, the first and the last day that it can mean, the words."""
    edtf = plain(model, f"{name}_edtf", key=name, kind=Kind.WORD)
    return [edtf, *(plain(model, f"{name}_{part}", key=name) for part in ("earliest", "latest", "text"))]


def number(model: Any, name: str) -> list[Column]:
    """A vague number: its ends, whether it is hedged, the words; of a sum of money, its currency and basis as well."""
    low, high, text = f"{name}_low", f"{name}_high", f"{name}_text"
    hedged = f"{name}_approximate"
    field = model._meta.get_field(hedged)

    def cells(part: Part) -> Cells:
        told = zip(part[hedged], part[low], part[high], part[text], strict=True)
        return [
            "true" if is_hedged else "" if least is None and most is None and not words else "false"
            for is_hedged, least, most, words in told
        ]

    approximate = Column(hedged, name, field.help_text, Kind.TRUTH, (hedged, low, high, text), cells)
    of_money = isinstance(groups_of(model)[name], MoneyGroup)
    more = [plain(model, f"{name}_{part}", key=name, kind=Kind.WORD) for part in ("currency", "basis") if of_money]
    return [plain(model, low, key=name), plain(model, high, key=name), approximate, *more, plain(model, text, key=name)]


def columns(model: Any, *names: str) -> list[Column]:
    """Columns of the model by the keys that the API has for them: vague values become several."""
    found: list[Column] = []
    groups = groups_of(model)
    for name in names:
        group = groups.get(name)
        if isinstance(group, DateGroup):
            found += date(model, name)
        elif isinstance(group, NumberGroup):
            found += number(model, name)
        elif model._meta.get_field(name).is_relation:
            found += reference(model, name)
        else:
            found.append(plain(model, name))
    return found


def reference(model: Any, name: str) -> list[Column]:
    """A record that the rows refer to: its id and its name."""
    field = model._meta.get_field(name)
    kind: type[Record] = field.related_model

    def ids(part: Part) -> Cells:
        return part.references.ids(kind, part[name])

    def names(part: Part) -> Cells:
        return part.references.names(kind, part[name])

    return [
        Column(name, name, field.help_text, Kind.WORD, (name,), ids, refers_to=kind),
        Column(f"{name}_name", name, _("The name of it."), Kind.TEXT, (name,), names),
    ]


def through(model: Any, name: str, column: str) -> Column:
    """A column of the records that rows refer to; there are few of these."""
    kind: Any = model._meta.get_field(name).related_model
    field = kind._meta.get_field(column)

    def cells(part: Part) -> Cells:
        keys = list({key for key in part[name] if key is not None})
        told = dict(zip(keys, read(kind, (column,), keys)[column], strict=True))
        return [told.get(key, "") for key in part[name]]

    return Column(f"{name}_{column}", name, field.help_text, _kind(field), (name,), cells)


def one_of(model: Any, name: str, paths: Sequence[str], note: Any) -> list[Column]:
    """A record of one of several kinds, each with a column of its own: id, kind and name."""
    kinds: list[Any] = [model._meta.get_field(path).related_model for path in paths]
    needs = tuple(paths)

    def told(part: Part, find: Callable[[References, type[Record], Sequence[Any]], list[str]]) -> list[tuple[str, ...]]:
        """The texts of each row, one a kind; all but one are empty."""
        found = [find(part.references, kind, part[path]) for kind, path in zip(kinds, needs, strict=True)]
        return list(zip(*found, strict=True))

    def types(part: Part) -> Cells:
        rows = told(part, References.ids)
        return [next((kind.TYPE for kind, public_id in zip(kinds, row, strict=True) if public_id), "") for row in rows]

    return [
        Column(name, name, note, Kind.WORD, needs, lambda part: list(map("".join, told(part, References.ids)))),
        Column(f"{name}_type", name, _("What kind of record it is."), Kind.WORD, needs, types),
        Column(
            f"{name}_name",
            name,
            _("The name of it."),
            Kind.TEXT,
            needs,
            lambda part: list(map("".join, told(part, References.names))),
        ),
    ]


def beside(
    name: str,
    note: Any,
    rows: Any,
    owner: str,
    needs: Sequence[str],
    write: Callable[..., Iterable[str]],
    **options: Any,
) -> Column:
    """Rows that refer to those of the table, in one cell; `write` makes texts of the references and their values."""

    def cells(part: Part) -> Cells:
        owners, *values = read_beside(rows, owner, needs, part.keys)
        texts: dict[int, str] = {}
        for key, text in zip(owners, write(part.references, *values), strict=True):
            if text:
                texts[key] = f"{texts[key]}; {text}" if key in texts else text
        return [texts.get(key, "") for key in part.keys]

    return Column(name, options.get("key", name), note, options.get("kind", Kind.TEXT), (), cells)


def parties(name: str, note: Any, rows: type[Party], owner: str) -> list[Column]:
    """Those that a fact concerns: their kinds and ids, and their names."""
    kinds: list[Any] = [rows._meta.get_field(entity).related_model for entity in rows.ENTITIES]

    def ids(references: References, *columns: Sequence[Any]) -> Iterable[str]:
        told = [references.ids(kind, column) for kind, column in zip(kinds, columns, strict=True)]
        for row in zip(*told, strict=True):
            named = zip(kinds, row, strict=True)
            yield next((f"{kind.TYPE}:{public_id}" for kind, public_id in named if public_id), "")

    def names(references: References, *columns: Sequence[Any]) -> Iterable[str]:
        told = [references.names(kind, column) for kind, column in zip(kinds, columns, strict=True)]
        return map("".join, zip(*told, strict=True))

    return [
        beside(name, note, rows, owner, rows.ENTITIES, ids, kind=Kind.WORD),
        beside(f"{name}_names", _("The names of them."), rows, owner, rows.ENTITIES, names, key=name),
    ]


def pages(model: type[Record]) -> Column:
    """The address of the page of each row."""
    needs = PAGE_NEEDS.get(model, ())

    def cells(part: Part) -> Cells:
        return part.references.pages(model, part["public_id"], *(part[name] for name in needs))

    return Column("page", "page", _("The address of its page, for people."), Kind.WORD, ("public_id", *needs), cells)
