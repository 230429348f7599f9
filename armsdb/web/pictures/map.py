"""The picture of transfers on a map of the world: where they came from, where they went."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from armsdb.charts.forms import SMALL
from armsdb.charts.maps import Mapped, map_picture
from armsdb.charts.world import world
from armsdb.filters import TransferFilterSet
from armsdb.filters.pictured import SIDES, asked, narrowed, shares
from armsdb.models import Country
from armsdb.models.tallied import Shares

from .base import Drawn, Picture, Sketch, with_most_told
from .drawn import Table
from .shares import table_of

_HEADINGS = {"supplier": gettext_lazy("Supplier"), "recipient": gettext_lazy("Recipient")}


@dataclass(frozen=True)
class _Side:
    """What one map shows: the transfers that answer a question by the country on one side."""

    title: str
    parameter: str
    question: TransferFilterSet
    tallied: list[Shares]


class MapPicture(Picture):
    name = "map"
    label = gettext_lazy("Map")
    by = gettext_lazy("on a map")
    apart = gettext_lazy(
        "Datasets tell some of the same deliveries, and are never added up: each has drawings of its own."
    )
    draws = gettext_lazy(
        "Where transfers came from and where they went, by country. The tint of a country says how many there are; it "
        "says nothing about where in it. A state that is no more has a square at its capital, a small one a dot."
    )

    def drawn(self, question: TransferFilterSet, *, site: str, id: str = "picture") -> Drawn:  # noqa: A002
        sides = list(_sides(question))
        return self.of_numbers(question, sides, _mapped(question, sides), site, id)

    def of_numbers(
        self,
        question: TransferFilterSet,
        sides: list[_Side],
        mapped: list[Mapped],
        site: str,
        id: str,  # noqa: A002
    ) -> Drawn:
        """The picture of these maps, which answer the question by these sides."""
        picture = map_picture(mapped)
        return self.told(
            question,
            picture,
            tables=[table for side in sides for table in _tables(side)],
            columns=["side", "dataset", "country", "name", "evidence", "transfers"],
            read_rows=lambda: [
                [side.parameter, told.dataset.public_id, row.value, row.label, grade, number]
                for side in sides
                for told in side.tallied
                for row in told.rows
                for _kind, grade, number in row.in_order()
            ],
            not_drawn=_not_drawn(mapped),
            shapes=world().shapes,
            site=site,
            id=id,
        )

    def sketch(self, question: TransferFilterSet) -> Sketch | None:
        tallied = with_most_told(shares(question, "supplier"), question)
        side = _Side(_("Where they came from"), "supplier", question, tallied)
        return Sketch.of(map_picture(_mapped(question, [side]), [SMALL]), of=side.title, shapes=world().shapes)


def _sides(question: TransferFilterSet) -> Iterator[_Side]:
    """What is drawn: both sides; but of a side that the question names, the other alone. Of one country on either side,
    where its transfers came from and where they went."""
    values = question.form.cleaned_data
    if len(values["country"]) == 1 and not values["supplier"] and not values["recipient"]:
        (country,) = values["country"]
        names = {"country": country.label}
        for own, other, title in (
            ("recipient", "supplier", _("Where those came from that %(country)s received")),
            ("supplier", "recipient", _("Where those went that %(country)s supplied")),
        ):
            part = asked(narrowed(question, country=None, **{own: country.value}))
            if not part.problems and part.answer.count():
                yield _Side(title % names, other, part, shares(part, other))
        return
    titles = {"supplier": _("Where they came from"), "recipient": _("Where they went")}
    shown = [side for side in SIDES if not values[side]] or SIDES
    for side in shown:
        yield _Side(titles[side], side, question, shares(question, side))


def _mapped(question: TransferFilterSet, sides: list[_Side]) -> list[Mapped]:
    """The maps, with the codes of their countries; one query."""
    values = question.form.cleaned_data
    here = frozenset(choice.value for name in ("country", *SIDES) for choice in values[name])
    ids = {row.value for side in sides for told in side.tallied for row in told.rows if row.is_known} | here
    known = Country.objects.published().filter(public_id__in=ids).values_list("public_id", "alpha_2", "alpha_4")
    codes = {public_id: former or present or public_id for public_id, present, former in known}
    return [
        Mapped(told.dataset, side.title, told.rows, codes, here, side.parameter)
        for side in sides
        for told in side.tallied
    ]


def _tables(side: _Side) -> list[Table]:
    heading = str(_HEADINGS[side.parameter])
    return [table_of(told, side.question, side.parameter, heading, side.title) for told in side.tallied]


def _not_drawn(mapped: list[Mapped]) -> list[str]:
    """What has no place on the maps, each once."""
    told = []
    unknown = sum(row.number for one in mapped for row in one.elsewhere if not row.is_known)
    if unknown:
        words = ngettext(
            "%(n)s entry of the maps tells no country: it stands in the table.",
            "%(n)s entries of the maps tell no country: they stand in the table.",
            unknown,
        )
        told.append(words % {"n": unknown})
    names = sorted({row.label for one in mapped for row in one.elsewhere if row.is_known})
    if names:
        told.append(_("No place on the map is recorded for: %(names)s.") % {"names": ", ".join(names)})
    return told


MAP = MapPicture()
