"""The contestants that answer over HTTP: started on loopback, each with one worker on the same core, asked over kept
connections."""

import http.client
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import local

from bench.best import file_of

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("ARMSDB_VAR") or ROOT / "var") / "bench"
#: The cores of those that answer, and of who asks; on a machine with one core both are it.
_CORES = sorted(os.sched_getaffinity(0))
ASKING, ANSWERING = _CORES[0], _CORES[-1]
#: The status of what did not answer.
NO_ANSWER = 0
#: Seconds after which nobody waits any more.
_TIMEOUT = 60


@dataclass
class Site:
    """A server, and a connection to it for each thread that asks."""

    name: str
    command: list[str]
    settings: Mapping[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None
    _own: local = field(default_factory=local)

    def start(self) -> None:
        """Start it, and wait until it listens."""
        environment = {**os.environ, **self.settings, "HOST": "127.0.0.1", "PORT": str(self.port)}
        log = VAR / f"{self.name}.log"
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=environment, stdout=out, stderr=out, preexec_fn=lambda: pin(ANSWERING)
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        sys.exit(f"{self.name} does not start; {log} says why.")

    def stop(self) -> None:
        """End it at once, whatever it is busy with."""
        assert self.process is not None
        connection: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is not None:
            connection.close()
            self._own.connection = None
        for pid in list(_family(self.process.pid)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def ready(self) -> http.client.HTTPConnection:
        """An open connection: the kept one, or another where the server has closed that meanwhile."""
        connection: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT)
        if connection.sock is not None and select.select([connection.sock], [], [], 0)[0]:
            connection.close()
        if connection.sock is None:
            connection.connect()
        return connection

    def get(self, path: str, heads: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """The status and the body of an answer; 0 and nothing where none came in a minute, and it is started anew."""
        connection = self.ready()
        try:
            connection.request("GET", path, headers={"Accept": "*/*"} | dict(heads or {}))
            answer = connection.getresponse()
            return answer.status, answer.read()
        except TimeoutError:
            self.stop()
            self.start()
            return NO_ANSWER, b""

    def memory(self) -> float:
        """Megabytes that the largest of its processes held at most."""
        assert self.process is not None
        return max(_held(pid) for pid in _family(self.process.pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _family(int(child))


def _held(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")) / 1024


def pin(core: int) -> None:
    """Keep this process on one core."""
    os.sched_setaffinity(0, {core})


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _installed(name: str, wanted: Path) -> Path:
    """The Python of an environment of its own, which has what is wanted and nothing else."""
    home = VAR / name
    stamp = home / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted.read_text():
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, "-r", str(wanted)], check=True)
        stamp.write_text(wanted.read_text())
    return home / "bin" / "python"


def _gunicorn(name: str, url: str, settings: str) -> Site:
    """A Django site as `make run` serves ArmsDB, without what development needs, with one worker of four threads."""
    server = [str(_installed("served", ROOT / "requirements.txt")), "-m", "gunicorn"]
    command = [*server, "--workers", "1", "--keep-alive", "600", "armsdb.wsgi"]
    told = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": settings, "ARMSDB_DEBUG": "0", "ARMSDB_LIMIT": "0"}
    return Site(name, command, told, _free_port())


def _datasette(path: Path) -> Site:
    """Datasette on the same file, with limits that let it answer every question in full, and nothing suggested."""
    python = _installed("datasette", ROOT / "bench" / "requirements.txt")
    limits = {
        "sql_time_limit_ms": 600_000,
        "facet_time_limit_ms": 600_000,
        "facet_suggest_time_limit_ms": 1,
        "suggest_facets": "off",
        "max_returned_rows": 100_000,
        "max_csv_mb": 0,
        "default_cache_ttl": 0,
    }
    port = _free_port()
    command = [str(python), "-m", "datasette", "serve", str(path), "--host", "127.0.0.1", "--port", str(port)]
    for name, value in limits.items():
        command += ["--setting", name, str(value)]
    return Site("datasette", command, {}, port)


def sites(url: str) -> list[Site]:
    """Who can be asked about a database: ArmsDB, the naive site, and on SQLite Datasette."""
    return [*django_sites(url), *([_datasette(file_of(url))] if url.startswith("sqlite:") else [])]


def django_sites(url: str) -> list[Site]:
    """ArmsDB and the naive site."""
    return [_gunicorn("armsdb", url, "bench.site.settings"), _gunicorn("naive", url, "bench.naive.settings")]


@contextmanager
def running(started: Sequence[Site]) -> Iterator[dict[str, Site]]:
    """These sites, by name, as long as they are needed."""
    VAR.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        for site in started:
            site.start()
            stack.callback(site.stop)
        yield {site.name: site for site in started}
