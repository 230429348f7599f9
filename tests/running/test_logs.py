"""Logs as JSON, one row an event."""

import json
import logging
from typing import Any

from django.conf import settings
from django.test import RequestFactory
from pythonjsonlogger.orjson import OrjsonFormatter


def test_a_row_is_json_without_the_request() -> None:
    """Guards against questions in logs: Django adds the request to its own records, with the address of it."""
    formatters: Any = settings.LOGGING["formatters"]
    told = {name: value for name, value in formatters["json"].items() if name != "()"}
    request = RequestFactory().get("/countries/?q=secretword")
    record = logging.LogRecord(
        "django.request", logging.ERROR, "x.py", 1, "Internal Server Error: /countries/", (), None
    )
    vars(record).update(request=request, status_code=500, request_id="abc")
    row = json.loads(OrjsonFormatter(**told).format(record))
    assert (row["level"], row["logger"], row["request_id"], row["status_code"]) == (
        "ERROR",
        "django.request",
        "abc",
        500,
    )
    assert "secretword" not in str(row)
