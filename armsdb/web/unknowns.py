"""What is not known of a transfer, or of many, told from what their rows leave empty."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armsdb.lib.vocab import Known, Nature, Status
from armsdb.models import Transfer
from armsdb.models.gaps import Gaps

#: The most words for a quantity that a sentence repeats.
NAMED = 3


def unknown_of(transfer: Transfer) -> list[str]:
    """Sentences, or parts of them, on what no source tells of a transfer."""
    return [*_parties(transfer), *_amounts(transfer), *_course(transfer)]


def _parties(transfer: Transfer) -> Iterator[str]:
    if transfer.supplier_known == Known.UNKNOWN:
        yield _("Who supplied it.")
    elif transfer.supplier_organisation is None:
        yield _("Which body in %(country)s supplied it.") % {"country": transfer.supplier}
    if transfer.recipient_known == Known.UNKNOWN:
        yield _("Who received it.")
    elif transfer.recipient_organisation is None:
        yield _("Which body in %(country)s received it.") % {"country": transfer.recipient}
    if not transfer.company_rows.all():
        yield _("Which companies took part.")
    if not transfer.equipment.type_given:
        yield _("What type the equipment is.")


def _amounts(transfer: Transfer) -> Iterator[str]:
    quantity = transfer.quantity_delivered or transfer.quantity_ordered
    if quantity is None:
        yield _("How many.")
    elif quantity.low is None and quantity.high is None:
        yield _("How many, as a number.")
    elif transfer.quantity_delivered is None:
        yield _("How many were delivered.")
    if transfer.value is None:
        yield _("What it is worth.")
    elif not transfer.value.basis:
        yield _("What the sum stands for: a contract, a customs declaration, a payment, an estimate.")


def _course(transfer: Transfer) -> Iterator[str]:
    if not transfer.dates:
        yield _("When.")
    elif transfer.delivered is None and transfer.status not in (Status.NEGOTIATED, Status.CANCELLED):
        yield _("When it was delivered.")
    sentence = {
        Status.NEGOTIATED: _("Whether anything was ordered or delivered."),
        Status.ORDERED: _("Whether it was delivered."),
        Status.IN_DELIVERY: _("Whether all of it arrived."),
        Status.UNKNOWN: _("How far it went."),
    }.get(Status(transfer.status))
    if sentence:
        yield sentence
    if transfer.nature == Nature.NOT_STATED:
        yield _("Whether it was sold, given or passed on in another way.")


def unknown_of_lines(gaps: Gaps, lines: Sequence[Transfer], overlaps: int) -> list[str]:
    """Sentences, or parts of them, on what no source tells of the lines of one direction."""
    if not gaps.lines:
        return [
            _("Whether anything was supplied at all: no transfer is recorded, which does not mean that there was none.")
        ]
    told = [
        (gaps.date, _("When: %(lines)s without a date.")),
        (gaps.quantity, _("How many: %(lines)s without a number%(words)s.")),
        (gaps.value, _("What it is worth: %(lines)s without a value.")),
        (gaps.designation, _("Which type: %(lines)s without a designation.")),
        (gaps.supplier, _("Who supplied it: %(lines)s without a supplier.")),
        (gaps.recipient, _("Who received it: %(lines)s without a recipient.")),
        (_count(lines, Status.ORDERED), _("Whether it was delivered: %(lines)s ordered and no more.")),
        (_count(lines, Status.IN_DELIVERY), _("Whether all of it arrived: %(lines)s in delivery.")),
        (_count(lines, Status.NEGOTIATED), _("Whether anything came of talks: %(lines)s only negotiated.")),
    ]
    words = _in_words(lines)
    found = [sentence % {"lines": _of_all(number, gaps.lines), "words": words} for number, sentence in told if number]
    if overlaps:
        found.append(_("Which transfers tell of one shipment: some may, so they are not added up."))
    return found


def _in_words(lines: Sequence[Transfer]) -> str:
    """What some lines tell of how many in words alone, as the end of a sentence; nothing where none does."""
    told = [amount for line in lines if (amount := line.quantity_delivered or line.quantity_ordered)]
    words = [amount.text for amount in told if amount.text and amount.low is None and amount.high is None]
    if not words:
        return ""
    named = ", ".join(f"“{text}”" for text in list(dict.fromkeys(words))[:NAMED])
    end = ngettext(
        "; %(number)s tells it in words (%(words)s)", "; %(number)s tell it in words (%(words)s)", len(words)
    )
    return end % {"number": len(words), "words": named}


def _count(lines: Sequence[Transfer], status: Status) -> int:
    return sum(line.status == status for line in lines)


def _of_all(number: int, every: int) -> str:
    """How many of the lines, in words that a sentence goes on from."""
    if number == every:
        return ngettext("the only transfer is", "all %(all)s transfers are", every) % {"all": every}
    return ngettext("%(number)s of %(all)s transfers is", "%(number)s of %(all)s transfers are", number) % {
        "number": number,
        "all": every,
    }
