"""Answers packed with brotli, which is smaller than gzip, for clients that take it.

Only whole answers of the API: they are the same for everybody. Pages and files that are on their way are left to gzip.
"""

from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse

from armsdb.lib.clients import takes

from .unchanged import API

Answer = Callable[[HttpRequest], HttpResponse]
#: Shorter answers fit into one packet as they are; and a quality that takes no longer than gzip does.
SHORTEST, QUALITY = 500, 4


def packed(get_response: Answer) -> Answer:
    """Pack an answer; what has an encoding already, and what is of one client alone, stays as it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if (
            request.path.startswith(API)
            and not answer.streaming
            and len(answer.content) >= SHORTEST
            and not answer.has_header("Content-Encoding")
            and "Authorization" not in request.headers
            and takes(request.META.get("HTTP_ACCEPT_ENCODING", ""), "br")
        ):
            answer.content = brotli.compress(answer.content, quality=QUALITY)
            answer.headers["Content-Encoding"] = "br"
            answer.headers["Content-Length"] = str(len(answer.content))
        return answer

    return middleware
