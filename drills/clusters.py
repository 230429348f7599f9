"""PostgreSQL clusters of a drill: made as docs/operations.md says, with the files of deploy/."""

import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import psycopg2

from .ground import ROOT, Ground, program, put, stop, until

#: Who owns the database, and the password that pgbouncer asks for.
USER, PASSWORD = "armsdb", "password"
#: Who reads.
READER = "armsdb_reader"


class Cluster:
    """One PostgreSQL, with its data in the folder of the drill."""

    def __init__(self, ground: Ground, name: str = "primary") -> None:
        self.ground, self.name, self.port = ground, name, ground.port()
        self.data = ground.folder / name
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://{USER}:{PASSWORD}@127.0.0.1:{self.port}/armsdb"

    def make(self, like: Path | None = None) -> "Cluster":
        """Make it anew, or of the data of another that was stopped."""
        if like is None:
            self._run(
                "initdb",
                f"--username={USER}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--data-checksums",
            )
        else:
            subprocess.run(["cp", "-a", str(like), str(self.data)], check=True)
            (self.data / "postmaster.pid").unlink(missing_ok=True)
        return self.settle()

    def settle(self, **more: str) -> "Cluster":
        """Give it the settings of deploy/, its own port, and what more is said."""
        put(ROOT / "deploy/postgresql/armsdb.conf", self.data / "conf.d/armsdb.conf", {})
        own = {"port": str(self.port), "unix_socket_directories": f"'{self.ground.folder}'", **more}
        (self.data / "conf.d/drill.conf").write_text("".join(f"{name} = {value}\n" for name, value in own.items()))
        main = self.data / "postgresql.conf"
        if "include_dir = 'conf.d'" not in main.read_text():
            with main.open("a") as file:
                file.write("include_dir = 'conf.d'\n")
        for path in (self.data / "conf.d", *(self.data / "conf.d").iterdir()):
            self.ground.own(path)
        return self

    def start(self) -> "Cluster":
        """Start it, and wait until it answers."""
        postgres = program("postgres")
        assert postgres is not None
        self.process = self.ground.start(self.name, self.ground.as_owner([postgres, "-D", str(self.data)]))
        until(lambda: self.ask("SELECT 1"), f"{self.name} answers", 60, self.process)
        return self

    def add_roles(self) -> None:
        """Let readers in, as roles.sql says; the drill's owner is there already."""
        for statement in (ROOT / "deploy/postgresql/roles.sql").read_text().split(";\n"):
            if f"CREATE ROLE {USER} " not in statement and statement.strip():
                self.ask(statement, database="armsdb")

    def stop(self) -> None:
        """Stop it as an administrator does: who is connected is sent away."""
        assert self.process is not None
        stop(self.process, signal.SIGINT)

    def kill(self) -> None:
        """End it as a lack of memory does, and wait until its children have noticed."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        pid = self.data / "postmaster.pid"
        until(lambda: not _children_of(self.data), f"the children of {self.name} are gone")
        pid.unlink(missing_ok=True)

    def promote(self) -> None:
        """Make a primary of a replica."""
        self._run("pg_ctl", "promote", "--wait")

    def replica(self, name: str) -> "Cluster":
        """A fresh streaming replica of it, with a slot of its own; started."""
        made = Cluster(self.ground, name)
        made.copy_of(self)
        return made.start()

    def copy_of(self, primary: "Cluster") -> None:
        """Take over the data of a primary, to follow it."""
        shutil.rmtree(self.data, ignore_errors=True)
        source = f"host=127.0.0.1 port={primary.port} user={USER} application_name={self.name}"
        primary.ask(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s AND NOT active",
            self.name,
        )
        self._run("pg_basebackup", "-d", source, "-R", "-C", "-S", self.name, "-X", "stream", "-c", "fast")
        self.settle()

    def ask(self, sql: str, *values: Any, database: str = "postgres") -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        connection = psycopg2.connect(host="127.0.0.1", port=self.port, user=USER, dbname=database, connect_timeout=2)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql, values or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def _run(self, name: str, *options: str) -> None:
        found = program(name)
        assert found is not None
        self.ground.run(name, self.ground.as_owner([found, "-D", str(self.data), *options]))


def _children_of(data: Path) -> list[str]:
    """The processes whose working folder is the data of a cluster."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if place.readlink() == data and (place.parent / "stat").read_text().split()[2] != "Z":
                found.append(place.parent.name)
        except OSError:
            continue
    return found
