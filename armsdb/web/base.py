"""The two base views of every page: a list of records, and one record."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from armsdb.exporters.linked import node
from armsdb.filters import Problem, StrictFilterSet
from armsdb.filters.answers import Answer
from armsdb.filters.fields import find
from armsdb.lib.paging import PageError, read_page
from armsdb.models import Country, Fact, Record
from armsdb.models.addresses import at
from armsdb.models.changes import withdrawn_on

from . import linking
from .cards import card_for
from .changes import History
from .citing import of_list, of_record
from .feeds import feed_about, feed_of
from .kept_pages import kept
from .questions import left_out_of, orders_of, title_of

_OF_THE_API = ("cursor", "fields", "format", "table", "manifest")


def not_of_pages(query: QueryDict) -> list[Problem]:
    """The parameters that the API alone has: a page refuses them, since it cannot do what they ask for."""
    only = _("Pages are HTML, are numbered and show every field; the API has this parameter.")
    return [Problem(name, only) for name in _OF_THE_API if name in query]


@method_decorator(kept, name="dispatch")
class RecordList(View):
    """A list of one kind of record, under the filters of its address."""

    http_method_names = ["get", "head", "options"]
    filterset: ClassVar[type[StrictFilterSet]]
    template: ClassVar[str]
    #: The part of the site that the list belongs to, as the bar names it and as the API calls the collection.
    section: ClassVar[str]

    def rows(self) -> QuerySet:
        """The published records of the kind, with what their rows show."""
        raise TypeError("a list says which rows it shows")

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = self.filterset(request.GET, queryset=self.rows())
        problems = [*asked.problems, *not_of_pages(request.GET)]
        number, size = 1, 0
        try:
            number, size = read_page(request.GET)
        except PageError as error:
            problems.append(Problem(error.parameter, str(error)))
        if problems:
            return render(request, self.template, self._refused(request, asked, problems), status=400)
        listed: Any = _Listed(asked.answer, self.read)
        pages = Paginator(listed, size)
        if number > pages.num_pages:
            raise Http404(_("The list ends at page %(last)s.") % {"last": pages.num_pages})
        return render(request, self.template, self._answer(request, asked, pages.page(number)))

    def read(self, keys: list[int]) -> list[Any]:
        """The records with these keys, in their order, with what their rows show."""
        found = self.rows().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def _answer(self, request: HttpRequest, asked: StrictFilterSet, page: Page) -> dict[str, Any]:
        filtered = bool(asked.conditions) or any(asked.data.get(name) for name in ("ordering", "page_size"))
        canonical = request.path + (f"?page={page.number}" if page.number > 1 and not filtered else "")
        return {
            **self._question(asked),
            "title": title_of(asked, page),
            "description": _("%(question)s: %(count)s, each with its sources.")
            % {"question": asked.sentence, "count": page.paginator.count},
            "page": page,
            "left_out": left_out_of(asked),
            "cite": of_list(asked, request.build_absolute_uri(_list_address(request, asked))),
            "canonical_url": request.build_absolute_uri(canonical),
            "robots": "noindex, follow" if filtered else "",
            "linked": linking.listed(request, str(asked.sentence), page),
            **self.more(asked, page),
        }

    def _question(self, asked: StrictFilterSet) -> dict[str, Any]:
        query = asked.query_string
        return {
            "asked": asked,
            "orders": orders_of(asked),
            "section": self.section,
            "query": query,
            "api_url": reverse(f"api:{self.section}-list") + (f"?{query}" if query else ""),
            "feed_url": feed_of(asked, self.section),
            "download_url": reverse("download", args=[self.section]) + (f"?{query}" if query else ""),
        }

    def more(self, asked: StrictFilterSet, page: Page) -> dict[str, Any]:
        """What one list shows beyond its rows."""
        return {}

    def _refused(self, request: HttpRequest, asked: StrictFilterSet, problems: list[Problem]) -> dict[str, Any]:
        return {
            **self._question(asked),
            "title": _("%(list)s: the question is not understood") % {"list": asked.NOUN},
            "page": None,
            "problems": problems,
            "canonical_url": request.build_absolute_uri(request.path),
            "robots": "noindex",
        }


def _list_address(request: HttpRequest, asked: StrictFilterSet) -> str:
    """The address of the question, whatever page of it is looked at."""
    return request.path + (f"?{asked.query_string}" if asked.query_string else "")


class _Listed:
    """What answers a question, to be counted and sliced into the records that a page shows."""

    def __init__(self, answer: Answer, read: Callable[[list[int]], list[Any]]) -> None:
        self.count = answer.count
        self._answer, self._read = answer, read

    def __getitem__(self, bounds: slice) -> list[Any]:
        return self._read(self._answer[bounds])


@method_decorator(kept, name="dispatch")
class RecordDetail(View):
    """The page of one record; renamed and merged ones lead on with 308, withdrawn ones tell why with 410."""

    http_method_names = ["get", "head", "options"]
    template: ClassVar[str]
    section: ClassVar[str]
    #: A fact without a page of its own that readers do not see yet: a preview shows it among those that they see.
    draft: Fact | None = None

    def rows(self) -> Any:
        """The records of the kind, with what the page shows of them."""
        raise TypeError("a page says which records it shows")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        found = at(self.rows(), public_id)
        if found.withdrawn is not None:
            gone = found.withdrawn
            context = {
                "record": gone,
                "kind": gone._meta.verbose_name,
                "when": withdrawn_on(gone),
                "section": self.section,
                "robots": "noindex",
            }
            return render(request, "gone.html", context, status=410)
        record = found.record or found.moved or self._named(public_id)
        if record is None:
            raise Http404(_("There is no record with this id. The search finds it by any of its names."))
        address = self.address_of(record)
        if address != request.path:
            query = request.META.get("QUERY_STRING", "")
            return redirect(address + (f"?{query}" if query else ""), permanent=True, preserve_request=True)
        return self._in_form(request, record)

    def _in_form(self, request: HttpRequest, record: Record) -> HttpResponse:
        """The page of a record; where a program asks for that, the record as linked data, or the way to its JSON."""
        form = linking.wanted(request)
        if form == linking.JSON:
            found: HttpResponse = redirect(record.get_api_url())
            found.status_code = 303
        elif form == linking.PAGE:
            found = render(request, self.template, self.page(request, record) | self._linked(request, record))
        else:
            found = linking.answer(request, record)
        patch_vary_headers(found, ["Accept"])
        return found

    def _linked(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        return {"linked": linking.block(node(record, linking.site_of(request)))}

    def _named(self, name: str) -> Record | None:
        """The country that has this name or code, which is one alone; its page stands at its id."""
        return find(Country, name) if self.rows().model is Country else None

    def page(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        """What the template of the page is given."""
        address = request.build_absolute_uri(self.address_of(record))
        return {
            "record": record,
            "title": str(record),
            "section": self.section,
            "canonical_url": address,
            "cite": of_record(record, address),
            "card": card_for(record, request),
            "api_url": record.get_api_url(),
            "feed_url": feed_about(record, self.section),
            "history": History(record),
            **self.more(record),
        }

    def address_of(self, record: Record) -> str:
        """Where the page of a record stands."""
        return record.get_absolute_url()

    def more(self, record: Any) -> dict[str, Any]:
        """What one kind of page shows beyond the record itself."""
        return {}
