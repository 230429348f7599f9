"""Every address of ArmsDB, and that of a trivial view of its API."""

from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from armsdb.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class Trivial(APIView):
    """Answers at once: what a request costs before anything is asked."""

    def get(self, request: Request) -> Response:
        return Response({"count": 0})


urlpatterns = [path("api/v1/trivial/", Trivial.as_view()), path("", include("armsdb.urls"))]
