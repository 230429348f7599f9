"""The questions one may ask: one FilterSet a kind, shared by pages, API, downloads and charts."""

from .base import Condition, StrictFilterSet
from .citations import CitationFilterSet
from .datasets import DatasetFilterSet
from .entities import CompanyFilterSet, CountryFilterSet, EquipmentFilterSet, OrganisationFilterSet, PersonFilterSet
from .facts import EventFilterSet, FigureFilterSet, OwnershipFilterSet, RoleFilterSet, SanctionFilterSet
from .forms import CONTROLS, Problem
from .search import SearchForm, SuggestForm
from .sources import SourceFilterSet
from .transfers import TransferFilterSet

__all__ = [
    "CONTROLS",
    "CitationFilterSet",
    "CompanyFilterSet",
    "Condition",
    "CountryFilterSet",
    "DatasetFilterSet",
    "EquipmentFilterSet",
    "EventFilterSet",
    "FigureFilterSet",
    "OrganisationFilterSet",
    "OwnershipFilterSet",
    "PersonFilterSet",
    "Problem",
    "RoleFilterSet",
    "SanctionFilterSet",
    "SearchForm",
    "SourceFilterSet",
    "StrictFilterSet",
    "SuggestForm",
    "TransferFilterSet",
]
