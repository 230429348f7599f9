"""Everything is documented, and what the documents name is there: commands, settings, rooms, columns, addresses."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BaseConstraint, CheckConstraint
from drf_spectacular.generators import SchemaGenerator
from simple_history.models import HistoricalChanges

from armsdb import filters

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "var", "vendor", "node_modules", ".pytest_cache", ".ruff_cache", ".mypy_cache"}
DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if not NOT_OURS & set(path.relative_to(ROOT).parts))

#: Code in Markdown: a block between fences, or words between backticks.
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.DOTALL | re.MULTILINE)
#: A link in Markdown, without its fragment.
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)")
#: A file or folder of the repository that is named in words, and the test in it that may be named too.
PLACE = re.compile(r"`((?:armsdb|docs|fixtures|static|templates|tests|\.ci)/[\w./-]*)(?:::(\w+))?`")
#: A name that can only be a variable of the environment.
VARIABLE = re.compile(r"\b[A-Z][A-Z_]{3,}\b")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def shown(path: Path) -> str:
    """A path as a failing test shows it."""
    return str(path.relative_to(ROOT))


# Commands


def targets() -> set[str]:
    """The targets that `make help` lists."""
    return set(re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_make_target_that_a_document_names_exists(path: Path) -> None:
    """Guards readers against commands that are gone."""
    code = "\n".join(CODE.findall(path.read_text(encoding="utf-8")))
    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code)) <= targets()


def test_every_make_target_is_told_to_those_who_contribute() -> None:
    """Guards against commands that nobody hears of."""
    assert set(re.findall(r"^\| `make ([a-z-]+)` \|", text_of("CONTRIBUTING.md"), re.MULTILINE)) == targets()


# Packages


def pins(name: str) -> dict[str, str]:
    """Package -> version, as a list of pinned packages names them."""
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", text_of(name), re.MULTILINE))


def test_whoever_tests_has_every_package_that_runs() -> None:
    """Guards `make test` on a fresh machine, which installs the one list alone."""
    running = pins("requirements.txt")
    assert "django" in running
    assert running.items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_package_that_is_asked_for_is_pinned(name: str) -> None:
    """Guards against a package that stands in the list of wishes alone."""
    wished = re.findall(r"^([a-z][\w-]+)", text_of(f"{name}.in"), re.MULTILINE)
    assert len(wished) > 10
    assert set(wished) <= pins(f"{name}.txt").keys()


# Settings


def variables_read(name: str) -> Iterator[str]:
    """The variables of the environment that a module reads: `env.int("X")`, `demand("X", …)`, `os.environ.get("X")`."""
    for node in ast.walk(ast.parse(text_of(name))):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        if re.fullmatch(r"demand|env\.\w+|os\.environ\.get", ast.unparse(node.func)):
            yield str(node.args[0].value)


def variables() -> set[str]:
    return {*variables_read("armsdb/settings.py"), *variables_read("gunicorn.conf.py")}


def test_the_search_for_variables_finds_them() -> None:
    """Guards the tests below, which would pass if nothing were found."""
    assert {"ARMSDB_MODE", "SECRET_KEY", "DATABASE_URL", "PORT"} <= variables()


def test_the_table_in_the_readme_has_every_variable_and_no_other() -> None:
    """Guards against settings that nobody knows, and rows about settings that are gone."""
    section = text_of("README.md").partition("\n## Configuration\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == variables()


def test_the_sample_of_variables_has_every_one_and_no_other() -> None:
    """Guards whoever sets up a server from .env.example."""
    assert set(VARIABLE.findall(text_of(".env.example"))) == variables()


# Rooms, decisions, links


def rooms() -> set[str]:
    """The rooms of the application: its folders, and the modules at its top."""
    found = {path.relative_to(ROOT / "armsdb").parts[0].removesuffix(".py") for path in ROOT.glob("armsdb/**/*.py")}
    return found - {"__init__"}


def test_every_room_is_described_and_no_other() -> None:
    """Guards the plan of the house: two lines for each room."""
    section = text_of("ARCHITECTURE.md").partition("\n## The rooms\n")[2].partition("\n## ")[0]
    described = re.findall(r"^- ((?:\*\*\w+\*\*(?:, )?)+):", section, re.MULTILINE)
    assert {name for names in described for name in re.findall(r"\w+", names)} == rooms()


def test_every_decision_is_listed_in_its_order() -> None:
    """Guards against a decision that nobody finds, and against a number given twice."""
    files = sorted(path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md"))
    assert re.findall(r"^\| \[\d{4}\]\(([^)]+)\)", text_of("docs/adr/README.md"), re.MULTILINE) == files
    assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]


@pytest.mark.parametrize("path", sorted((ROOT / "docs/adr").glob("[0-9]*.md")), ids=shown)
def test_every_decision_has_its_four_parts_and_fits_on_a_screen(path: Path) -> None:
    """Guards the form that makes decisions quick to read."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Status", "Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 40


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_link_to_a_file_leads_to_one(path: Path) -> None:
    """Guards readers against dead ends."""
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not re.match(r"[a-z]+:", link)]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_place_that_a_document_names_is_there(path: Path) -> None:
    """Guards documents against files that were moved, and tests that were renamed."""
    missing = []
    for name, test in PLACE.findall(path.read_text(encoding="utf-8")):
        place = ROOT / name
        if not place.exists() or (test and f"def {test}(" not in place.read_text(encoding="utf-8")):
            missing.append(f"{name}::{test}" if test else name)
    assert missing == []


# What the code says of itself


FILTER_SETS = [getattr(filters, name) for name in filters.__all__ if name.endswith("FilterSet")]


@pytest.mark.parametrize("filter_set", FILTER_SETS, ids=lambda filter_set: filter_set.__name__)
def test_every_filter_has_a_label_and_a_help_text(filter_set: Any) -> None:
    """Guards the forms of the pages and the description of the API, which are made of these."""
    known = filter_set.base_filters.items()
    assert [name for name, filter_ in known if not (filter_.label and filter_.extra.get("help_text"))] == []


MODELS = [
    model
    for model in apps.get_app_config("armsdb").get_models()
    if not issubclass(model, HistoricalChanges) and not model._meta.proxy
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_column_has_a_help_text(model: Any) -> None:
    """Guards the desk, the API and the notes on columns, which are made of these."""
    fields = [field for field in model._meta.get_fields() if field.concrete and not field.auto_created]
    assert [field.name for field in fields if not field.help_text] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_check_of_the_database_has_a_sentence(model: Any) -> None:
    """Guards editors and importers against a refusal that gives only the name of a constraint."""
    checks = [constraint for constraint in model._meta.constraints if isinstance(constraint, CheckConstraint)]
    default = BaseConstraint.default_violation_error_message
    assert [check.name for check in checks if check.violation_error_message == default] == []


# The API


def test_every_address_of_the_api_is_told() -> None:
    """Guards the written contract of the API against addresses that it does not know."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    assert len(paths) > 20
    told = text_of("docs/api.md")
    assert [path for path in paths if path not in told] == []
