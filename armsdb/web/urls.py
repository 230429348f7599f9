"""The addresses of the pages (TEMPORARY while pages are being written: a page that is not there yet answers 501)."""

import importlib

from django.http import HttpResponse
from django.urls import path


def _view(module, name):
    try:
        return getattr(importlib.import_module(f"armsdb.web.{module}"), name).as_view()
    except (ImportError, AttributeError) as error:
        text = f"{module}.{name}: {error}"
        return lambda request, **kwargs: HttpResponse(text, status=501)


urlpatterns = [
    path("", _view("home", "Home"), name="home"),
    path("countries/", _view("countries", "CountryList"), name="country_list"),
    path("countries/<str:public_id>/", _view("countries", "CountryDetail"), name="country_detail"),
    path("companies/", _view("organisations", "CompanyList"), name="company_list"),
    path("companies/<str:public_id>/", _view("organisations", "CompanyDetail"), name="company_detail"),
    path("organisations/", _view("organisations", "OrganisationList"), name="organisation_list"),
    path("organisations/<str:public_id>/", _view("organisations", "OrganisationDetail"), name="organisation_detail"),
    path("people/", _view("people", "PersonList"), name="person_list"),
    path("people/<str:public_id>/", _view("people", "PersonDetail"), name="person_detail"),
    path("equipment/", _view("equipment", "EquipmentList"), name="equipment_list"),
    path("equipment/<str:public_id>/", _view("equipment", "EquipmentDetail"), name="equipment_detail"),
    path("transfers/", _view("transfers", "TransferList"), name="transfer_list"),
    path("transfers/<str:public_id>/", _view("transfers", "TransferDetail"), name="transfer_detail"),
    path("figures/", _view("figures", "FigureList"), name="figure_list"),
    path("figures/<str:public_id>/", _view("figures", "FigureDetail"), name="figure_detail"),
    path("sanctions/", _view("sanctions", "SanctionList"), name="sanction_list"),
    path("sanctions/<str:public_id>/", _view("sanctions", "SanctionDetail"), name="sanction_detail"),
    path("events/", _view("events", "EventList"), name="event_list"),
    path("events/<str:public_id>/", _view("events", "EventDetail"), name="event_detail"),
    path("sources/", _view("sources", "SourceList"), name="source_list"),
    path("sources/<str:public_id>/", _view("sources", "SourceDetail"), name="source_detail"),
    path("datasets/", _view("datasets", "DatasetList"), name="dataset_list"),
    path("datasets/<str:public_id>/", _view("datasets", "DatasetDetail"), name="dataset_detail"),
    path("relations/<str:first>/<str:second>/", _view("relations", "RelationPage"), name="relation"),
    path("search/", _view("search", "SearchPage"), name="search"),
    path("data/", _view("about", "DataPage"), name="data"),
    path("about/", _view("about", "AboutPage"), name="about"),
    path("api/", _view("about", "ApiPage"), name="api_home"),
]
