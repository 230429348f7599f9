"""Groups of columns that hold one value: a vague date, a number that may be open, a sum of money.

A group is declared like a field and read and written as one value of `lib`; its columns are `<name>_<part>`.
"""

import inspect
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from armsdb.lib import dates, numbers
from armsdb.lib.vocab import ValueBasis


class ValueGroup(property):
    """Several columns behind one attribute; subclasses say which columns and how they become a value."""

    def __init__(self, help_text: Any) -> None:
        super().__init__(self._read, self._write)
        self.help_text = help_text

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        self.name = name
        columns = self._columns()
        for part, field in columns.items():
            cls.add_to_class(f"{name}_{part}", field)
        #: What the columns of a row hold, in their order.
        self._values = attrgetter(*(f"{name}_{part}" for part in columns))
        setattr(cls, name, self)

    def column_names(self) -> set[str]:
        """The columns that hold the value, as the table calls them."""
        return {f"{self.name}_{part}" for part in self._columns()}

    def _columns(self) -> dict[str, models.Field]:
        raise TypeError("a value group names its columns")

    def _read(self, instance: models.Model) -> Any:
        raise TypeError("a value group reads its columns")

    def _write(self, instance: models.Model, value: Any) -> None:
        raise TypeError("a value group writes its columns")

    def _set(self, instance: models.Model, **parts: Any) -> None:
        for part, value in parts.items():
            setattr(instance, f"{self.name}_{part}", value)


class DateGroup(ValueGroup):
    """A vague date: EDTF (ISO 8601-2), the words as given, and the bounds that filters compare."""

    def _columns(self) -> dict[str, models.Field]:
        return {
            "edtf": models.CharField(max_length=100, blank=True, help_text=self.help_text),
            "text": models.CharField(
                max_length=200, blank=True, help_text=_("The date in words, as a reader is told.")
            ),
            "earliest": models.DateField(null=True, blank=True, help_text=_("First day that it can mean.")),
            "latest": models.DateField(null=True, blank=True, help_text=_("Last day that it can mean.")),
            "precision": models.CharField(max_length=10, blank=True, help_text=_("How exact the date is.")),
        }

    def _read(self, instance: models.Model) -> dates.VagueDate | None:
        edtf, text, earliest, latest, precision = self._values(instance)
        return dates.VagueDate(edtf, earliest, latest, precision, text) if edtf else None

    def _write(self, instance: models.Model, value: dates.VagueDate | Mapping[str, str] | str | None) -> None:
        """Take a date, its EDTF, or a mapping of `edtf` and `text`; raise DateError for what cannot be read."""
        if value is None:
            self._set(instance, edtf="", text="", earliest=None, latest=None, precision="")
            return
        if isinstance(value, Mapping):
            value = _read_date(value)
        elif not isinstance(value, dates.VagueDate):
            value = dates.parse(value)
        self._set(
            instance,
            edtf=value.edtf,
            text=value.text,
            earliest=value.earliest,
            latest=value.latest,
            precision=value.precision,
        )


def _read_date(value: Mapping[Any, Any]) -> dates.VagueDate:
    """Read a date in the form of the fixtures: `edtf`, and `text` where the words say more."""
    text = value.get("text")
    if "edtf" not in value or set(value) - {"edtf", "text"} or not isinstance(text, str | None):
        raise dates.DateError(_("A date is written as its EDTF, or as a mapping of edtf and text."))
    return dates.parse(value["edtf"], text or "")


class NumberGroup(ValueGroup):
    """A number that may be about, at least, up to, or only words."""

    decimal_places = 4

    def _columns(self) -> dict[str, models.Field]:
        def bound(help_text: Any) -> models.Field:
            return models.DecimalField(
                max_digits=20, decimal_places=self.decimal_places, null=True, blank=True, help_text=help_text
            )

        return {
            "low": bound(_("At least so many; the same as the upper bound where the number is exact.")),
            "high": bound(_("At most so many.")),
            "approximate": models.BooleanField(default=False, help_text=_("The source hedges the number.")),
            "text": models.CharField(max_length=200, blank=True, help_text=self.help_text),
        }

    def _read(self, instance: models.Model) -> numbers.VagueNumber | None:
        return _number(*self._values(instance))

    def _write(self, instance: models.Model, value: Any) -> None:
        """Take a number or the API's form of one; raise NumberError for what cannot be read."""
        if not isinstance(value, numbers.VagueNumber):
            value = numbers.VagueNumber.from_value(value)
        if value is None:
            self._set(instance, low=None, high=None, approximate=False, text="")
        else:
            self._set(instance, low=value.low, high=value.high, approximate=value.approximate, text=value.text)


def _is_told(low: Decimal | None, high: Decimal | None, approximate: bool, text: str) -> bool:
    return low is not None or high is not None or approximate or bool(text)


@lru_cache(maxsize=4096)
def _number(low: Decimal | None, high: Decimal | None, approximate: bool, text: str) -> numbers.VagueNumber | None:
    return numbers.VagueNumber(low, high, approximate, text) if _is_told(low, high, approximate, text) else None


class MoneyGroup(NumberGroup):
    """A sum of money with its currency and what it stands for."""

    decimal_places = 2

    def _columns(self) -> dict[str, models.Field]:
        return super()._columns() | {
            "currency": models.CharField(max_length=3, blank=True, help_text=_("ISO 4217 code.")),
            "basis": models.CharField(
                max_length=12, blank=True, choices=ValueBasis, help_text=_("What the sum stands for, where stated.")
            ),
        }

    def _read(self, instance: models.Model) -> numbers.Money | None:
        *number, currency, basis = self._values(instance)
        return numbers.Money(*number, currency=currency, basis=basis) if _is_told(*number) else None

    def _write(self, instance: models.Model, value: Any) -> None:
        """Take a sum or the API's form of one; raise NumberError for what cannot be read."""
        if not isinstance(value, numbers.Money):
            value = numbers.Money.from_value(value)
        super()._write(instance, value)
        currency, basis = (value.currency, value.basis) if value else ("", "")
        self._set(instance, currency=currency, basis=basis)


@cache
def groups_of(model: Any) -> dict[str, ValueGroup]:
    """The groups of columns of a table, by the name of the value."""
    return {name: group for name, group in inspect.getmembers_static(model) if isinstance(group, ValueGroup)}


def within(name: str, first: date, last: date) -> Q:
    """The rows whose date of this name can fall between two days; an open side reaches everything on it."""
    begins = Q(**{f"{name}_earliest__isnull": True}) | Q(**{f"{name}_earliest__lte": last})
    ends = Q(**{f"{name}_latest__isnull": True}) | Q(**{f"{name}_latest__gte": first})
    return ~Q(**{f"{name}_edtf": ""}) & begins & ends


def date_checks(table: str, *names: str) -> list[models.CheckConstraint]:
    """Constraints of each vague date of a table: bounds in order, and no part of a date without its EDTF."""
    checks = []
    for name in names:
        earliest, latest = f"{name}_earliest", f"{name}_latest"
        blank = Q(
            **{f"{earliest}__isnull": True, f"{latest}__isnull": True, f"{name}_text": "", f"{name}_precision": ""}
        )
        bounded = Q(**{f"{earliest}__isnull": False}) | Q(**{f"{latest}__isnull": False})
        ordered = Q(**{f"{earliest}__isnull": True}) | Q(**{f"{latest}__isnull": True})
        ordered |= Q(**{f"{earliest}__lte": F(latest)})
        whole = (Q(**{f"{name}_edtf": ""}) & blank) | (~Q(**{f"{name}_edtf": ""}) & bounded)
        checks += [
            models.CheckConstraint(
                name=f"{table}_{name}_order",
                condition=ordered,
                violation_error_message=_("The date “%(name)s” ends before it begins.") % {"name": name},
            ),
            models.CheckConstraint(
                name=f"{table}_{name}_whole",
                condition=whole,
                violation_error_message=_("The date “%(name)s” needs its EDTF text; words alone are not enough.")
                % {"name": name},
            ),
        ]
    return checks


def number_checks(table: str, *names: str) -> list[models.CheckConstraint]:
    """Constraints of each number of a table: not negative, the lower bound not above the upper one."""
    checks = []
    for name in names:
        low, high = f"{name}_low", f"{name}_high"
        checks.append(
            models.CheckConstraint(
                name=f"{table}_{name}_bounds",
                condition=(Q(**{f"{low}__isnull": True}) | Q(**{f"{low}__gte": 0}))
                & (Q(**{f"{high}__isnull": True}) | Q(**{f"{high}__gte": 0}))
                & (Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)})),
                violation_error_message=_("“%(name)s” must not be negative, nor its lower bound above its upper one.")
                % {"name": name},
            )
        )
    return checks


def money_checks(table: str, *names: str) -> list[models.CheckConstraint]:
    """Constraints of each sum of a table: those of a number, and a currency exactly where there is a sum."""
    checks = number_checks(table, *names)
    for name in names:
        nothing = Q(
            **{
                f"{name}_low__isnull": True,
                f"{name}_high__isnull": True,
                f"{name}_approximate": False,
                f"{name}_text": "",
            }
        )
        without_currency = Q(**{f"{name}_currency": ""})
        checks.append(
            models.CheckConstraint(
                name=f"{table}_{name}_currency",
                condition=(nothing & without_currency & Q(**{f"{name}_basis": ""})) | (~nothing & ~without_currency),
                violation_error_message=_("A sum of money needs a currency, and a currency needs a sum."),
            )
        )
    return checks


def exactly_one(name: str, fields: Iterable[str], message: Any) -> models.CheckConstraint:
    """Constraint: exactly one of these references is set."""
    fields = list(fields)
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=message)
