"""Vague numbers and sums of money: exact, about, at least, up to, between, or words without a number."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _

from armsdb.lib.text import quoted, storable

MAX_DIGITS = 20
CURRENCY = re.compile(r"[A-Z]{3}")
DIGITS = re.compile(r"[0-9]+(\.[0-9]+)?")
CENT = Decimal("0.01")


class NumberError(ValueError):
    """A number that cannot be read; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class VagueNumber:
    """A number as far as it is known.

    Exact: low = high. About: low = high, approximate. At least: low only. Up to: high only. Words without a number:
    neither, and the words in text. Not known: neither, approximate.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", _decimal(self.low))
        object.__setattr__(self, "high", _decimal(self.high))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise NumberError(
                _("The low end %(low)s is above the high end %(high)s.") % {"low": self.low, "high": self.high}
            )
        if not isinstance(self.approximate, bool):
            raise NumberError(_("“approximate” is true or false, not %(value)s.") % {"value": quoted(self.approximate)})
        if not isinstance(self.text, str) or not storable(self.text):
            raise NumberError(_("The words of a number are text that can be stored."))

    def __str__(self) -> str:
        return self.display()

    @classmethod
    def exact(cls, number: int | Decimal) -> Self:
        """Make a number that is known exactly."""
        return cls(number, number)  # type: ignore[arg-type]

    @classmethod
    def from_value(cls, value: Any) -> Self | None:
        """Read the API's form, or a plain number, which is exact; nothing stays nothing."""
        if value is None:
            return None
        if not isinstance(value, Mapping):
            return cls.exact(value)
        given = _given(value, ("low", "high", "approximate", "text"))
        if not given:
            raise NumberError(_("A number needs low, high, text or approximate; leave it out when nothing is said."))
        return cls(**given)

    def as_api(self) -> dict[str, Any]:
        """Give the API's form: plain JSON numbers."""
        return {
            "low": _json_number(self.low),
            "high": _json_number(self.high),
            "approximate": self.approximate,
            "text": self.text or None,
        }

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high and not self.approximate

    @property
    def in_words_alone(self) -> bool:
        """Whether no number is given."""
        return self.low is None and self.high is None

    @property
    def hedge(self) -> str:
        """The words of the source beside a number that is told; nothing where they are all that there is."""
        return "" if self.in_words_alone else self.text

    def display(self) -> str:
        """Write the number for a sentence or a table with room."""
        if self.low is None and self.high is None:
            return _("%(words)s (no number given)") % {"words": self.text} if self.text else _("number not known")
        return _in_words(self.low, self.high, self.approximate, _plain)

    def short(self) -> str:
        """Write the number for a narrow column; millions and billions only where nothing is lost."""
        if self.low is None and self.high is None:
            return self.text or _("n/k")
        return _in_signs(self.low, self.high, self.approximate, _plain)


@dataclass(frozen=True, slots=True)
class Money(VagueNumber):
    """A sum of money: a vague number with its currency (ISO 4217) and what the sum stands for."""

    currency: str = field(kw_only=True)
    basis: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        VagueNumber.__post_init__(self)  # super() knows nothing of the class that slots=True makes anew.
        if not isinstance(self.currency, str) or not CURRENCY.fullmatch(self.currency):
            raise NumberError(
                _("A currency is a code of three capital letters, such as USD, not %(value)s.")
                % {"value": quoted(self.currency)}
            )
        if not isinstance(self.basis, str) or not storable(self.basis):
            raise NumberError(_("The basis of a sum is text that can be stored."))
        for end in (self.low, self.high):
            if end is not None and end != end.quantize(CENT):
                raise NumberError(_("A sum of money has at most two decimals, unlike %(value)s.") % {"value": end})

    @classmethod
    def exact(cls, number: int | Decimal) -> Self:
        """Refuse: a sum needs its currency."""
        raise NumberError(_("A sum of money needs its currency; write low, high and currency."))

    @classmethod
    def from_value(cls, value: Any) -> Self | None:
        """Read the API's form; nothing stays nothing."""
        if value is None:
            return None
        if not isinstance(value, Mapping):
            return cls.exact(value)
        given = _given(value, ("low", "high", "approximate", "text", "currency", "basis"))
        if "currency" not in given:
            raise NumberError(_("A sum of money needs its currency, such as USD."))
        if not given.keys() & {"low", "high", "approximate", "text"}:
            raise NumberError(_("A sum of money needs low, high, text or approximate."))
        return cls(**given)

    def as_api(self) -> dict[str, Any]:
        """Give the API's form: sums as text with two decimals, which no reader rounds."""
        return {
            "low": None if self.low is None else format(self.low, ".2f"),
            "high": None if self.high is None else format(self.high, ".2f"),
            "approximate": self.approximate,
            "currency": self.currency,
            "basis": self.basis or None,
            "text": self.text or None,
        }

    def display(self) -> str:
        """Write the sum for a sentence or a table with room."""
        if self.low is None and self.high is None:
            return _("%(words)s (no number given)") % {"words": self.text} if self.text else _("sum not known")
        return f"{_in_words(self.low, self.high, self.approximate, _sum)} {self.currency}"

    def short(self) -> str:
        """Write the sum for a narrow column."""
        if self.low is None and self.high is None:
            return self.text or _("n/k")
        return f"{_in_signs(self.low, self.high, self.approximate, _sum)} {self.currency}"


# --- reading


def _given(value: Mapping[Any, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Take what is given of these keys and refuse any other; a null is not given, nor is approximate when false."""
    for key in value:
        if key not in keys:
            raise NumberError(
                _("A number has no %(key)s; it has %(keys)s.") % {"key": quoted(key), "keys": ", ".join(keys)}
            )
    given = {key: value[key] for key in keys if value.get(key) is not None}
    for key, nothing in (("text", ""), ("approximate", False)):
        if given.get(key) == nothing:
            del given[key]
    return given


def _decimal(value: object) -> Decimal | None:
    """Read one end of a number: whole, decimal, or digits as text; never a boolean, negative or infinite one."""
    if value is None:
        return None
    number = Decimal("NaN")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        # Text that Python makes of a float is the shortest that gives the same float: 0.03 stays 0.03.
        number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    elif isinstance(value, str) and len(value) <= MAX_DIGITS + 1 and DIGITS.fullmatch(value):
        number = Decimal(value)
    if not number.is_finite():
        raise NumberError(
            _("%(value)s is not a number: it is written in digits, such as 24 or 0.5.") % {"value": quoted(value)}
        )
    if number < 0:
        raise NumberError(_("A number is not negative, unlike %(value)s.") % {"value": quoted(str(number))})
    return _bounded(number)


def _bounded(number: Decimal) -> Decimal:
    """Refuse more than 20 digits, and write the rest without an exponent or a sign."""
    if not number:
        return Decimal(0)
    _sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # It is finite.
    if max(len(digits), len(digits) + exponent, -exponent) > MAX_DIGITS:
        raise NumberError(_("A number has at most %(limit)d digits.") % {"limit": MAX_DIGITS})
    return Decimal(format(number, "f")) if exponent > 0 else number


def _json_number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


# --- writing


def _plain(number: Decimal) -> str:
    """Write all digits, in groups of three: 24,000; 2.5."""
    text = format(number, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sum(number: Decimal) -> str:
    """Write a sum: whole, or with two decimals."""
    return _plain(number) if number == number.to_integral_value() else format(number, ",.2f")


def _in_words(low: Decimal | None, high: Decimal | None, approximate: bool, write: Callable[[Decimal], str]) -> str:
    """Write a number in words; one end at least is known."""
    about = _("about %(number)s") if approximate else "%(number)s"
    if low is None or high is None:
        phrase = _("at least %(number)s") if high is None else _("up to %(number)s")
        return phrase % {"number": about % {"number": write(low or high or Decimal(0))}}
    if low == high:
        return about % {"number": write(low)}
    return about % {"number": _("%(low)s to %(high)s") % {"low": write(low), "high": write(high)}}


def _in_signs(low: Decimal | None, high: Decimal | None, approximate: bool, write: Callable[[Decimal], str]) -> str:
    """Write a number in signs; one end at least is known. A unit that both ends share is written once."""
    about = "~" if approximate else ""
    if low is None or high is None:
        return f"{'≥' if high is None else '≤'} {about}{_abridged(low or high or Decimal(0), write)}"
    first, last = _abridged(low, write), _abridged(high, write)
    if first == last:
        return f"{about}{first}"
    unit = last[last.index(" ") :] if " " in last else ""
    return f"{about}{first.removesuffix(unit)}–{last}"


def _abridged(number: Decimal, write: Callable[[Decimal], str]) -> str:
    """Write 24 m and 1.7 bn where two decimals tell the whole number, else all digits."""
    for size, unit in ((Decimal(1_000_000_000), _("bn")), (Decimal(1_000_000), _("m"))):
        if number >= size and number == (number / size).quantize(CENT) * size:
            return f"{_plain(number / size)} {unit}"
    return write(number)
