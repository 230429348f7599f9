"""How the web server runs: `gunicorn armsdb.wsgi` reads this file by itself."""

import os
import signal
import socket
import sys
from typing import Any

import gunicorn.http.wsgi

signal.signal(signal.SIGINT, lambda *_: sys.exit(0))  # Ctrl-C while the application still loads ends it quietly too


def address(host: str, port: str) -> str:
    """Host and port as the server wants them, with brackets around an IPv6 address."""
    if not port.isdecimal() or int(port) > 65535:
        sys.exit(f"PORT is {port!r}; it has to be a number up to 65535.")
    return f"[{host.strip('[]')}]:{port}" if ":" in host else f"{host}:{port}"


bind = [address(os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000")]
worker_class = "gthread"
workers = 2
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
    """Tell where the site is."""
    for listener in server.LISTENERS:
        name = listener.sock.getsockname()
        if isinstance(name, tuple):
            print(f"ArmsDB is at http://{address(name[0], str(name[1]))}/ (Ctrl-C ends it)", flush=True)
