"""The full-text structures of the search index, which the ORM does not know: they follow the entries by themselves.

SQLite: an FTS5 table whose contents are the entries' own columns, kept in step by triggers.
PostgreSQL: a stored tsvector column, names before the rest, under a GIN index.
The words come folded, so neither engine has any work on them but to cut at spaces.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NEW = "INSERT INTO armsdb_searchentry_fts(rowid, names, text) VALUES (new.id, new.names, new.text);"
OLD = (
    "INSERT INTO armsdb_searchentry_fts(armsdb_searchentry_fts, rowid, names, text) "
    "VALUES ('delete', old.id, old.names, old.text);"
)
MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE armsdb_searchentry_fts USING fts5("
        "names, text, content='armsdb_searchentry', content_rowid='id', tokenize='ascii')",
        f"CREATE TRIGGER armsdb_searchentry_made AFTER INSERT ON armsdb_searchentry BEGIN {NEW} END",
        f"CREATE TRIGGER armsdb_searchentry_gone AFTER DELETE ON armsdb_searchentry BEGIN {OLD} END",
        "CREATE TRIGGER armsdb_searchentry_changed AFTER UPDATE OF names, text ON armsdb_searchentry "
        f"WHEN old.names <> new.names OR old.text <> new.text BEGIN {OLD} {NEW} END",
        "INSERT INTO armsdb_searchentry_fts(armsdb_searchentry_fts) VALUES ('rebuild')",
    ],
    "postgresql": [
        "ALTER TABLE armsdb_searchentry ADD COLUMN document tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', names), 'A') || setweight(to_tsvector('simple', text), 'B')) STORED",
        "CREATE INDEX armsdb_searchentry_document ON armsdb_searchentry USING gin (document)",
    ],
}
DROP = {
    "sqlite": [
        "DROP TRIGGER armsdb_searchentry_made",
        "DROP TRIGGER armsdb_searchentry_gone",
        "DROP TRIGGER armsdb_searchentry_changed",
        "DROP TABLE armsdb_searchentry_fts",
    ],
    "postgresql": ["ALTER TABLE armsdb_searchentry DROP COLUMN document"],
}


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(MAKE, schema_editor)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(DROP, schema_editor)


def _run(statements: dict[str, list[str]], schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("armsdb", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
