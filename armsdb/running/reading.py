"""Which connection a request gets, and what it may do: readers one that cannot write, the desk the other."""

from collections.abc import Callable

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest, HttpResponse

from armsdb.errors import unavailable
from armsdb.lib import places, read_only
from armsdb.middleware import READING
from armsdb.models.connections import use

from .replicas import readers_alias

Answer = Callable[[HttpRequest], HttpResponse]


def connected(get_response: Answer) -> Answer:
    """Give each request of readers a connection that cannot write and has a budget, and the desk the usual one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        use(DEFAULT_DB_ALIAS if is_of_desk(request) else readers_alias(request))
        return get_response(request)

    return middleware


def is_of_desk(request: HttpRequest) -> bool:
    """Whether an address is for who works at the desk: there sessions are read, which moves their end on."""
    return request.path.startswith((f"/{settings.DESK_PATH}", "/preview/"))


def only_read(get_response: Answer) -> Answer:
    """Refuse whatever would write while the site is switched to reading alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in READING and is_of_desk(request) and read_only.is_on():
            return unavailable(request, read_only.SENTENCE)
        return get_response(request)

    return middleware


class Places:
    """Let dear questions have a place, or refuse them at once: views say by `dear` that theirs are."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            if request.__dict__.pop("has_place", False):
                places.give_back()

    def process_view(self, request: HttpRequest, view: object, *_others: object) -> HttpResponse | None:
        shown = getattr(view, "view_class", None) or getattr(view, "cls", None)
        if not getattr(shown, "dear", False) or request.method == "OPTIONS":
            return None
        try:
            places.take()
        except places.NoPlace:
            detail = "Too many questions of this sort are being answered just now; please ask again in some seconds."
            return unavailable(request, detail, places.RETRY_AFTER)
        request.has_place = True  # type: ignore[attr-defined]
        return None
