"""Fills an empty database with a made-up register of any length.

    DATABASE_URL=… python -m bench.loading 10000

`manage.py check_integrity` finds nothing to say of it.
"""

import os
import resource
import sys
import time

import django

#: Goes up with every change of what is made: a database that was filled by another one is not taken for the same.
VERSION = 1


def set_up() -> None:
    """Make Django know the project, whose models cannot be had before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
    django.setup()


def label(number: int) -> str:
    """What the import of so many lines is called; a database that has it need not be filled again."""
    return f"bench-{VERSION}-{number}"


def fill(number: int) -> bool:
    """Migrate the database and fill it, unless it has these lines already; tell whether anything was done.

    A database that holds anything else is refused: measures would not be of these lines.
    """
    from django.core.management import call_command
    from django.db import connection

    from armsdb.models import ImportRun, kinds
    from bench.filling import Filling

    call_command("migrate", verbosity=0)
    if ImportRun.objects.filter(file_name=label(number), ended__isnull=False).exists():
        return False
    if any(kind._default_manager.exists() for kind in kinds().values()):
        sys.exit(f"The database holds other records than {label(number)}; name an empty one in DATABASE_URL.")
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for pragma in ("synchronous = OFF", "cache_size = -200000") if is_sqlite else ():
            cursor.execute(f"PRAGMA {pragma}")
    Filling(number, label(number)).all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if is_sqlite else "VACUUM ANALYZE")
    return True


def main(number: int) -> None:
    """Fill the database of DATABASE_URL, and tell how long that took."""
    set_up()
    began = time.monotonic()
    if not fill(number):
        print(f"The database has these {number:,} lines already.")
        return
    took = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{number:,} lines in {took:.1f} s, {number / took:,.0f} a second, at most {memory:.0f} MB")


if __name__ == "__main__":
    match sys.argv[1:]:
        case [number] if number.isdigit():
            main(int(number))
        case _:
            sys.exit(__doc__)
