"""The search page: across all kinds of record, best first, with why each one answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views import View

from armsdb import search
from armsdb.filters import Problem, SearchForm
from armsdb.filters.search import FOUND
from armsdb.lib.paging import PAGE_SIZE, PageError, read_page
from armsdb.lib.vocab import AliasKind
from armsdb.models import Country, Fact, Record
from armsdb.search import Hit, Named, Results

from .base import not_of_pages
from .kept_pages import kept
from .relations import relation_link

#: What the address of a record needs besides the record.
_JOINS = {"ownership": ("child",), "role": ("person", "of_organisation", "of_country")}

#: Words to begin with: a former name, another script, a spelling of one's own, a designation.
EXAMPLES = ("Burma", "Рособоронэкспорт", "almaz antey", "mig29", '"tank sights" Myanmar')


@dataclass(frozen=True)
class Answer:
    """One record that answers, as the page shows it."""

    name: str
    url: str
    snippet: str
    matched: str
    evidence: str = ""
    citations: Any = None


@method_decorator(kept, name="dispatch")
class SearchPage(View):
    """What answers some words, by kind; without words the form and examples."""

    http_method_names = ["get", "head", "options"]
    dear = True

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.GET)
        problems = [*form.problems, *not_of_pages(request.GET)]
        try:
            number, size = read_page(request.GET)
        except PageError as error:
            problems.append(Problem(error.parameter, str(error)))
        context: dict[str, Any] = {
            "q": request.GET.get("q", ""),
            "canonical_url": request.build_absolute_uri(request.path),
        }
        if problems:
            context |= {"title": _("Search: the question is not understood"), "problems": problems, "robots": "noindex"}
            return render(request, "search/results.html", context, status=400)
        asked = form.cleaned_data
        if not asked["q"]:
            start = {
                "title": _("Search"),
                "description": _(
                    "Find countries, organisations, people, arms, facts and documents by any name they have."
                ),
                "examples": EXAMPLES,
            }
            return render(request, "search/start.html", context | start)
        return render(request, "search/results.html", context | _answers(asked, number, size))


def _answers(asked: dict[str, Any], number: int, size: int) -> dict[str, Any]:
    q, types, exact = asked["q"], [choice.value for choice in asked["type"]], bool(asked["exact"])
    results = search.search(q, types=types or None, offset=(number - 1) * size, limit=size, exact=exact)
    pages = Paginator(range(results.count), size)
    if number > pages.num_pages:
        raise Http404(_("The answers end at page %(last)s.") % {"last": pages.num_pages})
    title = _("“%(q)s”: search") % {"q": q}
    return {
        "description": _("What ArmsDB has recorded that answers “%(q)s”, each with its sources.") % {"q": q},
        "title": title if number == 1 else _("%(title)s, page %(number)s") % {"title": title, "number": number},
        "results": results,
        "relation": _relation(q),
        "likes": results.likes,
        "as_written": _query(q, types, True),
        "with_likes": _query(q, types, False) if exact else "",
        "page": pages.page(number),
        "query": _query(q, types, exact) + (f"&page_size={size}" if size != PAGE_SIZE else ""),
        "groups": _by_kind(results),
        "kinds": list(_kinds(q, results, types, exact)),
        "all_kinds": _query(q, [], exact),
        "everything": sum(results.types.values()),
    }


def _relation(q: str) -> dict[str, str] | None:
    """The page of the two countries that the words name, and by which names; None where they name no two."""
    named = search.countries_named(q)
    if len(named) != 2:
        return None
    countries = Country.objects.published().in_bulk([country.record_id for country in named])
    link = relation_link(*(countries.get(country.record_id) for country in named))
    if link is None:
        return None
    told = "; ".join(map(_name_told, named))
    return link | {"matched": _("Two countries are named: %(names)s") % {"names": told}}


def _name_told(named: Named) -> str:
    """The name by which a query names a country, with its kind where it is not the country's own."""
    if named.kind in ("", AliasKind.OTHER):
        return named.name
    return _("%(name)s (%(kind)s)") % {"name": named.name, "kind": AliasKind(named.kind).label}


def _query(q: str, types: list[str], exact: bool) -> str:
    return urlencode({"q": q, "type": types, **({"exact": "1"} if exact else {})}, doseq=True)


def _kinds(q: str, results: Results, types: list[str], exact: bool) -> Iterator[dict[str, Any]]:
    """Each kind that answers, how many of it, and the question for it alone."""
    for kind, count in results.types.items():
        words = capfirst(str(FOUND[kind]._meta.verbose_name_plural))
        yield {"words": words, "count": count, "query": _query(q, [kind], exact), "chosen": kind in types}


def _by_kind(results: Results) -> list[dict[str, Any]]:
    """The answers of a page under their kinds, the kind with the best one first; two queries a kind at most."""
    groups: dict[str, list[Hit]] = {}
    for hit in results.hits:
        groups.setdefault(hit.type, []).append(hit)
    return [_group(kind, list(_of_kind(FOUND[kind], hits))) for kind, hits in groups.items()]


def _group(kind: str, answers: list[Answer]) -> dict[str, Any]:
    """The answers of one kind; a reason that all of several have is told once, for all of them."""
    reasons = {answer.matched for answer in answers}
    shared = reasons.pop() if len(answers) > 1 and len(reasons) == 1 else ""
    if shared:
        answers = [replace(answer, matched="") for answer in answers]
    words = capfirst(str(FOUND[kind]._meta.verbose_name_plural))
    return {"kind": kind, "words": words, "matched": shared, "answers": answers}


def _of_kind(kind: type[Record], hits: list[Hit]) -> Iterator[Answer]:
    """The answers of one kind; what is gone since the index was written is left out."""
    rows: Any = kind._default_manager.published().select_related(*_JOINS.get(kind.TYPE, ()))
    is_fact = issubclass(kind, Fact)
    records = (rows.with_citations() if is_fact else rows).in_bulk([hit.record_id for hit in hits])
    for hit in hits:
        record = records.get(hit.record_id)
        if record is not None:
            told = {"evidence": record.evidence, "citations": record.citations.all()} if is_fact else {}
            snippet = "" if hit.matched == "text" else hit.snippet  # the words of the text say why it answers
            yield Answer(str(record), record.get_absolute_url(), snippet, _why(hit), **told)


def _why(hit: Hit) -> str:
    """Why a record answers, in words; nothing where its own name says so."""
    if hit.matched == "name":
        return ""
    if hit.matched == "like":
        return _("Like: %(name)s") % {"name": hit.matched_name or hit.snippet}
    if hit.matched == "text":
        return _("Among what is told: %(words)s") % {"words": hit.snippet}
    if hit.matched_kind is None:
        return _("Code or id: %(name)s") % {"name": hit.matched_name}
    if hit.matched_kind == AliasKind.OTHER:
        return _("Other name: %(name)s") % {"name": hit.matched_name}
    kind = AliasKind(hit.matched_kind).label
    return _("Other name: %(name)s (%(kind)s)") % {"name": hit.matched_name, "kind": kind}
