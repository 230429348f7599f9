"""Clients that send slowly, never end, or send too much: readers do not notice them.

A body that drips is nginx's alone to wait for, and the application never hears of it; headers have ten seconds in all.
"""

import argparse
import socket
import ssl
import time

from .asking import Load, raw
from .away import KNOWN
from .book import HOST, NEEDED, Site
from .ground import Ground, until
from .telling import Report, hold


def drill(report: Report, asked: argparse.Namespace) -> None:
    with Ground() as ground:
        site = Site(ground).on_sqlite().start()
        with Load(site, KNOWN, asked.rate) as load:
            time.sleep(4)
        idle = load.quantile(0.99)
        slow = [_begun(site, number) for number in range(asked.clients)]
        with Load(site, KNOWN, asked.rate) as load:
            ends = time.monotonic() + asked.seconds
            while time.monotonic() < ends:
                for number, connection in enumerate(slow):
                    _drip(connection, b"X-Slow: 1\r\n" if number % 2 else b"a")
                time.sleep(1)
        report.measure("slow clients", len(slow))
        report.measure("requests of readers meanwhile by status", load.statuses)
        report.measure(
            "p99 of readers in seconds, before and meanwhile", (round(idle, 3), round(load.quantile(0.99), 3))
        )
        report.promise("readers are all answered", set(load.statuses) == {200}, load.statuses)
        headers = slow[1::2]
        until(lambda: not any(map(_open, headers)), "slow headers are sent away", 60)
        report.promise("who sends headers slowly is sent away", True)
        _too_much(report, site)


def _begun(site: Site, number: int) -> ssl.SSLSocket | None:
    """A connection from an address of its own, with half a request: in turn of headers and of a body."""
    tls = ssl.create_default_context(cafile=str(site.certificate))
    try:
        plain = socket.create_connection(("127.0.0.1", site.port), 5, (f"127.0.2.{number % 250 + 1}", 0))
        connection = tls.wrap_socket(plain, server_hostname=HOST)
        head = f"Host: {HOST}\r\n"
        if number % 2:
            connection.sendall(f"GET / HTTP/1.1\r\n{head}".encode())
        else:
            connection.sendall(f"POST /api/v1/transfers/ HTTP/1.1\r\n{head}Content-Length: 100000\r\n\r\n".encode())
    except OSError:
        return None
    return connection


def _drip(connection: ssl.SSLSocket | None, piece: bytes) -> None:
    if connection is not None:
        try:
            connection.sendall(piece)
        except OSError:
            pass


def _open(connection: ssl.SSLSocket | None) -> bool:
    """Whether nobody has hung up yet."""
    if connection is None:
        return False
    connection.settimeout(0.2)
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return True
    except OSError:
        pass
    return False


def _too_much(report: Report, site: Site) -> None:
    """Headers and bodies without an end are refused, and quickly."""
    host = f"Host: {HOST}\r\n".encode()
    asked = {
        "10 MB of headers": (
            b"GET / HTTP/1.1\r\n" + host + b"".join(b"X-%d: a\r\n" % n for n in range(700_000)),
            (b"431", b"400"),
        ),
        "a body of 50 MB": (
            b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 52428800\r\n\r\n" + b"a" * 1_000_000,
            (b"413", b"405"),
        ),
        "a request line of 10 MB": (b"GET /" + b"a" * 10_000_000, (b"414",)),
    }
    for what, (sent, statuses) in asked.items():
        began = time.monotonic()
        told = raw(site, sent)[:12]
        took = time.monotonic() - began
        report.measure(f"{what}: seconds until refused", took)
        refused = told[9:12] in statuses or not told  # a client that goes on sending may lose the answer
        report.promise(f"{what} is refused within 11 s", refused and took < 11, (told, took))


if __name__ == "__main__":
    hold("slow", NEEDED, drill, rate=12, clients=200, seconds=16)
