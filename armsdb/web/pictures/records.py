"""The pictures that stand on the pages of countries, organisations and equipment, and on that of two countries.

Each draws the lines that its page counts, as a question which readers may change.
"""

from collections.abc import Mapping
from itertools import chain

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from armsdb.charts.years import bounds_of
from armsdb.filters import TransferFilterSet
from armsdb.filters.pictured import asked, by_time
from armsdb.models import Country, Equipment, Organisation
from armsdb.models.relations import Relation

from .base import Drawn, Picture, site_of
from .shares import CATEGORIES, RECIPIENTS, SUPPLIERS
from .years import YEARS

#: Pictures with their titles, by the part of a page where they stand.
Pictures = dict[str, list[tuple[str, Drawn]]]


def of_country(country: Country, *, received: bool, supplied: bool, request: HttpRequest) -> Pictures:
    """What it received and what it supplied: by year, by partner, by category."""
    named = {"country": country.in_sentence}
    of_counts = "arms=true&government=true&government=unknown"
    sides = [side for side, told in (("recipient", received), ("supplier", supplied)) if told]
    questions = _questions({side: f"{side}={country.public_id}&{of_counts}" for side in sides})
    years = {"recipient": _("Received by %(country)s, by year"), "supplier": _("Supplied by %(country)s, by year")}
    categories = {
        "recipient": _("Received by %(country)s, by category"),
        "supplier": _("Supplied by %(country)s, by category"),
    }
    found = {
        "years": _by_year(questions, request, {side: title % named for side, title in years.items()}),
        "categories": _each(
            CATEGORIES, questions, request, {side: title % named for side, title in categories.items()}
        ),
    }
    for side, picture in (("recipient", SUPPLIERS), ("supplier", RECIPIENTS)):
        here = {name: question for name, question in questions.items() if name == side}
        found[picture.name] = _each(picture, here, request)
    return found


def of_relation(relation: Relation, request: HttpRequest) -> Pictures:
    """Each way: by year, by category."""
    ways = {}
    years, categories = {}, {}
    for supplier, recipient in (relation.countries, relation.countries[::-1]):
        way = f"from-{supplier.public_id}"
        names = {"supplier": supplier, "recipient": recipient.in_sentence}
        ways[way] = f"supplier={supplier.public_id}&recipient={recipient.public_id}"
        years[way] = _("%(supplier)s to %(recipient)s, by year") % names
        categories[way] = _("%(supplier)s to %(recipient)s, by category") % names
    questions = _questions(ways)
    return {
        "years": _by_year(questions, request, years),
        "categories": _each(CATEGORIES, questions, request, categories),
    }


def of_organisation(organisation: Organisation, request: HttpRequest) -> Pictures:
    """The transfers in which it takes part: by year, by recipient, by category."""
    questions = _questions({"all": f"organisation={organisation.public_id}"})
    return {
        "years": _by_year(questions, request),
        "recipients": _each(RECIPIENTS, questions, request),
        "categories": _each(CATEGORIES, questions, request),
    }


def of_equipment(equipment: Equipment, request: HttpRequest) -> Pictures:
    """Its transfers: by year, by supplier, by recipient."""
    questions = _questions({"all": f"equipment={equipment.public_id}"})
    return {
        "years": _by_year(questions, request),
        "parties": [
            (title, drawn)
            for picture, title in ((SUPPLIERS, _("By supplier")), (RECIPIENTS, _("By recipient")))
            for _none, drawn in _each(picture, questions, request)
        ],
    }


def _questions(queries: Mapping[str, str]) -> dict[str, TransferFilterSet]:
    """Questions by name; none of a record that readers do not see yet, which nothing answers."""
    found = {name: asked(QueryDict(query)) for name, query in queries.items()}
    return {name: question for name, question in found.items() if not question.problems and question.answer.count()}


def _by_year(
    questions: Mapping[str, TransferFilterSet], request: HttpRequest, titles: Mapping[str, str] = {}
) -> list[tuple[str, Drawn]]:
    """Pictures by year that all have the same years."""
    tallied = {name: by_time(question) for name, question in questions.items()}
    bounds = bounds_of(chain(*tallied.values()))
    site = site_of(request)
    return [
        (titles.get(name, ""), YEARS.of_numbers(questions[name], told, bounds, site, f"years-{name}").briefly())
        for name, told in tallied.items()
    ]


def _each(
    picture: Picture,
    questions: Mapping[str, TransferFilterSet],
    request: HttpRequest,
    titles: Mapping[str, str] = {},
) -> list[tuple[str, Drawn]]:
    site = site_of(request)
    return [
        (titles.get(name, ""), picture.drawn(question, site=site, id=f"{picture.name}-{name}").briefly())
        for name, question in questions.items()
    ]
