"""Where proposals are read, and decided on."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb import actions
from armsdb.lib.moments import moment
from armsdb.lib.roles import REVIEW
from armsdb.lib.vocab import Verb
from armsdb.models import Proposal

from .asking import Among, Asking
from .contents import contents_of
from .history import Difference

#: What can be decided, the action that does it, and what is said after it.
DECISIONS: dict[str, tuple[Any, Any]] = {
    "accept": (actions.accept, gettext_lazy("Accepted, and done.")),
    "decline": (actions.decline, gettext_lazy("Declined; the record is as it was.")),
    "take-back": (actions.take_back, gettext_lazy("Taken back.")),
}


class DecisionForm(forms.Form):
    """What is decided, and why; which of them are possible is for the actions to say."""

    decision = forms.ChoiceField(choices=[(name, name) for name in DECISIONS])
    reason = forms.CharField(
        required=False,
        label=gettext_lazy("Your words to who proposed it"),
        help_text=gettext_lazy("Needed to decline. Readers do not see them."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@admin.register(Proposal)
class ProposalAdmin(Asking, admin.ModelAdmin):
    """Proposals, to be read by all and decided on by reviewers; they are made where records are."""

    list_display = ("__str__", "verb", "proposed_by", "since", "outcome", "decided_by")
    list_filter = ("outcome", "verb", "type", ("proposed_by", Among))
    list_select_related = ("proposed_by", "decided_by")
    search_fields = ("record_name", "record_id", "reason")
    actions = None

    @admin.display(description=gettext_lazy("proposed"), ordering="proposed")
    def since(self, proposal: Proposal) -> str:
        """When it was proposed."""
        return moment(proposal.proposed)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One proposal with its differences; what is posted decides on it."""
        proposal = self.get_object(request, object_id)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if proposal is None:
            raise Http404(_("There is no proposal with this number."))
        form = DecisionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            if proposal.verb == Verb.CHANGE and form.cleaned_data["decision"] == "accept" and proposal.is_waiting:
                return self._accept_change(request, proposal)
            if self._decided(request, proposal, form):
                return redirect("admin:index")
        return render(request, "admin/proposals/detail.html", self._context(request, proposal, form))

    def _accept_change(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        """Save the form of the record as it was proposed: at once, or shown where something is refused."""
        record = proposal.record
        if record is None or not request.user.has_perm(REVIEW):
            raise PermissionDenied
        desk: Any = self.admin_site.get_model_admin(proposal.kind)
        answer: HttpResponse = desk.accept_as_proposed(request, proposal, record, words=request.POST.get("reason", ""))
        return redirect("admin:index") if answer.status_code == 302 else answer

    def _decided(self, request: HttpRequest, proposal: Proposal, form: DecisionForm) -> bool:
        decide, said = DECISIONS[form.cleaned_data["decision"]]
        user: Any = request.user
        try:
            decide(proposal=proposal, user=user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            proposal.refresh_from_db()
            form.add_error(None, error.messages)
            return False
        messages.success(request, said)
        return True

    def _context(self, request: HttpRequest, proposal: Proposal, form: DecisionForm) -> dict[str, Any]:
        site: Any = self.admin_site
        record = proposal.record
        desk_url = site.url_of(proposal.kind, record.pk) if record else ""
        told = proposal.differences
        own = proposal.proposed_by == request.user
        publishes = proposal.is_waiting and proposal.verb == Verb.PUBLISH
        return {
            **site.each_context(request),
            "opts": self.opts,
            "title": str(proposal),
            "proposal": proposal,
            "contents": contents_of([record]) if record and publishes else [],
            "differences": [Difference(one["label"], one.get("before", ""), one.get("after", "")) for one in told],
            "form": form,
            "desk_url": desk_url,
            "change_url": f"{desk_url}?proposal={proposal.pk}" if desk_url and proposal.verb == Verb.CHANGE else "",
            "may_take_back": own,
            "may_decide": not own and request.user.has_perm(REVIEW),
        }
