"""Files that break off on their way, from a running site over thousands of transfers: real sockets, a real death."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from pathlib import Path

import pytest

from armsdb.lib import places
from tests.clusters import ROOT, Site, a_cluster

pytestmark = [pytest.mark.walk, pytest.mark.any_engine]
#: So many lines that no socket holds their file, which is some 3 kB a line.
NUMBER = 2_500
FILE, SMALL = "/api/v1/transfers/?format=jsonl", "/api/v1/datasets/?format=jsonl"


@contextmanager
def filled(var: Path, **environ: str) -> Iterator[Site]:
    """A site that serves made-up lines."""
    site = Site(var, ARMSDB_LIMIT="0", **environ)
    site.manage("collectstatic", "--noinput", "--ignore", "redoc", "--verbosity", "0")
    url = environ.get("DATABASE_URL", f"sqlite:///{var}/armsdb.sqlite3")
    site.environ["DATABASE_URL"] = url
    command = [sys.executable, "-m", "bench.loading", str(NUMBER)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True, stdout=subprocess.DEVNULL)
    with site.served():
        assert site.ask("/api/v1/transfers/?page_size=1").status == 200
        yield site


@pytest.fixture(params=["sqlite", "postgresql"])
def dying(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Site, Callable[[], None]]]:
    """A site, and what kills the process that its file comes from: of SQLite the worker, else the database itself."""
    if request.param == "sqlite":
        with filled(tmp_path) as site:

            def kill() -> None:
                for pid in workers(site):
                    os.kill(pid, signal.SIGKILL)

            yield site, kill
        return
    with a_cluster() as cluster, filled(tmp_path, DATABASE_URL=cluster.url()) as site:

        def die() -> None:
            cluster.stop()
            cluster.start()

        yield site, die


def workers(site: Site) -> list[int]:
    """The processes that answer for a site: the children of the one that listens."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            of_parent = Path(f"/proc/{parent}/environ").read_bytes()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if b"gunicorn" in command and f"\0PORT={site.environ['PORT']}\0".encode() in b"\0" + of_parent:
            found.append((parent, int(folder.name)))
    parents = {parent for parent, _own in found}
    return [own for parent, own in found if own not in parents]


def begun(site: Site) -> tuple[HTTPConnection, HTTPResponse]:
    """A file of which little is taken: its reader has room for a few pieces alone."""
    connection = HTTPConnection("127.0.0.1", int(site.environ["PORT"]), timeout=30)
    connection.sock = socket.socket()
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.sock.settimeout(30)
    connection.sock.connect(("127.0.0.1", int(site.environ["PORT"])))
    connection.request("GET", FILE)
    return connection, connection.getresponse()


def rest(response: HTTPResponse) -> tuple[bytes, bool]:
    """What else comes, and whether the server ended it as a whole."""
    got = b""
    try:
        while piece := response.read1(65_536):
            got += piece
    except (IncompleteRead, ConnectionResetError):
        return got, False
    return got, True


def test_what_came_until_a_death_is_not_taken_for_the_file(dying: tuple[Site, Callable[[], None]]) -> None:
    """Guards who relies on a file: its transfer is not ended, and it is not the one that the manifest tells of."""
    site, die = dying
    connection, response = begun(site)
    with closing(connection):
        assert (response.status, response.headers["Transfer-Encoding"]) == (200, "chunked")
        got = response.read(100_000)
        die()
        more, ended = rest(response)
    assert not ended
    got += more
    answers = (site.ask(f"{FILE}&manifest=1") for _time in range(20))
    told = json.loads(next(answer for answer in answers if answer.status == 200).body)
    assert len(got) < told["bytes"]
    assert got.count(b"\n") < told["rows"] == NUMBER
    assert hashlib.sha256(got).hexdigest() != told["sha256"]


def test_who_hangs_up_frees_a_place_within_a_second(tmp_path: Path) -> None:
    """Guards downloads from readers who leave: all places are taken, then let go in the middle of their files."""
    with filled(tmp_path, WEB_CONCURRENCY="1") as site:
        held = [begun(site) for _place in range(places.AT_ONCE)]
        assert [response.status for _connection, response in held] == [200] * places.AT_ONCE
        assert site.ask(SMALL).status == 503
        for connection, response in held:
            response.close()
            connection.close()
        left = time.monotonic()
        while site.ask(SMALL).status == 503:
            time.sleep(0.02)
        assert time.monotonic() - left < 1
