"""Changes of what readers see, by those who are no reviewers: they wait, and a reviewer saves them in the same form."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from armsdb import actions
from armsdb.lib.roles import REVIEW
from armsdb.lib.vocab import State, Verb
from armsdb.models import Proposal, Record

from .deciding import desk_address
from .history import changes_since

#: What a form sends that is no part of what is proposed.
_UNKEPT = ("csrfmiddlewaretoken", "as_opened", "_save", "_addanother", "_check")


class Proposing(ModelAdmin):
    """A form that is saved at once, or waits for a reviewer, or is what somebody proposed."""

    def waits(self, request: HttpRequest, record: Record | None) -> bool:
        """Whether what is done with a record has to wait for a reviewer; drafts are everybody's."""
        return record is not None and record.state != State.DRAFT and not request.user.has_perm(REVIEW)

    def proposal_in(self, request: HttpRequest, object_id: str | None) -> Proposal | None:
        """The proposal that the address names; only reviewers open one, and only on its own record."""
        number = request.GET.get("proposal", "")
        if not number or object_id is None:
            return None
        is_key = number.isascii() and number.isdigit() and len(number) < 19
        waiting = Proposal.objects.filter(pk=int(number)) if is_key else []
        proposal = next((one for one in waiting if one.is_waiting and one.verb == Verb.CHANGE), None)
        record = proposal.record if proposal and request.user.has_perm(REVIEW) else None
        if record is None or record._meta.model is not self.model or str(record.pk) != object_id:
            raise Http404(_("No such proposal waits for this record."))
        return proposal

    def as_proposed(self, request: HttpRequest, object_id: str, proposal: Proposal, more: Any) -> HttpResponse:
        """The form as it was filled in by who proposed it; nothing is saved."""
        self._type(request, proposal, "_check")
        request.only_shown = True  # type: ignore[attr-defined]
        return self._changeform_view(request, object_id, "", more)  # type: ignore[attr-defined]

    def accept_as_proposed(
        self, request: HttpRequest, proposal: Proposal, record: Record, *, words: str
    ) -> HttpResponse:
        """Save the form as it was filled in; where something is refused, show it, to be mended and saved there."""
        request.words = words  # type: ignore[attr-defined]
        address = f"{desk_address(record)}?proposal={proposal.pk}"
        request.GET = QueryDict(f"proposal={proposal.pk}")
        self._type(request, proposal, "_save")
        return self.changeform_view(request, str(record.pk), address)

    @staticmethod
    def _type(request: HttpRequest, proposal: Proposal, button: str) -> None:
        """Let the request hold what was typed by who proposed it, and this button."""
        typed = QueryDict(mutable=True)
        for name, values in proposal.data.items():
            typed.setlist(name, values)
        typed[button] = "1"
        request.FILES  # noqa: B018 (read for the first time, it would read the data anew)
        request.method, request.POST = "POST", typed  # type: ignore[assignment]

    def propose(self, request: Any, form: Any, formsets: Any) -> None:
        """Let a change wait: done and taken back, so that its differences are known and refusals are told now."""
        with transaction.atomic():
            with actions.gathered():
                self.write(form, formsets, request.user)  # type: ignore[attr-defined]
            differences = list(_differences(form.instance, form.opened_at))
            transaction.set_rollback(True)
        data = {name: request.POST.getlist(name) for name in request.POST if name not in _UNKEPT}
        actions.propose(
            record=form.instance,
            verb=Verb.CHANGE,
            user=request.user,
            reason=form.cleaned_data["reason"],
            data=data,
            differences=differences,
        )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if self.waits(request, obj):
            messages.success(
                request, _("Your change waits for a reviewer. Until then readers see what was there before.")
            )
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)


def _differences(record: Record, since: Any) -> Iterator[dict[str, str]]:
    """What was changed since a moment, in the form that a proposal keeps."""
    for change in changes_since(record, since):
        for row in change.rows:
            for difference in row.differences:
                label = ", ".join(filter(None, (row.part, difference.label)))
                yield {"label": label, "before": difference.before, "after": difference.after}
