"""Who counts as signed in: nobody by half, nobody after a role was taken away, nobody after idle hours."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from armsdb.lib import read_only
from armsdb.models.uncopied import waiting_for_nobody

from .second_factor import has_device, is_required

#: Where a session keeps the roles that its person had when they were last seen.
ROLES = "roles"


def whole(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let the person of a request be who is wholly signed in; asked only when a view looks, so never for readers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        request.user = SimpleLazyObject(lambda: _settled(request, person))  # type: ignore[assignment]
        return get_response(request)

    return middleware


def _settled(request: HttpRequest, person: Any) -> Any:
    """The person, if the session holds for them still; its end is moved on. Else the session ends."""
    if not person.is_authenticated:
        if SESSION_KEY in request.session:  # of somebody who may not sign in any more
            request.session.flush()
        return AnonymousUser()
    roles = roles_of(person)
    seen = set(request.session.get(ROLES, ()))
    if not seen <= roles or not _has_shown_enough(person):
        request.session.flush()
        return AnonymousUser()
    if roles != seen:
        request.session[ROLES] = sorted(roles)
    _keep_alive(request)
    return person


def _has_shown_enough(person: Any) -> bool:
    """Whether the session was opened with all that the account asks for: with its device, where it has one."""
    return person.is_verified() or not (is_required() or has_device(person))


def _keep_alive(request: HttpRequest) -> None:
    """Move the idle end of the session on, and nothing else of it: two requests at once undo nothing of each other.

    While nothing can be written it stays where it is; and no replica has to have it.
    """
    if read_only.is_on():
        return
    session: Any = request.session
    with waiting_for_nobody():
        session.model.objects.filter(pk=session.session_key).update(expire_date=session.get_expiry_date())


def roles_of(person: Any) -> set[str]:
    """What a person may be: staff, superuser, member of groups."""
    flags = {name for name in ("is_active", "is_staff", "is_superuser") if getattr(person, name)}
    return flags | {f"group {pk}" for pk in person.groups.values_list("pk", flat=True)}


@receiver(user_logged_in)
def keep_roles(request: HttpRequest, user: Any, **_: Any) -> None:
    """Let a new session keep the roles of its person."""
    request.session[ROLES] = sorted(roles_of(user))
