"""Publish, withdraw, merge, discard, rename: a page that asks why, for one record or for those chosen in a list."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from armsdb import actions
from armsdb.lib.roles import REVIEW
from armsdb.lib.vocab import State, Verb
from armsdb.models import Record

from .contents import contents_of
from .references import Choice, Reference

#: What can be done, by the word in its address: what the button says, and the states that a record may have before.
VERBS: dict[str, tuple[Any, set[State]]] = {
    "publish": (gettext_lazy("Publish"), {State.DRAFT, State.WITHDRAWN}),
    "withdraw": (gettext_lazy("Withdraw"), {State.PUBLISHED}),
    "merge": (gettext_lazy("Merge"), {State.DRAFT, State.PUBLISHED}),
    "discard": (gettext_lazy("Discard"), {State.DRAFT}),
    "rename": (gettext_lazy("Give another id"), {State.DRAFT, State.PUBLISHED}),
}
#: What the button says where a reviewer has to agree first.
PROPOSALS: dict[str, Any] = {
    "publish": gettext_lazy("Propose to publish"),
    "withdraw": gettext_lazy("Propose to withdraw"),
    "merge": gettext_lazy("Propose to merge"),
}
#: Of these what is done with one record at a time, and what does not wait for a reviewer.
ONE_BY_ONE = {"merge", "discard", "rename"}
AT_ONCE = {"discard", "rename"}
#: Who is told the reason, where there is more to say than that the history keeps it.
TOLD: dict[str, Any] = {
    "publish": gettext_lazy(
        "The history keeps it. Readers are told where the record was shown before, or is part of another page."
    ),
    "withdraw": gettext_lazy("Readers are told: these words become the page that stands in the place of the record."),
    "rename": gettext_lazy("The history keeps it, and readers are told where they have seen the record."),
}
#: How many records that lean on one are named.
NAMED = 20


class ReasonForm(forms.Form):
    """Why it is done."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why: the history keeps it.")},
    )


class IdForm(ReasonForm):
    """Another id, and why."""

    public_id = forms.CharField(
        label=gettext_lazy("New id"),
        max_length=120,
        help_text=gettext_lazy("Lower-case letters, digits and single hyphens. The address so far leads on to it."),
    )
    field_order = ("public_id", "reason")


class Deciding(ModelAdmin):
    """The pages on which records are published, withdrawn, merged, discarded and renamed."""

    actions = ("publish_chosen", "withdraw_chosen")

    def get_urls(self) -> list[Any]:
        name = f"armsdb_{self.opts.model_name}"
        own = [
            path(f"{verb}/", self.admin_site.admin_view(self._view_of(verb)), name=f"{name}_{verb}") for verb in VERBS
        ]
        return own + super().get_urls()

    def _view_of(self, verb: str) -> Callable[[HttpRequest], HttpResponse]:
        def view(request: HttpRequest) -> HttpResponse:
            return self.decide_view(request, verb)

        return view

    def publish_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        return self._asking(request, "publish", chosen)

    publish_chosen.short_description = gettext_lazy("Publish …")  # type: ignore[attr-defined]

    def withdraw_chosen(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse | None:
        return self._asking(request, "withdraw", chosen)

    withdraw_chosen.short_description = gettext_lazy("Withdraw …")  # type: ignore[attr-defined]

    def get_action_choices(self, request: HttpRequest, *args: Any) -> list[Any]:
        """What can be done with chosen rows, called as on the form of one."""
        called = {f"{verb}_chosen": f"{self._label(request, verb)} …" for verb in ("publish", "withdraw")}
        return [(name, called.get(name, told)) for name, told in super().get_action_choices(request, *args)]

    def _asking(self, request: HttpRequest, verb: str, chosen: QuerySet) -> HttpResponse | None:
        """On to the page that asks why; back to the list where none of those that were chosen is there."""
        records = list(chosen)
        if records:
            return HttpResponseRedirect(self._address(verb, records))
        messages.warning(request, _("Choose the records first."))
        return None

    def _address(self, verb: str, records: Any) -> str:
        query = urlencode([("id", record.pk) for record in records])
        return f"{reverse(f'admin:armsdb_{self.opts.model_name}_{verb}')}?{query}"

    def ways_for(self, request: HttpRequest, record: Record) -> list[dict[str, Any]]:
        """What can be done with a record now, each with its address."""
        ways = [
            {"label": self._label(request, verb), "url": self._address(verb, [record])}
            for verb, (_label, states) in VERBS.items()
            if record.state in states and self._may(request, verb, record)
        ]
        history = reverse(f"admin:armsdb_{self.opts.model_name}_history", args=[record.pk])
        return [self._to_read(record), *ways, {"label": _("History"), "url": history}]

    def _may(self, request: HttpRequest, verb: str, record: Record) -> bool:
        """Whether this can be asked for: what readers know a record by is changed by reviewers alone."""
        renames = verb != "rename" or record.state == State.DRAFT or request.user.has_perm(REVIEW)
        return renames and self.has_change_permission(request)

    @staticmethod
    def _to_read(record: Record) -> dict[str, Any]:
        """The page that readers see, or will see."""
        if record.is_published:
            return {"label": _("View on site"), "url": record.get_absolute_url()}
        return {"label": _("Preview"), "url": reverse("preview", args=[record.TYPE, record.public_id])}

    def decide_view(self, request: HttpRequest, verb: str) -> HttpResponse:
        """Ask why, and do it; what is refused is told on the same page, and then nothing is done."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        records = self._chosen(request, verb)
        if not all(self._may(request, verb, record) for record in records):
            raise PermissionDenied
        form = self._form(request, verb)
        if form.is_valid() and self._done(request, verb, records, form):
            return HttpResponseRedirect(self._after([] if verb == "discard" else records))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self._label(request, verb),
            "verb": verb,
            "form": form,
            "records": records,
            "contents": contents_of(records) if verb == "publish" else [],
            "waits": self._waits(request, verb),
            "back": self._after(records),
            "leaning": list(self._leaning(records)) if verb in {"withdraw", "merge"} else [],
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/decide.html", context)

    @classmethod
    def _label(cls, request: HttpRequest, verb: str) -> Any:
        """What the way to do it is called."""
        return PROPOSALS[verb] if cls._waits(request, verb) else VERBS[verb][0]

    @staticmethod
    def _waits(request: HttpRequest, verb: str) -> bool:
        """Whether a reviewer has to agree first."""
        return verb not in AT_ONCE and not request.user.has_perm(REVIEW)

    def _after(self, records: Sequence[Any]) -> str:
        """The record, or the list where there were several."""
        name = f"admin:armsdb_{self.opts.model_name}"
        return reverse(f"{name}_change", args=[records[0].pk]) if len(records) == 1 else reverse(f"{name}_changelist")

    def _leaning(self, records: Sequence[Any]) -> Iterator[tuple[Any, list[tuple[Record, str]]]]:
        """What keeps records from being taken away, each with its address at the desk."""
        for record in records:
            rows = [one for kind in actions.leaning_on(record) for one in kind[:NAMED]]
            if rows:
                yield record, [(one, desk_address(one)) for one in rows[:NAMED]]

    def _chosen(self, request: HttpRequest, verb: str) -> list[Any]:
        ids = [value for value in request.GET.getlist("id") if value.isascii() and value.isdigit() and len(value) < 19]
        records = list(self.get_queryset(request).filter(pk__in=ids).order_by("pk"))
        if not records or (verb in ONE_BY_ONE and len(records) > 1):
            raise Http404(_("Choose the records first."))
        return records

    def _form(self, request: HttpRequest, verb: str) -> forms.Form:
        """The form of a verb; an address can name the record that one is merged into."""
        data = request.POST if request.method == "POST" else None
        form = IdForm(data) if verb == "rename" else ReasonForm(data, initial={"into": request.GET.get("into")})
        form.fields["reason"].help_text = TOLD.get(verb, _("The history keeps it."))
        if verb == "merge":
            reference = self.model._meta.get_field("merged_into")
            form.fields["into"] = Reference(
                self.model._default_manager.filter(state=State.PUBLISHED),
                label=_("Into"),
                widget=Choice(reference, self.admin_site),
                help_text=_("The record that stays. Readers of the other one are led to it."),
            )
            form.order_fields(["into", "reason"])
        return form

    def _done(self, request: HttpRequest, verb: str, records: Sequence[Any], form: forms.Form) -> bool:
        """Do it to all of them or to none."""
        try:
            with actions.gathered():
                for record in records:
                    with _naming(record, among=records):
                        self.do(request, verb, record, form.cleaned_data)
        except ValidationError as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            return False
        messages.success(request, self._told(request, verb, len(records)))
        return True

    @staticmethod
    def _told(request: HttpRequest, verb: str, number: int) -> str:
        """What was done, in a sentence."""
        if Deciding._waits(request, verb):
            return ngettext("Your proposal waits for a reviewer.", "Your proposals wait for a reviewer.", number)
        done = {
            "publish": _("published"),
            "withdraw": _("withdrawn"),
            "merge": _("merged"),
            "discard": _("discarded"),
            "rename": _("renamed"),
        }[verb]
        told = ngettext("%(number)d record was %(done)s.", "%(number)d records were %(done)s.", number)
        return told % {"number": number, "done": done}

    def do(self, request: HttpRequest, verb: str, record: Record, told: dict[str, Any]) -> None:
        """Do one of these with one record; without the right to, propose it."""
        by: dict[str, Any] = {"user": request.user, "reason": told["reason"]}
        if self._waits(request, verb):
            actions.propose(record=record, verb=Verb(verb), into=told.get("into"), **by)
        elif verb == "publish":
            actions.publish(record=record, **by)
        elif verb == "withdraw":
            actions.withdraw(record=record, **by)
        elif verb == "merge":
            actions.merge(record=record, into=told["into"], **by)
        elif verb == "discard":
            actions.discard(record=record, **by)
        else:
            actions.rename(record=record, public_id=told["public_id"], **by)


def desk_address(record: Record) -> str:
    """Where a record stands at the desk."""
    return reverse(f"admin:armsdb_{record._meta.model_name}_change", args=[record.pk])


@contextmanager
def _naming(record: Record, among: Sequence[Record]) -> Iterator[None]:
    """Say which of several records is refused."""
    try:
        yield
    except ValidationError as refusal:
        if len(among) == 1:
            raise
        raise ValidationError([f"{record}: {message}" for message in refusal.messages]) from refusal
