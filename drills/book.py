"""ArmsDB as docs/operations.md sets it up: started from the files of deploy/, with other ports and folders in them."""

import configparser
import shlex
import shutil
import socket
import subprocess
import sys
import time

from . import seeded
from .clusters import PASSWORD, READER, USER, Cluster
from .ground import ROOT, Ground, program, put, stop, until

DEPLOY = ROOT / "deploy"
HOST = "arms.example.org"
SECRET = "x7Lq-2kWv9" * 8
NEEDED = ("nginx", "openssl")
ALL_NEEDED = (*NEEDED, "initdb", "pgbouncer", "redis-server")


class Site:
    """nginx, gunicorn on a socket that outlives it, and where it is asked for pgbouncer and Redis."""

    def __init__(self, ground: Ground, workers: int = 2, **more: str) -> None:
        self.ground, self.workers, self.more = ground, workers, more
        self.port, self.plain = ground.port(), ground.port()
        self.env = ground.folder / "armsdb.env"
        self.gunicorn: subprocess.Popen[bytes] | None = None
        self.certificate = ground.folder / "tls/fullchain.pem"
        self._socket: socket.socket | None = None
        var = ground.folder / "var"
        var.mkdir(exist_ok=True)
        shutil.rmtree(var / "static", ignore_errors=True)
        (var / "static").symlink_to(seeded.static(ground))

    # What it is told

    def _settle(self, name: str, **replaced: str) -> None:
        told = {"replace-me-with-50-or-more-random-characters-of-your-own": SECRET}
        told["ARMSDB_VAR=/var/lib/armsdb"] = f"ARMSDB_VAR={self.ground.folder / 'var'}"
        put(DEPLOY / name, self.env, told | replaced)
        told_here = [row for row in self.env.read_text().splitlines() if row.partition("=")[0] not in self.more]
        self.env.write_text("\n".join([*told_here, *(f"{name}={value}" for name, value in self.more.items()), ""]))

    def on_sqlite(self) -> "Site":
        """The variant of a small newsroom, with the seed in it."""
        path = self.ground.folder / "armsdb.sqlite3"
        seeded.sqlite(self.ground, path)
        told = {"sqlite:////var/lib/armsdb/armsdb.sqlite3": f"sqlite:///{path}"}
        self._settle("armsdb-sqlite.env", **told)
        return self

    def on_postgresql(self, cluster: Cluster) -> "Site":
        """pgbouncer before PostgreSQL, and Redis for limits."""
        bouncer, redis = self._start_pgbouncer(cluster), self._start_redis()
        self._settle("armsdb.env", **{"127.0.0.1:6432": f"127.0.0.1:{bouncer}", "127.0.0.1:6379": f"127.0.0.1:{redis}"})
        return self

    def on_one(self) -> "Site":
        """On the database that DATABASE_URL of `more` names, whichever that is."""
        self._settle("armsdb.env", **{"ARMSDB_LIMITS_CACHE=redis://127.0.0.1:6379/1\n": ""})
        return self

    # What is started

    def _start_pgbouncer(self, cluster: Cluster) -> int:
        port, folder = self.ground.port(), self.ground.folder
        told = {"port=5432": f"port={cluster.port}", "listen_port = 6432": f"listen_port = {port}"}
        told |= {
            "/etc/pgbouncer": str(folder),
            "/run/postgresql": str(folder),
            "/var/log/postgresql/pgbouncer.log": str(folder / "bouncer.log"),
        }
        path = self.ground.own(put(DEPLOY / "pgbouncer/pgbouncer.ini", folder / "pgbouncer.ini", told))
        users = folder / "userlist.txt"
        users.write_text("".join(f'"{name}" "{PASSWORD}"\n' for name in (USER, READER)))
        self.ground.own(users)
        found = program("pgbouncer")
        assert found is not None
        self.ground.start("pgbouncer", self.ground.as_owner([found, str(path)]))
        until(lambda: socket.create_connection(("127.0.0.1", port), 1).close() is None, "pgbouncer listens")
        return port

    def _start_redis(self) -> int:
        port = self.ground.port()
        path = put(DEPLOY / "redis/armsdb.conf", self.ground.folder / "redis.conf", {"port 6379": f"port {port}"})
        found = program("redis-server")
        assert found is not None
        self.redis = self.ground.start("redis", [found, str(path)])
        until(lambda: socket.create_connection(("127.0.0.1", port), 1).close() is None, "Redis listens")
        return port

    def start(self) -> "Site":
        """Start gunicorn and nginx, and wait until a page is answered."""
        self.start_gunicorn()
        self._start_nginx()
        until(self.listens, "nginx listens", process=self.nginx)
        until(self.answers, "a page is answered", 120, self.gunicorn)
        return self

    def listens(self) -> bool:
        socket.create_connection(("127.0.0.1", self.port), 1).close()
        return True

    def answers(self) -> bool:
        """Whether gunicorn has loaded the application; asked past nginx."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
            asked.settimeout(60)
            asked.connect(str(self.ground.folder / "gunicorn.sock"))
            asked.sendall(b"GET /health/live/ HTTP/1.0\r\n\r\n")
            return b" 200 " in asked.recv(20)

    def start_gunicorn(self, notified: str = "") -> None:
        """Start the service by the command of its unit, with the socket that systemd would hold for it."""
        if self._socket is None:
            path = self.ground.folder / "gunicorn.sock"
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.bind(str(path))
            self._socket.listen(1024)
            path.chmod(0o666)
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read(DEPLOY / "systemd/armsdb@.service")
        command = shlex.split(unit["Service"]["ExecStart"].replace("/srv/armsdb/.venv/bin/python", sys.executable))
        handed = self._socket.fileno()
        shell = f'exec 3<&{handed}; export LISTEN_FDS=1 LISTEN_PID=$$; exec "$@"'
        environment = {"ARMSDB_ENV_FILE": str(self.env), "GUNICORN_CMD_ARGS": f"--workers {self.workers}"}
        if notified:
            environment["NOTIFY_SOCKET"] = notified
        self.gunicorn = self.ground.start(
            "gunicorn", ["sh", "-c", shell, "sh", *command], environment, pass_fds=[handed]
        )

    def stop_gunicorn(self) -> int:
        """What `systemctl stop` does to the service; its status."""
        assert self.gunicorn is not None
        return stop(self.gunicorn)

    def close_socket(self) -> None:
        """What `systemctl stop` does to the socket: nobody is there any more."""
        assert self._socket is not None
        self._socket.close()
        self._socket = None
        (self.ground.folder / "gunicorn.sock").unlink()

    def restart_gunicorn(self) -> float:
        """What `systemctl start armsdb@b && systemctl stop armsdb@a` does; the seconds that it took."""
        began, old = time.monotonic(), self.gunicorn
        assert old is not None
        place = self.ground.folder / "notified"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(str(place))
            ready.settimeout(120)
            self.start_gunicorn(str(place))
            while b"READY=1" not in ready.recv(4096):
                pass
        place.unlink()
        status = stop(old)
        if status:
            raise RuntimeError(f"gunicorn ended with status {status}")
        return time.monotonic() - began

    def _start_nginx(self) -> None:
        folder = self.ground.folder / "nginx"
        (folder / "cache").mkdir(parents=True)
        (folder / "modules").symlink_to("/usr/lib/nginx/modules")
        self._make_certificate()
        tls = str(self.certificate.parent)
        told = {
            "js_path /etc/nginx": f"js_path {folder}",
            "/run/armsdb/gunicorn.sock": str(self.ground.folder / "gunicorn.sock"),
            "/var/cache/nginx/armsdb": str(folder / "cache/armsdb"),
            "/etc/letsencrypt/live/arms.example.org": tls,
            "/var/log/nginx/armsdb.log": str(folder / "access.log"),
            "listen 80": f"listen 127.0.0.1:{self.plain}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
        }
        put(DEPLOY / "nginx/armsdb.conf", folder / "conf.d/armsdb.conf", told)
        for name in ("armsdb.js", "armsdb-errors.conf", "armsdb-headers.conf"):
            put(DEPLOY / "nginx" / name, folder / name, {})
        (folder / "nginx.conf").write_text(
            _NGINX.format(folder=folder, user=f"user {self.ground.owner};\n" if self.ground.owner else "")
        )
        if self.ground.owner:
            shutil.chown(folder / "cache", self.ground.owner)
        found = program("nginx")
        assert found is not None
        error_log = str(self.ground.folder / "nginx.log")
        self.nginx = self.ground.start(
            "nginx", [found, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", error_log]
        )

    def _make_certificate(self) -> None:
        self.certificate.parent.mkdir()
        key = str(self.certificate.with_name("privkey.pem"))
        names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key]
        self.ground.run("openssl", [*made, "-out", str(self.certificate), *names])

    def inside(self, code: str) -> str:
        """What a few statements print inside Django, on the site's own settings."""
        told = f"import django; django.setup()\n{code}"
        environment = {"ARMSDB_ENV_FILE": str(self.env), "DJANGO_SETTINGS_MODULE": "armsdb.settings"}
        return self.ground.run("python", [sys.executable, "-c", told], environment)

    def manage(self, *command: str) -> str:
        """What a command of manage.py prints, on the site's own settings."""
        return self.ground.run(command[0], [sys.executable, "manage.py", *command], {"ARMSDB_ENV_FILE": str(self.env)})


#: The main file of nginx, as far as Debian's matters here.
_NGINX = """
{user}worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
include /etc/nginx/modules-enabled/*.conf;
worker_rlimit_nofile 4096;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    access_log off;
    client_body_temp_path {folder}/cache/body;
    proxy_temp_path {folder}/cache/proxy;
    fastcgi_temp_path {folder}/cache/fastcgi;
    uwsgi_temp_path {folder}/cache/uwsgi;
    scgi_temp_path {folder}/cache/scgi;
    include {folder}/conf.d/*.conf;
}}
"""
