"""Measure ArmsDB against hand-written SQL, Datasette and a naive site, over a made-up register of any length.

    python -m bench.run 100000        with DATABASE_URL on an empty database, or one that this filled; without it on a
                                      SQLite file that is made under var/bench/

Prints the table, and keeps the figures in bench/results.json.
"""

import datetime
import json
import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import measuring, report, servers, sql
from bench.asked import Asked, Workload
from bench.best import Best, file_of
from bench.loading import label
from bench.servers import ASKING, ROOT, VAR, pin, running
from bench.workloads import workloads

#: How long the rounds go on, and where the page far down begins.
_SECONDS, _DEEP = 210.0, 0.9


def _manage(url: str, *words: str) -> str:
    """Run a module of ours on the database; return what it prints."""
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout.strip()


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def _machine() -> str:
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = next(int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")) / 1024**2
    load = f"load {os.getloadavg()[0]:.1f} before the run"
    return f"{os.cpu_count()} cores ({model or platform.machine()}), {memory:.0f} GB, {load}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


def _first_by_cursor() -> Workload:
    """What the page far down by cursor is held against."""
    first = Asked("/api/v1/transfers/?cursor=", lambda body: None)
    return Workload("first page by cursor", "first", None, {"armsdb": first})


def measured(number: int, url: str, seconds: float) -> dict[str, Any]:
    """Everything that one run tells."""
    _say(f"filling {number:,} lines, unless they are there")
    _say(_manage(url, "bench.loading", str(number)))
    machine = _machine()
    best = Best(url)
    best.make(label(number))
    known = sql.known(best, _DEEP)
    edit = json.loads(_manage(url, "bench.editing"))
    questions = [*workloads(known, file_of(url).stem), _first_by_cursor()]
    trivial = Workload("trivial view", "trivial", None, {"armsdb": Asked("/api/v1/trivial/")})
    with running(servers.sites(url)) as sites:
        pin(ASKING)
        _say(f"walking to row {known['row']:,} by cursor")
        cursor, reached = measuring.cursor_at(sites["armsdb"], known["row"])
        contests = [measuring.contests(question, best, sites, cursor) for question in (*questions, trivial)]
        _say(f"asking {len(contests)} questions in rounds for {seconds:.0f} s")
        measuring.measure(contests, seconds)
        _say("asking with four clients")
        medium = next(question for question in questions if question.name == "page, medium supplier")
        rates = {name: measuring.requests_a_second(site, medium.sites[name].path) for name, site in sites.items()}
        body = sites["armsdb"].get(f"/api/v1/transfers/?supplier={known['largest'][1]}")[1]
        memory = {name: site.memory() for name, site in sites.items()}
    return {
        "engine": best.vendor,
        "version": best.one("SELECT sqlite_version()" if best.is_sqlite else "SHOW server_version").split()[0],
        "lines": number,
        "day": datetime.date.today().isoformat(),
        "machine": machine,
        "questions": [
            {
                "name": question.name,
                "kind": question.kind,
                "answers": {name: contest.answers.as_json() for name, contest in of_question.items()},
            }
            for question, of_question in zip(questions, contests, strict=False)
        ],
        "trivial": contests[-1]["armsdb"].answers.as_json(),
        "shaping": round(measuring.shaping(body), 3),
        "requests_a_second": {name: round(rate, 1) for name, rate in rates.items()},
        "memory": {name: round(held, 1) for name, held in memory.items()},
        "edit": edit,
        "cursor_row": reached,
    }


def main(number: int, seconds: float) -> None:
    """Measure, keep, print."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before all was measured."))  # the servers end, too
    VAR.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR}/{number}.sqlite3"
    run = measured(number, url, seconds)
    kept = report.keep(run)
    print("\n".join(report.told(run, kept[run["engine"]])))


if __name__ == "__main__":
    match sys.argv[1:]:
        case [number] if number.isdigit():
            main(int(number), _SECONDS)
        case [number, seconds] if number.isdigit() and seconds.isdigit():
            main(int(number), float(seconds))
        case _:
            sys.exit(__doc__)
