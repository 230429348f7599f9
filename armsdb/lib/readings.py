"""What editors type: numbers, sums and dates as people write them, and what they were taken for, told in a sentence.

Nothing is guessed. What can mean two things, or is not understood, is refused with a sentence that shows how to write
it. Words in quotation marks are kept as they are, beside the number or in place of it: at least 300 USD “a little over
$300”. Words in place of it say that no number is told: they have to stand in quotation marks.
"""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from armsdb.lib import currencies, dates, near_dates
from armsdb.lib.dates import DateError, VagueDate
from armsdb.lib.numbers import Money, NumberError, VagueNumber
from armsdb.lib.text import quoted

#: The longest words that a record can keep, and the longest text that is read at all.
MAX_WORDS, MAX_TYPED = 200, 400

#: How the words before or after a number bound it. “More than” says more than a lower end can: its words are kept.
AT_LEAST = ("at least", "no fewer than", "no less than", "not less than", "≥", ">=")
MORE_THAN = ("more than", "over", "above", "upwards of", "in excess of", ">")
UP_TO = ("up to", "at most", "no more than", "not more than", "≤", "<=")
LESS_THAN = ("less than", "fewer than", "under", "below", "<")
ABOUT = ("about", "around", "approximately", "approx.", "approx", "roughly", "an estimated", "estimated", "circa")
#: A little less, which “about” does not say: the words are kept.
NEARLY = ("almost", "nearly", "close to")
ABOUT_ALSO = ("some", "ca.", "c.", "~", "≈")  # where a number follows; alone they say nothing
NOT_KNOWN = {"not known", "unknown", "number not known", "sum not known", "n/k"}

THOUSAND, MILLION, BILLION, TRILLION = (Decimal(1000**power) for power in (1, 2, 3, 4))
UNITS = (
    {"thousand": THOUSAND, "k": THOUSAND}
    | {"million": MILLION, "mln": MILLION, "mio": MILLION, "mn": MILLION, "m": MILLION}
    | {"billion": BILLION, "bn": BILLION, "mrd": BILLION, "trillion": TRILLION, "tn": TRILLION}
)
#: Units in capitals, which look like codes of currencies and are none.
SHOUTED = re.compile(r"(?<![A-Za-z])(?:MLN|MIO|MRD)(?![A-Za-z])")


def _any(*phrases: str) -> str:
    """A pattern for any of these, the longest that fits, with no letter after it where it ends in one."""
    shapes = (re.escape(phrase) + r"(?![a-z])" * phrase[-1].isalpha() for phrase in phrases)
    return "|".join(sorted(shapes, key=len, reverse=True))


FIGURE = r"[0-9][0-9.,]*(?:\ [0-9]{3}(?![0-9])[0-9.,]*)*"
SHAPE = re.compile(
    rf"""(?:(?P<at_least>{_any(*AT_LEAST)}) | (?P<more_than>{_any(*MORE_THAN)}) | (?P<up_to>{_any(*UP_TO)})
          | (?P<less_than>{_any(*LESS_THAN)}) | (?P<between>between\b|from\b) | exactly\b)?
        \ ?(?P<about>{_any(*ABOUT, *ABOUT_ALSO, *NEARLY)})?
        \ ?(?P<first>{FIGURE}) \ ?(?P<first_unit>(?:{_any(*UNITS)})\.?)?
        (?:\ ?(?P<joint>to\b|and\b|[-–—]) \ ?(?P<about_last>{_any(*ABOUT, *ABOUT_ALSO)})?
           \ ?(?P<last>{FIGURE}) \ ?(?P<last_unit>(?:{_any(*UNITS)})\.?)?)?
        (?:\ ?(?:(?P<or_more>or\ more\b|\+) | (?P<or_less>or\ (?:less|fewer)\b)))?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
GROUPED = re.compile(r"[0-9]{1,3}(?P<mark>[, ])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?:\.[0-9]+)?")
#: A thousand or one: 1.500 is read differently in different countries. Nobody writes a thousand as 0.500.
UNSURE = re.compile(r"(?P<whole>[1-9][0-9]{0,2})\.(?P<rest>[0-9]{3})")

#: A number in words is a number: it is asked for in digits, so that nothing is lost in words that hold one.
IN_WORDS = re.compile(
    r"""\b(?: zero | none | nil | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve
      | (?:thir|four|fif|six|seven|eigh|nine)teen | twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety
      | half\ an? | an?\ (?:dozen|hundred|thousand|million|billion|trillion) )\b""",
    re.VERBOSE | re.IGNORECASE,
)
#: Phrases that want a number after them.
UNFINISHED = {*AT_LEAST, *MORE_THAN, *UP_TO, *LESS_THAN, *ABOUT, *NEARLY, *UNITS, "exactly", "between", "from"}


def read_number(text: str) -> VagueNumber | None:
    """Read a number as people write it: 24, about 160, up to 3, 1.7bn, thousands; raise NumberError with a sentence."""
    bare, words = _taken_apart(text)
    return _number(bare, words, said=bare) if bare or words else None


def read_money(text: str, basis: str = "") -> Money | None:
    """Read a sum as people write it: at least 24 million USD; raise NumberError with a sentence."""
    bare, words = _taken_apart(text)
    if not (bare or words):
        if basis:
            raise NumberError(_("A basis is chosen, but no sum is written; write the sum, or choose no basis."))
        return None
    currency, rest = currencies.take(SHOUTED.sub(lambda unit: unit[0].lower(), bare))
    rest = " ".join(rest.split())
    if not (rest or words):
        raise NumberError(
            _("%(currency)s is a currency without a sum; write such as: at least 24 million %(currency)s.")
            % {"currency": currency}
        )
    number = _number(rest, words, said=bare)
    return Money(number.low, number.high, number.approximate, number.text, currency=currency, basis=basis)


def read_date(edtf: str, words: str = "") -> VagueDate | None:
    """Read a date in EDTF with the words that readers are told; raise DateError, with what was likely meant."""
    edtf, words = edtf.strip(), words.strip()
    if len(words) > MAX_WORDS:
        raise DateError(_("The words of a date have at most %(limit)d characters.") % {"limit": MAX_WORDS})
    if not edtf:
        if words:
            meant = near_dates.meant(words) or "../2022-12"
            raise DateError(
                _("Words alone are no date; write in EDTF what they are taken as, such as %(meant)s.")
                % {"meant": meant}
            )
        return None
    try:
        return dates.parse(edtf, words)
    except DateError as error:
        meant = near_dates.meant(edtf)
        if not meant:
            raise
        raise DateError(
            _("%(date)s is not a date in EDTF. Did you mean %(meant)s?") % {"date": quoted(edtf), "meant": meant}
        ) from error


@override(None)
def as_typed(value: VagueNumber | None) -> str:
    """Write a number or a sum so that it is read as the same value again; in English, as it is read."""
    if value is None:
        return ""
    if value.text and _reads_as(value.text, value):
        return value.text
    if value.low is None and value.high is None:
        currency = value.currency if isinstance(value, Money) else ""
        written = " ".join(filter(None, ("" if value.text else _("not known"), currency)))
    else:
        # Three decimals could be three digits of a thousand: one more says that they are not.
        written = re.sub(r"\.(\d{3})(?!\d)", r".\g<1>0", value.display())
    return f"{written} “{value.text}”".strip() if value.text else written


# --- numbers


def _taken_apart(text: str) -> tuple[str, str]:
    """Cut what is typed into what is to be read, with single spaces, and the words in quotation marks."""
    if len(text) > MAX_TYPED:
        raise NumberError(_("A number and its words have at most %(limit)d characters.") % {"limit": MAX_TYPED})
    found = re.fullmatch(r"(?P<bare>[^“”\"]*)(?:[“\"](?P<words>.*)[”\"](?P<after>[^“”\"]*))?", text, re.DOTALL)
    if not found:
        raise NumberError(
            _("Words to be kept stand between two quotation marks, such as: at least 300 “a little over 300”.")
        )
    bare, words = " ".join(f"{found['bare']} {found['after'] or ''}".split()), found["words"] or ""
    if max(len(bare), len(words)) > MAX_WORDS:
        raise NumberError(_("The words of a number have at most %(limit)d characters.") % {"limit": MAX_WORDS})
    return bare, words


def _number(bare: str, words: str, said: str) -> VagueNumber:
    """Read a number without its currency; `said` is kept as the words where the ends alone say less."""
    if not bare or bare.lower() in NOT_KNOWN:
        return VagueNumber(approximate=True, text=words)
    shape = SHAPE.fullmatch(bare)
    if shape:
        low, high = _ends(shape)
        stricter = shape["more_than"] or shape["less_than"] or (shape["about"] or "").lower() in NEARLY
        about = bool(shape["about"] or shape["about_last"])
        return VagueNumber(low, high, about, words or (said if stricter else ""))
    if IN_WORDS.search(bare):
        raise NumberError(
            _("Write the number of %(text)s in digits; to keep it as words without a number, put it in “ ”.")
            % {"text": quoted(bare)}
        )
    if words or bare.lower() in UNFINISHED or any(map(str.isnumeric, bare)) or not any(map(str.isalpha, bare)):
        raise _not_understood(bare)
    raise NumberError(
        _("%(text)s does not say how many. Write the number; where none is told, put the words in “ ” to keep them.")
        % {"text": quoted(said)}
    )


def _ends(shape: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """Give the low and the high end; refuse two bounds at once."""
    lower = shape["at_least"] or shape["more_than"] or shape["or_more"]
    upper = shape["up_to"] or shape["less_than"] or shape["or_less"]
    before = shape["at_least"] or shape["more_than"] or shape["up_to"] or shape["less_than"]
    after = shape["or_more"] or shape["or_less"]
    if shape["last"] is None:
        if shape["between"] or (before and after):
            raise _not_understood(shape[0])
        number = _figure(shape["first"]) * _unit(shape["first_unit"])
        return (None if upper else number), (None if lower else number)
    between = (shape["between"] or "").lower()
    if lower or upper or (between == "between") != (shape["joint"].lower() == "and"):
        raise _not_understood(shape[0])
    first, last = _figure(shape["first"]), _figure(shape["last"])
    if shape["last_unit"] and not shape["first_unit"] and first >= last:
        raise NumberError(_("Write the unit of both numbers of %(text)s.") % {"text": quoted(shape[0])})
    return first * _unit(shape["first_unit"] or shape["last_unit"]), last * _unit(shape["last_unit"])


def _unit(written: str | None) -> Decimal:
    return UNITS[written.lower().rstrip(".")] if written else Decimal(1)


def _figure(written: str) -> Decimal:
    """Read one number in digits; a comma or a space stands between groups of three, a point before decimals."""
    unsure = UNSURE.fullmatch(written)
    if unsure:
        rest = unsure["rest"].rstrip("0")
        decimals = f"{rest}0" if len(rest) == 3 else rest
        raise NumberError(
            _("%(number)s can be read in two ways; write %(many)s or %(few)s.")
            % {
                "number": quoted(written),
                "many": f"{unsure['whole']},{unsure['rest']}",
                "few": f"{unsure['whole']}.{decimals}".rstrip("."),
            }
        )
    if not (PLAIN.fullmatch(written) or GROUPED.fullmatch(written)):
        raise NumberError(
            _("%(number)s is not a number: a comma stands between groups of three digits, a point before decimals.")
            % {"number": quoted(written)}
        )
    return Decimal(re.sub(r"[, ]", "", written))


def _not_understood(text: str) -> NumberError:
    return NumberError(
        _(
            "%(text)s is not understood. Write 24, about 160, at least 24 million, up to 3 or 15 to 20, without what is"
            " counted; other words stand in quotation marks."
        )
        % {"text": quoted(text)}
    )


def _reads_as(text: str, value: VagueNumber) -> bool:
    """Whether this text alone is read as this value."""
    try:
        return value == (read_money(text, value.basis) if isinstance(value, Money) else read_number(text))
    except NumberError:
        return False
