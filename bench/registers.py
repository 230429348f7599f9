"""Registers of any size, and how fast they come in.

    python -m bench.registers make 1000000 register.csv    writes a register of so many rows, always the same
    python -m bench.registers measure register.csv         takes it into the database of DATABASE_URL, which should be
                                                           empty, and compares that with the engine's fastest bulk load

The comparison loads the same finished rows (lines, deliveries, citations, equipment with its history, index entries and
names) into tables with the same columns, indexes and triggers: by COPY on PostgreSQL, by executemany on SQLite.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: What an import writes: its lines, their passages and entries, and the equipment that it makes, with its history.
TABLES = (
    "armsdb_transfer",
    "armsdb_delivery",
    "armsdb_citation",
    "armsdb_equipment",
    "armsdb_historicalequipment",
    "armsdb_searchentry",
    "armsdb_searchname",
)
HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,"
    "Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
)
STATES = ("Brazil", "France", "India", "Japan", "Norway", "Sweden", "Italy", "Kenya", "Peru", "Chile", "Egypt", "Ghana")
KINDS = (
    ("fighter aircraft", "Aircraft"),
    ("transport helicopter", "Aircraft"),
    ("anti-tank missile", "Missiles"),
    ("tank", "Armoured vehicles"),
    ("APC", "Armoured vehicles"),
    ("frigate", "Ships"),
    ("towed gun", "Artillery"),
    ("air search radar", "Sensors"),
)
#: Rows that are read from one database and written to the other together.
_CHUNK = 20_000


def rows(number: int) -> Iterator[str]:
    """So many made-up rows of the register in 17 columns: deals of one to four deliveries."""
    chance = random.Random(number)
    deal = made = 0
    while made < number:
        deal += 1
        supplier, recipient = chance.sample(STATES, 2)
        kind, category = chance.choice(KINDS)
        name = f"{chance.choice('ABCDEFGHKLMNPRSTUVW')}{chance.choice('aeiou')}-{chance.randrange(1, 400)}"
        ordered, unit = chance.randrange(1950, 2020), chance.randrange(1, 4000)
        for year in range(ordered + 1, ordered + 1 + min(chance.randrange(1, 5), number - made)):
            count, doubt = chance.randrange(1, 200), chance.choice(("Yes", "No"))
            volume, each = unit * count, f"{unit // 100}.{unit % 100:02}"
            yield (
                f"{deal},{supplier},{recipient},{name},{kind},{category},{ordered},{doubt},{count},{doubt},{year},No,"
                f"New,{each},{each},{volume // 100}.{volume % 100:02},No"
            )
            made += 1


def make(number: int, path: Path) -> None:
    """Write a register of so many rows."""
    with path.open("w", encoding="ascii", newline="\n") as out:
        out.write(f"{HEADER}\n")
        out.writelines(f"{row}\n" for row in rows(number))


def measure(path: Path) -> None:
    """Take a register in, in a process of its own, and load the same rows by the engine's own way."""
    number = sum(1 for _ in path.open("rb")) - 1
    _manage("migrate", "--verbosity", "0")
    began = time.monotonic()
    _manage("import_register", "sipri", str(path))
    took = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"import: {number:,} rows in {took:.1f} s, {number / took:,.0f} rows a second, at most {memory:.0f} MB")
    loaded = load()
    print(f"bulk load of the same finished rows: {loaded:.1f} s, {number / loaded:,.0f} rows a second")
    print(f"the import runs at {100 * loaded / took:.1f} % of the rate of the bulk load")


def _manage(*words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True)


def load() -> float:
    """Seconds that the engine's fastest bulk load of the finished rows takes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
    import django

    django.setup()
    from django.db import connection

    return _executemany(connection) if connection.vendor == "sqlite" else _copy(connection)


def _copy(connection: Any) -> float:
    took = 0.0
    with connection.cursor() as cursor, tempfile.TemporaryFile("w+") as held:
        for table in TABLES:
            held.seek(0)
            held.truncate()
            columns = _columns(connection, table)
            cursor.copy_expert(f"COPY {table} ({columns}) TO STDOUT", held)
            cursor.execute(f"CREATE TEMPORARY TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
            held.seek(0)
            began = time.monotonic()
            cursor.copy_expert(f"COPY bench_{table} ({columns}) FROM STDIN", held)
            took += time.monotonic() - began
            cursor.execute(f"DROP TABLE bench_{table}")
    return took


def _columns(connection: Any, table: str) -> str:
    from django.apps import apps

    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return ", ".join(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)


def _executemany(connection: Any) -> float:
    import sqlite3

    took = 0.0
    source = sqlite3.connect(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/copy.sqlite3"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True, env=environment)
        copy = sqlite3.connect(f"{folder}/copy.sqlite3", isolation_level=None)
        copy.execute("BEGIN")
        for table in TABLES:
            columns = _columns(connection, table)
            places = ", ".join("?" * (columns.count(",") + 1))
            found = source.execute(f"SELECT {columns} FROM {table}")
            while chunk := found.fetchmany(_CHUNK):
                began = time.monotonic()
                copy.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", chunk)
                took += time.monotonic() - began
        began = time.monotonic()
        copy.execute("COMMIT")
        return took + time.monotonic() - began


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", number, path]:
            make(int(number), Path(path))
        case ["measure", path]:
            measure(Path(path))
        case _:
            sys.exit(__doc__)
