"""The addresses of signing in, which stand before those of the desk itself."""

from django.urls import path

from . import signing_in

urlpatterns = [
    path("login/", signing_in.SignIn.as_view(), name="sign_in"),
    path("login/code/", signing_in.EnterCode.as_view(), name="sign_in_code"),
    path("second-factor/", signing_in.SecondFactor.as_view(), name="second_factor"),
    path("second-factor/new/", signing_in.SetUp.as_view(), name="second_factor_new"),
    path("second-factor/new/code.svg", signing_in.picture, name="second_factor_picture"),
]
