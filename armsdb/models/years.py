"""Lines by year, as the tables of pages show them: one table for each dataset, none of them added to another."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib import dates

from .summaries import Summary, Totals
from .transfers import TransferQuerySet


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
    """

    dataset: Any
    years: list[YearRow] = field(default_factory=list)
    spans: list[YearRow] = field(default_factory=list)
    open: list[YearRow] = field(default_factory=list)
    undated: list[YearRow] = field(default_factory=list)

    @property
    def has_volumes(self) -> bool:
        """Whether the dataset tells volumes at all."""
        return any(volume is not None for row in self._rows for volume in row.volumes)

    @property
    def columns(self) -> int:
        """How many columns the table has, with that of the dates."""
        return 1 + len(self._rows[0].counts) * (2 if self.has_volumes else 1)

    @property
    def _rows(self) -> list[YearRow]:
        return [*self.years, *self.spans, *self.open, *self.undated]


def year_tables(*columns: TransferQuerySet) -> list[YearTable]:
    """The lines of each column by the year in which they were delivered, else ordered, else talked of; by dataset.

    A line whose deliveries a register tells apart counts once in each of their years.
    """
    found: dict[Any, dict[str, dict[tuple, YearRow]]] = {}
    for place, lines in enumerate(columns):
        for totals in Summary(lines, ("dataset", "year")).timeline():
            parts = found.setdefault(
                totals.group["dataset"], {part: {} for part in ("years", "spans", "open", "undated")}
            )
            part, key, label = _where(totals)
            empty = YearRow(label, [0] * len(columns), [None] * len(columns))
            row = parts[part].setdefault(key, empty)
            row.counts[place] += totals.transfers
            row.volumes[place] = totals.tiv_delivered
    return [
        YearTable(dataset, **{part: _newest_first(rows) for part, rows in parts.items()})
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
