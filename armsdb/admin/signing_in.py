"""Signing in: name and password, then a code; and the pages where a person sets their second factor up.

Between password and code the session only remembers who wants in: nobody is signed in by half.
"""

import time
from typing import Any

import django_otp
from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model, login
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, View

from . import second_factor

#: Where a session keeps who has given their password, and how long that holds.
WANTS_IN = "wants_in"
WANTS_IN_SECONDS = 10 * 60
#: Where it keeps which device is being set up.
SETTING_UP = "setting_up"


def framed(request: HttpRequest, **context: Any) -> dict[str, Any]:
    """What the frame of the desk needs of a page."""
    return {**admin.site.each_context(request), "subtitle": None, **context}


@method_decorator(never_cache, name="dispatch")
class SignIn(LoginView):
    """The first step: name and password."""

    authentication_form = AdminAuthenticationForm
    template_name = "admin/signing_in/sign_in.html"
    next_page = "admin:index"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if admin.site.has_permission(request):
            return HttpResponseRedirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        person = form.get_user()
        if not (second_factor.is_required() or second_factor.has_device(person)):
            return super().form_valid(form)
        self.request.session.cycle_key()
        self.request.session[WANTS_IN] = {
            "person": person.pk,
            "password": person.get_session_auth_hash(),
            "since": time.time(),
            "next": self.get_success_url(),
        }
        return redirect("sign_in_code" if second_factor.has_device(person) else "second_factor_new")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path = self.request.get_full_path()
        own = framed(self.request, title=_("Sign in"), app_path=path, username=self.request.user.get_username())
        return {**own, **super().get_context_data(**kwargs)}


def who_wants_in(request: HttpRequest) -> Any:
    """Who has given their password in this session a short while ago, and may still come in; None where nobody has."""
    asked = request.session.get(WANTS_IN)
    if not asked or not 0 <= time.time() - asked["since"] <= WANTS_IN_SECONDS:
        return None
    person = get_user_model().objects.filter(pk=asked["person"], is_active=True, is_staff=True).first()
    same = person is not None and constant_time_compare(person.get_session_auth_hash(), asked["password"])
    return person if same else None


def let_in(request: HttpRequest, person: Any, device: Any) -> str:
    """Sign somebody in who has shown both factors; return where they wanted to go."""
    asked = request.session.pop(WANTS_IN)
    person.otp_device = device  # the sign-in keeps it in the session
    login(request, person, "django.contrib.auth.backends.ModelBackend")
    return str(asked["next"])


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


@method_decorator(never_cache, name="dispatch")
class EnterCode(FormView):
    """The second step: a code of the device, or a backup code."""

    form_class = CodeForm
    template_name = "admin/signing_in/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.person = who_wants_in(request)
        if self.person is None or not second_factor.has_device(self.person):
            return redirect("admin:login")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            device = second_factor.device_of(self.person, form.cleaned_data["code"])
        except ValidationError as refused:
            form.add_error("code", refused)
            return self.form_invalid(form)
        return HttpResponseRedirect(let_in(self.request, self.person, device))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return framed(self.request, title=_("Your code"), **super().get_context_data(**kwargs))


def who_sets_up(request: HttpRequest) -> Any:
    """Who may set up a device: somebody at the desk, or somebody with the right password who has none yet."""
    if admin.site.has_permission(request):
        return request.user
    person = who_wants_in(request)
    return None if person is None or second_factor.has_device(person) else person


@method_decorator(never_cache, name="dispatch")
class SetUp(FormView):
    """Set up a device: its secret as a picture and as text, confirmed by a code; then the backup codes, once."""

    form_class = CodeForm
    template_name = "admin/signing_in/set_up.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.person = who_sets_up(request)
        if self.person is None:
            return redirect("admin:login")
        self.device = second_factor.unconfirmed(self.person, kept=request.session.get(SETTING_UP))
        request.session[SETTING_UP] = self.device.pk
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            codes = second_factor.confirm(self.device, form.cleaned_data["code"])
        except ValidationError as refused:
            form.add_error("code", refused)
            return self.form_invalid(form)
        del self.request.session[SETTING_UP]
        onward = reverse("second_factor")
        if WANTS_IN in self.request.session:
            onward = let_in(self.request, self.person, self.device)
        else:
            django_otp.login(self.request, self.device)
        return codes_shown(self.request, codes, onward)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = framed(self.request, title=_("Set up your second factor"), secret=second_factor.secret(self.device))
        return {**own, **super().get_context_data(**kwargs)}


def codes_shown(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    """The only page that ever shows backup codes."""
    context = framed(request, title=_("Your backup codes"), codes=codes, onward=onward)
    return render(request, "admin/signing_in/backup_codes.html", context)


@never_cache
def picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the device that this session is setting up."""
    person = who_sets_up(request)
    if person is None or SETTING_UP not in request.session:
        return redirect("admin:login")
    device = second_factor.unconfirmed(person, kept=request.session[SETTING_UP])
    return HttpResponse(second_factor.picture(device), content_type="image/svg+xml")


@method_decorator(never_cache, name="dispatch")
class SecondFactor(View):
    """What a person at the desk has of a second factor; new backup codes."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not admin.site.has_permission(request):
            return redirect(f"{reverse('admin:login')}?next={request.path}")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        context = framed(
            request,
            title=_("Your second factor"),
            has_device=second_factor.has_device(request.user),
            codes_left=second_factor.backup_codes_left(request.user),
        )
        return render(request, "admin/signing_in/second_factor.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        if not second_factor.has_device(request.user):
            return redirect("second_factor_new")
        return codes_shown(request, second_factor.new_backup_codes(request.user), reverse("second_factor"))
