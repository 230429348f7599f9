"""Who asks with a token: `Authorization: Token …`. It lifts the limit, and opens nothing that is not open to all."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from armsdb.models import ApiToken

#: Who may give tokens out; those of somebody who no longer may are worth nothing.
GIVING = "armsdb.add_apitoken"


class ByToken(TokenAuthentication):
    """A token that was given out, is not taken back, and whose giver may still give them."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not (token.isascii() and token.isalnum()):
            raise AuthenticationFailed(_("The token is not known, or was taken back."))
        return super().authenticate_credentials(token)

    def validate_user(self, auth_token: ApiToken) -> Any:
        if auth_token.revoked is not None or not auth_token.user.has_perm(GIVING):
            raise AuthenticationFailed(_("The token is not known, or was taken back."))
        return super().validate_user(auth_token)


class TokenDescription(OpenApiAuthenticationExtension):
    """A token as the description of the API tells it; everything is open without one."""

    target_class = ByToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        told = _("“Token” and a token that whoever runs the site gave you. It lifts the limit, and opens nothing else.")
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": str(told)}
