"""Pages about the site: method and rules, and the API for people."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from armsdb import filters
from armsdb.filters.facts import FactFilterSet
from armsdb.lib import evidence

from .recipes import recipes

#: The questions that a newcomer may begin with: in words, and as addresses below that of the API.
QUESTIONS = (
    (gettext_lazy("What did Myanmar send to Russia?"), "transfers/?supplier=myanmar&recipient=russia"),
    (gettext_lazy("What is known of one line, with every passage that tells of it?"), "transfers/articles-t44/"),
    (gettext_lazy("What does somebody deny?"), "transfers/?evidence=disputed"),
    (
        gettext_lazy("Who supplied Burma from 1990 to 2009? Any known name will do, and so will codes."),
        "transfers/?recipient=burma&year_from=1990&year_to=2009&fields=id,name,evidence",
    ),
    (gettext_lazy("Where is Rosoboronexport named, however it is spelt?"), "search/?q=rosoboroneksport"),
)

#: Lists of the API whose parameters are worth telling, beside those that every list of facts has.
LISTS: tuple[tuple[Any, type[filters.StrictFilterSet]], ...] = (
    (gettext_lazy("Transfers"), filters.TransferFilterSet),
    (gettext_lazy("Events"), filters.EventFilterSet),
    (gettext_lazy("Companies, organisations"), filters.OrganisationFilterSet),
    (gettext_lazy("Equipment"), filters.EquipmentFilterSet),
    (gettext_lazy("Sources"), filters.SourceFilterSet),
    (gettext_lazy("Citations"), filters.CitationFilterSet),
)


class AboutPage(View):
    """The method, the grades, the glossary, corrections, licences, accessibility, privacy."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "title": _("About and method"),
            "description": _("How ArmsDB records what sources say about transfers of arms, and how sure it is."),
            "canonical_url": request.build_absolute_uri(request.path),
            "rule_version": evidence.RULE_VERSION,
            "contact": _contact(),
        }
        return render(request, "about.html", context)


class ApiPage(View):
    """The API on one screen, for people."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        address = request.build_absolute_uri(reverse("api:root"))
        context = {
            "section": "api",
            "title": _("API"),
            "description": _("The API of ArmsDB on one screen: first questions, parameters, errors, identity."),
            "canonical_url": request.build_absolute_uri(request.path),
            "address": address,
            "questions": [{"words": words, "url": address + query} for words, query in QUESTIONS],
            "lists": _parameters(),
            "recipes": recipes(),
        }
        return render(request, "api_home.html", context)


def _parameters() -> list[tuple[str, list[str]]]:
    """The parameters of lists: of every list of facts, then what single lists have beyond those."""
    common = list(filters.FigureFilterSet.base_filters)
    rows = [(_("Every list of facts"), common)]
    for words, asked in LISTS:
        of_facts = issubclass(asked, FactFilterSet)
        rows.append((str(words), [name for name in asked.base_filters if not (of_facts and name in common)]))
    return rows


def _contact() -> dict[str, Any]:
    """Where to ask for a correction: a link, or nothing where whoever runs this copy names none."""
    contact: str = settings.SITE_CONTACT
    if contact.startswith(("https://", "http://")):
        return {"url": contact, "words": contact}
    return {"url": f"mailto:{contact}", "words": contact} if "@" in contact else {}
