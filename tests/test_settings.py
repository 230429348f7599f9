"""The two modes of settings.py, each run in a process of its own with nothing but the variables named."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "ARMSDB_MODE": "production",
    "SECRET_KEY": "k9Vt2xQm7Lr4Wz8Hn3Bc6Yd1Fs5Gj0Pa-Ue_Io2Tq7Rx4Mv9Zb3Nw",
    "ALLOWED_HOSTS": "arms.example.org,www.arms.example.org",
    "DATABASE_URL": "postgres://armsdb:password@127.0.0.1:5432/armsdb",
}
SHOW = (
    "from django.conf import settings as s; "
    "print(s.DEBUG, s.SECURE_SSL_REDIRECT, s.ALLOWED_HOSTS, s.DATABASES['default']['NAME'],"
    " s.DATABASES['default']['OPTIONS'], getattr(s, 'SECURE_PROXY_SSL_HEADER', None))"
)


def manage(var: Path, variables: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with these variables only, and with a folder of its own for what it makes."""
    clean = {"PATH": os.environ["PATH"], "ARMSDB_ENV_FILE": os.devnull, "ARMSDB_VAR": str(var)}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean | variables, capture_output=True, text=True, timeout=60)


def settings_shown(var: Path, variables: dict[str, str]) -> str:
    """The settings that the modes differ in, as text."""
    done = manage(var, variables, "shell", "--no-imports", "-c", SHOW)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refusal(var: Path, variables: dict[str, str]) -> str:
    """The one sentence with which the project refuses to start."""
    done = manage(var, variables, "check")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_local_mode_needs_no_variable(tmp_path: Path) -> None:
    """Guards the promise that a fresh clone runs with nothing set."""
    var = tmp_path / "var + more"
    shown = settings_shown(var, {})
    assert shown.startswith("False False ['localhost', '127.0.0.1', '[::1]', '127.0.0.1'] ")
    assert f"{var}/armsdb.sqlite3" in shown
    assert "synchronous=NORMAL" in shown


def test_local_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    """Guards sessions that outlive a restart, and a key that other users of the machine cannot read."""
    manage(tmp_path, {}, "check")
    path = tmp_path / "secret-key"
    first = path.read_text()
    manage(tmp_path, {}, "check")
    assert len(first) >= 50
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("host", "allowed"), [("arms.local", "'arms.local'"), ("::1", "'[::1]'"), ("[fe80::1]", "'[fe80::1]'")]
)
def test_local_mode_answers_to_the_host_it_listens_on(tmp_path: Path, host: str, allowed: str) -> None:
    """Guards `make run HOST=…`, which would answer 400 to everybody."""
    assert allowed in settings_shown(tmp_path, {"HOST": host})


def test_debug_pages_are_for_local_mode_alone(tmp_path: Path) -> None:
    """Guards readers of a production site from seeing its insides."""
    assert settings_shown(tmp_path, {"ARMSDB_DEBUG": "1"}).startswith("True ")
    for name in ("ARMSDB_DEBUG", "DEBUG"):
        assert name in refusal(tmp_path, COMPLETE | {name: "1"})


def test_unknown_mode_is_refused(tmp_path: Path) -> None:
    """Guards against a misspelt `production` that would run as local."""
    assert "ARMSDB_MODE is 'prod'" in refusal(tmp_path, {"ARMSDB_MODE": "prod"})


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, "  "])
def test_production_names_the_variable_that_is_missing(tmp_path: Path, name: str, value: str | None) -> None:
    """Guards production from defaults that are only good enough for one's own computer."""
    variables = {key: given for key, given in COMPLETE.items() if key != name} | (
        {} if value is None else {name: value}
    )
    assert f"{name} has to be set" in refusal(tmp_path, variables)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "too-short"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-k9Vt2xQm7Lr4Wz8Hn3Bc6Yd1Fs5Gj0PaUeIo2Tq7Rx4Mv9Zb3Nw"),
        ("ALLOWED_HOSTS", "arms.example.org,*"),
        ("DATABASE_URL", "armsdb"),
        ("DATABASE_URL", "mysql://armsdb:password@127.0.0.1/armsdb"),
        ("DATABASE_URL", "postgres://armsdb:password@127.0.0.1:many/armsdb"),
        ("DATABASE_URL", "postgres://armsdb:password@127.0.0.1:5432/"),
        ("DATABASE_URL", "postgres://armsdb:password@[127.0.0.1/armsdb"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("DATABASE_URL", "sqlite://armsdb.sqlite3"),
        ("DATABASE_URL", "sqlite:///"),
        ("ARMSDB_PROXIES", "nginx"),
        ("ARMSDB_LIMIT", "many"),
        ("ARMSDB_LIMIT", "-1"),
        ("ARMSDB_LIMITS_CACHE", "somewhere"),
        ("ARMSDB_LIMITS_CACHE", "filecache:///tmp/limits"),
        ("ARMSDB_LIMITS_CACHE", "dbcache://limits"),
        ("ARMSDB_LIMITS_CACHE", "locmemcache://"),
        ("ARMSDB_LIMITS_CACHE", "redis://"),
        ("WEB_CONCURRENCY", "many"),
        ("WEB_CONCURRENCY", "0"),
        ("ARMSDB_DESK_PATH", "/"),
        ("ARMSDB_DESK_PATH", "Our desk/"),
        ("ARMSDB_DESK_PATH", "desk/../x"),
        ("ARMSDB_SECOND_FACTOR", "yes"),
    ],
)
def test_production_names_the_variable_that_is_unsafe(tmp_path: Path, name: str, value: str) -> None:
    """Guards production from values that would start but not be safe, and logs from the password in a URL."""
    sentence = refusal(tmp_path, COMPLETE | {name: value})
    assert name in sentence
    assert "armsdb:password" not in sentence


def test_the_sample_secret_key_is_refused(tmp_path: Path) -> None:
    """Guards against .env.example being used as it stands: everybody knows its key."""
    sample = dict(line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if line[:1].isupper())
    assert "SECRET_KEY is still the one of .env.example" in refusal(tmp_path, sample)
    assert "SECRET_KEY" in refusal(tmp_path, COMPLETE | {"SECRET_KEY": sample["SECRET_KEY"]})
    assert settings_shown(tmp_path, sample | {"SECRET_KEY": COMPLETE["SECRET_KEY"]})


def test_production_is_safe_by_django_s_own_check(tmp_path: Path) -> None:
    """Guards https, secure cookies and HSTS in production."""
    done = manage(tmp_path, COMPLETE, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_production_writes_reach_the_disk(tmp_path: Path) -> None:
    """Guards committed changes against a power cut: SQLite has to sync at every commit."""
    shown = settings_shown(tmp_path, COMPLETE | {"DATABASE_URL": f"sqlite:///{tmp_path}/live.sqlite3"})
    assert shown.startswith("False True ['arms.example.org', 'www.arms.example.org'] ")
    assert "synchronous=FULL" in shown
    assert "'transaction_mode': 'IMMEDIATE'" in shown


def test_a_forwarded_header_is_believed_only_with_proxies(tmp_path: Path) -> None:
    """Guards against a client that claims to have come by https."""
    assert settings_shown(tmp_path, COMPLETE).endswith(" None\n")
    assert "HTTP_X_FORWARDED_PROTO" in settings_shown(tmp_path, COMPLETE | {"ARMSDB_PROXIES": "1"})


def test_a_file_of_variables_is_read(tmp_path: Path) -> None:
    """Guards .env, from which a server gets its variables."""
    file = tmp_path / "env"
    file.write_text("ARMSDB_MODE=production\n")
    assert "SECRET_KEY has to be set" in refusal(tmp_path, {"ARMSDB_ENV_FILE": str(file)})


def test_the_desk_is_where_the_setting_says_and_asks_for_a_second_factor(tmp_path: Path) -> None:
    """Guards a desk that strangers do not find at once, and production from passwords alone."""
    show = "from django.urls import reverse; from django.conf import settings as s; "
    show += "print(reverse('admin:index'), reverse('admin:login'), reverse('sign_in'), s.SECOND_FACTOR)"

    def shown(variables: dict[str, str]) -> str:
        done = manage(tmp_path, variables, "shell", "--no-imports", "-c", show)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    assert shown({}) == "/admin/ /admin/login/ /admin/login/ optional"
    assert shown({"ARMSDB_DESK_PATH": "/our/desk"}) == "/our/desk/ /our/desk/login/ /our/desk/login/ optional"
    assert shown(COMPLETE).endswith(" required")
    assert shown({"ARMSDB_SECOND_FACTOR": "required"}).endswith(" required")


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"ARMSDB_REPLICAS": "sqlite:////tmp/x"}, "ARMSDB_REPLICAS has to name PostgreSQL databases"),
        ({"ARMSDB_REPLICAS": "postgres://a:b@c/d"}, "DATABASE_URL names no PostgreSQL"),
        ({"ARMSDB_REPLICA_LAG": "soon"}, "ARMSDB_REPLICA_LAG has to be a number"),
    ],
)
def test_replicas_that_cannot_be_are_told_in_a_sentence(tmp_path: Path, variables: dict[str, str], words: str):
    refused = manage(tmp_path, variables, "check")
    assert refused.returncode
    assert words in refused.stderr.strip().splitlines()[-1]
