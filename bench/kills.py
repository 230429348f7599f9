"""Whether an import that is killed leaves anything behind.

    python -m bench.kills 10 register.csv     kills ten imports into the database of DATABASE_URL at random moments, and
                                              then lets one end

Prints what was in the tables before and after each kill; ends with status 1 where they differ.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Seconds after the start between which an import is killed.
FIRST, LAST = 3.0, 20.0


def counted() -> dict[str, int]:
    """How many rows every table of ours has."""
    from django.apps import apps
    from django.db import connection

    with connection.cursor() as cursor:
        found = {}
        for model in apps.get_app_config("armsdb").get_models():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(model._meta.db_table)}")
            found[model._meta.db_table] = cursor.fetchone()[0]
    connection.close()
    return found


def main(times: int, path: Path) -> int:
    """Kill so many imports; return the status to end with."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
    import django

    django.setup()
    command = [sys.executable, "manage.py", "import_register", "sipri", str(path)]
    before, sound = counted(), True
    chance = random.Random(times)
    for number in range(1, times + 1):
        running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        after = chance.uniform(FIRST, LAST)
        try:
            running.wait(after)
            print(f"{number}: it had ended before {after:.1f} s; take a larger file")
            return 1
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        time.sleep(0.5)  # PostgreSQL notices a client that is gone when it next writes to it
        now = counted()
        left = {table: now[table] - before[table] for table in now if now[table] != before[table]}
        sound = sound and not left
        print(f"{number}: killed after {after:.1f} s, left behind: {left or 'nothing'}")
    ended = subprocess.run(command, cwd=ROOT, check=False)
    print(f"the next one ended with status {ended.returncode}")
    return 0 if sound and ended.returncode == 0 else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2])))
