"""Answers that are remembered whole: to short questions that many ask alike, as those who type a name do."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.response import Response

from armsdb.models.memory import view

from . import limits
from .unchanged import key_of

#: The answers that were asked for last, some 3 kB each.
_MOST = 500
#: What is told anew each time.
_OF_THE_MOMENT = ("RateLimit", "RateLimit-Policy", "ETag", "Last-Modified")


class Kept:
    """A view whose answers are told from memory until anything that readers see changes; they count as others do."""

    limit: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        may_be_kept = request.method == "GET" and "HTTP_AUTHORIZATION" not in request.META
        known = self._known(request) if may_be_kept else None
        if known is not None:
            return known
        answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if may_be_kept and isinstance(answer, Response):  # a refusal is none
            answer.add_post_render_callback(lambda written: _remember(request, written))
        return answer

    def _known(self, request: HttpRequest) -> HttpResponse | None:
        memory, key = view().memory, key_of(request)
        found, mark = memory.remembered("answer", key), memory.remembered("mark", key)
        if found is None or mark is None:
            return None
        if settings.API_LIMIT and limits.count_without_token(request, self.limit).is_too_much:
            limits.give_back(request)  # it is counted, and refused, where all others are
            return None
        content, headers = found
        answer = HttpResponse(content, headers=headers)
        mark.put_on(answer)
        limits.tell(request, answer)
        return answer


def _remember(request: HttpRequest, written: HttpResponse) -> None:
    if written.status_code == HTTPStatus.OK:
        headers = {name: value for name, value in written.headers.items() if name not in _OF_THE_MOMENT}
        view().memory.found("answer", key_of(request), lambda: (written.content, headers), _MOST)
