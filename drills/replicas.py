"""A primary and two streaming replicas: each fault of theirs under load, then one takes the primary's place."""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable

import psycopg2

from . import seeded
from .asking import Asker, Load
from .away import KNOWN
from .book import NEEDED, Site
from .clusters import PASSWORD, READER, USER, Cluster
from .desk import Editor
from .ground import Ground, stop, until
from .telling import Report, hold

PATHS = tuple(f"/transfers/?year_from={year}" for year in range(1960, 2020)) + KNOWN
#: What the desk says of an edit that no replica has.
NOT_YET = b"not yet copied"
#: Edits one after another, each told when it is confirmed; whatever fails is tried anew.
EDITS = """
import itertools, time
from django.db import connection
from armsdb import actions
from armsdb.models import Transfer
for number in itertools.count(1):
    while True:
        try:
            values = {"comment": f"Edit number {number}."}
            actions.put(model=Transfer, public_id="articles-t44", values=values, reason="A drill.")
            break
        except Exception:
            connection.close()
            time.sleep(0.1)
    print(number, time.time(), flush=True)
    time.sleep(0.1)
"""


class Several:
    """A site on three databases, and the heartbeat."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.primary = seeded.postgresql(ground)
        self.replicas = [self.primary.replica("r1"), self.primary.replica("r2")]
        hosts = ",".join(f"127.0.0.1:{cluster.port}" for cluster in (self.primary, *self.replicas))
        #: libpq looks among all of them for the one that is no replica; `read-write` would find none for readers.
        self.url = f"postgres://{USER}:{PASSWORD}@{hosts}/armsdb?target_session_attrs=primary"
        more = {
            "DATABASE_URL": self.url,
            "ARMSDB_SECOND_FACTOR": "optional",
            "ARMSDB_READER_URL": self.url.replace(USER, READER, 1),
            "ARMSDB_REPLICAS": ",".join(cluster.url.replace(USER, READER, 1) for cluster in self.replicas),
        }
        self.site = Site(ground, **more).on_one()
        self.beating = self.beat()
        self.site.start()

    def beat(self) -> subprocess.Popen[bytes]:
        environment = {"ARMSDB_ENV_FILE": str(self.site.env)}
        started = self.ground.start("heartbeat", [sys.executable, "manage.py", "heartbeat"], environment)
        until(lambda: self.primary.ask("SELECT beat FROM armsdb_heartbeat", database="armsdb"), "the heart beats")
        return started

    def edit(self, comment: str) -> None:
        """Change a record, by a program of its own."""
        self.site.inside(
            "from armsdb import actions; from armsdb.models import Transfer\n"
            f'values = {{"comment": {comment!r}}}\n'
            'actions.put(model=Transfer, public_id="articles-t44", values=values, reason="A drill.")'
        )

    def asked(self, cluster: Cluster) -> int:
        """How many transactions readers have ended on a database."""
        return int(cluster.ask("SELECT xact_commit FROM pg_stat_database WHERE datname = 'armsdb'")[0][0])


def drill(report: Report, asked: argparse.Namespace) -> None:
    with Ground() as ground:
        several = Several(ground)
        _told_by_replicas(report, several, asked)
        _without_heartbeat(report, several, asked)
        _cancelled(report, several, asked)
        _replicas_away(report, several, asked)
        _idle(report, several, asked)
        _not_copied(report, several)
        _promoted(report, several, asked)


def _loaded(report: Report, several: Several, asked: argparse.Namespace, when: str, during: Callable[[], None]) -> Load:
    """Let something happen under load; every request is answered 200."""
    with Load(several.site, PATHS, asked.rate) as load:
        time.sleep(1)
        during()
        time.sleep(2)
    report.measure(f"{when}: requests by status", load.statuses)
    report.measure(f"{when}: slowest answer in seconds", load.quantile(1))
    report.promise(f"{when}: no request fails", set(load.statuses) == {200}, load.statuses)
    return load


def _share(several: Several, during: Callable[[], object]) -> list[int]:
    """How many transactions the primary and the replicas ended meanwhile."""
    everywhere = (several.primary, *several.replicas)
    before = [several.asked(cluster) for cluster in everywhere]
    during()
    time.sleep(1.5)  # a database tells its numbers a second late
    return [several.asked(cluster) - old for cluster, old in zip(everywhere, before, strict=True)]


def _told_by_replicas(report: Report, several: Several, asked: argparse.Namespace) -> None:
    share = _share(several, lambda: _loaded(report, several, asked, "all well", lambda: time.sleep(3)))
    report.measure("transactions on primary and replicas while all is well", share)
    report.promise("replicas answer readers", sum(share[1:]) > 3 * share[0], share)
    asker = Asker(several.site)
    number = int(time.time())
    several.edit(f"At {number}.")
    seen = until(lambda: f"At {number}.".encode() in asker.ask("/transfers/articles-t44/").body, "the edit is seen")
    report.measure("seconds until readers see an edit, after the editor's program has ended", seen)
    report.promise("readers see an edit within 5 s", seen <= 5, seen)


def _without_heartbeat(report: Report, several: Several, asked: argparse.Namespace) -> None:
    stop(several.beating)
    time.sleep(7)
    share = _share(several, lambda: _loaded(report, several, asked, "no heartbeat", lambda: time.sleep(2)))
    report.measure("transactions on primary and replicas without a heartbeat", share)
    report.promise("a replica of which nobody knows how far it is behind is left out", share[0] > sum(share[1:]), share)
    several.beating = several.beat()
    time.sleep(2)


def _cancelled(report: Report, several: Several, asked: argparse.Namespace) -> None:
    """Reads that replicas cancel, since what they look at was cleared away on the primary."""
    for replica in several.replicas:
        replica.ask("ALTER SYSTEM SET max_standby_streaming_delay = 0")
        replica.ask("SELECT pg_reload_conf()")
    long = psycopg2.connect(several.replicas[0].url)
    cursor = long.cursor()
    cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM armsdb_transfer")

    def vacuum() -> None:
        for _ in range(asked.vacuums):
            for table in ("armsdb_transfer", "armsdb_dataversion", "armsdb_country"):
                several.primary.ask(f"UPDATE {table} SET id = id", database="armsdb")
                several.primary.ask(f"VACUUM {table}", database="armsdb")

    _loaded(report, several, asked, "vacuum under reads", vacuum)
    cancelled = sum(
        r.ask("SELECT sum(confl_snapshot + confl_bufferpin + confl_lock) FROM pg_stat_database_conflicts")[0][0]
        for r in several.replicas
    )
    report.measure("reads that replicas cancelled", cancelled)
    report.promise("a replica cancels the long read rather than fall behind", cancelled >= 1, cancelled)
    try:
        long.close()
    except psycopg2.Error:
        pass
    for replica in several.replicas:
        replica.ask("ALTER SYSTEM RESET max_standby_streaming_delay")
        replica.ask("SELECT pg_reload_conf()")


def _replicas_away(report: Report, several: Several, asked: argparse.Namespace) -> None:
    one, two = several.replicas
    _loaded(report, several, asked, "a replica is killed", one.kill)

    def edits() -> None:
        two.kill()
        several.edit("Alone.")
        until(lambda: b"Alone." in Asker(several.site).ask("/transfers/articles-t44/").body, "the edit is seen")

    _loaded(report, several, asked, "both are away amid edits", edits)
    for replica in several.replicas:
        replica.start()
    time.sleep(5)
    share = _share(several, lambda: _loaded(report, several, asked, "both are back", lambda: time.sleep(3)))
    report.promise("replicas that are back answer readers again", sum(share[1:]) > share[0], share)


def _idle(report: Report, several: Several, asked: argparse.Namespace) -> None:
    """Nothing is written but the heartbeat; that is enough."""
    time.sleep(asked.idle)
    share = _share(
        several, lambda: _loaded(report, several, asked, f"after {asked.idle} s without a write", lambda: time.sleep(2))
    )
    report.promise("an idle primary takes no replica away", sum(share[1:]) > 3 * share[0], share)


def _not_copied(report: Report, several: Several) -> None:
    """Edits count when a replica has them, and none is there: the desk says so, until one is back."""
    editor = Editor(several.site)
    _settle(several, "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (r1, r2)'")
    for replica in several.replicas:
        replica.kill()
    began = time.monotonic()
    answer = editor.edit("Not yet copied.")
    took = time.monotonic() - began
    report.measure("seconds until an edit is answered that no replica has", took)
    report.promise("it is saved within 10 s, its form included", answer.status == 302 and took < 10, took)
    first = editor.first_screen()
    report.promise("the desk says that it is not yet copied", NOT_YET in first and editor.form.encode() in first)
    for replica in several.replicas:
        replica.start()
    seen = until(lambda: NOT_YET not in editor.first_screen(), "the desk says no longer that it is not copied", 60)
    report.measure("seconds until the desk knows that a replica has it", seen)
    answer = editor.edit("Copied at once.")
    report.promise("the next edit is copied at once", answer.status == 302 and NOT_YET not in editor.first_screen())
    _settle(several, "ALTER SYSTEM RESET synchronous_standby_names")


def _settle(several: Several, statement: str) -> None:
    several.primary.ask(statement)
    several.primary.ask("SELECT pg_reload_conf()")


def _promoted(report: Report, several: Several, asked: argparse.Namespace) -> None:
    """The primary is lost amid edits that count only when a replica has them; the replica that has most takes over."""
    _settle(several, "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (r1, r2)'")
    confirmed: list[tuple[int, float]] = []
    environment = {"ARMSDB_ENV_FILE": str(several.site.env), "DJANGO_SETTINGS_MODULE": "armsdb.settings"}
    code = f"import django; django.setup()\n{EDITS}"
    log = several.ground.folder / "edits.log"
    editor = several.ground.start("edits", [sys.executable, "-c", code], environment)

    def told() -> list[tuple[int, float]]:
        lines = [line.split() for line in log.read_text().splitlines() if line.count(" ") == 1]
        return [(int(number), float(when)) for number, when in lines if number.isdigit()]

    until(lambda: len(told()) > 10, "some edits are confirmed", 60)
    lost = 0.0

    def fall() -> None:
        nonlocal lost
        several.primary.kill()
        lost = time.time()
        time.sleep(asked.unnoticed)
        ahead = max(several.replicas, key=lambda one: one.ask("SELECT pg_last_wal_receive_lsn() - '0/0'::pg_lsn")[0][0])
        ahead.promote()
        several.primary = ahead
        until(lambda: told()[-1][1] > lost + 0.5, "an edit is confirmed again", 60)

    load = _loaded(report, several, asked, "the primary is lost, a replica takes over", fall)
    del load
    confirmed = told()
    back = next(when for _number, when in confirmed if when > lost + 0.5)
    report.measure(f"seconds without edits, of which {asked.unnoticed} before somebody promoted", back - lost)
    report.promise(
        "edits are taken again within 15 s of the promotion", back - lost - asked.unnoticed <= 15, back - lost
    )
    stop(editor)
    confirmed = told()
    sql = "SELECT DISTINCT comment FROM armsdb_historicaltransfer WHERE comment LIKE 'Edit number %'"
    there = {row[0] for row in several.primary.ask(sql, database="armsdb")}
    missing = [number for number, _when in confirmed if f"Edit number {number}." not in there]
    report.measure("confirmed edits", len(confirmed))
    report.measure("confirmed edits that are lost", len(missing))
    report.promise("no confirmed edit is lost", not missing, missing)
    began = time.monotonic()
    fresh = several.primary.replica("r3")
    at = several.primary.ask("SELECT pg_current_wal_lsn()")[0][0]
    until(lambda: fresh.ask("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", at)[0][0], "the fresh replica has all")
    report.measure("seconds until a fresh replica has all", time.monotonic() - began)
    report.promise("a fresh replica can be added to the new primary", True)


if __name__ == "__main__":
    hold("replicas", (*NEEDED, "initdb"), drill, rate=12, vacuums=8, idle=60, unnoticed=5)
