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


class Kept:
    """A view whose answers are told from memory until anything that readers see changes; they count as others do."""

    limit: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        may_be_kept = request.method == "GET" and "HTTP_AUTHORIZATION" not in request.META
        known = view().memory.remembered("answer", key_of(request)) if may_be_kept else None
        # Who asked for too much is refused below.
        if known and not (settings.API_LIMIT and limits.count_without_token(request, self.limit).is_too_much):
            content, headers = known
            answer = HttpResponse(content, headers=headers)
            limits.tell(request, answer)
            return answer
        answer = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if may_be_kept and isinstance(answer, Response):  # a refusal is none
            answer.add_post_render_callback(lambda written: _remember(request, written))
        return answer


def _remember(request: HttpRequest, written: HttpResponse) -> None:
    if written.status_code == HTTPStatus.OK:
        headers = {name: value for name, value in written.headers.items() if not name.startswith("RateLimit")}
        view().memory.found("answer", key_of(request), lambda: (written.content, headers), _MOST)
