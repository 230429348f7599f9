"""Tokens of the API at the desk: given out, shown once, taken back."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from armsdb import actions
from armsdb.lib.moments import moment
from armsdb.models import ApiToken

from .asking import Asking


class TokenForm(forms.ModelForm):
    """To whom a token is given, and how much it allows."""

    class Meta:
        model = ApiToken
        fields: ClassVar[list[str]] = ["name", "per_minute"]


class TakenBackForm(forms.ModelForm):
    """Whether a token that was given out is taken back; nothing else of it changes."""

    take_back = forms.BooleanField(
        label=_("Take it back"), required=False, help_text=_("From the next request on it opens nothing, for good.")
    )

    class Meta:
        model = ApiToken
        fields: ClassVar[list[str]] = []


@admin.register(ApiToken)
class TokenAdmin(Asking, admin.ModelAdmin):
    """Tokens that were given out; nobody can read one again, and none is deleted."""

    list_display = ("name", "user", "per_minute", "created", "last_use", "revoked")
    list_select_related = ("user",)
    list_per_page = 50
    list_max_show_all = 0
    search_fields = ("name",)
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change=change, form=TakenBackForm if obj else TokenForm, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            ["name", "per_minute", "user", "created", "last_use", "revoked", "take_back"]
            if obj
            else TokenForm.Meta.fields
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", "per_minute", "user", "created", "last_use", "revoked"] if obj else []

    @admin.display(description=_("last use"))
    def last_use(self, token: ApiToken) -> Any:
        used = token.last_use()
        return moment(used) if used else _("never, or not known")

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        if not change:
            given = form.cleaned_data
            row, text = actions.give_token(name=given["name"], per_minute=given["per_minute"], user=request.user)
            obj.__dict__.update(row.__dict__)
            request.token_given = text  # type: ignore[attr-defined]
        elif form.cleaned_data["take_back"]:
            actions.revoke_token(token=obj)

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: Any = None) -> HttpResponse:
        """Show the text of the token, here alone: not in a message, which would be kept until it is read."""
        context = self.admin_site.each_context(request) | {
            "title": _("The token"),
            "opts": self.opts,
            "token": obj,
            "text": request.token_given,  # type: ignore[attr-defined]
        }
        answer = render(request, "admin/token_given.html", context)
        answer["Cache-Control"] = "no-store, private"
        return answer
