"""The site and the browser that looks at it: for the tests beside this file, and for the pictures of docs/img."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
#: What the site would take from whoever runs this: it gets a database and settings of its own.
OTHERS = ("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
#: Chromium asks nobody but the site: no other name resolves, and it looks for no news of its own.
FLAGS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


@dataclass(frozen=True)
class Site:
    """A running site: its address without a slash at the end, and the environment of its commands."""

    url: str
    environment: dict[str, str]

    def manage(self, *words: str) -> str:
        """Run a command of manage.py on the site's database and return what it says."""
        return _manage(self.environment, *words)


@contextmanager
def serving(folder: Path, *, static: bool = True, **settings: str) -> Iterator[Site]:
    """The seeded site in a folder of its own, served by gunicorn as `make run` does it, on a free port of loopback."""
    kept = {name: value for name, value in os.environ.items() if name not in OTHERS and not name.startswith("ARMSDB_")}
    environment = kept | {
        "ARMSDB_VAR": str(folder),
        "ARMSDB_ENV_FILE": os.devnull,
        "HOST": "127.0.0.1",
        "PORT": "0",  # any that is free: gunicorn.conf.py tells which
        **settings,
    }
    _manage(environment, "migrate", "--verbosity", "0")
    _manage(environment, "seed")
    if static:  # the API has none
        _manage(environment, "collectstatic", "--noinput", "--ignore", "redoc", "--verbosity", "0")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "armsdb.wsgi"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    with server.stdout:
        try:
            said = server.stdout.readline()
            assert "http://" in said, "the server did not start"
            yield Site(said.split("ArmsDB is at ")[1].split("/ ")[0], environment)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"manage.py {' '.join(words)}: {done.stderr}"
    return done.stdout


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
