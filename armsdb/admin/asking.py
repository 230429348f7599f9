"""Lists of the desk: what is not understood in an address is told, and shows no rows."""

import re
from typing import Any

from django.contrib import messages
from django.contrib.admin.filters import RelatedOnlyFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.views.main import ERROR_FLAG, ORDER_VAR, PAGE_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

#: What the list itself reads in its address, each in its shape; Django takes others for nothing said.
_SHAPES = {PAGE_VAR: re.compile(r"[0-9]{1,9}"), ORDER_VAR: re.compile(r"(-?[0-9]{1,3}(\.-?[0-9]{1,3})*)?")}


class Among(RelatedOnlyFieldListFilter):
    """A filter by another record; where there is little to choose from it is not shown, but still asked."""

    def has_output(self) -> bool:
        return self.lookup_val is not None or super().has_output()


class Asking(ModelAdmin):
    """A list that never shows all rows to who asked for some."""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The rows that are asked for; none, and a sentence, where the question is not understood."""
        try:
            self._refuse_odd(request.GET)
            return super().get_changelist_instance(request)
        except (IncorrectLookupParameters, OverflowError):  # SQLite has no such number
            request.not_understood = True  # type: ignore[attr-defined]
            request.GET = QueryDict()
            messages.error(request, _("This address asks for what is not understood, so it shows no rows."))
            return super().get_changelist_instance(request)

    @staticmethod
    def _refuse_odd(asked: QueryDict) -> None:
        odd = any(not shape.fullmatch(value) for name, shape in _SHAPES.items() for value in asked.getlist(name))
        if odd or ERROR_FLAG in asked:
            raise IncorrectLookupParameters

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows: Any = super().get_queryset(request)
        return rows.none() if getattr(request, "not_understood", False) else rows

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        answer = super().changelist_view(request, extra_context)
        if getattr(request, "not_understood", False):
            answer.status_code = 400
        return answer
