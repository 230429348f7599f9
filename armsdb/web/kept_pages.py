"""Pages that are remembered as they were written, until anything that readers see changes."""

import zlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from armsdb.models.connections import ADDING, allowed
from armsdb.models.memory import View

from .linking import wanted

#: The pages that were asked for last; packed, a large one takes 100 kB.
_MOST = 64


def kept(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Let a view whose pages depend on nothing but address and data answer from memory what it was asked before.

    All of a page is as of one data version.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        def written() -> tuple[bytes, int, dict[str, str]]:
            with allowed(ADDING), told_from.at_hand():
                page = view(request, *args, **kwargs)
            return zlib.compress(page.content, 1), page.status_code, dict(page.headers)

        told_from = View()
        key = (request.method, request.build_absolute_uri(), wanted(request))
        content, status, headers = told_from.memory.found("page", key, written, _MOST)
        return HttpResponse(zlib.decompress(content), status=status, headers=headers)

    return answer
