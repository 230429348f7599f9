"""Migrations that old and new code can live with: while one release takes over from another both run for a moment."""

from pathlib import Path

import pytest
from django.conf import settings
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements, get_sql_analyser_class

from tests.clusters import Site

#: The last one before this was asked; no release was running then.
BEFORE = "0017_api_tokens"
MIGRATIONS = Path(settings.BASE_DIR) / "armsdb" / "migrations"
LATER = sorted(path.stem for path in MIGRATIONS.glob("0*.py") if path.stem > BEFORE)
#: Run apart: writing the statements of a migration out needs a connection that is in no transaction.
LINT = """
from django_migration_linter import MigrationLinter
linter = MigrationLinter(".", include_apps=["armsdb"], include_name={names}, no_cache=True)
linter.lint_all_migrations()
print("asked", linter.nb_total - linter.nb_ignored, "refused", linter.nb_erroneous)
"""


def test_the_release_before_works_on_the_tables_of_the_next(tmp_path: Path) -> None:
    """Guards an upgrade without a pause, and the way back from it."""
    done = Site(tmp_path).manage("shell", "--no-imports", "-c", LINT.format(names=LATER))
    assert done.stdout.splitlines()[-1] == f"asked {len(LATER)} refused 0", done.stdout


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "armsdb_job" ADD COLUMN "x" integer NOT NULL;',
        'ALTER TABLE "armsdb_job" DROP COLUMN "told" CASCADE;',
        'ALTER TABLE "armsdb_job" RENAME TO "armsdb_task";',
    ],
)
def test_the_linter_finds_what_the_release_before_could_not_live_with(statement: str) -> None:
    """Guards the test above, which would pass if nothing were found."""
    errors, _ignored, _warnings = analyse_sql_statements(get_sql_analyser_class("postgresql"), [statement])
    assert errors
