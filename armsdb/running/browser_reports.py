"""What browsers report of pages that tried what the Content-Security-Policy forbids: counted, and some of it logged.

A report is anybody's word, and may tell what a reader asked: of it are kept a directive that we know, the path of the
page, and the scheme and host of what was held back. Both forms are read, that of `report-uri` (CSP 2) and that of
`report-to` (the Reporting API).
"""

import logging
import time
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.http import HttpRequest, HttpResponse

from armsdb.lib import meters

ADDRESS = "/csp-reports/"
KINDS = ("application/csp-report", "application/reports+json")
#: The longest body, the most reports of it, the most rows that a process logs in a minute; the rest is counted alone.
MOST_BYTES, MOST_REPORTS, MOST_ROWS = 16_384, 20, 10
#: What is told of a page or of what was held back is cut here.
LONGEST = 200
DIRECTIVES = frozenset(
    f"{kind}-src{form}"
    for kind in (
        "default",
        "script",
        "style",
        "img",
        "font",
        "connect",
        "manifest",
        "media",
        "object",
        "frame",
        "worker",
    )
    for form in ("", "-elem", "-attr")
) | {"form-action", "base-uri", "frame-ancestors", "child-src", "sandbox", "require-trusted-types-for"}
#: What browsers name in the place of an address.
WORDS = frozenset(("inline", "eval", "wasm-eval", "self", "data", "blob", "filesystem", "trusted-types-sink"))

_logged: deque[float] = deque(maxlen=MOST_ROWS)
logger = logging.getLogger("armsdb.policy")


def take(request: HttpRequest) -> HttpResponse:
    """Count what a browser reports: 204; 400, 413 or 415 with a sentence where it is no report."""
    if (request.content_type or "") not in KINDS:
        return _refused(415, f"A report is {' or '.join(KINDS)}.")
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or len(length) > 9:
        return _refused(411, "A report tells its length.")
    if int(length) > MOST_BYTES:
        return _refused(413, f"A report has at most {MOST_BYTES} bytes.")
    try:
        told = list(_reports(orjson.loads(request.body)))
    except (orjson.JSONDecodeError, OSError):  # OSError: the client left in the middle
        return _refused(400, "The report is no JSON.")
    if not told:
        return _refused(400, "There is no report of a Content-Security-Policy in it.")
    for directive, page, held_back in told[:MOST_REPORTS]:
        meters.REPORTED.labels(directive).inc()
        if _may_log():
            logger.warning("%s held back %s on %s", directive, held_back, page)
    return HttpResponse(status=204)


def _refused(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain")


def _reports(body: Any) -> Iterator[tuple[str, str, str]]:
    """Directive, page and what was held back, of each report in a body; what is none is passed over."""
    for each in body if isinstance(body, list) else [body]:
        if not isinstance(each, dict):
            continue
        old, new = each.get("csp-report"), each.get("body")
        if isinstance(old, dict):
            directive = old.get("effective-directive") or old.get("violated-directive")
            yield _directive(directive), _path(old.get("document-uri")), _origin(old.get("blocked-uri"))
        elif each.get("type") == "csp-violation" and isinstance(new, dict):
            yield (
                _directive(new.get("effectiveDirective")),
                _path(new.get("documentURL")),
                _origin(new.get("blockedURL")),
            )


def _directive(told: Any) -> str:
    name = told.split()[0] if isinstance(told, str) and told.strip() else ""
    return name if name in DIRECTIVES else "other"


def _path(told: Any) -> str:
    """The path of an address, without the question, which can tell who asks it."""
    try:
        path = urlsplit(told).path if isinstance(told, str) else ""
    except ValueError:
        path = ""
    return _printable(path)


def _origin(told: Any) -> str:
    """Scheme and host of an address, or the word that stands for one."""
    if not isinstance(told, str):
        return ""
    if told in WORDS:
        return told
    try:
        parts = urlsplit(told)
    except ValueError:
        return "other"
    return _printable(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}") if parts.netloc else "other"


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text[:LONGEST])


def _may_log() -> bool:
    """Whether fewer rows than are allowed were logged in the last minute."""
    now = time.monotonic()
    if len(_logged) == MOST_ROWS and now - _logged[0] < 60:
        return False
    _logged.append(now)
    return True
