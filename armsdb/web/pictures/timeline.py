"""The picture of one country, or of two, on one line of time: transfers, and what happened beside them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from armsdb.charts import items
from armsdb.charts.forms import BOTH, SMALL, Form
from armsdb.charts.timeline import Part, timeline_picture
from armsdb.filters import Problem, TransferFilterSet
from armsdb.filters.pictured import asked, narrowed, with_most
from armsdb.filters.timelines import FEW, Told, is_of_one_line, named_in, read
from armsdb.lib.vocab import EventKind, Terms
from armsdb.models import Dataset
from armsdb.models.events import TURNS

from .base import Drawn, Picture, Sketch, most_told, with_most_told
from .years import rows_of, table_of

#: Kinds of event in which people meet.
MEETINGS = {EventKind.VISIT, EventKind.MEETING, EventKind.PARADE, EventKind.EXHIBITION}
#: So many countries are offered where none is named.
OFFERED = 6


class TimelinePicture(Picture):
    name = "timeline"
    label = gettext_lazy("Line of time")
    by = gettext_lazy("with what happened beside them, on one line of time")
    draws = gettext_lazy(
        "The transfers of one country, or between two, on the same years as visits, sanctions and other events. A few "
        "transfers stand there one by one; of many, the number is drawn by year. The years that are asked for narrow "
        "all of it, other filters the transfers alone."
    )
    needs = gettext_lazy(
        "A line of time is drawn of one country, or of two: then both are named as supplier and as recipient."
    )

    def names_none(self, question: TransferFilterSet) -> bool:
        return not named_in(question)

    def problems(self, question: TransferFilterSet) -> list[Problem]:
        return [] if is_of_one_line(question) else [Problem("country", str(self.needs))]

    def examples(self, question: TransferFilterSet) -> list[tuple[str, str]]:
        return [
            (country.name, narrowed(question, country=country.public_id).urlencode())
            for country in with_most(question, OFFERED)
        ]

    def drawn(self, question: TransferFilterSet, *, site: str, id: str = "picture") -> Drawn:  # noqa: A002
        told = read(question)
        picture = _picture(question, told)
        keys = {record.dataset_id for record in chain(told.lines, told.facts)}
        counted = {one.dataset.pk: one.dataset for way in told.ways for one in way.counted}
        datasets = counted | Dataset.objects.in_bulk(keys - counted.keys())
        drawn = self.told(
            question,
            picture,
            tables=[
                table_of(one, way.question, way.title)
                for way in told.ways
                for one in most_told(way.counted, way.question)
            ],
            columns=["part", "dataset", "name", "kind", "date", "evidence", "page", "transfers"],
            read_rows=lambda: _rows(told, datasets, site),
            not_drawn=_not_drawn(told, picture),
            items=picture["items"],
            numbered=picture["numbered"],
            drawn_from=sorted(datasets.values(), key=lambda dataset: (dataset.name, dataset.pk)),
            site=site,
            id=id,
        )
        shown = {one.dataset.pk for way in told.ways for one in most_told(way.counted, way.question)}
        hidden = {one.dataset.pk: one.dataset for way in told.ways for one in way.counted}
        others = [(one, drawn.alone(one)) for pk, one in hidden.items() if pk not in shown]
        return replace(drawn, others=others)

    def sketch(self, question: TransferFilterSet) -> Sketch | None:
        for name, query in self.examples(question)[:1]:
            own = asked(QueryDict(query))
            if not own.problems:
                told = read(own)
                for way in told.ways:
                    way.counted = with_most_told(way.counted, way.question)
                return Sketch.of(_picture(own, told, [SMALL]), of=name)
        return None


def _picture(question: TransferFilterSet, told: Told, forms: Sequence[Form] = BOTH) -> dict[str, Any]:
    parts: list[Part] = []
    for way in told.ways:
        after = sum(len(part.lines) for part in parts)
        parts.append(Part(way.title, items.lines(way.lines, after=after), most_told(way.counted, way.question)))
    values = question.form.cleaned_data
    return timeline_picture(
        parts,
        [
            (_("Visits and meetings"), items.happened(event for event in told.events if event.kind in MEETINGS)),
            (_("Sanctions"), items.happened(told.sanctions)),
            (_("Other events"), items.happened(event for event in told.events if event.kind not in MEETINGS)),
        ],
        turns=[event for event in told.events if event.kind in TURNS],
        asked=(values["year_from"], values["year_to"]),
        forms=forms,
    )


def _not_drawn(told: Told, picture: dict[str, Any]) -> list[str]:
    undated = sum(way.undated for way in told.ways)
    facts = list(told.facts)
    undated_facts = sum(record.main_date is None for record in facts)
    hidden = any(drawing["left_out"] for panel in picture["panels"] for drawing in panel["drawings"].values())
    found = []
    if any(way.counted for way in told.ways):
        words = _("More than %(few)s transfers have a date, so they are counted by year and not drawn one by one.")
        found.append(words % {"few": FEW})
    if undated:
        words = ngettext(
            "%(n)s transfer has no date and is not drawn.", "%(n)s transfers have no date and are not drawn.", undated
        )
        found.append(words % {"n": undated})
    if undated_facts:
        words = _("Of sanctions and events, %(n)s without a date are not drawn.")
        found.append(words % {"n": undated_facts})
    if hidden:
        found.append(_("In brackets with a plus: how many found no room on the drawing; the table has them."))
    if told.number > len(facts):
        words = _("Of %(all)s sanctions and events, the newest %(n)s are drawn.")
        found.append(words % {"all": told.number, "n": len(facts)})
    return found


def _rows(told: Told, datasets: dict[int, Any], site: str) -> list[list[Any]]:
    """All of it as data: transfers, one by one or counted, then what happened.

    What may not be passed on as a whole is counted alone, where it is counted.
    """
    found: list[list[Any]] = []
    opened = {pk for pk, dataset in datasets.items() if dataset.terms == Terms.OPEN}
    for way in told.ways:
        for line in (line for line in way.lines if line.dataset_id in opened):
            kind, date = line.dates[0]
            row = [way.title, datasets[line.dataset_id].public_id, line.name, kind, date.edtf]
            found.append([*row, line.evidence, site + line.get_absolute_url(), 1])
        for one in way.counted:
            for dataset, year, span, kind, grade, number in rows_of(one):
                when = str(year) if year is not None else span
                found.append([way.title, dataset, None, kind, when, grade, None, number])
    for fact in (fact for fact in told.facts if fact.dataset_id in opened):
        told_date = fact.main_date.edtf if fact.main_date else None
        row = [fact.TYPE, datasets[fact.dataset_id].public_id, fact.name, fact.kind, told_date]
        found.append([*row, fact.evidence, site + fact.get_absolute_url(), None])
    return found


TIMELINE = TimelinePicture()
