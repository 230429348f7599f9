"""The yardstick: the best SQL that we can write, in process, over narrow tables of its own beside those of ArmsDB.

The tables hold what an answer is looked for by: one row a line, whose key has the date inside (so that its order is the
order of the list), an index for each filter that carries that order, and for each facet one that carries the years; the
words with the supplier as a tag; names with how often they are meant; what totals are made of. They are made once for a
database: on SQLite in a file beside it, on PostgreSQL in a schema. ArmsDB and the others never see them.

`:name` stands for a value in every statement.
"""

import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from bench.lines import BROAD_WORD

#: Goes up with every change of the tables.
VERSION = 2
_ORDINAL = {
    "sqlite": "coalesce(CAST(julianday({0}) - julianday('1000-01-01') AS integer) + 1, 0)",
    "postgresql": "coalesce({0} - date '1000-01-01' + 1, 0)::bigint",
}
_YEARS = ("d1", "d2", "o1", "o2", "t1", "t2")
#: What facets are told of; each is a small number in the table, as it would be in a column that is made for it.
FACETS = ("supplier", "recipient", "category", "nature", "status", "evidence")


def _year(column: str, none: int) -> str:
    return f"coalesce(CAST(substr(CAST({column} AS text), 1, 4) AS integer), {none})"


def _span(name: str) -> str:
    """First and last year of a date; of none, years that overlap with nothing."""
    first, last = _year(f"{name}_earliest", 0), _year(f"{name}_latest", 9999)
    return f"CASE WHEN {name}_edtf = '' THEN 9999 ELSE {first} END, CASE WHEN {name}_edtf = '' THEN 0 ELSE {last} END"


def _time(name: str) -> str:
    """The year of a date that lies in one, else its EDTF."""
    first, last = (f"substr(CAST({name}_{end} AS text), 1, 4)" for end in ("earliest", "latest"))
    return f"CASE WHEN {first} = {last} THEN {first} ELSE {name}_edtf END"


def _making(vendor: str) -> list[str]:
    """The statements that make the tables."""
    ordinal = _ORDINAL[vendor]
    early, late = ordinal.format("when_earliest"), ordinal.format("when_latest")
    words = ("category", "nature", "status", "evidence")
    codes = ", ".join(f"(SELECT code FROM best.word WHERE kind = '{name}' AND value = {name})" for name in words)
    main = (
        f"CASE WHEN delivered_edtf <> '' THEN {_time('delivered')} WHEN ordered_edtf <> '' THEN {_time('ordered')}"
        f" ELSE {_time('talked')} END"
    )
    big = "integer" if vendor == "sqlite" else "bigint"
    return [
        "CREATE TABLE best.word (kind text, value text, code integer)",
        *(
            f"INSERT INTO best.word SELECT '{name}', value, row_number() OVER (ORDER BY value)"
            f" FROM (SELECT DISTINCT {name} AS value FROM armsdb_transfer) AS told"
            for name in words
        ),
        f"CREATE TABLE best.line (place {big} PRIMARY KEY, id {big}, {', '.join(f'{name} integer' for name in FACETS)},"
        f" {', '.join(f'{name} integer' for name in _YEARS)})",
        f"INSERT INTO best.line SELECT ({early} << 43) | ({late} << 23) | id, id, coalesce(supplier_id, 0),"
        f" coalesce(recipient_id, 0), {codes}, {_span('delivered')}, {_span('ordered')}, {_span('talked')}"
        f" FROM armsdb_transfer WHERE state = 'published' ORDER BY 1",
        "CREATE TABLE best.told AS SELECT t.id, line.supplier, name, coalesce(value_low, -1) AS low,"
        " coalesce(value_high, -1) AS high FROM best.line JOIN armsdb_transfer AS t ON t.id = line.id",
        "CREATE TABLE best.company AS SELECT DISTINCT company_id AS company, place, line.id FROM best.line"
        " JOIN armsdb_transfercompany ON transfer_id = line.id",
        "CREATE TABLE best.apart AS SELECT DISTINCT transfer_id AS id FROM armsdb_delivery WHERE date_edtf <> ''",
        f"CREATE TABLE best.total AS SELECT coalesce(supplier_id, 0) AS supplier, dataset_id AS dataset,"
        f" {main} AS time, {_time('ordered')} AS ordered, value_currency AS currency,"
        " value_basis AS basis, value_low AS low, value_high AS high, tiv_ordered,"
        " CASE WHEN apart.id IS NULL THEN tiv_delivered END AS tiv_delivered,"
        " CASE WHEN apart.id IS NULL THEN 1 ELSE 0 END AS whole"
        " FROM armsdb_transfer AS line LEFT JOIN best.apart ON apart.id = line.id WHERE state = 'published'",
        f"CREATE TABLE best.part AS SELECT coalesce(supplier_id, 0) AS supplier, dataset_id AS dataset, transfer_id"
        f" AS transfer, {_time('date')} AS time, part.tiv FROM armsdb_delivery AS part JOIN armsdb_transfer AS line"
        " ON line.id = transfer_id WHERE state = 'published' AND date_edtf <> ''",
        "CREATE TABLE best.name AS SELECT key, row.name, type, public_id, coalesce(times, 0) AS weight"
        " FROM armsdb_searchname AS row JOIN armsdb_searchentry AS entry ON entry.id = entry_id LEFT JOIN ("
        " SELECT 'country' AS what, supplier_id AS of_id, count(*) AS times FROM armsdb_transfer GROUP BY 2 UNION ALL"
        " SELECT 'equipment', equipment_id, count(*) FROM armsdb_transfer GROUP BY 2 UNION ALL"
        " SELECT 'organisation', company_id, count(*) FROM armsdb_transfercompany GROUP BY 2) AS meant"
        " ON what = type AND of_id = record_id WHERE kind <> 'code'",
    ]


_ORDERED = {
    "by_recipient": "line (recipient, category, place, id)",
    "by_evidence": "line (evidence, place, id)",
    "by_company": "company (company, place, id)",
    "by_name": "told (name, id)",
    "by_value": "told (supplier, low, high, id)",
}
_AFTER = {
    "sqlite": [
        f"CREATE INDEX best.by_supplier ON line (supplier, place, id, {', '.join(_YEARS)})",
        *(f"CREATE INDEX best.of_{name} ON line ({name}, {', '.join(_YEARS)})" for name in FACETS),
        *(f"CREATE INDEX best.{name} ON {columns}" for name, columns in _ORDERED.items()),
        "CREATE VIRTUAL TABLE best.words USING fts5(text, content='', tokenize='ascii')",
        "INSERT INTO best.words (rowid, text) SELECT place, names || ' ' || text || ' s' || supplier FROM best.line"
        " JOIN armsdb_searchentry ON type = 'transfer' AND record_id = line.id ORDER BY place",
        "INSERT INTO best.words (words) VALUES ('optimize')",
        "CREATE INDEX best.of_name ON name (key, weight)",
        "CREATE INDEX best.of_total ON total (supplier, dataset, time)",
        "CREATE INDEX best.of_part ON part (supplier, dataset, time)",
        "ANALYZE best",
    ],
    "postgresql": [
        f"CREATE INDEX by_supplier ON best.line (supplier, place, id, {', '.join(_YEARS)})",
        *(f"CREATE INDEX {name} ON best.{columns}" for name, columns in _ORDERED.items()),
        "CREATE TABLE best.words AS SELECT place, line.id, supplier, document FROM best.line"
        " JOIN armsdb_searchentry ON type = 'transfer' AND record_id = line.id ORDER BY place",
        "CREATE INDEX of_words ON best.words USING gin (document)",
        "CREATE INDEX of_place ON best.words (place)",
        # Of a table of all words and how often they are there, the rows that are asked for.
        f"CREATE TABLE best.frequency AS SELECT '{BROAD_WORD}'::text AS word, count(*) AS times FROM best.words"
        f" WHERE document @@ '{BROAD_WORD}'::tsquery",
        "CREATE INDEX of_name ON best.name (key text_pattern_ops, weight)",
        "CREATE INDEX of_total ON best.total (supplier, dataset, time)",
        "CREATE INDEX of_part ON best.part (supplier, dataset, time)",
    ],
}


def file_of(url: str) -> Path:
    """The file of a SQLite database, from its URL."""
    return Path("/" + urlsplit(url).path.lstrip("/"))


class Best:
    """A kept connection, with the tables."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite:")
        self.vendor = "sqlite" if self.is_sqlite else "postgresql"
        if self.is_sqlite:
            path = file_of(url)
            self.connection: Any = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self.connection.execute("ATTACH ? AS best", [str(path.with_suffix(".best"))])
            for pragma in ("mmap_size = 4000000000", "best.mmap_size = 4000000000", "cache_size = -64000"):
                self.connection.execute(f"PRAGMA {pragma}")
        else:
            self.connection = psycopg2.connect(url)
            self.connection.autocommit = True

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple]:
        """The rows that a question has."""
        if self.is_sqlite:
            return list(self.connection.execute(sql, values or {}))
        with self.connection.cursor() as cursor:
            cursor.execute(re.sub(r"(?<!:):([a-z]\w*)", r"%(\1)s", sql), values or {})
            return list(cursor.fetchall()) if cursor.description else []

    def one(self, sql: str, values: Mapping[str, Any] | None = None) -> Any:
        """The one value that a question has."""
        return self.rows(sql, values)[0][0]

    def copied(self, sql: str, out: Any) -> None:
        """Write the rows of a question without values as CSV, the fastest way that PostgreSQL has."""
        with self.connection.cursor() as cursor:
            cursor.copy_expert(f"COPY ({sql}) TO STDOUT WITH CSV", out)

    def make(self, label: str) -> None:
        """Make the tables, unless they are there already, of the same lines."""
        if self._made() == (label, VERSION):
            return
        if self.is_sqlite:
            for (table,) in self.rows("SELECT name FROM best.sqlite_master WHERE type = 'table'"):
                if not re.match("words_|sqlite_", table):
                    self.rows(f"DROP TABLE best.{table}")
            self.rows("PRAGMA best.synchronous = OFF")
        else:
            self.rows("DROP SCHEMA IF EXISTS best CASCADE")
            self.rows("CREATE SCHEMA best")
        for statement in (*_making(self.vendor), *_AFTER[self.vendor]):
            self.rows(statement)
        self.rows("CREATE TABLE best.made (label text, version integer)")
        self.rows("INSERT INTO best.made VALUES (:label, :version)", {"label": label, "version": VERSION})
        if not self.is_sqlite:
            self.rows("VACUUM ANALYZE")

    def _made(self) -> tuple | None:
        try:
            return self.rows("SELECT label, version FROM best.made")[0]
        except (sqlite3.OperationalError, psycopg2.errors.UndefinedTable, IndexError):
            return None

    def close(self) -> None:
        self.connection.close()
