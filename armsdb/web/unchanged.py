"""Files that whoever asks again has already: their mark (ETag) follows the data version, and so is known before they
are made."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from armsdb import __version__
from armsdb.models.memory import View


def marked(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Let other sites show what a view answers, mark it, and answer 304 to whoever has it: one query, and no drawing.

    Files tell the day on which they were retrieved, so each day has a mark of its own.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with View().at_hand() as told_from:
            tag = _mark(request, told_from.memory.version)
            made = get_conditional_response(request, etag=tag) or view(request, *args, **kwargs)
        if made.status_code in (200, 304):
            made["ETag"] = tag
        made["Access-Control-Allow-Origin"] = "*"
        made["Cross-Origin-Resource-Policy"] = "cross-origin"
        return made

    return answer


def _mark(request: HttpRequest, version: object) -> str:
    today = timezone.now().date().isoformat()
    told = (__version__, str(version), today, request.scheme or "", request.get_host(), request.get_full_path())
    digest = hashlib.blake2b("\n".join(told).encode(errors="replace"), digest_size=16).hexdigest()
    return f'W/"{digest}"'
