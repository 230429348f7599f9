"""How `make run` starts and ends: serve.py under a real make, with and without a terminal, and gunicorn.conf.py."""

import fcntl
import os
import pty
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
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
