"""Transfers at the desk: a line of trade on one form."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armsdb import actions
from armsdb.lib.comments import Said, said_in
from armsdb.models import Transfer

from .asking import Among
from .base import FactAdmin
from .forms import FactForm
from .inlines import CitationInline, CompanyInline, DeliveryInline
from .references import Choices, References


class TransferForm(FactForm):
    """A transfer, and the lines that may tell of the same shipment."""

    may_overlap = References(
        Transfer.objects.all(),
        required=False,
        label=_("May overlap"),
        help_text=_("Lines that may tell of the same shipment; they stay apart and are never added up."),
        widget=Choices(Transfer._meta.get_field("returns"), admin.site),
    )

    #: The fields that shall begin with what the comment may say of them.
    taken: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["may_overlap"] = list(Transfer.objects.perhaps_overlapping(self.instance))
            taken = [said for said in unsaid(self.instance) if said.field in self.taken]
            self.initial.update({said.field: said.value for said in taken})


def unsaid(transfer: Transfer) -> list[Said]:
    """What the comment of a transfer may say and its fields do not."""
    return [said for said in said_in(transfer.comment) if not said.field or getattr(transfer, said.field) != said.value]


@admin.register(Transfer)
class TransferAdmin(FactAdmin):
    form = TransferForm
    change_form_template = "admin/transfer_form.html"
    list_display = ("name", "public_id", "nature", "status", "evidence", "state", "changed")
    list_filter = ("state", "evidence", "nature", "status", "category", ("dataset", Among))
    inlines = (CompanyInline, CitationInline, DeliveryInline)
    fieldsets = (
        FactAdmin.IDENTITY,
        (
            _("Supplier"),
            {"fields": (("supplier", "supplier_organisation"), ("supplier_known", "supplier_as_stated"))},
        ),
        (
            _("Recipient"),
            {"fields": (("recipient", "recipient_organisation"), ("recipient_known", "recipient_as_stated"))},
        ),
        (_("What"), {"fields": ("equipment", ("nature", "status"), ("condition", "local_production"))}),
        (_("When"), {"fields": ("ordered", "delivered", "talked")}),
        (_("How much"), {"fields": (("quantity_ordered", "quantity_delivered"), "value")}),
        (
            _("SIPRI trend-indicator value"),
            {"fields": (("tiv_unit", "tiv_ordered", "tiv_delivered"),), "classes": ("collapse",)},
        ),
        (_("Other lines"), {"fields": ("returns", "may_overlap", "deal")}),
        (_("Comment"), {"fields": ("comment",)}),
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form; `take` in its address names the fields that begin with what the comment may say of them."""
        form = super().get_form(request, obj, change=change, **kwargs)
        taken = frozenset(request.GET.getlist("take")) if request.method == "GET" else frozenset()
        return type(form.__name__, (form,), {"taken": taken})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        record = context["original"]
        if record and self.has_change_permission(request, record):
            context |= {"unsaid": unsaid(record), "taken": context["adminform"].form.taken}
        return super().render_change_form(request, context, *args, **kwargs)

    def write(self, form: Any, formsets: Any, user: Any) -> Any:
        transfer = super().write(form, formsets, user)
        others = form.cleaned_data["may_overlap"]
        actions.keep_overlaps_of(transfer=transfer, others=others, user=user, reason=form.why)
        return transfer
