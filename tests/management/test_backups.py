"""Backups: nothing counts that was not restored for a try, and what comes back answers as the original does."""

import json
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pyrage
import pytest
from django.db import connections

from armsdb.management.backups import BackupFault
from armsdb.management.backups.archive import encrypt, pack, unpack
from armsdb.management.backups.keeping import name_of, spare, wanted
from tests.clusters import Site, a_cluster

#: What each page of the site map answers, its record of the API, and what no record has for itself, by its SHA-256.
ANSWERS = """
import hashlib, json, re
from django.test import Client
from tests.crawling import UNLINKED, ask
client = Client(raise_request_exception=False)
found, waiting = {}, ["/", *UNLINKED]
while waiting:
    address = waiting.pop()
    answer = found[address] = ask(client, address)
    if "sitemap" in address:
        pages = re.findall(r"<loc>https?://testserver(/[^<]*)</loc>", answer.body.decode())
        waiting += {one for page in pages for one in (page, "/api/v1" + page)} - found.keys()
print(json.dumps({address: hashlib.sha256(repr(answer).encode()).hexdigest() for address, answer in found.items()}))
"""
#: Somebody who is signed in.
SESSION = """
from django.contrib.sessions.models import Session
Session.objects.create(session_key="k", session_data="secretsession", expire_date="2100-01-01T00:00Z")
"""


def test_seven_days_four_weeks_and_twelve_months_are_kept() -> None:
    """An hourly backup for two years leaves the last of each span, and no more."""
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)
    moments = [now - timedelta(hours=number) for number in range(2 * 365 * 24)]
    kept = sorted(wanted(moments), reverse=True)
    assert kept[0] == now
    assert {f"{when:%d}" for when in kept[:7]} == {"29", "28", "27", "26", "25", "24", "23"}
    assert len({f"{when:%Y-%m}" for when in kept}) == 12
    assert len(kept) <= 7 + 4 + 12
    assert wanted([now]) == {now}


def test_only_backups_are_deleted(tmp_path: Path) -> None:
    moments = [datetime(2026, 11, day, hour, tzinfo=UTC) for day in (1, 2, 29) for hour in (1, 2)]
    for name in (*map(name_of, moments), "armsdb.tar", "notes.txt"):
        (tmp_path / name).touch()
        (tmp_path / f"{name}.json").touch()
    gone = [path.name for path in spare(tmp_path)]
    assert gone == [name_of(when) for when in moments if when.hour == 1]
    assert len(list(tmp_path.iterdir())) == 2 * (len(moments) + 2 - len(gone))


def test_an_archive_that_was_changed_or_cut_is_refused(tmp_path: Path) -> None:
    kept, out = tmp_path / "kept", tmp_path / "one.tar"
    kept.mkdir()
    (kept / "database.sqlite3").write_bytes(b"rows" * 1000)
    pack(kept, {"engine": "sqlite"}, out)
    assert unpack(out, tmp_path / "whole")["engine"] == "sqlite"
    data = out.read_bytes()
    out.write_bytes(data.replace(b"rowsrows", b"rowsRows", 1))
    with pytest.raises(BackupFault, match="not as the manifest tells"):
        unpack(out, tmp_path / "changed")
    out.write_bytes(data[: len(data) // 3])
    with pytest.raises(BackupFault, match="not a whole one"):
        unpack(out, tmp_path / "cut")


def test_nothing_of_an_archive_leaves_its_folder(tmp_path: Path) -> None:
    """Guards the machine against a backup that somebody else made."""
    (tmp_path / "evil").write_text("x")
    with tarfile.open(tmp_path / "one.tar", "w") as archive:
        archive.add(tmp_path / "evil", "../outside")
    with pytest.raises(BackupFault):
        unpack(tmp_path / "one.tar", tmp_path / "inside")
    assert not (tmp_path / "outside").exists()


def test_an_encrypted_one_opens_with_its_key_alone(tmp_path: Path) -> None:
    identity, kept = pyrage.x25519.Identity.generate(), tmp_path / "kept"
    kept.mkdir()
    (kept / "database.sqlite3").write_bytes(b"draft")
    pack(kept, {"engine": "sqlite"}, tmp_path / "one.tar")
    encrypt(tmp_path / "one.tar", tmp_path / "one.tar.age", str(identity.to_public()))
    assert b"draft" not in (tmp_path / "one.tar.age").read_bytes()
    (tmp_path / "key").write_text(f"# a comment\n{identity}\n")
    (tmp_path / "other").write_text(str(pyrage.x25519.Identity.generate()))
    for place in ("right", "wrong", "none"):
        (tmp_path / place).mkdir()
    assert unpack(tmp_path / "one.tar.age", tmp_path / "right", tmp_path / "key")["engine"] == "sqlite"
    with pytest.raises(BackupFault, match="does not open"):
        unpack(tmp_path / "one.tar.age", tmp_path / "wrong", tmp_path / "other")
    with pytest.raises(BackupFault, match="--identity"):
        unpack(tmp_path / "one.tar.age", tmp_path / "none")
    with pytest.raises(BackupFault, match="begins with age1"):
        encrypt(tmp_path / "one.tar", tmp_path / "two.age", "somebody")


@pytest.fixture
def two_sites(tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    """A site with the seed, and an empty machine, of the engine that the tests run on."""
    # With one seed of hashes, so that the parts of the policy for contents stand in one order.
    told = {"ALLOWED_HOSTS": "testserver", "ARMSDB_LIMIT": "0", "PYTHONHASHSEED": "0"}
    if connections.settings["default"]["ENGINE"].endswith("sqlite3"):
        yield Site(tmp_path / "one", **told), Site(tmp_path / "two", **told)
        return
    with a_cluster() as cluster:
        connection = psycopg2.connect(cluster.url())
        connection.autocommit = True
        for name in ("one", "two"):
            connection.cursor().execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        connection.close()
        one, two = (Site(tmp_path / name, DATABASE_URL=cluster.url(name), **told) for name in ("one", "two"))
        yield one, two


def answers(site: Site) -> dict[str, str]:
    site.manage("collectstatic", "--noinput", "--ignore", "redoc", "--verbosity", "0")
    found: dict[str, str] = json.loads(site.manage("shell", "--no-imports", "-c", ANSWERS).stdout)
    return found


@pytest.mark.walk
def test_an_empty_machine_answers_for_every_record_as_the_original_did(
    two_sites: tuple[Site, Site], tmp_path: Path
) -> None:
    """The promise of every backup; sessions do not come along, and records are not overwritten."""
    one, two = two_sites
    one.manage("migrate", "--verbosity", "0")
    one.manage("seed")
    one.manage("shell", "--no-imports", "-c", SESSION)
    (tmp_path / "one" / "releases").mkdir(parents=True, exist_ok=True)
    (tmp_path / "one" / "releases" / "rows.csv").write_text("a,b\n")
    before = answers(one)
    assert len(before) > 500
    told = one.manage("backup", str(tmp_path / "backups"), "--keep").stdout
    assert "sound" in told
    (backup,) = (tmp_path / "backups").glob("*.tar")
    assert b"secretsession" not in backup.read_bytes()
    two.manage("restore", str(backup))
    assert (tmp_path / "two" / "releases" / "rows.csv").read_text() == "a,b\n"
    assert answers(two) == before
    refused = two.manage("restore", str(backup), check=False)
    assert "--replace" in refused.stderr
    two.manage("shell", "--no-imports", "-c", "from armsdb.models import Alias; Alias.objects.all().delete()")
    two.manage("restore", str(backup), "--replace")
    two.manage("check_integrity")


@pytest.mark.walk
def test_a_database_that_is_not_sound_gives_no_backup(tmp_path: Path) -> None:
    """Guards against a year of backups of what was broken; the failure is kept for health and desk."""
    site = Site(tmp_path / "one")
    site.manage("migrate", "--verbosity", "0")
    site.manage("seed")
    site.manage("shell", "--no-imports", "-c", "from armsdb.models import Country as C; C.objects.update(name='x')")
    done = site.manage("backup", str(tmp_path / "backups"), check=False)
    assert "not sound" in done.stderr
    assert not list((tmp_path / "backups").iterdir())
    shown = "from armsdb.models import Job; print(Job.objects.get(name='backup').state())"
    assert "failed" in site.manage("shell", "--no-imports", "-c", shown).stdout
