"""How the web server runs: `gunicorn armsdb.wsgi` reads this file by itself."""

import gc
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from http import HTTPStatus
from typing import Any

import gunicorn.http.wsgi
import gunicorn.util

signal.signal(signal.SIGINT, lambda *_: sys.exit(0))  # Ctrl-C while the application still loads ends it quietly too


def address(host: str, port: str) -> str:
    """Host and port as the server wants them, with brackets around an IPv6 address."""
    if not port.isdecimal() or int(port) > 65535:
        sys.exit(f"PORT is {port!r}; it has to be a number up to 65535.")
    return f"[{host.strip('[]')}]:{port}" if ":" in host else f"{host}:{port}"


bind = [address(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")]
worker_class = "gthread"
# Said to the application as well: where workers cannot count together what clients ask for, each allows its share.
workers = int(os.environ.setdefault("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # the application is loaded once, and what is wrong with its settings is told once
# Where workers show that they live: in memory, so that a slow disk does not look like a worker that hangs.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
graceful_timeout = 30
control_socket_disable = True

limit_request_line = 8190  # without a limit one endless line holds a worker
forwarder_headers = ""  # what a header says about the client is for the settings to believe or not
secure_scheme_headers: dict[str, str] = {}
gunicorn.http.wsgi.SERVER = "ArmsDB"  # the Server header does not name the software


#: What is said where the application is never asked, by status; it has the same sentences.
REFUSALS = {
    414: f"The address is longer than {limit_request_line} characters.",
    431: "The headers of the request are too long.",
    500: "Something went wrong on our side; nothing was changed.",
}


def write_problem(client: socket.socket, status: int, _reason: str, _detail: str) -> None:
    """Refuse what never reaches the application in the shape of its errors; gunicorn would repeat the request."""
    title, detail = HTTPStatus(status).phrase, REFUSALS.get(status, "The request cannot be understood.")
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail, "errors": []}
    body = json.dumps(problem).encode()
    head = [
        f"HTTP/1.1 {status} {title}",
        "Connection: close",
        "Content-Type: application/problem+json",
        f"Content-Length: {len(body)}",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Access-Control-Allow-Origin: *",
    ]
    gunicorn.util.write_nonblock(client, "\r\n".join([*head, "", ""]).encode() + body)


gunicorn.util.write_error = write_problem

# Where workers count together, in memory; the library looks for it when it is loaded, and wants it empty.
counted = tempfile.mkdtemp(prefix="armsdb-counted-", dir=worker_tmp_dir)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = counted


def on_exit(_server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(counted, ignore_errors=True)


accesslog = None
errorlog = "-"
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Say at once, and in one sentence, that an address cannot be had; gunicorn itself would try five times."""
    if {"GUNICORN_PID", "LISTEN_PID"} & os.environ.keys():
        return  # the sockets are handed down, by an older gunicorn or by systemd
    for place in server.cfg.address:
        if not isinstance(place, tuple):
            continue
        host, port = place
        try:
            socket.create_server(place, family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
        except OSError as fault:
            reason = (fault.strerror or str(fault)).partition(" (")[0]
            sys.exit(f"ArmsDB cannot listen on {host}, port {port}: {reason}. Choose another port: make run PORT=8001.")


def when_ready(server: Any) -> None:
    """Tell where the site is; what is loaded by now stays, so the workers need not look through it for garbage.

    Python looks through all that is left once that has grown by a quarter since it last did, which is soon, from now
    on: what goes in circles, as a page and its form do, would stay for hundreds of pages.
    """
    gc.freeze()
    gc.collect()
    for listener in server.LISTENERS:
        name = listener.sock.getsockname()
        if isinstance(name, tuple):
            print(f"ArmsDB is at http://{address(name[0], str(name[1]))}/ (Ctrl-C ends it)", flush=True)
