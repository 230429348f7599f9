"""Headers that every answer of the API has."""

from typing import TypeVar

from django.http import HttpResponseBase
from django.utils.cache import patch_vary_headers

METHODS = ("GET", "HEAD", "OPTIONS")

Answer = TypeVar("Answer", bound=HttpResponseBase)


def open_to_all(response: Answer) -> Answer:
    """Let pages of every other site read an answer: it is public, and no credentials are sent."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Allow, Location, Retry-After, X-Request-ID"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept"])
    return response


def answer_preflight(response: Answer) -> Answer:
    """Tell a browser what a page of another site may ask for."""
    response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["Access-Control-Allow-Headers"] = "*"
    response["Access-Control-Max-Age"] = "86400"
    return response
