"""Every drill, one after another, and a table of what came of them; status 0 where all promises were kept.

With `--present` drills whose programs are not installed are left out, and told; without it they count as broken.
"""

import argparse
import json
import subprocess
import sys

from .ground import CANNOT, KEPT, ROOT

NAMES = (
    "one_machine",
    "one_file",
    "withdrawn",
    "away",
    "restart",
    "slow",
    "synced",
    "kills",
    "replicas",
    "returned",
    "load",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m drills.all", description=__doc__)
    parser.add_argument("--present", action="store_true", help="leave out drills whose programs are not installed")
    present = parser.parse_args().present
    came: dict[str, int] = {}
    for name in NAMES:
        print(f"== {name}", flush=True)
        (KEPT / f"{name}.json").unlink(missing_ok=True)
        came[name] = subprocess.run([sys.executable, "-m", f"drills.{name}"], cwd=ROOT, check=False).returncode
    print("\n| drill | seconds | kept | broken |\n|---|---|---|---|")
    for name, status in came.items():
        print(_row(name, status))
    left_out = [name for name, status in came.items() if status == CANNOT]
    if left_out:
        print(f"LEFT OUT, since their programs are not here: {', '.join(left_out)}")
    return int(any(status and not (present and status == CANNOT) for status in came.values()))


def _row(name: str, status: int) -> str:
    path = KEPT / f"{name}.json"
    if status == CANNOT:
        return f"| {name} | | | left out |"
    if not path.exists():
        return f"| {name} | | | it broke off with status {status} |"
    told = json.loads(path.read_text())
    return f"| {name} | {told['seconds']} | {told['kept']} | {'; '.join(told['broken']) or 'none'} |"


if __name__ == "__main__":
    sys.exit(main())
