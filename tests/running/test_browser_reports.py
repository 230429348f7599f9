"""What browsers report of pages that tried what the policy forbids."""

import json
import logging
from typing import Any

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from armsdb.running import browser_reports

OLD = {
    "csp-report": {
        "document-uri": "https://arms.example.org/search/?q=secretword",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://somebody:pass@evil.example/steal.js?reader=secretword",
    }
}
NEW = [
    {"type": "deprecation", "body": {"id": "x"}},
    {
        "type": "csp-violation",
        "body": {"documentURL": "http://h/data/", "effectiveDirective": "style-src", "blockedURL": "inline"},
    },
]


@pytest.fixture(autouse=True)
def nothing_logged_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    browser_reports._logged.clear()


def send(body: Any, kind: str = "application/csp-report") -> Any:
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client().generic("POST", browser_reports.ADDRESS, text, content_type=kind)


def counted(directive: str) -> float:
    return REGISTRY.get_sample_value("armsdb_policy_reports_total", {"directive": directive}) or 0


def test_both_forms_are_counted_and_told_without_the_question(caplog: pytest.LogCaptureFixture) -> None:
    """Neither what a reader asked nor a name in an address is kept."""
    before = counted("script-src-elem"), counted("style-src")
    with caplog.at_level(logging.WARNING, "armsdb.policy"):
        assert send(OLD).status_code == send(NEW, "application/reports+json").status_code == 204
    assert (counted("script-src-elem"), counted("style-src")) == (before[0] + 1, before[1] + 1)
    assert caplog.messages == [
        "script-src-elem held back https://evil.example on /search/",
        "style-src held back inline on /data/",
    ]


def test_every_page_names_the_address(client: Client) -> None:
    assert f"report-uri {browser_reports.ADDRESS}" in client.get("/health/")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "text/plain", 415),
        (b"{", "application/csp-report", 400),
        (b"\xff", "application/csp-report", 400),
        (b"[" * 10_000, "application/csp-report", 400),
        (b"{}", "application/csp-report", 400),
        (b"[[], 1, null]", "application/reports+json", 400),
        (b" " * 20_000, "application/csp-report", 413),
    ],
)
def test_what_is_no_report_is_refused_with_a_sentence(body: bytes, kind: str, status: int) -> None:
    answer = send(body, kind)
    assert answer.status_code == status
    assert answer.content.endswith(b".\n")


@pytest.mark.parametrize("odd", [None, 7, "", "\0\n", "http://[", "x" * 5000, ["script-src"], {}])
def test_odd_values_are_told_as_other(odd: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Guards against rows of a log that somebody else wrote, and against names that grow the counters without end."""
    report = {"document-uri": odd, "effective-directive": odd, "blocked-uri": odd}
    before = counted("other")
    with caplog.at_level(logging.WARNING, "armsdb.policy"):
        assert send({"csp-report": report}).status_code == 204
    assert counted("other") == before + 1
    assert caplog.messages[0].isprintable()
    assert len(caplog.messages[0]) <= 2 * browser_reports.LONGEST + 30


def test_only_some_of_many_are_logged_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    """Guards against a log that anybody can fill."""
    many = [NEW[1]] * 100
    with caplog.at_level(logging.WARNING, "armsdb.policy"):
        before = counted("style-src")
        assert send(many, "application/reports+json").status_code == 204
        assert send(many, "application/reports+json").status_code == 204
    assert counted("style-src") == before + 2 * browser_reports.MOST_REPORTS
    assert len(caplog.records) == browser_reports.MOST_ROWS


def test_it_is_only_sent() -> None:
    answer = Client().get(browser_reports.ADDRESS)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
