"""Files on the wire, under the real web server: whole, broken off, left by their readers, and not read at all."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
#: An application whose files write down that they let go of what they held.
APPLICATION = """
import os
from contextlib import ExitStack

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
from armsdb.api import streams

streams.SLOWEST = streams.PIECE

def application(environ, start_response):
    held = ExitStack()
    held.callback(lambda: open(environ["QUERY_STRING"], "w").close())
    start_response("200 OK", [("Content-Type", "text/csv")])
    return streams.Stream(pieces(environ["PATH_INFO"]), held, environ["gunicorn.socket"])

def pieces(path):
    yield b"a row\\r\\n" * 100
    if path == "/breaks":
        raise RuntimeError("the database is gone")
    while path == "/long":
        yield b"a row\\r\\n" * 100_000
"""
#: What ends a transfer that is whole.
END = b"\r\n0\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the web server, with its configuration."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "files_app.py").write_text(APPLICATION)
    environ = os.environ | {"HOST": "127.0.0.1", "PORT": "0", "ARMSDB_VAR": str(folder)}
    command = [sys.executable, "-m", "gunicorn", "files_app:application", "--pythonpath", f"{folder},{ROOT}"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        yield int(process.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
        process.terminate()


def asked(port: int, path: str, freed: Path) -> socket.socket:
    """A connection over which a file was asked for."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(f"GET {path}?{freed} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    return connection


def read(connection: socket.socket) -> bytes:
    with connection:
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def is_let_go(freed: Path, within: float) -> bool:
    ends = time.monotonic() + within
    while not freed.exists() and time.monotonic() < ends:
        time.sleep(0.02)
    return freed.exists()


def test_a_whole_file_is_ended(server: int, tmp_path: Path) -> None:
    assert read(asked(server, "/whole", tmp_path / "whole")).endswith(END)
    assert is_let_go(tmp_path / "whole", within=1)


def test_a_file_that_breaks_is_not_ended(server: int, tmp_path: Path) -> None:
    """Guards readers, whose programs have to see that a part is missing."""
    told = read(asked(server, "/breaks", tmp_path / "broken"))
    assert told.count(b"a row") == 100
    assert not told.endswith(END)
    assert is_let_go(tmp_path / "broken", within=1)


def test_a_reader_who_leaves_frees_everything_within_a_second(server: int, tmp_path: Path) -> None:
    with asked(server, "/long", tmp_path / "left") as connection:
        assert connection.recv(1000)
    assert is_let_go(tmp_path / "left", within=1)


def test_a_reader_who_reads_nothing_is_not_waited_for(server: int, tmp_path: Path) -> None:
    """Guards the database, whose log grows while a moment of it is held: here a piece a second is demanded."""
    with asked(server, "/long", tmp_path / "idle"):
        assert is_let_go(tmp_path / "idle", within=10)
