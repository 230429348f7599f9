"""What stands on a time axis: lines of supply, figures with a period, visits, sanctions, and the events that guide."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import EventStatus
from armsdb.models import Event, Fact, Figure, Sanction, Transfer
from armsdb.models.joint import Joint

from .spans import Span, spans_of
from .words import cut

#: Letters of a label beside a bar, of one that tells a figure, and of those who say so in it.
LABEL, TOLD, VOICES = 60, 110, 40
#: A mark of its own stands for what is told to about a month; what is vaguer is drawn as long as it may have lasted.
MOMENT = 0.1


@dataclass(frozen=True, slots=True)
class Item:
    """One fact on the axis.

    `shape`: delivered, ordered, talks, bracket, span, moment or square; expected, and expected-span, of an event that
    nobody reports to have happened.
    """

    fact: Fact | Joint
    label: str
    number: str
    kind: str
    shape: str
    when: VagueDate
    spans: tuple[Span, ...]
    back: bool = False

    @property
    def is_point(self) -> bool:
        """Whether a mark stands for it that is no longer than others."""
        return self.shape in ("moment", "expected", "square")

    @property
    def words(self) -> str:
        """What stands beside it where there is room for words."""
        if self.shape.startswith("expected"):
            return _("%(letter)s (expected)") % {"letter": self.number}
        return self.label or self.number

    @property
    def grade(self) -> str:
        return self.fact.evidence

    @property
    def start(self) -> float:
        return min(span.start for span in self.spans)

    @property
    def end(self) -> float:
        return max(span.end for span in self.spans)

    @property
    def ends(self) -> list[tuple[str, str]]:
        """Where each stretch begins and ends, in words."""
        return [tuple(end.short() if end else _("open") for end in pair) for pair in self.when.ends()]  # type: ignore[misc]


def lines(transfers: Iterable[Transfer], *, back: bool = False, after: int = 0) -> list[Item]:
    """Lines with a date, in the order given, numbered on from `after`."""
    return [_line(transfer, number, back) for number, transfer in enumerate(transfers, after + 1) if transfer.dates]


def _line(transfer: Transfer, number: int, back: bool) -> Item:
    field, when = transfer.dates[0]
    kind = {"delivered": _("date of delivery"), "ordered": _("date of the order"), "talked": _("date of talks")}[field]
    return Item(
        fact=transfer,
        label=cut(_label(transfer, field), LABEL),
        number=str(number),
        kind=kind,
        shape="talks" if field == "talked" else field,
        when=when,
        spans=tuple(spans_of(when)),
        back=back,
    )


def _label(transfer: Transfer, field: str) -> str:
    what = transfer.equipment.plain_name
    if field == "ordered":
        return _("%(what)s, ordered") % {"what": what}
    if field == "talked":
        return _("%(what)s, talks") % {"what": what}
    return f"{what}, {transfer.value.short()}" if transfer.value else what


def figures(rows: Iterable[Figure]) -> list[Item]:
    """Sums of money over a period that is told from one end to the other."""
    told = [figure for figure in rows if figure.value and figure.period and figure.period.precision == "interval"]
    return [
        Item(
            fact=figure,
            label=cut(_told(figure), TOLD),
            number="",
            kind=_("figure"),
            shape="bracket",
            when=figure.period,
            spans=tuple(spans_of(figure.period)),
        )
        for figure in told
        if not (figure.period.is_open_start or figure.period.is_open_end)
    ]


def _told(figure: Figure) -> str:
    """A sum in the words of those who say so."""
    voices = cut("; ".join(figure.voices), VOICES)
    value = _("%(value)s, according to %(voices)s") if voices else "%(value)s"
    return f"{value % {'value': figure.value.short(), 'voices': voices}}: {figure.name}"


def happened(rows: Iterable[Event | Sanction | Joint]) -> list[Item]:
    """Dated events and sanctions, the first of them in time named a, then b."""
    # Lists have the newest first; of two that are told the same, the older record comes first here.
    dated = [(row, row.date if isinstance(row, Event) else row.imposed) for row in reversed(list(rows))]
    found = [_happened(row, when) for row, when in dated if when]
    return sorted(found, key=lambda item: (item.start, item.end))


def _happened(row: Event | Sanction | Joint, when: VagueDate) -> Item:
    spans = tuple(spans_of(when))
    moment = all(None not in (span.first, span.last) and span.end - span.start <= MOMENT for span in spans)
    shape = "span" if not moment else "moment" if isinstance(row, Event) else "square"
    kind = capfirst(str(row.get_kind_display()))
    if isinstance(row, Event) and row.status == EventStatus.EXPECTED:
        shape = "expected" if moment else "expected-span"
        kind = _("%(kind)s, expected; nobody cited here reports that it happened") % {"kind": kind}
    return Item(fact=row, label="", number="", kind=kind, shape=shape, when=when, spans=spans)


def together(items: Iterable[Item]) -> list[Item]:
    """What happened at the same time as one mark, its names as from the first to the last: h–j."""
    found: list[Item] = []
    for item in items:
        if found and (found[-1].spans, found[-1].shape) == (item.spans, item.shape):
            first = found[-1].number.partition("–")[0]
            found[-1] = replace(item, number=f"{first}–{item.number}")
        else:
            found.append(item)
    return found


def letter(place: int) -> str:
    """a, b … z, then aa, ab: how what happened is named."""
    found = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        found = chr(ord("a") + rest) + found
        place -= 1
    return found
