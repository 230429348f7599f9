"""The desk's plain forms: for what stands beside records, without a state, parts or citations."""

from typing import Any, ClassVar

from django import forms
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armsdb import actions

from .asking import Asking
from .forms import ValuesForm, with_groups
from .inlines import Choosing
from .refusing import Refusing


class BesideForm(ValuesForm):
    """The values of one row, and why."""

    #: What an action refused when this was to be saved.
    refusal: ClassVar[ValidationError | None] = None

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why this is added or changed. The history keeps it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.refusal is not None:
            self.tell(self.refusal)
        return cleaned


class BesideAdmin(Asking, Choosing, Refusing, ModelAdmin):
    """Rows that are written by one action, and never deleted."""

    form: Any = BesideForm
    change_form_template = "admin/beside_form.html"
    view_on_site = False
    actions = None

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.form = with_groups(self.form, self.model)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", None)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        user: Any = request.user
        actions.keep(row=obj, values=form.values, user=user, reason=form.cleaned_data["reason"])

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no log beside the history."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Keep no log beside the history."""
