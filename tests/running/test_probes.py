"""What whoever runs the site is told: whether it is ready, its jobs, its numbers; and what nobody is told."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as settings_of_project
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import reverse
from prometheus_client import REGISTRY

from armsdb import actions
from armsdb.lib import read_only
from armsdb.lib.jobs import BACKUP, IMPORT, INDEX, JOBS
from armsdb.models import Job
from armsdb.running import health, metrics

TOKEN = "a token that nobody can guess"


@pytest.fixture
def own_var(tmp_path, settings) -> Any:
    """A folder of one's own for what ArmsDB keeps."""
    settings.VAR_DIR = tmp_path
    return tmp_path


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/health/ready/")
    return answer.status_code, json.loads(answer.content)


def test_living_asks_no_database_and_no_name_of_the_site(client: Client) -> None:
    """Guards against a database that is away, which would let a supervisor kill workers that are well."""
    with override_settings(ALLOWED_HOSTS=["arms.example.org"], SECURE_SSL_REDIRECT=True):
        answer = client.get("/health/live/", headers={"host": "127.0.0.1:8000"})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert client.post("/health/live/").status_code == 405


@pytest.mark.django_db
def test_ready_tells_database_migrations_version_jobs_disk_and_clock(client: Client) -> None:
    status, told = ready(client)
    assert status == 200
    assert told["status"] == "ready"
    assert told["database"]["answers"] is told["migrations"]["applied"] is told["clock"]["sound"] is True
    assert told["data_version"]["number"] > 0
    assert told["jobs"].keys() == JOBS.keys()
    assert told["disk"]["free_bytes"] > 0
    assert client.get("/health/ready/")["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_database_that_is_away_or_not_migrated_is_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("secret-host refused the password")

    with monkeypatch.context() as patched:
        patched.setattr(health, "_is_migrated", lambda: False)
        assert ready(client)[0] == 503
    monkeypatch.setattr(health, "versions", away)
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert b"secret" not in answer.content


@pytest.mark.django_db
def test_a_job_that_is_old_failed_or_never_ran_is_told_without_its_reason(client: Client) -> None:
    actions.keep_failure(name=IMPORT, why="secret.csv cannot be read")
    actions.keep_end(name=INDEX)
    Job.objects.create(name=BACKUP, ended=datetime.now(UTC) - timedelta(days=3))
    _status, told = ready(client)
    states = {name: job["state"] for name, job in told["jobs"].items()}
    assert states == {
        "backup": "old", "import": "failed", "index": "fresh", "integrity": "never", "release": "never",
        "restore": "never",
    }  # fmt: skip
    warned = {warning.partition(":")[0] for warning in told["warnings"]}
    assert {"backup", "import", "integrity", "release"} <= warned
    assert not {"index", "restore"} & warned
    assert "secret" not in json.dumps(told)


@pytest.mark.django_db
@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=-2000)])
def test_a_clock_that_is_off_and_a_full_disk_are_warnings(
    client: Client, monkeypatch: pytest.MonkeyPatch, off: timedelta
) -> None:
    monkeypatch.setattr(health, "_clock_of_database", lambda: datetime.now(UTC) + off)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: (100 << 30, 99 << 30, 1 << 20))
    status, told = ready(client)
    assert status == 200
    assert (told["clock"]["sound"], told["disk"]["enough"]) == (False, False)
    assert len([warning for warning in told["warnings"] if "clock" in warning or "disk" in warning]) == 2


@pytest.mark.django_db
def test_the_desk_tells_the_jobs_and_why_one_failed(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root", password="a long password for tests"))
    actions.keep_failure(name=BACKUP, why="The disk\nis full.")
    page = client.get(reverse("admin:index")).content.decode()
    assert "The disk is full." in page
    assert "never ended well" in page


@pytest.mark.django_db
def test_commands_keep_how_they_ended() -> None:
    call_command("rebuild")
    assert Job.objects.get(name=INDEX).state() == "fresh"
    call_command("note_job", "backup", failed="no room")
    assert Job.objects.get(name=BACKUP).state() == "failed"
    call_command("note_job", "backup")
    assert Job.objects.get(name=BACKUP).state() == "fresh"


@pytest.mark.django_db
def test_numbers_are_for_who_has_the_token_alone(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    with override_settings(METRICS_TOKEN=TOKEN):
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"authorization": "Bearer another"}).status_code == 401
        answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    told = answer.content.decode()
    assert 'armsdb_facts{grade="disputed",kind="transfer"} 1.0' in told
    assert "armsdb_data_version " in told
    assert "armsdb_error_budget_left" in told


@pytest.mark.django_db
def test_answers_are_counted_by_route_and_not_by_what_was_asked(client: Client) -> None:
    client.get("/countries/myanmar/?secret=1")
    client.get("/countries/", {"q": "secretword"})
    with override_settings(METRICS_TOKEN=TOKEN):
        told = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'armsdb_requests_total{method="GET",route="/countries/<str:public_id>/",status="200"}' in told
    assert "secret" not in told


@pytest.mark.django_db
def test_what_is_logged_tells_nothing_of_who_asks_or_what(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="armsdb.requests"):
        answer = client.get(
            "/countries/?q=secretword", headers={"user-agent": "secret browser", "x-forwarded-for": "198.51.100.7"}
        )
    (record,) = [record for record in caplog.records if record.name == "armsdb.requests"]
    told = {name: getattr(record, name) for name in ("method", "route", "status", "queries", "milliseconds")}
    assert (told["method"], told["route"], told["status"]) == ("GET", "/countries/", 200)
    assert told["queries"] > 0
    assert len(answer["X-Request-ID"]) == 32
    assert "secret" not in str(vars(record))
    assert "198.51.100.7" not in str(vars(record))


@pytest.mark.django_db
def test_an_id_is_taken_from_a_proxy_of_ours_alone(client: Client) -> None:
    given = {"x-request-id": "0123456789abcdef"}
    assert client.get("/health-of-nothing/", headers=given)["X-Request-ID"] != given["x-request-id"]
    with override_settings(PROXIES=1):
        assert client.get("/nothing/", headers=given)["X-Request-ID"] == given["x-request-id"]
        assert client.get("/nothing/", headers={"x-request-id": "no id\u00e9"})["X-Request-ID"] != "no id\u00e9"


@pytest.mark.django_db
def test_while_it_is_read_only_the_desk_and_commands_refuse_and_readers_go_on(client: Client, own_var: Any) -> None:
    """Guards an hour of maintenance; sessions do not end, and nothing is written for them."""
    client.force_login(User.objects.create_superuser("root", password="a long password for tests"))
    call_command("readonly", "on")
    try:
        refused = client.post(reverse("admin:armsdb_country_add"), {"name": "X"})
        assert (refused.status_code, refused["Retry-After"]) == (503, "5")
        assert read_only.SENTENCE in refused.content.decode()
        assert client.get(reverse("admin:index")).status_code == 200
        assert client.get("/countries/myanmar/").status_code == 200
        assert ready(client)[1]["read_only"] is True
        for command in (["seed"], ["rebuild"], ["undo", "--by", "root", "--since", "2026-01-01"]):
            with pytest.raises(CommandError, match="readonly off"):
                call_command(*command)
    finally:
        call_command("readonly", "off")
    assert client.post(reverse("admin:armsdb_country_add"), {"name": "X"}).status_code == 200


def test_the_dashboard_asks_for_numbers_that_there_are() -> None:
    """Guards whoever looks at it against pictures that stay empty since a name has changed."""
    text = (settings_of_project.BASE_DIR / "deploy" / "grafana.json").read_text()
    asked = set(re.findall(r"armsdb_\w+", " ".join(re.findall(r'"expr": "(.*)"', text))))
    counted = {metric.name for metric in REGISTRY.collect() if metric.name.startswith("armsdb")}
    suffixes = ("_total", "_bucket", "_count", "_sum")
    told = counted | {f"{name}{suffix}" for name in counted for suffix in suffixes}
    told |= set(re.findall(r'"(armsdb_\w+)"', Path(metrics.__file__).read_text()))
    assert len(asked) > 8
    assert asked <= told
