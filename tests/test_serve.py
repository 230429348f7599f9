"""How `make run` starts and ends: serve.py under a real make, with and without a terminal, and gunicorn.conf.py."""

import fcntl
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: A make that does not tell which folder it enters, as one under another make would.
MAKE = ["make", "--no-print-directory", "--file"]
SERVER = """
import os, signal, sys, time
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: sys.exit(0))
print(f"ready {os.getpid()}", flush=True)
time.sleep(60)
"""


@pytest.fixture
def makefile(tmp_path: Path) -> Path:
    """A Makefile whose `run` serves, by way of serve.py, a stand-in for the web server."""
    (tmp_path / "server.py").write_text(SERVER)
    path = tmp_path / "Makefile"
    path.write_text(f"run:\n\t@{sys.executable} {ROOT}/serve.py {sys.executable} {tmp_path}/server.py\n")
    return path


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """A terminal: the end of the person, and the end of the programs."""
    person, programs = pty.openpty()
    yield person, programs
    os.close(person)
    os.close(programs)


def server_number(source: int) -> int:
    """The process number of the stand-in, once it is ready."""
    text = b""
    while not text.endswith(b"\n"):
        text += os.read(source, 100)
    return int(text.split()[1])


def has_ended(number: int) -> bool:
    """Whether a process is gone within five seconds."""
    for _ in range(50):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_ctrl_c_ends_make_with_status_0(makefile: Path, terminal: tuple[int, int]) -> None:
    """Guards the way in which everybody ends `make run`."""
    person, programs = terminal
    make = subprocess.Popen(
        [*MAKE, makefile, "run"],
        stdin=programs,
        stdout=programs,
        stderr=programs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    server = server_number(person)
    os.write(person, b"\x03")
    assert make.wait(timeout=10) == 0
    assert has_ended(server)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_server_outlives_make(makefile: Path, number: signal.Signals) -> None:
    """Guards the port, which a server left behind would hold."""
    make = subprocess.Popen(
        [*MAKE, makefile, "run"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    )
    assert make.stdout
    with make.stdout:
        server = server_number(make.stdout.fileno())
        make.send_signal(number)
        assert make.wait(timeout=10) == -number
        assert has_ended(server)


def test_a_faulty_server_s_status_is_kept() -> None:
    """Guards scripts, which have to see that the server did not start."""
    done = subprocess.run([sys.executable, "serve.py", sys.executable, "-c", "raise SystemExit(7)"], cwd=ROOT)
    assert done.returncode == 7


def test_a_busy_port_is_told_in_one_sentence() -> None:
    """Guards against a server that tries for ever, or says so in a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "gunicorn", "armsdb.wsgi"],
            cwd=ROOT,
            env=os.environ | {"HOST": "127.0.0.1", "PORT": port, "PYTHONWARNINGS": "ignore:No directory at"},
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"ArmsDB cannot listen on 127.0.0.1, port {port}: Address already in use. "
        "Choose another port: make run PORT=8001."
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the real web server, with its configuration, on a folder of its own."""
    environ = os.environ | {"HOST": "127.0.0.1", "PORT": "0", "ARMSDB_VAR": str(tmp_path_factory.mktemp("var"))}
    command = [sys.executable, "-m", "gunicorn", "armsdb.wsgi"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield int(process.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
        process.terminate()


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /api/v1/transfers/?q=%s HTTP/1.1" % (b"a" * 9000), 414),
        (b"GET /api/v1/transfers/ HTTP/1.1\r\nX-Long: %s" % (b"a" * 9000), 431),
        (b"get /api/v1/transfers/ HTTP/1.1", 400),
        (b"GET /api/v1/transfers/ HTTP/1.1\r\nCookie: \0", 400),
    ],
)
def test_what_the_server_refuses_alone_has_the_shape_of_every_error(
    server: int, request_line: bytes, status: int
) -> None:
    """Guards clients of the API: what never reaches the application would be HTML, with the request repeated in it."""
    with socket.create_connection(("127.0.0.1", server), timeout=10) as connection:
        connection.sendall(request_line + b"\r\nHost: 127.0.0.1\r\n\r\n")
        answer = HTTPResponse(connection)
        answer.begin()
        problem = json.loads(answer.read())
    assert answer.status == status == problem["status"]
    assert list(problem) == ["type", "title", "status", "detail", "errors"]
    assert "transfers" not in str(problem)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
