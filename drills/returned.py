"""PostgreSQL is backed up by pgBackRest, a mistake is made, the machine is lost: all is back as before."""

import argparse
import filecmp
import shutil
import time
from pathlib import Path

from . import seeded
from .clusters import USER, Cluster
from .ground import ROOT, Ground, program, put
from .telling import Report, hold

STANZA = "--stanza=armsdb"
#: Seconds within which all is back.
PROMISED = 600


class Keeper:
    """pgBackRest, as deploy/pgbackrest sets it up."""

    def __init__(self, ground: Ground, cluster: Cluster) -> None:
        self._ground = ground
        repository, own = ground.folder / "repository", ground.folder / "pgbackrest"
        for folder in (repository, own):
            folder.mkdir()
            ground.own(folder)
        told = {
            "repo1-path=/var/lib/pgbackrest": f"repo1-path={repository}",
            "repo1-cipher-pass=replace-me": "repo1-cipher-pass=words of a drill",
            "pg1-path=/var/lib/postgresql/15/main": f"pg1-path={cluster.data}",
            "pg1-port=5432": f"pg1-port={cluster.port}\npg1-user={USER}\npg1-socket-path={ground.folder}",
            "log-path=/var/log/pgbackrest": f"log-path={own}\nlock-path={own}\nspool-path={own}",
        }
        self.config = put(ROOT / "deploy/pgbackrest/pgbackrest.conf", ground.folder / "pgbackrest.conf", told)
        archive = {"pgbackrest --stanza": f"{program('pgbackrest')} --config={self.config} --stanza"}
        ground.own(put(ROOT / "deploy/postgresql/backup.conf", cluster.data / "conf.d/backup.conf", archive))

    def run(self, *command: str) -> float:
        """Run one of its commands; the seconds that it took."""
        began = time.monotonic()
        found = program("pgbackrest")
        assert found is not None
        self._ground.run("pgbackrest", self._ground.as_owner([found, f"--config={self.config}", STANZA, *command]))
        return time.monotonic() - began


def drill(report: Report, _asked: argparse.Namespace) -> None:
    with Ground() as ground:
        cluster = seeded.postgresql(ground)
        keeper = Keeper(ground, cluster)
        cluster.stop()
        cluster.start()
        keeper.run("stanza-create")
        report.measure("seconds for a full backup", keeper.run("--type=full", "backup"))
        _edit(ground, cluster, "After the backup.")
        before = _exported(ground, cluster, "before")
        moment = cluster.ask("SELECT clock_timestamp()")[0][0].isoformat(sep=" ")
        time.sleep(1)
        _edit(ground, cluster, "A mistake.")
        report.measure("seconds for an incremental backup", keeper.run("--type=incr", "backup"))
        cluster.ask("SELECT pg_switch_wal()")
        time.sleep(2)
        cluster.kill()
        shutil.rmtree(cluster.data)

        restored = Cluster(ground, "restored")
        restored.data.mkdir(mode=0o700)
        ground.own(restored.data)
        began = time.monotonic()
        target = ("--type=time", f"--target={moment}", "--target-action=promote")
        keeper.run(f"--pg1-path={restored.data}", *target, "--set=" + _full(keeper, ground), "restore")
        restored.settle()
        (restored.data / "conf.d/backup.conf").unlink()
        restored.start()
        _wait_for_promotion(restored)
        seconds = time.monotonic() - began
        report.measure("seconds until all is back", seconds)
        report.promise(f"all is back within {PROMISED // 60} minutes", seconds <= PROMISED, seconds)
        after = _exported(ground, restored, "after")
        differing = _differing(before, after)
        report.promise("what is back is, bit for bit, what was there at the moment", not differing, differing)
        report.promise(
            "check_integrity finds nothing", "Sound" in seeded.manage(ground, restored.url, "check_integrity")
        )
        checked = program("pg_amcheck")
        if checked is not None:
            ground.run(
                "pg_amcheck",
                [checked, "-h", "127.0.0.1", "-p", str(restored.port), "-U", USER, "--install-missing", "armsdb"],
            )
            report.promise("pg_amcheck finds nothing", True)


def _full(keeper: Keeper, ground: Ground) -> str:
    """The name of the full backup: a later one ended after the moment."""
    found = sorted(
        path.name for path in (ground.folder / "repository/backup/armsdb").iterdir() if path.name.endswith("F")
    )
    return found[-1]


def _edit(ground: Ground, cluster: Cluster, comment: str) -> None:
    code = (
        "import django; django.setup(); from armsdb import actions; from armsdb.models import Transfer\n"
        f'actions.put(model=Transfer, public_id="articles-t44", values={{"comment": {comment!r}}}, reason="A drill.")'
    )
    seeded.manage(ground, cluster.url, "shell", "-c", code)


def _exported(ground: Ground, cluster: Cluster, name: str) -> Path:
    folder = ground.folder / name
    seeded.manage(ground, cluster.url, "export", str(folder))
    return folder


def _differing(one: Path, other: Path) -> list[str]:
    """The files of two exports that are not the same, but for the moment at which they were written."""
    names = {path.name for folder in (one, other) for path in folder.iterdir()} - {"manifest.json"}
    _same, differing, unread = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return differing + unread


def _wait_for_promotion(cluster: Cluster) -> None:
    for _ in range(1200):
        if not cluster.ask("SELECT pg_is_in_recovery()")[0][0]:
            return
        time.sleep(0.1)
    raise RuntimeError("It did not end its recovery.")


if __name__ == "__main__":
    hold("returned", ("initdb", "pgbackrest", "setpriv"), drill)
