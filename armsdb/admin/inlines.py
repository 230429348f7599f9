"""The rows that are part of a record, on the record's own form."""

from typing import Any, ClassVar

from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import State
from armsdb.models import (
    Alias,
    Citation,
    Delivery,
    EventParticipant,
    FigureSubject,
    Identifier,
    SanctionImposer,
    SanctionTarget,
    Succession,
    TransferCompany,
)

from .forms import CitationFormSet, RowFormSet, ValuesForm, with_groups
from .references import Choice, Reference
from .reported import ReportedField


class Choosing(BaseModelAdmin):
    """Every reference is chosen by searching."""

    formfield_overrides = {
        models.URLField: {
            "assume_scheme": "https",
            "error_messages": {"invalid": _("Write a whole address on the web, such as https://example.org/report.")},
        },
        models.ForeignKey: {"form_class": Reference},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("widget", Choice(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        fields = self.model._meta.concrete_fields
        return [field.name for field in fields if field.is_relation and field.editable]


class RowInline(Choosing, InlineModelAdmin):
    """Rows of one part of a record: whoever may change the record may change them."""

    template = "admin/edit_inline/stacked.html"
    form: type[Any] = ValuesForm
    formset: type[Any] = RowFormSet
    extra = 1  # a spare row: adding more on the page needs JavaScript, saving brings the next one without
    view_on_site = False
    #: How the actions call the part.
    part: ClassVar[str]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.form = with_groups(self.form, self.model)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made: Any = super().get_formset(request, obj, **kwargs)
        made.part = self.part
        return made

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class TableInline(RowInline):
    """Rows of a table: the heading of its column is the name of each input."""

    template = "admin/edit_inline/tabular.html"

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = capfirst(str(field.label))
        return field


class AliasInline(TableInline):
    model = Alias
    part = "aliases"
    verbose_name = _("other name")
    verbose_name_plural = _("other names")
    fields = ("name", "kind", "language", "from_year", "until_year", "source", "locator")


class IdentifierInline(TableInline):
    model = Identifier
    part = "identifiers"
    fields = ("scheme", "value")


class SuccessorInline(TableInline):
    model = Succession
    fk_name = "country"
    part = "successors"
    verbose_name = _("successor")
    verbose_name_plural = _("successors")
    fields = ("successor",)


class CompanyInline(TableInline):
    model = TransferCompany
    part = "companies"
    verbose_name = _("company")
    verbose_name_plural = _("companies")
    fields = ("company", "role")


class DeliveryInline(RowInline):
    model = Delivery
    part = "deliveries"
    verbose_name_plural = _("deliveries, where a register tells them apart")
    classes = ("collapse",)
    fields = ("date", "quantity", "tiv")


class SubjectInline(TableInline):
    model = FigureSubject
    part = "about"
    verbose_name = _("subject")
    verbose_name_plural = _("about")
    fields = FigureSubject.ENTITIES


class ImposerInline(TableInline):
    model = SanctionImposer
    part = "imposed_by"
    verbose_name = _("who imposed it")
    verbose_name_plural = _("imposed by")
    fields = SanctionImposer.ENTITIES


class TargetInline(TableInline):
    model = SanctionTarget
    part = "targets"
    verbose_name = _("target")
    verbose_name_plural = _("targets")
    fields = SanctionTarget.ENTITIES


class ParticipantInline(TableInline):
    model = EventParticipant
    part = "participants"
    verbose_name = _("participant")
    verbose_name_plural = _("participants")
    fields = EventParticipant.ENTITIES


class CitationInline(RowInline):
    """The citations of a fact that count; striking one out takes it back, and its number is not used again."""

    model = Citation
    formset = CitationFormSet
    part = CitationFormSet.part
    fields = (
        ("source", "locator"),
        ("stance", "basis"),
        "quotes",
        ("attributed_to", "interested"),
        ("attributed_to_person", "attributed_to_organisation"),
        "reported",
        "note",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        gone = [State.WITHDRAWN, State.MERGED]
        rows: Any = super().get_queryset(request)
        return rows.exclude(state__in=gone).with_sources().with_facts()

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "reported":
            return ReportedField(self.parent_model, help_text=ReportedField.HELP)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
