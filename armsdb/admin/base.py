"""What the desk's forms and lists of every kind of record have in common."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb import actions, search
from armsdb.lib.moments import moment
from armsdb.lib.terms import QueryError
from armsdb.lib.vocab import State
from armsdb.models import Alias, Proposal, Record
from armsdb.models.base import name_key

from .asking import Among, Asking
from .checking import Checked, read_in
from .clashing import Clashing
from .deciding import Deciding, desk_address
from .forms import FactForm, RecordForm, with_groups
from .history import changes_of, changes_since
from .inlines import AliasInline, Choosing, CitationInline, IdentifierInline
from .matching import Matching
from .proposing import Proposing
from .refusing import Refusing
from .writing import write


class RecordAdmin(Asking, Choosing, Clashing, Deciding, Proposing, Refusing, admin.ModelAdmin):
    """One kind of record at the desk: what is typed goes through the actions, and nothing is deleted."""

    form: Any = RecordForm
    change_form_template = "admin/record_form.html"
    list_filter: ClassVar[Any] = ("state",)
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-updated", "-pk")
    search_fields = ("name",)  # that something is searched; get_search_results says what
    #: What is given when a record is made and stays as it is: its id is made of it.
    kept: ClassVar[tuple[str, ...]] = ()

    class Media:
        js = (forms.Script("js/desk/names.js", type="module"),)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.form = with_groups(self.form, self.model)

    # What may be done

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: records are withdrawn."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        merged = obj is not None and obj.state == State.MERGED
        return not merged and super().has_change_permission(request, obj)

    # The form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The record; while it is saved nobody else writes to it."""
        try:
            record = super().get_object(request, object_id, from_field)
        except OverflowError:  # SQLite has no such number
            return None
        if record is not None and request.method == "POST" and transaction.get_connection().in_atomic_block:
            return self.model._default_manager.select_for_update().get(pk=record.pk)
        return record

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        told = {
            "refusal": getattr(request, "refusal", None),
            "checking": getattr(request, "only_shown", False),
            "proposal": getattr(request, "proposal", None),
        }
        return type(form.__name__, (form,), told)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**kwargs, "refusal": getattr(request, "refusal", None)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.kept if obj is not None else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address gives is a first value for plain fields alone."""
        known = {field.name for field in self.model._meta.concrete_fields}
        return {name: value for name, value in super().get_changeform_initial_data(request).items() if name in known}

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show or save the form, or show it as somebody proposed it."""
        proposal = self.proposal_in(request, object_id)
        request.proposal = proposal  # type: ignore[attr-defined]
        if proposal and object_id and request.method == "GET":
            return self.as_proposed(request, object_id, proposal, extra_context)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Checked as checked:
            request.only_shown = True  # type: ignore[attr-defined]
            told = {**(extra_context or {}), "read": checked.read}
            return super().changeform_view(request, object_id, form_url, told)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        record = context["original"]
        context |= {
            "proposal": form.proposal,
            "why": form["reason"] if "reason" in form.fields else None,
            "waits": self.waits(request, record),
            "waiting": list(Proposal.objects.waiting().on(record).select_related("proposed_by")) if record else [],
            "checks": True,
            "checked": "_check" in request.POST and not context["errors"],
            "ways": self.ways_for(request, record) if record else [],
            "show_save_and_continue": False,
            "overtaking": changes_since(record, form.opened_at) if form.overtaken else [],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what, when and why, with each field before and after."""
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("History"),
            "subtitle": str(record),
            "record": record,
            "changes": changes_of(record),
        }
        return TemplateResponse(request, "admin/history.html", context)

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Leave it to `save_related`: record, parts and citations are one change."""

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        if "_check" in request.POST:
            with actions.gathered():
                self.write(form, formsets, request.user)
            raise Checked(list(read_in(form, formsets)))  # which takes it back
        if self.waits(request, form.instance if change else None):
            self.propose(request, form, formsets)
            return
        with actions.gathered():
            if form.proposal:
                actions.take_up(proposal=form.proposal, user=request.user)
            record = self.write(form, formsets, request.user)
            if form.proposal:
                words = getattr(request, "words", "")
                actions.settle(proposal=form.proposal, user=request.user, reason=words)
        form.instance.pk = record.pk
        form.instance.refresh_from_db()

    def write(self, form: Any, formsets: Any, user: Any) -> Any:
        """Bring the record, its parts and its citations to what the form holds."""
        return write(form, formsets, user=user)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no log beside the history, which has who, when, why, before and after."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no log beside the history."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        told = _("“%(record)s” is saved as a draft: readers do not see it before it is published.")
        messages.success(request, told % {"record": obj})
        if "_addanother" in request.POST:
            return HttpResponseRedirect(request.path)
        return self.response_post_save_add(request, obj)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(desk_address(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(desk_address(obj))

    # The list

    @admin.display(description=gettext_lazy("changed"), ordering="updated")
    def changed(self, record: Record) -> str:
        """The day and the time of the last change, in UTC."""
        return moment(record.updated)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return super().changelist_view(
            request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        )

    def response_action(self, request: HttpRequest, queryset: QuerySet, *args: Any) -> Any:
        """What becomes of the rows that were chosen; keys that are none choose nothing."""
        try:
            return super().response_action(request, queryset, *args)
        except (ValueError, OverflowError):
            messages.warning(request, _("Choose the records first."))
            return HttpResponseRedirect(request.get_full_path())

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """The rows whose id or name holds what is typed, and what the search finds; every word has to be there."""
        term = search_term.strip()
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(state__in=[State.DRAFT, State.PUBLISHED])
        if not term:
            return queryset, False
        try:
            found = Q(pk__in=search.matching(self.model, term))
        except QueryError as error:
            messages.warning(request, str(error))
            return queryset.none(), False
        return self.best_first(queryset.filter(found | self.named(term)), term), False

    def best_first(self, rows: QuerySet, term: str) -> QuerySet:
        """What is called so first, then what begins so; a list has an order of its own, references have this one."""
        tier = Case(
            When(Q(name__iexact=term) | Q(public_id=term.lower()), then=Value(1)),
            When(name__istartswith=term, then=Value(2)),
            When(self.named(term), then=Value(3)),
            default=Value(4),
        )
        return rows.order_by(tier, "name", "pk")

    def named(self, term: str) -> Q:
        """The rows that are called so: drafts too, which the index of the search leaves out."""
        named = Q()
        for word in term.split():
            named &= Q(name__icontains=word)
        return named | Q(public_id__icontains=term)


class EntityAdmin(Matching, RecordAdmin):
    """An entity: its names and identifiers are on its form."""

    list_display: Any = ("name", "public_id", "state", "changed")
    inlines: ClassVar[Any] = (AliasInline, IdentifierInline)

    def named(self, term: str) -> Q:
        """The rows of this name in any spelling, own or other: “burma” is Myanmar."""
        key = name_key(term)
        if not key:
            return super().named(term)
        others = Alias.objects.filter(name_key__contains=key, **{f"{self.model.TYPE}__isnull": False})
        return super().named(term) | Q(name_key__contains=key) | Q(pk__in=others.values(self.model.TYPE))


class FactAdmin(RecordAdmin):
    """A fact: its citations are on its form."""

    form: Any = FactForm
    list_display: Any = ("name", "public_id", "evidence", "state", "changed")
    list_filter: ClassVar[Any] = ("state", "evidence", ("dataset", Among))
    inlines: ClassVar[Any] = (CitationInline,)
    kept = ("dataset", "key")
    #: The first fields of every form of a fact.
    IDENTITY: ClassVar[Any] = (
        gettext_lazy("Record"),
        {"fields": (("dataset", "key"),)},
    )

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "key":
            field.required = False
            field.help_text = _("The row's key inside the dataset; left empty, the next free number.")
        return field
