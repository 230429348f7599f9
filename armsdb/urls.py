"""Every address of the site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

def _api():
    try:
        return [path("api/v1/", include(("armsdb.api.urls", "api")))]
    except ImportError:
        return []


urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    *_api(),
    path("", include("armsdb.web.urls")),
]

handler400 = "armsdb.errors.bad_request"
handler403 = "armsdb.errors.forbidden"
handler404 = "armsdb.errors.not_found"
handler500 = "armsdb.errors.server_error"
