"""What a drill tells: what it measured, which promises were kept, and its status: 0 where all were."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence

from .ground import CANNOT, KEPT, PACKAGES, missing


class Report:
    """What was measured and promised; printed as it comes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.measured: dict[str, str] = {}
        self.broken: list[str] = []
        self.kept = 0
        self._began = time.monotonic()

    def measure(self, what: str, value: object) -> None:
        """Tell a figure."""
        told = f"{value:.2f}" if isinstance(value, float) else str(value)
        self.measured[what] = told
        print(f"   {what}: {told}", flush=True)

    def promise(self, sentence: str, kept: object, found: object = "") -> None:
        """Tell whether a promise was kept, and what was found instead."""
        if kept:
            self.kept += 1
            print(f"ok {sentence}", flush=True)
        else:
            told = f"{sentence} (found: {found})" if found != "" else sentence
            self.broken.append(told)
            print(f"BROKEN {told}", flush=True)

    def end(self) -> int:
        """Keep what came of it for the table of all drills; the status to end with."""
        seconds = time.monotonic() - self._began
        told = {"kept": self.kept, "broken": self.broken, "seconds": round(seconds), "measured": self.measured}
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{self.name}.json").write_text(json.dumps(told))
        print(f"{self.name}: {self.kept} promises kept, {len(self.broken)} broken, in {seconds:.0f} s", flush=True)
        return 1 if self.broken else 0


def hold(name: str, needed: Sequence[str], drill: Callable[[Report, argparse.Namespace], None], **options: int) -> None:
    """Hold a drill as a command with options that are numbers, and end with its status."""
    parser = argparse.ArgumentParser(prog=f"python -m drills.{name}", description=sys.modules["__main__"].__doc__)
    for option, default in options.items():
        parser.add_argument(f"--{option}", type=int, default=default, help=f"{default} where nothing is said")
    asked = parser.parse_args()
    lacking = missing(needed)
    if lacking:
        packages = " ".join(PACKAGES[one] for one in lacking)
        print(f"{name} CANNOT BE HELD: no {', '.join(lacking)} here. On Debian: apt-get install {packages}")
        sys.exit(CANNOT)
    report = Report(name)
    drill(report, asked)
    sys.exit(report.end())
