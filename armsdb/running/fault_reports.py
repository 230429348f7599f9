"""Faults are told to a server that collects them, where ARMSDB_FAULT_REPORTS names one: Sentry, GlitchTip, another.

What is logged as an error is sent: what kind of fault it is, the lines of code that led there, the route and the id of
the request, by which the logs tell the rest. Neither what was asked, nor who asked, nor any value leaves this machine.
"""

import logging
from http import HTTPStatus
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.types import Event, Hint

from armsdb import __version__

from .requests import id_of

#: What an event may have; all else is taken out.
TOLD = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "exception", "sdk")


def begin(address: str, environment: str) -> None:
    """Send, from now on, what is logged as an error; it is sent by a thread of its own, and given up where it fails."""
    sentry_sdk.init(
        dsn=address,
        release=f"armsdb@{__version__}",
        environment=environment,
        default_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR),
            ExcepthookIntegration(),  # a command that breaks
            AtexitIntegration(callback=lambda *_left: None),  # what is still to be sent when a program ends, unsaid
        ],
        send_default_pii=False,
        include_local_variables=False,
        max_breadcrumbs=0,
        shutdown_timeout=2,
        before_send=_bare,
    )


def _bare(event: Event, hint: Hint) -> Event | None:
    """What of an event may leave; the text of a fault may hold a value, so its kind alone is told.

    To ask for patience is no fault: a 503 that we decided on is not sent.
    """
    record: logging.LogRecord | None = hint.get("log_record")
    if getattr(record, "status_code", None) == HTTPStatus.SERVICE_UNAVAILABLE and "exception" not in event:
        return None
    told: Any = {name: event[name] for name in TOLD if name in event}  # type: ignore[literal-required]
    for fault in told.get("exception", {}).get("values", ()):
        fault.pop("value", None)
    request = getattr(record, "request", None)
    found = getattr(request, "resolver_match", None)
    told["tags"] = {"request_id": id_of(request), "route": f"/{found.route}" if found else ""}
    if record is not None and "exception" not in told:
        told["message"] = str(record.msg)  # as the code has it, before values are put in
    bare: Event = told
    return bare
