"""Every address of the API."""

from django.urls import URLPattern, path, re_path

from .base import RecordViewSet
from .changes import ChangesView
from .citations import CitationViewSet
from .countries import CountryViewSet
from .datasets import DatasetViewSet
from .equipment import EquipmentViewSet
from .events import EventViewSet
from .facets import FacetsView
from .figures import FigureViewSet
from .organisations import CompanyViewSet, OrganisationViewSet
from .ownerships import OwnershipViewSet
from .people import PersonViewSet
from .reconciliation.views import PreviewOfEntity, PropertiesView, ReconcileView, SuggestForReconciling, ViewOfEntity
from .relations import RelationView
from .roles import RoleViewSet
from .root import DocsView, RootView, SchemaView, UnknownAddress
from .sanctions import SanctionViewSet
from .search import SearchView
from .sources import SourceViewSet
from .suggestions import SuggestView
from .summaries import SummaryView
from .transfers import TransferViewSet


def _list(collection: str, view: type[RecordViewSet]) -> URLPattern:
    return path(f"{collection}/", view.as_view({"get": "list"}), name=f"{collection}-list")


def _detail(collection: str, view: type[RecordViewSet]) -> URLPattern:
    return path(f"{collection}/<str:id>/", view.as_view({"get": "retrieve"}), name=f"{collection}-detail")


urlpatterns = [
    path("", RootView.as_view(), name="root"),
    _list("countries", CountryViewSet),
    _detail("countries", CountryViewSet),
    _list("organisations", OrganisationViewSet),
    _detail("organisations", OrganisationViewSet),
    _list("companies", CompanyViewSet),
    _detail("companies", CompanyViewSet),
    _list("people", PersonViewSet),
    _detail("people", PersonViewSet),
    _list("equipment", EquipmentViewSet),
    _detail("equipment", EquipmentViewSet),
    _list("transfers", TransferViewSet),
    path("transfers/facets/", FacetsView.as_view(), name="facets"),
    path("transfers/summary/", SummaryView.as_view(), name="summary"),
    _detail("transfers", TransferViewSet),
    _list("figures", FigureViewSet),
    _detail("figures", FigureViewSet),
    _list("sanctions", SanctionViewSet),
    _detail("sanctions", SanctionViewSet),
    _list("events", EventViewSet),
    _detail("events", EventViewSet),
    _list("ownerships", OwnershipViewSet),
    _detail("ownerships", OwnershipViewSet),
    _list("roles", RoleViewSet),
    _detail("roles", RoleViewSet),
    _list("sources", SourceViewSet),
    _detail("sources", SourceViewSet),
    _list("citations", CitationViewSet),
    _detail("citations", CitationViewSet),
    _list("datasets", DatasetViewSet),
    _detail("datasets", DatasetViewSet),
    path("relations/<str:first>/<str:second>/", RelationView.as_view(), name="relation"),
    path("search/", SearchView.as_view(), name="search"),
    path("suggest/", SuggestView.as_view(), name="suggest"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("reconcile/", ReconcileView.as_view(), name="reconcile"),
    path("reconcile/suggest/<str:what>/", SuggestForReconciling.as_view(), name="reconcile-suggest"),
    path("reconcile/properties/", PropertiesView.as_view(), name="reconcile-properties"),
    path("reconcile/view/<str:entity>/", ViewOfEntity.as_view(), name="reconcile-view"),
    path("reconcile/preview/<str:entity>/", PreviewOfEntity.as_view(), name="reconcile-preview"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"^.*$", UnknownAddress.as_view()),
]
