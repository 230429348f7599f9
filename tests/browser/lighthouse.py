"""Have Lighthouse look at the main pages, as on a phone and on a desk: `make lighthouse`. It prints a table of medians.

`python -m tests.browser.lighthouse FOLDER [RUNS [PAGE ...]]`, where FOLDER has Lighthouse as `npm ci` leaves it; all
PAGES, or those that are named.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from .serving import CHROMIUM, FLAGS, serving

PAGES = {
    "home": "/",
    "transfers": "/transfers/",
    "transfer": "/transfers/articles-t44/",
    "country": "/countries/myanmar/",
    "relation": "/relations/russia/myanmar/",
    "source": "/sources/article-b/",
    "search": "/search/?q=rosoboroneksport",
    "explore": "/explore/",
    "years": "/explore/years/",
    "suppliers": "/explore/suppliers/",
    "flows": "/explore/flows/",
    "timeline": "/explore/timeline/?country=myanmar",
    "compare": "/explore/compare/?supplier=russia&supplier=china",
    "map": "/explore/map/",
    "network": "/explore/network/?around=myanmar",
    "api": "/api/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
#: What each page has to reach, and how fast pages have to be that carry a world or a network.
GOAL, FAST, HEAVY = 100, 98, {"map": 85, "network": 85}
#: How often a run is tried that Lighthouse itself could not record, as happens where the machine is busy.
TRIES = 3
#: Pages that answer a question are not to be indexed, for which this audit takes points.
UNINDEXED = "is-crawlable"


def scores(node: Path, address: str, form: str) -> list[float]:
    """The four scores of one run, and its layout shift."""
    command = ["node", str(node / "node_modules/lighthouse/cli/index.js"), address, "--quiet", "--output=json"]
    command += [f"--skip-audits={UNINDEXED}", f"--chrome-flags=--headless=new {' '.join(map(_quoted, FLAGS))}"]
    command += ["--preset=desktop"] if form == "desktop" else []
    told = _told(command)
    found = [round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES]
    return [*found, round(told["audits"]["cumulative-layout-shift"]["numericValue"], 3)]


def _told(command: list[str]) -> Any:
    """The report of a run."""
    environment = os.environ | {"CHROME_PATH": CHROMIUM}
    for _try in range(TRIES):
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, env=environment)
        if done.returncode == 0:
            return json.loads(done.stdout)
    sys.exit(done.stderr[-2000:])


def _quoted(flag: str) -> str:
    return f'"{flag}"' if " " in flag else flag


def missed(name: str, found: list[float]) -> bool:
    """Whether a page falls short of its goal."""
    performance, *others, shift = found
    return performance < HEAVY.get(name, FAST) or min(others) < GOAL or shift > 0


def main(node: Path, runs: int, names: list[str]) -> int:
    """Look at these pages; gives how many fall short."""
    short = 0
    print(f"{'page':<12}{'form':<9}" + "".join(f"{name:>16}" for name in (*CATEGORIES, "layout shift")), flush=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site:
        for name in names:
            for form in ("mobile", "desktop"):
                every = [scores(node, site.url + PAGES[name], form) for _ in range(runs)]
                found = [median(column) for column in zip(*every, strict=True)]
                is_short = missed(name, found)
                short += is_short
                mark = "  short" if is_short else ""
                print(f"{name:<12}{form:<9}" + "".join(f"{value:>16g}" for value in found) + mark, flush=True)
    print(f"{short} of {2 * len(names)} fall short; median of {runs}.")
    return short


if __name__ == "__main__":
    folder, *rest = sys.argv[1:]
    sys.exit(1 if main(Path(folder), int(rest[0]) if rest else 5, rest[1:] or list(PAGES)) else 0)
