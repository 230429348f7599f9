"""Tells whoever works at the desk what is typed is taken for, before it is saved."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .fields import FIELDS


@require_safe
@never_cache
def tell_reading(request: HttpRequest) -> HttpResponse:
    """Answer with the reading of the parts of a value, or with 400 and why there is none; for staff only, as text."""
    if not admin.site.has_permission(request):
        return _said(_("Only those who are signed in at the desk can ask for a reading."), 403)
    kind, parts = request.GET.get("kind", ""), request.GET.getlist("part")
    if kind not in FIELDS:
        return _said(_("A reading is of one of these kinds: %(kinds)s.") % {"kinds": ", ".join(FIELDS)}, 400)
    field = FIELDS[kind]()
    if len(parts) != len(field.fields):
        return _said(_("A value of this kind has this many parts: %(count)d.") % {"count": len(field.fields)}, 400)
    try:
        return _said(field.reading(field.clean(parts)), 200)
    except ValidationError as error:
        return _said(" ".join(error.messages), 400)


def _said(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
