"""What is not known of a transfer, told from what its row leaves empty."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from armsdb.lib.vocab import Known, Nature, Status
from armsdb.models import Transfer


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
