"""The picture of two to five countries, companies or other records side by side."""

from collections import Counter
from itertools import chain
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from armsdb.charts.compare import Compared, compare_picture, datasets_of
from armsdb.charts.forms import SMALL
from armsdb.charts.years import bounds_of
from armsdb.filters import Problem, TransferFilterSet
from armsdb.filters.fields import Choice
from armsdb.filters.pictured import asked, by_time, narrowed, with_most
from armsdb.lib import dates
from armsdb.models.tallied import PARTS, AtTime

from .base import Changed, Drawn, Picture, Sketch
from .drawn import Table
from .years import TITLES, label_of, list_of, rows_of, with_most_of

#: How many are compared.
FEWEST, MOST = 2, 5
#: By what: the parameters whose values are taken apart.
PARAMETERS = ("supplier", "recipient", "country", "company", "organisation", "equipment")
#: So many stand side by side in the questions that are offered.
OFFERED = 3


class ComparePicture(Picture):
    name = "compare"
    label = gettext_lazy("Side by side")
    by = gettext_lazy("side by side")
    draws = gettext_lazy(
        "The transfers of two to five countries, companies or types of equipment by year, one below the other, all on "
        "the same years and one scale. A transfer that several of them take part in stands with each of them."
    )
    needs = gettext_lazy(
        "Name two to five: fill in one field several times, such as Supplier, Recipient, Company or Equipment."
    )

    def names_none(self, question: TransferFilterSet) -> bool:
        return not any(_texts(question, name) for name in PARAMETERS)

    def problems(self, question: TransferFilterSet) -> list[Problem]:
        several = [name for name in PARAMETERS if len(_texts(question, name)) > 1]
        if len(several) > 1:
            words = _(
                "Only one field may have several values here, for it says what is compared: %(first)s or %(other)s."
            )
            labels = {"first": question.filters[several[0]].label, "other": question.filters[several[1]].label}
            return [Problem(several[1], words % labels)]
        return _wrong_number(question, several) or _twice(question, several[0])

    def examples(self, question: TransferFilterSet) -> list[tuple[str, str]]:
        found = []
        for side, words in (("supplier", _("Supplied by %(names)s")), ("recipient", _("Received by %(names)s"))):
            countries = with_most(question, OFFERED, side)
            if len(countries) >= FEWEST:
                names = ", ".join(country.in_sentence for country in countries)
                query = narrowed(question)
                query.setlist(side, [country.public_id for country in countries])
                found.append((words % {"names": names}, query.urlencode()))
        return found

    def drawn(self, question: TransferFilterSet, *, site: str, id: str = "picture") -> Drawn:  # noqa: A002
        compared = _compared(question)
        values = question.form.cleaned_data
        bounds = bounds_of(chain(*(one.tallied for one in compared)), (values["year_from"], values["year_to"]))
        return self.of_numbers(question, compared, bounds, site, id)

    def of_numbers(
        self,
        question: TransferFilterSet,
        compared: list[Compared],
        bounds: tuple[int, int] | None,
        site: str,
        id: str,  # noqa: A002
    ) -> Drawn:
        """The picture of these numbers, which answer the question, over these years."""
        picture = compare_picture(compared, bounds)
        return self.told(
            question,
            picture,
            tables=[_table(dataset, compared, question) for dataset in datasets_of(compared)],
            columns=["compared", "dataset", "year", "span", "date", "evidence", "transfers"],
            read_rows=lambda: [[one.value, *row] for one in compared for told in one.tallied for row in rows_of(told)],
            not_drawn=_not_drawn(compared),
            site=site,
            id=id,
        )

    def sketch(self, question: TransferFilterSet) -> Sketch | None:
        for words, query in self.examples(question)[:1]:
            own = asked(QueryDict(query))
            if own.problems:
                return None
            compared = _compared(own)
            bounds = bounds_of(chain(*(one.tallied for one in compared)))
            picture = compare_picture(compared, bounds, [SMALL])
            numbers = question.answer.by_dataset()
            picture["panels"].sort(key=lambda panel: -numbers[panel["dataset"].pk])
            return Sketch.of(picture, of=words)
        return None


def _texts(question: TransferFilterSet, name: str) -> list[str]:
    """What is written for a parameter, each value as often as it is."""
    return [text for text in question.data.getlist(name) if text.strip()]


def _wrong_number(question: TransferFilterSet, several: list[str]) -> list[Problem]:
    number = len(_texts(question, several[0])) if several else 0
    if FEWEST <= number <= MOST:
        return []
    if several:
        words = _("Two to five are compared, not %(n)s.") % {"n": number}
        return [Problem(several[0], words)]
    named = [name for name in PARAMETERS if _texts(question, name)]
    words = _("Only one is named: two to five are compared.") if named else str(ComparePicture.needs)
    return [Problem(named[0] if named else "supplier", words)]


def _twice(question: TransferFilterSet, name: str) -> list[Problem]:
    """Whether any is named twice, be it by two of its names."""
    read = question.form.fields[name].read
    choices: list[Choice] = [read(text.strip()) for text in _texts(question, name)]
    labels = {choice.value: choice.label for choice in choices}
    for value, number in Counter(choice.value for choice in choices).items():
        if number > 1:
            return [Problem(name, _("%(name)s is named more than once.") % {"name": labels[value]})]
    return []


def _compared(question: TransferFilterSet) -> list[Compared]:
    """Each of those that are compared, as a question of its own."""
    name = next(name for name in PARAMETERS if len(_texts(question, name)) > 1)
    found = []
    for choice in question.form.cleaned_data[name]:
        own = asked(narrowed(question, **{name: choice.value}))
        if own.problems:  # it says less than a question that was understood
            raise Changed
        found.append(Compared(str(choice.label), choice.value, by_time(own), own.answer.by_dataset()))
    return found


def _table(dataset: Any, compared: list[Compared], question: TransferFilterSet) -> Table:
    """The numbers of one dataset: when, and a column for each, with and without what is disputed."""
    tallied = [one.of(dataset) for one in compared]
    disputed = [any(row.disputed for row in told.rows) for told in tallied]
    columns = []
    for one, is_disputed in zip(compared, disputed, strict=True):
        columns += [one.label, *([_("%(name)s, without disputed ones") % {"name": one.label}] if is_disputed else [])]
    by_time = [{row.time: row for row in told.rows} for told in tallied]
    groups = []
    left_out = 0
    for part in PARTS:
        rows = {row.time: row for told in tallied for row in told.part(part)}
        ordered = sorted(rows.values(), key=lambda row: dates.sort_key(row.date), reverse=True)
        shown = ordered if part == "years" else with_most_of(ordered)
        left_out += len(ordered) - len(shown)
        told_rows = []
        for row in shown:
            cells: list[int | None] = []
            for own, is_disputed in zip(by_time, disputed, strict=True):
                at = own.get(row.time, AtTime())
                cells += [at.number, *([at.undisputed] if is_disputed else [])]
            told_rows.append((label_of(row), list_of(question, dataset, row), cells))
        if told_rows:
            groups.append((str(TITLES[part]), told_rows))
    more = _("%(n)s more times, with fewer transfers each, stand in the files.") % {"n": left_out} if left_out else ""
    return Table(dataset, _("When"), columns, groups, more)


def _not_drawn(compared: list[Compared]) -> list[str]:
    undated = sum(told.undated for one in compared for told in one.tallied)
    words = ngettext(
        "%(n)s transfer has no date: it is not drawn, and stands in the table.",
        "%(n)s transfers have no date: they are not drawn, and stand in the table.",
        undated,
    )
    return [words % {"n": undated}] if undated else []


COMPARE = ComparePicture()
