"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path(settings.DESK_PATH, include("armsdb.admin.urls")),  # signing in, before the desk's own way
    path(settings.DESK_PATH, admin.site.urls),
    path("api/v1/", include(("armsdb.api.urls", "api"))),
    path("", include("armsdb.web.urls")),
]

handler400 = "armsdb.errors.bad_request"
handler403 = "armsdb.errors.forbidden"
handler404 = "armsdb.errors.not_found"
handler500 = "armsdb.errors.server_error"
