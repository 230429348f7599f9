"""Headers that every answer of the API has."""

from collections.abc import Iterable
from typing import TypeVar

from django.http import HttpResponseBase
from django.utils.cache import patch_vary_headers

#: What pages of other sites may read of an answer's headers.
EXPOSED = ", ".join(
    (
        *("Allow", "Location", "Retry-After", "WWW-Authenticate", "X-Request-ID", "Content-Disposition", "Link"),
        *("ETag", "RateLimit", "RateLimit-Policy", "Deprecation", "Sunset"),
        *("ArmsDB-Rows", "ArmsDB-Data-Version", "ArmsDB-Licence", "ArmsDB-Left-Out"),
    )
)

#: What of a question an answer depends on besides its address.
VARY = "Accept, Accept-Encoding"

Answer = TypeVar("Answer", bound=HttpResponseBase)


def open_to_all(response: Answer) -> Answer:
    """Let pages of every other site read an answer: it is public, and no credentials are sent."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if "Vary" in response:
        patch_vary_headers(response, VARY.split(", "))
    else:
        response["Vary"] = VARY
    return response


def answer_preflight(response: Answer, methods: Iterable[str]) -> Answer:
    """Tell a browser what a page of another site may ask for."""
    response["Access-Control-Allow-Methods"] = ", ".join(methods)
    response["Access-Control-Allow-Headers"] = "*, Authorization"  # which the star does not mean
    response["Access-Control-Max-Age"] = "86400"
    return response
