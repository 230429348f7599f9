"""A PostgreSQL of a test's own, which can be stopped and started; and the site on the web server beside it."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


class Cluster:
    """A PostgreSQL on the loopback interface, in a folder of its own, run by an ordinary user: it refuses root."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder, self.binaries, self.port = folder, binaries, free_port()
        self._user = "postgres" if os.getuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "--username=armsdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")

    def _run(self, program: str, *told: str) -> None:
        environ = os.environ | {"PGDATA": str(self.folder / "data")}
        subprocess.run(
            [self.binaries / program, *told],
            check=True,
            env=environ,
            cwd=self.folder,
            user=self._user,
            group=self._user and pwd.getpwnam(self._user).pw_gid,
            extra_groups=[] if self._user else None,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", f"--log={self.folder / 'log'}", "--wait", f"--options={options}", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "--mode=immediate", "--wait", "stop")

    def url(self, name: str = "postgres") -> str:
        return f"postgres://armsdb@127.0.0.1:{self.port}/{name}"


@contextmanager
def a_cluster() -> Iterator[Cluster]:
    """A cluster that is started; the test is left out where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = found[-1] if found else shutil.which("initdb")
    if initdb is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(mkdtemp(prefix="armsdb-cluster-"))
    cluster = Cluster(folder, Path(initdb).parent)
    cluster.start()
    try:
        yield cluster
    finally:
        subprocess.run(
            [cluster.binaries / "pg_ctl", "--mode=immediate", "stop"],
            env=os.environ | {"PGDATA": str(folder / "data")},
            user=cluster._user,
            cwd=folder,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        shutil.rmtree(folder, ignore_errors=True)


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


class Site:
    """The site on its web server, as the environment says; and its commands."""

    def __init__(self, var: Path, **environ: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ARMSDB_", "DATABASE_"))}
        self.environ = kept | {"ARMSDB_VAR": str(var), "PORT": str(free_port()), "HOST": "127.0.0.1"} | environ

    def manage(self, *told: str, check: bool = True, **environ: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, ROOT / "manage.py", *told],
            env=self.environ | environ,
            capture_output=True,
            text=True,
            check=check,
        )

    @contextmanager
    def served(self) -> Iterator[None]:
        with subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "armsdb.wsgi"],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as server:
            assert server.stdout
            assert "ArmsDB is at" in server.stdout.readline()
            try:
                yield
            finally:
                server.terminate()

    def ask(self, path: str, method: str = "GET", body: str = "", **headers: str) -> Answer:
        """An answer, with the seconds that it took."""
        begun = time.monotonic()
        connection = HTTPConnection("127.0.0.1", int(self.environ["PORT"]), timeout=30)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response: Any = connection.getresponse()
        answer = Answer(response.status, dict(response.getheaders()), response.read(), time.monotonic() - begun)
        connection.close()
        return answer
