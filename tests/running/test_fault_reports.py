"""A server that collects faults is told of them, and of nothing else."""

import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import brotli
import pytest

#: A view fails over a value of its reader, and a program logs an error with another.
FAILS = """
import logging
import django; django.setup()
from django.test import Client
def fails(request):
    hidden = "secretlocal"
    raise ValueError(f"no such {request.GET['q']}")
from armsdb import urls
from django.urls import path
urls.urlpatterns.insert(0, path("api/v1/fails/", fails))
told = {"host": "localhost", "cookie": "a=secretcookie", "user-agent": "secretbrowser"}
answer = Client(raise_request_exception=False).get("/api/v1/fails/?q=secretword", headers=told)
assert answer.status_code == 500, answer.status_code
logging.getLogger("armsdb.jobs").error("%s did not end well", "secretvalue")
from armsdb.errors import unavailable
from django.utils.log import log_response
log_response("Service Unavailable", response=unavailable(answer.wsgi_request, "Later."), request=answer.wsgi_request)
"""


UNPACKED: dict[str | None, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


class Collector(HTTPServer):
    """Collects what it is sent."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Taking)


class _Taking(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(UNPACKED[self.headers["Content-Encoding"]](body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *told: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    server = Collector()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def told(address: str, folder: Path) -> None:
    """Run what fails, as a program of its own: who began to tell of faults cannot take it back."""
    environment = os.environ | {
        "ARMSDB_FAULT_REPORTS": address,
        "ARMSDB_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3",
        "DJANGO_SETTINGS_MODULE": "armsdb.settings",
    }
    done = subprocess.run([sys.executable, "-c", FAILS], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_fault_is_told_by_its_kind_and_place_and_without_a_value(collector: Collector, tmp_path: Path) -> None:
    told(f"http://key@127.0.0.1:{collector.server_port}/1", tmp_path)
    text = b"\n".join(collector.bodies).decode()
    assert "secret" not in text
    events = [json.loads(line) for line in text.splitlines() if '"release"' in line and '"sdk"' in line]
    view, job = [event for event in events if event.get("level") == "error"]
    (fault,) = view["exception"]["values"]
    assert (fault["type"], fault["stacktrace"]["frames"][-1]["function"]) == ("ValueError", "fails")
    assert (view["tags"]["route"], len(view["tags"]["request_id"])) == ("/api/v1/fails/", 32)
    assert job["message"] == "%s did not end well"
    assert not {"request", "user", "server_name", "extra", "modules", "breadcrumbs"} & (view.keys() | job.keys())


def test_a_server_that_is_away_costs_nothing(tmp_path: Path) -> None:
    """The answer is the same 500, and the program ends."""
    told("http://key@127.0.0.1:9/1", tmp_path)
