"""Where a drill takes place: a folder of its own, free ports, and programs that all end with it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent
#: Where what takes long to make is kept between drills.
KEPT = Path(os.environ.get("ARMSDB_VAR") or ROOT / "var") / "drills"
#: Where Debian has what is on nobody's PATH.
_PLACES = ["/usr/sbin", "/sbin", *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))]
#: The packages of Debian that have the programs.
PACKAGES = {
    "nginx": "nginx libnginx-mod-http-js",
    "pgbouncer": "pgbouncer",
    "redis-server": "redis-server",
    "initdb": "postgresql",
    "pgbackrest": "pgbackrest",
    "strace": "strace",
    "openssl": "openssl",
    "setpriv": "util-linux",
}
#: The status of a drill that could not be held.
CANNOT = 77


def program(name: str) -> str | None:
    """Where a program is; None where it is not installed."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(_PLACES))


def missing(names: Iterable[str]) -> list[str]:
    """The programs among these that are not here."""
    lacking = [name for name in names if program(name) is None]
    if (
        "nginx" in names
        and "nginx" not in lacking
        and not Path("/usr/lib/nginx/modules/ngx_http_js_module.so").exists()
    ):
        lacking.append("nginx")
    return lacking


def until(
    what: Callable[[], Any], told: str, seconds: float = 30, process: subprocess.Popen[bytes] | None = None
) -> float:
    """Wait until something is so, and give the seconds that it took; the drill ends where it never is."""
    began = time.monotonic()
    while time.monotonic() - began < seconds and (process is None or process.poll() is None):
        try:
            if what():
                return time.monotonic() - began
        except Exception:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"In {time.monotonic() - began:.0f} seconds it did not come to this: {told}.")


class Ground:
    """A folder and the programs that were started in it; at the end all of them are stopped, and it is removed."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="armsdb-drill-"))
        self.folder.chmod(0o755)
        self.owner = "postgres" if os.getuid() == 0 else None
        self._ports: set[int] = set()
        self.own(self.folder)

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(1))
        self._stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        return self

    def __exit__(self, *fault: object) -> None:
        if fault[0] is not None:
            for log in self.folder.glob("*.log"):
                told = log.read_text(errors="replace").splitlines()[-20:]
                print(f"-- {log.name}", *told, sep="\n   ", file=sys.stderr)
        self._stack.close()

    def port(self) -> int:
        """A port that nobody listens on, and that was not given before."""
        while True:
            with socket.create_server(("127.0.0.1", 0)) as probe:
                found: int = probe.getsockname()[1]
            if found not in self._ports:
                self._ports.add(found)
                return found

    def as_owner(self, command: Sequence[str]) -> list[str]:
        """A command as an ordinary user: PostgreSQL and pgbouncer refuse root."""
        if self.owner is None:
            return list(command)
        return ["setpriv", f"--reuid={self.owner}", f"--regid={self.owner}", "--clear-groups", *command]

    def own(self, path: Path) -> Path:
        """A folder or file that belongs to that user."""
        if self.owner is not None:
            shutil.chown(path, self.owner, self.owner)
        return path

    def start(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        """Start a program in a group of its own, which is stopped with the drill; what it says is in `<name>.log`."""
        with (self.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(
                command,
                cwd=ROOT if self.owner is None or command[0] != "setpriv" else self.folder,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                pass_fds=pass_fds,
            )
        self._stack.callback(stop, started)
        return started

    def run(self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
        """Run a command to its end, and give what it said; the drill ends where it fails."""
        done = subprocess.run(
            command,
            cwd=ROOT if command[0] != "setpriv" else self.folder,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(
                f"{name} ended with status {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
            )
        return done.stdout


def stop(started: subprocess.Popen[bytes], number: int = signal.SIGTERM, seconds: float = 40) -> int:
    """End a program that was started here, by its id, and give its status; by force where it does not end by itself."""
    if started.poll() is None:
        started.send_signal(number)
        try:
            return started.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
    try:
        os.killpg(started.pid, signal.SIGKILL)  # its group, which is its own
    except ProcessLookupError:
        pass
    return started.wait()


def put(source: Path, target: Path, replaced: Mapping[str, str]) -> Path:
    """Copy a file of deploy/ with other places in it; each has to be there, or the drill is about another file."""
    text = source.read_text()
    for old, new in replaced.items():
        if old not in text:
            raise RuntimeError(f"{source.relative_to(ROOT)} has no {old!r} any more: the drill has to follow it.")
        text = text.replace(old, new)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    return target
