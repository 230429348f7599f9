"""What transfers do not tell, counted in the columns in memory."""

from collections.abc import Iterable
from dataclasses import dataclass

from .column_rows import GAPS, Column
from .columns import columns
from .equipment import Equipment
from .transfer_queries import TransferQuerySet


@dataclass(frozen=True)
class Gaps:
    """How many of some lines lack what one would want to know."""

    lines: int
    date: int
    #: A number of items; of these `in_words` tell how many in words.
    quantity: int
    in_words: int
    value: int
    designation: int
    supplier: int
    recipient: int


def gaps_of(conditions: Iterable[Column]) -> Gaps:
    """What the transfers that meet all of some conditions (of the columns at hand) do not tell; all, without one."""
    lines = columns()
    kept = lines.places(list(conditions))
    told = lines.counts("gaps", kept)
    bits = {name: sum(number for gaps, number in told.items() if gaps >> place & 1) for place, name in enumerate(GAPS)}
    equipment = lines.counts("equipment", kept)
    without = Equipment.objects.filter(type_given=False).order_by().values_list("pk", flat=True)
    return Gaps(
        lines=sum(told.values()),
        date=lines.count_undated(kept),
        value=lines.counts("value_currency", kept).get("", 0),
        designation=sum(equipment.get(key, 0) for key in without),
        **bits,
    )


def gaps_in(lines: TransferQuerySet) -> Gaps:
    """What published lines do not tell; two queries."""
    return gaps_of([columns().with_keys(lines.order_by().values_list("pk", flat=True))])
