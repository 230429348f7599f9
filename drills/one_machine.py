"""One machine by the book: the files of deploy/ are started; pages, API, files and refusals are as they should be."""

import argparse
import json

from . import seeded
from .asking import Asker, raw
from .book import ALL_NEEDED, HOST, Site
from .ground import Ground
from .telling import Report, hold

PAGES = (
    "/",
    "/transfers/",
    "/transfers/?supplier=russia&year_from=2015",
    "/transfers/articles-t44/",
    "/search/?q=burma",
    "/robots.txt",
)
API = ("/api/v1/", "/api/v1/transfers/", "/api/v1/transfers/articles-t44/", "/api/v1/schema/")


def checked(report: Report, site: Site) -> None:
    """What is promised of a site that is set up: answers, refusals, headers."""
    asker = Asker(site)
    statuses = {path: asker.ask(path).status for path in (*PAGES, *API)}
    report.promise("pages and API are answered through nginx", set(statuses.values()) == {200}, statuses)
    _files(report, asker)
    _packed(report, asker)
    _forged(report, site, asker)
    _refused(report, site)
    plain = raw(site, f"GET /transfers/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode(), plain=True)
    report.promise(
        "http leads to https", plain.startswith(b"HTTP/1.1 308") and b"https://" + HOST.encode() in plain, plain[:80]
    )
    told = site.manage("check", "--deploy")
    report.promise("check --deploy has no warning", "no issues" in told, told)


def _files(report: Report, asker: Asker) -> None:
    rows = json.loads(asker.ask("/api/v1/transfers/?page_size=1").body)["count"]
    for name in ("csv", "jsonl", "xlsx"):
        answer = asker.ask(f"/api/v1/transfers/?format={name}")
        told = int(answer.headers.get("armsdb-rows", -1))
        report.promise(
            f"all rows are had as {name}",
            answer.status == 200 and told == rows and answer.body,
            (answer.status, told, rows),
        )


def _packed(report: Report, asker: Asker) -> None:
    answer = asker.ask("/transfers/", Accept_Encoding="gzip")
    report.promise("answers are packed", answer.headers.get("content-encoding") == "gzip", answer.headers)
    report.promise("answers tell their age", "age" in answer.headers, answer.headers)
    first = asker.ask("/api/v1/transfers/")
    again = asker.ask("/api/v1/transfers/", If_None_Match=first.headers["etag"])
    report.promise("what a client has already is answered 304", again.status == 304, again.status)


def _forged(report: Report, site: Site, asker: Asker) -> None:
    forged = {
        "X_Forwarded_Host": "evil.example",
        "X_Forwarded_Proto": "http",
        "X_Forwarded_For": "203.0.113.9",
        "Forwarded": "for=203.0.113.9;host=evil.example;proto=http",
        "X_HTTP_Method_Override": "DELETE",
        "X_Original_URL": "/admin/",
    }
    answer = asker.ask("/api/v1/transfers/?page_size=2", **forged)
    report.promise(
        "forged headers change nothing", answer.status == 200 and b"evil.example" not in answer.body, answer.status
    )
    lines = f"GET /api/v1/transfers/ HTTP/1.1\r\nHost: {HOST}\r\nX_Forwarded_Proto: http\r\nConnection: close\r\n\r\n"
    report.promise("names with underscores are dropped", raw(site, lines.encode()).startswith(b"HTTP/1.1 200"))
    other = raw(site, b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    report.promise("another name than ours is refused", other.startswith(b"HTTP/1.1 400"), other[:60])


def _refused(report: Report, site: Site) -> None:
    """nginx's own refusals have our shape; those of a site that is down are in the drill of the database."""
    for place, shape in (("/api/v1/transfers/", b"application/problem+json"), ("/transfers/", b"text/html")):
        host = f"Host: {HOST}\r\nConnection: close\r\n".encode()
        path = place.encode()
        asked = {
            400: b"GET " + path + b" HTTP/1.1\r\nHost: a b\r\n\r\n",
            413: b"POST " + path + b" HTTP/1.1\r\n" + host + b"Content-Length: 99999999\r\n\r\n",
            414: b"GET " + path + b"?q=" + b"a" * 9000 + b" HTTP/1.1\r\n" + host + b"\r\n",
            431: b"GET " + path + b" HTTP/1.1\r\n" + host + b"X-Long: " + b"a" * 9000 + b"\r\n\r\n",
        }
        for status, sent in asked.items():
            told = raw(site, sent)
            right = told.startswith(b"HTTP/1.1 %d" % status) and shape in told.partition(b"\r\n\r\n")[0]
            report.promise(f"{status} at {place} is {shape.decode()}", right, told[:300])


def drill(report: Report, _asked: argparse.Namespace) -> None:
    with Ground() as ground:
        site = Site(ground).on_postgresql(seeded.postgresql(ground)).start()
        checked(report, site)


if __name__ == "__main__":
    hold("one_machine", ALL_NEEDED, drill)
