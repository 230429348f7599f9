"""Asking the site of a drill: one request, raw bytes, and a load whose times count from when each request was due."""

import http.client
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .book import HOST, Site

#: The status of what got no answer.
NOTHING = 0


@dataclass
class Answer:
    """What came back; `seconds` since the request was due."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0
    at: float = 0.0
    path: str = ""

    @property
    def age(self) -> int:
        return int(self.headers.get("age") or 0)


class _Connection(http.client.HTTPSConnection):
    """https to a name that no name server knows."""

    def __init__(self, port: int, certificate: Path, source: str, timeout: float) -> None:
        super().__init__(HOST, timeout=timeout)
        self._place, self._source = ("127.0.0.1", port), source
        self._tls = ssl.create_default_context(cafile=str(certificate))

    def connect(self) -> None:
        plain = socket.create_connection(self._place, self.timeout, (self._source, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = self._tls.wrap_socket(plain, server_hostname=HOST)


class Asker:
    """Who asks, from one address, over a kept connection."""

    def __init__(self, site: Site, source: str = "127.0.0.1", timeout: float = 60) -> None:
        self._site, self._source, self._timeout = site, source, timeout
        self._connection: _Connection | None = None

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """An answer; status 0 where none came. A kept connection that was closed meanwhile is opened anew."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        began = time.monotonic()
        for again in (True, False):
            fresh = self._connection is None
            if self._connection is None:
                self._connection = _Connection(self._site.port, self._site.certificate, self._source, self._timeout)
            try:
                self._connection.request(method, path, body, told)
                found = self._connection.getresponse()
                text = found.read()
                named = {name.lower(): value for name, value in found.getheaders()}
                if found.will_close:
                    self.close()
                return Answer(found.status, named, text, time.monotonic() - began, began, path)
            except (http.client.RemoteDisconnected, ConnectionError):
                self.close()
                if fresh or not again:
                    break
            except (OSError, http.client.HTTPException):
                self.close()
                break
        return Answer(NOTHING, {}, b"", time.monotonic() - began, began, path)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def raw(site: Site, sent: bytes, seconds: float = 15, plain: bool = False) -> bytes:
    """What comes back to bytes that are perhaps no request."""
    connection = socket.create_connection(("127.0.0.1", site.plain if plain else site.port), seconds)
    if not plain:
        tls = ssl.create_default_context(cafile=str(site.certificate))
        connection = tls.wrap_socket(connection, server_hostname=HOST)
    told = b""
    with connection:
        try:
            connection.sendall(sent)
        except OSError:
            pass  # it may refuse before it has all
        try:
            while piece := connection.recv(65536):
                told += piece
        except OSError:
            pass
    return told


class Load:
    """Requests at a steady rate, each at its time, whether or not those before are answered yet."""

    def __init__(self, site: Site, paths: Sequence[str], rate: float, threads: int = 24) -> None:
        self._paths, self._rate, self._threads = paths, rate, threads
        self._site = site
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._next = 0
        self.answers: list[Answer] = []
        self._running: list[threading.Thread] = []

    def __enter__(self) -> "Load":
        self._began = time.monotonic()
        for number in range(self._threads):
            thread = threading.Thread(target=self._ask, args=(f"127.0.1.{number + 1}",), daemon=True)
            thread.start()
            self._running.append(thread)
        return self

    def __exit__(self, *_fault: object) -> None:
        self._ended.set()
        for thread in self._running:
            thread.join(90)

    def _ask(self, source: str) -> None:
        asker = Asker(self._site, source)
        while not self._ended.is_set():
            with self._lock:
                number, self._next = self._next, self._next + 1
            due = self._began + number / self._rate
            if self._ended.wait(max(0.0, due - time.monotonic())):
                break
            answer = asker.ask(self._paths[number % len(self._paths)])
            answer.seconds, answer.at = time.monotonic() - due, due
            self.answers.append(answer)
        asker.close()

    def count(self, what: Callable[[Answer], bool]) -> int:
        return sum(map(what, self.answers))

    @property
    def statuses(self) -> dict[int, int]:
        """How many answers had each status; 0 is none."""
        return dict(sorted(Counter(answer.status for answer in self.answers).items()))

    def quantile(self, part: float, paths: Sequence[str] | None = None) -> float:
        """The seconds within which such a part of the answers came."""
        found = sorted(answer.seconds for answer in self.answers if paths is None or answer.path in paths)
        return found[min(len(found) - 1, int(part * len(found)))] if found else 0.0

    def interruption(self) -> float:
        """The seconds between the first and the last request that was not answered well."""
        failed = [answer.at for answer in self.answers if answer.status == NOTHING or answer.status >= 500]
        return max(failed) - min(failed) + 1 / self._rate if failed else 0.0
