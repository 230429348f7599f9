"""Pages that are remembered as they were written and packed, until anything that readers see changes."""

import gzip
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from armsdb.lib.clients import takes
from armsdb.models.connections import ADDING, allowed
from armsdb.models.memory import View

from .linking import wanted

#: The pages that were asked for last; packed, a large one takes 100 kB.
_MOST = 64
_LEVEL = 6


def kept(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Let a view whose pages depend on nothing but address and data answer from memory what it was asked before.

    All of a page is as of one data version.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        def written() -> tuple[bytes, int, dict[str, str]]:
            with allowed(ADDING), told_from.at_hand():
                page = view(request, *args, **kwargs)
            return gzip.compress(page.content, _LEVEL, mtime=0), page.status_code, dict(page.headers)

        told_from = View()
        asked = (request.scheme, request.get_host(), request.path, request.META.get("QUERY_STRING", ""))
        key = (request.method, *asked, wanted(request))
        packed, status, headers = told_from.memory.found("page", key, written, _MOST)
        # Nothing secret stands in these pages, of which their length could tell.
        if status == HTTPStatus.OK and takes(request.META.get("HTTP_ACCEPT_ENCODING", ""), "gzip"):
            page = HttpResponse(packed, status=status, headers=headers | {"Content-Encoding": "gzip"})
        else:
            page = HttpResponse(gzip.decompress(packed), status=status, headers=headers)
        patch_vary_headers(page, ("Accept-Encoding",))
        return page

    return answer
