"""Workers, programs and the database are killed (-9) amid writing: no confirmed edit is lost, all is sound."""

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from . import seeded
from .book import ALL_NEEDED, Site
from .clusters import Cluster
from .desk import Editor
from .ground import Ground, until
from .telling import Report, hold


class Writing:
    """Somebody who edits without pause, and remembers what the desk confirmed."""

    def __init__(self, site: Site) -> None:
        self._editor = Editor(site)
        self.confirmed: list[str] = []
        self.tried = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def _write(self) -> None:
        while not self._ended.is_set():
            self.tried += 1
            comment = f"Edit number {self.tried}."
            if self._editor.edit(comment).status == 302:
                self.confirmed.append(comment)
            else:
                time.sleep(0.1)

    def end(self) -> None:
        self._ended.set()
        self._thread.join(60)


def drill(report: Report, asked: argparse.Namespace) -> None:
    chance = random.Random(asked.kills)
    with Ground() as ground:
        site = Site(ground, ARMSDB_SECOND_FACTOR="optional").on_sqlite().start()
        _killed(report, site, None, asked.kills, chance, "SQLite")
    with Ground() as ground:
        cluster = seeded.postgresql(ground)
        site = Site(ground, ARMSDB_SECOND_FACTOR="optional").on_postgresql(cluster).start()
        _killed(report, site, cluster, asked.kills, chance, "PostgreSQL")


def _killed(
    report: Report, site: Site, cluster: Cluster | None, times: int, chance: random.Random, engine: str
) -> None:
    """Kill so often, whatever is at hand in turn; then look at everything."""
    writing = Writing(site)
    until(lambda: writing.confirmed, "an edit is confirmed", 60)
    done = {"a worker": 0, "the database" if cluster else "all of the site": 0, "another program that edits": 0}
    for number in range(times):
        before = len(writing.confirmed)
        time.sleep(chance.uniform(0.1, 1.0))
        if number % 3 == 0:
            _kill_worker(site, chance)
            done["a worker"] += 1
        elif number % 3 == 1:
            _kill_program(site, chance)
            done["another program that edits"] += 1
        elif cluster is not None:
            cluster.kill()
            cluster.start()
            done["the database"] += 1
        else:
            assert site.gunicorn is not None
            os.killpg(site.gunicorn.pid, signal.SIGKILL)
            site.gunicorn.wait()
            site.start_gunicorn()
            done["all of the site"] += 1
        until(lambda: len(writing.confirmed) > before, "edits are confirmed again", 90)  # noqa: B023
    writing.end()
    report.measure(f"{engine}: kills", done)
    sound = site.manage("check_integrity").strip()
    code = (
        "from armsdb.models import Transfer\n"
        'told = Transfer.history.filter(comment__startswith="Edit number").values_list("comment", flat=True)\n'
        'print("|".join(told))'
    )
    there = set(site.inside(code).strip().split("|"))
    lost = [comment for comment in writing.confirmed if comment not in there]
    report.measure(
        f"{engine}: edits tried, confirmed, confirmed and lost", (writing.tried, len(writing.confirmed), len(lost))
    )
    report.promise(f"{engine}: no confirmed edit is lost", not lost, lost)
    report.promise(f"{engine}: check_integrity finds nothing", True, sound)
    report.measure(f"{engine}: check_integrity says", sound.splitlines()[-1] if sound else "")


def _kill_worker(site: Site, chance: random.Random) -> None:
    assert site.gunicorn is not None
    pid = site.gunicorn.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    if children:
        os.kill(int(chance.choice(children)), signal.SIGKILL)


#: Writes thousands of rows in one transaction, as an import does, and is killed somewhere in it.
_LARGE = """
import django; django.setup()
from django.db import transaction
from armsdb import actions
from armsdb.models import Transfer
print("begun", flush=True)
with transaction.atomic():
    for record in Transfer.objects.published():
        actions.put(model=Transfer, public_id=record.public_id, values={"comment": "Half written."}, reason="A drill.")
"""


def _kill_program(site: Site, chance: random.Random) -> None:
    environment = {**os.environ, "ARMSDB_ENV_FILE": str(site.env), "DJANGO_SETTINGS_MODULE": "armsdb.settings"}
    with subprocess.Popen([sys.executable, "-c", _LARGE], env=environment, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(chance.uniform(0.05, 1.5))
        running.kill()


if __name__ == "__main__":
    hold("kills", ALL_NEEDED, drill, kills=9)
