"""The addresses of the naive site."""

from django.urls import path

from . import views

urlpatterns = [
    path("transfers/", views.TransferList.as_view()),
    path("transfers/facets/", views.Facets.as_view()),
    path("transfers/totals/", views.Totals.as_view()),
    path("transfers/csv/", views.Table.as_view()),
    path("transfers/<str:public_id>/", views.TransferDetail.as_view()),
    path("suggest/", views.Suggest.as_view()),
]
