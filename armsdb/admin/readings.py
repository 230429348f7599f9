"""Tells whoever works at the desk what is typed is taken for, before it is saved."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from armsdb.lib.readings import MAX_TYPED

from .fields import FIELDS


@require_safe
@never_cache
def tell_reading(request: HttpRequest) -> JsonResponse:
    """Answer with a sentence: what the parts of a value are read as, or, `refused`, why they cannot be read.

    A value that cannot be read, as each is that is half typed, is a good question, answered with 200; 400 is for
    questions that no form asks. For staff only.
    """
    if not admin.site.has_permission(request):
        return _said(_("Only those who are signed in at the desk can ask for a reading."), 403)
    kind, parts = request.GET.get("kind", ""), request.GET.getlist("part")
    if kind not in FIELDS:
        return _said(_("A reading is of one of these kinds: %(kinds)s.") % {"kinds": ", ".join(FIELDS)}, 400)
    field = FIELDS[kind]()
    if len(parts) != len(field.fields):
        return _said(_("The parts of a %(kind)s are %(n)d.") % {"kind": kind, "n": len(field.fields)}, 400)
    if max(map(len, parts)) > MAX_TYPED:
        return _said(_("What is typed has at most %(limit)d characters.") % {"limit": MAX_TYPED}, 400)
    try:
        return JsonResponse({"sentence": field.reading(field.clean(parts)), "refused": False})
    except ValidationError as error:
        return _said(" ".join(error.messages), 200)


def _said(refusal: str, status: int) -> JsonResponse:
    return JsonResponse({"sentence": refusal, "refused": True}, status=status)
