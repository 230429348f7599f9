"""Lines by year, as the tables of pages show them: one table for each dataset, none of them added to another."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib import dates

from .summaries import Summary, Totals
from .transfer_queries import TransferQuerySet

#: The parts of a table, by the kind of date.
PARTS = ("years", "spans", "open", "undated")


@dataclass
class YearRow:
    """A year, or a vague date, with the number of lines that stand there in each column of the table, and the volume
    in millions of SIPRI TIV that was delivered then, None where none is told."""

    label: str
    counts: list[int]
    volumes: list[Decimal | None]


@dataclass
class YearTable:
    """The lines of a dataset by time, none of them under a year that is not told.

    `years`: their date lies in this one year; `spans`: over several years; `open`: open on one side; then no date.
    `volume_columns` are the columns, from 0, of which any volume is told; the rows have the volumes of these alone.
    """

    dataset: Any
    years: list[YearRow] = field(default_factory=list)
    spans: list[YearRow] = field(default_factory=list)
    open: list[YearRow] = field(default_factory=list)
    undated: list[YearRow] = field(default_factory=list)
    volume_columns: list[int] = field(init=False)

    def __post_init__(self) -> None:
        places = range(len(self.rows[0].volumes))
        self.volume_columns = [place for place in places if any(row.volumes[place] is not None for row in self.rows)]
        for row in self.rows:
            row.volumes = [row.volumes[place] for place in self.volume_columns]

    @property
    def rows(self) -> list[YearRow]:
        return [*self.years, *self.spans, *self.open, *self.undated]

    @property
    def columns(self) -> int:
        """How many columns the table has, with that of the dates."""
        return 1 + len(self.rows[0].counts) + len(self.volume_columns)


def year_tables(*columns: TransferQuerySet) -> list[YearTable]:
    """The lines of each column by the year in which they were delivered, else ordered, else talked of; by dataset.

    A line whose deliveries a register tells apart counts once in each of their years. Five queries a column.
    """
    found: dict[Any, dict[str, dict[tuple, YearRow]]] = {}
    for place, lines in enumerate(columns):
        for totals in Summary(lines, ("dataset", "year")).timeline():
            parts = found.setdefault(totals.group["dataset"], {part: {} for part in PARTS})
            part, key, label = _where(totals)
            empty = YearRow(label, [0] * len(columns), [None] * len(columns))
            row = parts[part].setdefault(key, empty)
            row.counts[place] += totals.transfers
            row.volumes[place] = totals.tiv_delivered
    return [
        YearTable(dataset, *(_newest_first(parts[part]) for part in PARTS))
        for dataset, parts in sorted(found.items(), key=lambda item: (item[0].name, item[0].pk))
    ]


def _where(totals: Totals) -> tuple[str, tuple, str]:
    """The part of the table where a group stands, its place there, and its words."""
    year = totals.group["year"]
    if year is not None:
        return "years", ((year,), totals.date), _label(totals.date, str(year))
    if totals.span is None:
        return "undated", (), _("date not stated")
    date = dates.parse(totals.span)
    part = "spans" if date.years() else "open"
    return part, (dates.sort_key(date), totals.date, totals.span), _label(totals.date, date.display())


def _newest_first(rows: dict[tuple, YearRow]) -> list[YearRow]:
    return [rows[key] for key in sorted(rows, reverse=True)]


def _label(kind: str, date: str) -> str:
    if kind == "delivered":
        return date
    return (_("%(date)s, ordered") if kind == "ordered" else _("%(date)s, talks")) % {"date": date}
