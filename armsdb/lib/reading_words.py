"""What dates, numbers and sums were taken for, told to who typed them."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.lib import currencies, near_dates
from armsdb.lib.dates import VagueDate
from armsdb.lib.numbers import Money, VagueNumber
from armsdb.lib.vocab import ValueBasis


def reading_of(value: VagueDate | VagueNumber | None) -> str:
    """Tell in a sentence what a value was taken for; nothing of nothing."""
    if value is None:
        return ""
    return _reading_of_date(value) if isinstance(value, VagueDate) else _reading_of_number(value)


def _reading_of_number(value: VagueNumber) -> str:
    words = value.text
    if value.low is None and value.high is None:
        untold = _("the sum is not said") if isinstance(value, Money) else _("not said how many")
        told = untold + _(": kept as the words “%(words)s”") % {"words": words} if words else _("said to be not known")
        words = ""
    else:
        told = _("exactly %(number)s") if value.is_exact else "%(number)s"
        told %= {"number": _with_currency(value)}
    parts = [told]
    if isinstance(value, Money):
        if value.low is None and value.high is None:
            parts.append(_("in %(currency)s") % {"currency": _name(value)})
        if value.basis:
            parts.append(_("basis: %(basis)s") % {"basis": dict(ValueBasis.choices).get(value.basis, value.basis)})
    if value.high is None and value.low is not None:
        parts.append(_("no upper end is known"))
    if value.low is None and value.high is not None:
        parts.append(_("no lower end is known"))
    if words:
        parts.append(_("kept with the words “%(words)s”") % {"words": words})
    return f"{capfirst('; '.join(parts))}."


def _with_currency(value: VagueNumber) -> str:
    written = value.display()
    return f"{written.removesuffix(value.currency)}{_name(value)}" if isinstance(value, Money) else written


def _name(value: Money) -> str:
    return currencies.NAMES.get(value.currency, value.currency)


def _reading_of_date(value: VagueDate) -> str:
    first, last = _day(value.earliest), _day(value.latest)
    if not last:
        span = _("from %(first)s on; no last day is known") % {"first": first}
    elif not first:
        span = _("up to %(last)s; no first day is known") % {"last": last}
    else:
        span = first if first == last else _("from %(first)s to %(last)s") % {"first": first, "last": last}
    doubt = _("marked as approximate or uncertain") if value.is_approximate else ""
    told = _("readers are told “%(words)s”") % {"words": value.display()}
    sentence = f"{capfirst('; '.join(filter(None, (span, doubt, told))))}."
    other = near_dates.contradicting(value)
    warning = _("Look again: the words seem to mean %(other)s, the EDTF says otherwise.") % {"other": other}
    return f"{sentence} {warning}" if other else sentence


def _day(day: date | None) -> str:
    return format_date(day, "j F Y") if day else ""
