"""Data to take along: what there is, and before each download what its file holds, what not, and whom to credit."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views import View

from armsdb import filters
from armsdb.exporters import EXPORTERS, FTM, GRAPHS, Export, exporters_of, tables
from armsdb.exporters.linked import catalog
from armsdb.filters.passing_on import PassingOn
from armsdb.models import Citation, Dataset, Fact, Organisation

from .base import not_of_pages
from .citing import of_all, of_list
from .linking import block, site_of
from .questions import left_out_of
from .releases import releases, told_of

#: The lists that can be had as files, by what the API calls them.
LISTS: Mapping[str, type[filters.StrictFilterSet]] = {
    "transfers": filters.TransferFilterSet,
    "figures": filters.FigureFilterSet,
    "sanctions": filters.SanctionFilterSet,
    "events": filters.EventFilterSet,
    "ownerships": filters.OwnershipFilterSet,
    "roles": filters.RoleFilterSet,
    "countries": filters.CountryFilterSet,
    "companies": filters.CompanyFilterSet,
    "organisations": filters.OrganisationFilterSet,
    "people": filters.PersonFilterSet,
    "equipment": filters.EquipmentFilterSet,
    "sources": filters.SourceFilterSet,
    "citations": filters.CitationFilterSet,
    "datasets": filters.DatasetFilterSet,
}

#: Rows by which the size of a file is told before it is made.
_TRIED = 100


def rows_of(collection: str) -> Any:
    """The records of a list that readers see."""
    model: Any = LISTS[collection]._meta.model
    if model is Citation:
        return Citation.objects.of_published_facts()
    return Organisation.objects.published().companies() if collection == "companies" else model.objects.published()


class DataPage(View):
    """What may be had as data today, under which licence, and how to cite it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        site, cite = site_of(request), of_all(request.build_absolute_uri("/"))
        datasets = Dataset.objects.published().select_related("publisher")
        day = cite.work.issued.edtf if cite.work.issued else ""
        told = catalog(datasets, site, cite.work.title, version=cite.work.version, day=day)
        context = {
            "section": "data",
            "linked": block(told),
            "title": _("Data"),
            "description": _("The records of ArmsDB as data: addresses, licences, how to cite."),
            "canonical_url": request.build_absolute_uri(request.path),
            "api_address": request.build_absolute_uri(reverse("api:root")),
            "cite": cite,
            "releases": list(map(told_of, releases())),
            "lists": [_told_of(collection) for collection in LISTS],
            "datasets": datasets,
        }
        return render(request, "data.html", context)


class DownloadPage(View):
    """How many rows a file has, how many are withheld and why, in what licence, whom to credit; then the files."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, collection: str) -> HttpResponse:
        if collection not in LISTS:
            raise Http404(_("There is no such list to download; the page of data names all."))
        asked = LISTS[collection](request.GET, queryset=rows_of(collection))
        problems = [*asked.problems, *not_of_pages(request.GET)]
        query = asked.query_string
        list_url = _list_url(collection) + (f"?{query}" if query else "")
        list_address = request.build_absolute_uri(list_url)
        context = {
            "asked": asked,
            "title": _("Download: %(question)s") % {"question": asked.sentence},
            "section": "data",
            "list_url": list_url,
            "canonical_url": request.build_absolute_uri(request.path),
            "robots": "noindex, follow" if query or problems else "",
        }
        if problems:
            return render(request, "download.html", context | {"problems": problems}, status=400)
        held = _held(collection, asked, site_of(request)) | {"cite": of_list(asked, list_address)}
        return render(request, "download.html", context | held)


def _told_of(collection: str) -> dict[str, Any]:
    """What files of a whole list hold."""
    asked = LISTS[collection]({}, queryset=rows_of(collection))
    withheld = asked.answer.held_back()
    rows = PassingOn(asked).rows
    return {"noun": asked.NOUN, "rows": rows, "withheld": withheld, "url": reverse("download", args=[collection])}


def _list_url(collection: str) -> str:
    """Where people read the list; the API's address of those that have no page."""
    try:
        return reverse(f"{LISTS[collection]._meta.model.TYPE if collection != 'companies' else 'company'}_list")
    except NoReverseMatch:
        return reverse(f"api:{collection}-list")


def _held(collection: str, asked: filters.StrictFilterSet, site: str) -> dict[str, Any]:
    """What a file of an understood question holds, and where the files are."""
    passing_on = PassingOn(asked)
    kind: Any = asked._meta.model
    return {
        "rows": passing_on.rows,
        "size": _size(asked, passing_on.rows, site),
        "given": passing_on.given,
        "withheld": passing_on.withheld,
        "withheld_rows": sum(share.rows for share in passing_on.withheld),
        "left_out": left_out_of(asked),
        "formats": _formats(collection, asked, ["rows", *(["citations"] if issubclass(kind, Fact) else [])]),
        "columns": tables()[kind].columns,
    }


def _size(asked: filters.StrictFilterSet, rows: int, site: str) -> int:
    """About how many bytes the CSV has: rows from all over it are written, and the rest is taken to be like them."""
    answer, table = asked.answer_to_pass_on, tables()[cast(Any, asked)._meta.model]
    spread = max(rows // _TRIED, 1)
    keys = [key for start in range(0, rows, spread * 25) for key in answer[start : start + 25]]
    found = Export("", "", len(keys), None, table.columns, table.parts(keys, site), ())
    tried = sum(map(len, EXPORTERS["csv"].pieces(found)))
    return round(tried * rows / len(keys)) if keys else tried


def _formats(collection: str, asked: filters.StrictFilterSet, names: list[str]) -> list[dict[str, Any]]:
    """Each format, with the addresses of its files and of their manifests."""
    words = {"rows": _("the rows"), "citations": _("their passages")}
    start = reverse(f"api:{collection}-list") + "?" + (f"{asked.query_string}&" if asked.query_string else "")
    found = []
    for word, exporter in exporters_of(asked._meta.model).items():
        own = ["rows"] if word in (*GRAPHS, *FTM) else names
        addresses = [
            (words[name], f"{start}format={word}" + (f"&table={name}" if name != "rows" else "")) for name in own
        ]
        told = [{"words": label, "url": url, "manifest": f"{url}&manifest=1"} for label, url in addresses]
        found.append({"label": exporter.label, "description": exporter.description, "files": told})
    return found
