"""The page of two countries: what each supplied to the other, and the facts about both."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from armsdb.charts.axis import relation_axis
from armsdb.filters.fields import find
from armsdb.filters.passing_on import credits_of
from armsdb.lib.dates import sort_key
from armsdb.lib.vocab import CompanyRole, EventKind
from armsdb.models import Country, Event, Figure, Ownership, Source, Transfer
from armsdb.models.company_parts import CompanyPart
from armsdb.models.gaps import gaps_in
from armsdb.models.joint import Joint, joined
from armsdb.models.profiles import Excerpt
from armsdb.models.relations import Relation, Supplied
from armsdb.models.years import year_tables

from .briefs import brief_of
from .citing import Cite, of_page
from .kept_pages import kept
from .pictures.records import of_relation
from .unknowns import unknown_of_lines

#: The most rows that a part of the page lists; the lists and the API have them all.
MOST = 100
#: Kinds of event in which people of both sides meet: they stand on the axis, all others below.
MEETINGS = {EventKind.VISIT, EventKind.MEETING, EventKind.PARADE, EventKind.EXHIBITION}


@method_decorator(kept, name="dispatch")
class RelationPage(View):
    """Two countries, whoever supplied more lines first; the other order and other names lead there with 308."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, first: str, second: str) -> HttpResponse:
        one, other = find(Country, first), find(Country, second)
        if one is None or other is None or one == other:
            raise Http404(_("There are no two countries with these names."))
        relation = Relation.in_order(one, other)
        ids = [country.public_id for country in relation.countries]
        address = reverse("relation", args=ids)
        if request.path != address:
            query = request.META.get("QUERY_STRING", "")
            return redirect(address + (f"?{query}" if query else ""), permanent=True, preserve_request=True)
        page = _page(relation, request.build_absolute_uri(address)) | {"api_url": reverse("api:relation", args=ids)}
        return render(request, "relations/detail.html", page | {"pictures": of_relation(relation, request)})


def relation_link(one: Country | None, other: Country | None) -> dict[str, str] | None:
    """The step to the page of two countries, named by the alphabet, None where there are no two; one query."""
    if one is None or other is None or one == other:
        return None
    first, second = sorted((one, other), key=lambda country: country.name)
    names = {"first": first.in_sentence, "second": second.in_sentence}
    ids = [country.public_id for country in Relation.in_order(one, other).countries]
    return {"label": _("Everything between %(first)s and %(second)s") % names, "url": reverse("relation", args=ids)}


def _page(relation: Relation, address: str) -> dict[str, Any]:
    names = {"first": relation.first.name, "second": relation.second.name}
    both = relation.supplied()
    directions = [_direction(relation, supplied) for supplied in both]
    about = _facts(relation)
    told = any(direction["told"].transfers for direction in directions) or any(about.values())
    page = {
        "title": _title(relation),
        "description": _("Arms transfers between %(first)s and %(second)s, one by one, and how we know.") % names,
        "section": "countries",
        # Any two countries have a page; search engines are kept from those that tell nothing.
        "robots": "" if told else "noindex",
        "relation": relation,
        "directions": directions,
        **about,
        "axis": _axis(relation, directions, about),
        "undrawn": _undrawn(directions),
        "years": year_tables(*(relation.transfers(told.supplier, told.recipient) for told in both)),
        "companies": _parts(relation.companies(), directions),
        "sources": _sources(relation),
        "canonical_url": address,
        "cite": _cite(relation, address, directions, about),
        "data": [direction["data"] for direction in directions],
    }
    return page | {"brief": brief_of(page)}


def _direction(relation: Relation, told: Supplied) -> dict[str, Any]:
    """What one of the two supplied to the other: the lines with a date, those without, and what they do not tell."""
    lines = relation.transfers(told.supplier, told.recipient)
    rows = lines.with_parties().with_citations()
    query = f"supplier={told.supplier.public_id}&recipient={told.recipient.public_id}"
    dated, undated = Excerpt.of(rows.dated(), MOST), Excerpt.of(rows.undated(), MOST)
    return {
        "told": told,
        "dated": dated,
        "undated": undated,
        "complete": not (dated.more or undated.more),
        "not_arms": lines.not_arms().count(),
        **_beginning(dated),
        "unknown": unknown_of_lines(
            gaps_in(lines), [*dated, *undated], relation.may_overlap(told.supplier, told.recipient)
        ),
        "url": f"{reverse('transfer_list')}?{query}",
        "data": {
            "url": f"{reverse('api:transfers-list')}?{query}",
            "label": _("its transfers from %(country)s") % {"country": told.supplier.in_sentence},
        },
    }


def _beginning(dated: Excerpt) -> dict[str, Any]:
    """The earliest date that has a beginning, and how many have none; nothing where the page has not all lines."""
    dates = [] if dated.more else [line.main_date for line in dated]
    begun = [date for date in dates if date.earliest]
    return {"earliest": min(begun, key=sort_key, default=None), "open_starts": len(dates) - len(begun)}


def _parts(companies: list[CompanyPart], directions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What companies did, and whose they are."""
    owned = Ownership.objects.published().filter(child__in=[part.company for part in companies])
    owners: dict[int, list[Ownership]] = {}
    for ownership in owned.with_parties().with_citations():
        owners.setdefault(ownership.child_id, []).append(ownership)
    return [_part(part, directions) | {"owners": owners.get(part.company.pk, [])} for part in companies]


def _part(company: CompanyPart, directions: list[dict[str, Any]]) -> dict[str, Any]:
    """A company, and its lines each way with what it did in each, those that the page lists."""
    ways = [
        (
            direction["told"],
            [
                (line, _roles(company, line))
                for line in (*direction["dated"], *direction["undated"])
                if line.pk in company.lines
            ],
        )
        for direction in directions
    ]
    return {"company": company, "ways": [(told, lines) for told, lines in ways if lines]}


def _roles(company: CompanyPart, line: Transfer) -> list[str]:
    """What a company did in a line, in words; nothing where the words of the source for the supplier say as much."""
    said = line.supplier_as_stated and company.lines[line.pk] == [CompanyRole.SUPPLIER]
    return [] if said else company.labels_in(line.pk)


def _facts(relation: Relation) -> dict[str, Any]:
    """The figures, those with a sum first, then those with a number; who met, and what else happened; sanctions."""
    figures = Excerpt.of(relation.figures().with_citations(), MOST)
    events = Excerpt.of(relation.events().with_citations(), MOST)
    sanctions = Excerpt.of(relation.sanctions_on_either().with_citations().with_parties(), MOST)
    statements = [event for event in events if event.kind not in MEETINGS]
    counted = sorted((figure for figure in figures if _has_number(figure)), key=lambda figure: not figure.value)
    return {
        "numbers": _with_those_beside(counted, relation.figures_beside().with_citations()[:MOST]),
        "words": [figure for figure in figures if not _has_number(figure)],
        "visits": [event for event in events if event.kind in MEETINGS],
        "statements": statements,
        "statement_kinds": Counter(str(event.get_kind_display()) for event in statements).most_common(),
        "sanctions": joined(sanctions),
        "more": figures.more or events.more or sanctions.more,
    }


def _cite(relation: Relation, address: str, directions: list[dict[str, Any]], about: dict[str, Any]) -> Cite:
    """How to cite the page, with the datasets of what stands on it."""
    lines = [line for direction in directions for line in (*direction["dated"], *direction["undated"])]
    others = [about[part] for part in ("numbers", "words", "visits", "statements", "sanctions")]
    shown = (*lines, *chain(*others))
    facts = chain(*(one.records if isinstance(one, Joint) else [one] for one in shown))
    credit = credits_of({fact.dataset_id for fact in facts})
    ids = "-".join(country.public_id for country in relation.countries)
    return of_page(ids, _title(relation), address, credit)


def _title(relation: Relation) -> str:
    return _("%(first)s and %(second)s") % {"first": relation.first.name, "second": relation.second.name}


def _has_number(figure: Figure) -> bool:
    number = figure.value or figure.number
    return bool(number) and not (number.low is None and number.high is None)


def _with_those_beside(figures: Iterable[Figure], others: Iterable[Figure]) -> list[Figure]:
    """Figures, each followed by those of the same time that a passage sets beside it for comparison."""
    found, waiting = [], list(others)
    for figure in figures:
        found.append(figure)
        for other in [other for other in waiting if figure.period and other.period.edtf == figure.period.edtf]:
            # The component that writes figures looks for this.
            other.beside = "time" if other.value_basis == figure.value_basis else "basis"  # type: ignore[attr-defined]
            waiting.remove(other)
            found.append(other)
    return found


def _sources(relation: Relation) -> dict[str, list[Source]]:
    """The documents that were read, and those that are known through them."""
    found: list[Any] = relation.sources()
    read = [source for source in found if source.passages]
    return {"read": read, "drawn_on": [source for source in found if source not in read]}


def _axis(relation: Relation, directions: list[dict[str, Any]], about: dict[str, Any]) -> dict[str, Any] | None:
    """The time axis; each fact on it takes along what the drawings call it, so that ledgers and statements do too."""
    turns: Iterable[Event] = relation.turns().with_citations()[:MOST]
    axis = relation_axis(
        *relation.countries,
        there=directions[0]["dated"],
        back=directions[1]["dated"],
        figures=[figure for figure in about["numbers"] if not hasattr(figure, "beside")],
        visits=about["visits"],
        sanctions=about["sanctions"],
        guides=turns,
    )
    for item in axis["rows"] if axis else ():
        item.fact.number_drawn = item.number
    return axis


def _undrawn(directions: list[dict[str, Any]]) -> str:
    """A sentence on the lines that have no date, nothing where all have one."""
    found = [
        ngettext("one transfer to %(country)s", "%(number)s transfers to %(country)s", told.undated)
        % {"number": told.undated, "country": told.recipient.in_sentence}
        for told in (direction["told"] for direction in directions)
        if told.undated
    ]
    return _("Not drawn, for want of a date: %(lines)s.") % {"lines": "; ".join(found)} if found else ""
