"""What changed last, as Atom feeds: of any question about a list, and of all facts about one entity."""

import hashlib
from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import condition

from armsdb import __version__, filters
from armsdb.filters import CONTROLS, Problem
from armsdb.models import Country, Equipment, Fact, Organisation, Person, Record
from armsdb.models.memory import View as Told
from armsdb.models.memory import now

from .kinds import KINDS, published

#: Entries of a feed.
MOST = 50
#: The lists that have a feed: the parts of the site whose records have pages.
LISTS: Mapping[str, type[filters.StrictFilterSet]] = {
    "transfers": filters.TransferFilterSet,
    "figures": filters.FigureFilterSet,
    "sanctions": filters.SanctionFilterSet,
    "events": filters.EventFilterSet,
    "countries": filters.CountryFilterSet,
    "companies": filters.CompanyFilterSet,
    "organisations": filters.OrganisationFilterSet,
    "people": filters.PersonFilterSet,
    "equipment": filters.EquipmentFilterSet,
    "sources": filters.SourceFilterSet,
    "datasets": filters.DatasetFilterSet,
}
_OF_FACTS: Mapping[str, type[filters.StrictFilterSet]] = {
    **{name: LISTS[name] for name in ("transfers", "figures", "sanctions", "events")},
    "ownerships": filters.OwnershipFilterSet,
    "roles": filters.RoleFilterSet,
}
#: The entities that have a feed, and the condition by which facts about one are asked for.
ENTITIES: Mapping[str, tuple[type[Record], str]] = {
    "countries": (Country, "country"),
    "companies": (Organisation, "company"),
    "organisations": (Organisation, "organisation"),
    "people": (Person, "person"),
    "equipment": (Equipment, "equipment"),
}


def feed_of(asked: Any, section: str) -> str:
    """The address of the feed of a question; empty where its list has none."""
    if section not in LISTS:
        return ""
    query = _conditions(asked.data)
    return reverse(f"{section}_feed") + (f"?{query.urlencode()}" if query else "")


def feed_about(record: Record, section: str) -> str:
    """The address of the feed of facts about an entity; empty for what is none."""
    return reverse(f"{record.collection}_record_feed", args=[record.public_id]) if section in ENTITIES else ""


def _tag(request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
    told = f"{__version__} {now().version} {request.build_absolute_uri()}"
    return f'W/"{hashlib.blake2b(told.encode(), digest_size=16).hexdigest()}"'


class Feed(View):
    """A feed, told from one moment; 304 while nothing that readers see has changed."""

    http_method_names = ["get", "head", "options"]
    dear = True
    section = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        with Told().at_hand():
            return super().dispatch(request, *args, **kwargs)

    def written(self, request: HttpRequest, title: str, page: str, records: list[Any]) -> HttpResponse:
        """The feed of these records, the last changed first."""
        here = request.build_absolute_uri
        feed = Atom1Feed(
            title=title,
            link=here(page),
            description=_("What changed last in ArmsDB, each with its sources."),
            feed_url=here(),
            author_name="ArmsDB",
            feed_guid=here(),
        )
        for record in records:
            address = here(record.get_absolute_url())
            feed.add_item(
                title=str(record),
                link=address,
                description=_told(record),
                unique_id=here(reverse(f"api:{record.COLLECTION}-detail", args=[record.public_id])),
                updateddate=record.updated,
            )
        answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
        feed.write(answer, "utf-8")
        return answer


@method_decorator(condition(etag_func=_tag), name="get")
class ListFeed(Feed):
    """What changed last among the records that answer a question, such as disputed transfers."""

    def get(self, request: HttpRequest) -> HttpResponse:
        filterset = LISTS[self.section]
        settled = _("A feed has what changed last, the newest first, and no pages.")
        problems = [Problem(name, settled) for name in CONTROLS if name in request.GET]
        asked = filterset(_in_order(request.GET), queryset=_rows(filterset))
        if problems := [*problems, *asked.problems]:
            told = "; ".join(f"{problem.parameter}: {problem.detail}" for problem in problems)
            raise BadRequest(told)
        page = reverse(f"{_type_of(self.section)}_list") + (f"?{request.GET.urlencode()}" if request.GET else "")
        title = _("ArmsDB: %(question)s") % {"question": asked.sentence}
        return self.written(request, title, page, _newest(asked))


@method_decorator(condition(etag_func=_tag), name="get")
class EntityFeed(Feed):
    """What changed last among the facts about one country, company, organisation, person or kind of equipment."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        kind, name = ENTITIES[self.section]
        record: Any = kind.objects.published().filter(public_id=public_id).first()
        if record is None or record.collection != self.section:
            raise Http404(_("There is no record with this id."))
        if request.GET:
            raise BadRequest(_("A feed of one record takes no conditions; those of lists do."))
        facts: list[Any] = [record]
        for filterset in _OF_FACTS.values():
            if name in filterset.base_filters:
                asked = QueryDict(urlencode({name: public_id, "ordering": "-updated"}))
                facts += _newest(filterset(asked, queryset=_rows(filterset)))
        facts.sort(key=attrgetter("updated", "public_id"), reverse=True)
        title = _("ArmsDB: %(record)s") % {"record": record}
        return self.written(request, title, record.get_absolute_url(), facts[:MOST])


def _conditions(query: Any) -> Any:
    """A question without what tells how its list is shown."""
    asked = query.copy()
    for name in CONTROLS:
        asked.pop(name, None)
    return asked


def _in_order(query: Any) -> Any:
    asked = _conditions(query)
    asked["ordering"] = "-updated"
    return asked


def _rows(filterset: type[filters.StrictFilterSet]) -> Any:
    """The records of a list that readers see, with what their addresses need."""
    model: Any = filterset._meta.model
    if model in KINDS:
        return published(model)
    rows = model.objects.published()
    return rows.companies() if filterset is filters.CompanyFilterSet else rows


def _newest(asked: Any) -> list[Any]:
    """The records that answer and changed last."""
    keys = asked.answer[:MOST]
    found = asked.queryset.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _type_of(section: str) -> str:
    return "company" if section == "companies" else str(LISTS[section]._meta.model.TYPE)


def _told(record: Any) -> str:
    """What a fact rests on; of other records what they are."""
    if isinstance(record, Fact):
        return f"{capfirst(record.get_evidence_display())}: {record.evidence_reason}"
    return str(getattr(record, "summary", ""))
