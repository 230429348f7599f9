"""Cards: the picture that other sites show of a link to a record, with its title, how sure it is, and key numbers."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from armsdb.charts.poster import wrapped
from armsdb.filters.pictured import asked
from armsdb.lib.vocab import Grade, Stance
from armsdb.models import Citation, Fact, Organisation, Person, Record, Source, kinds

from .later import BUSY, later
from .pictures.png import Busy, png_of
from .unchanged import marked

#: As large as sites want it.
WIDTH, HEIGHT = 1200, 630
_MARGIN = 64
#: The sizes in which a title is tried, and its most rows.
_SIZES, _ROWS = (64, 52, 40), 3
#: Kinds of which transfers are counted, by the parameter that asks for those of one.
_COUNTED = ("country", "organisation", "equipment", "dataset")
_STANCES = {
    Stance.SUPPORTS: gettext_lazy("in support"),
    Stance.DENIES: gettext_lazy("in denial"),
    Stance.QUESTIONS: gettext_lazy("in question"),
}


@dataclass(frozen=True)
class Card:
    """What a card says: of a fact its grade, of others how sure the transfers are that have to do with it."""

    kind: str
    name: str
    grade: str = ""
    reason: str = ""
    numbers: list[tuple[str, str]] = field(default_factory=list)
    grades: list[tuple[str, int]] = field(default_factory=list)

    @property
    def alt(self) -> str:
        """The same in words."""
        told = [f"{self.kind}: {self.name}", *([str(Grade(self.grade).label)] if self.grade else [])]
        told += [f"{number} {words}" for number, words in self.numbers]
        told += [f"{number} {Grade(grade).label}" for grade, number in self.grades]
        return ", ".join(told) + "."


def card_of(record: Any) -> Card:
    """The card of a published record; one query for its numbers, those in memory aside."""
    kind = capfirst(str(record.get_kind_display() if isinstance(record, Organisation) else record._meta.verbose_name))
    if isinstance(record, Fact):
        counts = Counter(record.citations.published().order_by().values_list("stance", flat=True))
        numbers = [(str(counts[stance]), str(words)) for stance, words in _STANCES.items() if counts[stance]]
        when = record.main_date
        numbers += [(when.display(), "")] if when else []
        return Card(kind, record.name, record.evidence, record.evidence_reason, numbers)
    if record.TYPE in _COUNTED:
        question = asked(QueryDict(f"{record.TYPE}={record.public_id}"))
        number = 0 if question.problems else question.answer.count()
        counted = question.columns.counts("evidence", question.kept.all) if number else {}
        grades = [(grade.value, counted[grade.value]) for grade in Grade if counted.get(grade.value)]
        told = ngettext("transfer recorded", "transfers recorded", number)
        return Card(kind, record.name, numbers=[(str(number), told)], grades=grades)
    if isinstance(record, Source):
        number = Citation.objects.published().filter(source=record).count()
        return Card(kind, record.name, numbers=[(str(number), ngettext("passage cited", "passages cited", number))])
    number = record.roles.published().count() if isinstance(record, Person) else 0
    return Card(kind, record.name, numbers=[(str(number), ngettext("post", "posts", number))] if number else [])


def card_for(record: Record, request: HttpRequest) -> dict[str, Any]:
    """What the head of the page of a record tells of its card."""
    address = request.build_absolute_uri(reverse("card", args=[record.TYPE, record.public_id]))
    return {"url": address, "width": WIDTH, "height": HEIGHT, "alt": str(record)}


def svg_of(card: Card, site: str) -> str:
    """The card as a drawing."""
    room = WIDTH - 2 * _MARGIN
    for size in _SIZES:
        rows = wrapped(card.name, size, room)
        if len(rows) <= _ROWS:
            break
    rows = [*rows[: _ROWS - 1], rows[_ROWS - 1] + " …"] if len(rows) > _ROWS else rows
    y = 140.0
    title = []
    for row in rows:
        y += size * 1.18
        title.append((row, round(y)))
    reason = wrapped(card.reason, 26, room - 60)[:2] if card.reason else []
    drawn = {
        "card": card,
        "title": title,
        "size": size,
        "reason": [(row, 36 * place) for place, row in enumerate(reason)],
        "numbers": [(number, words, _MARGIN + 270 * place) for place, (number, words) in enumerate(card.numbers[:4])],
        "grades": [(grade, number, _MARGIN + 215 * place) for place, (grade, number) in enumerate(card.grades)],
        "site": site,
    }
    return render_to_string("card.svg", drawn)


@method_decorator(marked, name="dispatch")
class CardPicture(View):
    """The card of a published record as PNG; of drafts there is none."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, type: str, public_id: str) -> HttpResponse:  # noqa: A002
        kind = kinds().get(type)
        record: Any = kind._default_manager.published().filter(public_id=public_id).first() if kind else None
        if record is None or isinstance(record, Citation):
            raise Http404(_("There is no record with this id."))
        try:
            content = png_of(svg_of(card_of(record), request.get_host()), HEIGHT, zoom=1)
        except Busy:
            return later(BUSY)
        return HttpResponse(content, content_type="image/png")
