"""The floors of the house: imports go only down, and every room has a floor."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "armsdb"

#: Rooms by floor, the highest first; rooms of one floor are strangers to each other.
FLOORS = [
    {"urls", "wsgi", "asgi", "apps", "checks", "middleware", "errors", "running"},
    {"web", "api", "admin", "management", "templatetags"},
    {"filters"},
    {"importers", "exporters", "charts"},
    {"actions"},
    {"search"},
    {"models", "migrations"},
    {"lib"},
    {"settings", "__init__"},
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
#: The front gate is one room: its modules may know each other.
GATE = FLOORS[0]


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[tuple[int, str]]:
    """Every room of the package that a module imports, with the line; imports inside functions included."""
    package = ["armsdb", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            base = package[: len(package) - node.level + 1] if node.level else []
            module = [*base, *([node.module] if node.module else [])]
            names = [".".join([*module, alias.name]) for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "armsdb" and len(parts) > 1:
                yield node.lineno, parts[1]


def faults(path: Path) -> Iterator[str]:
    room = room_of(path)
    for line, imported in imported_rooms(path):
        if imported == room or imported not in FLOOR_OF:
            continue
        down = FLOOR_OF[imported] > FLOOR_OF[room]
        if not (down or (room in GATE and imported in GATE)):
            yield f"{path.relative_to(PACKAGE.parent)}:{line} imports {imported}"


MODULES = sorted(PACKAGE.rglob("*.py"))


def test_every_room_has_a_floor():
    """A new folder or module in armsdb/ has to be given its place before it is used."""
    assert {room_of(path) for path in MODULES} <= set(FLOOR_OF)


def test_imports_go_only_down():
    """No module imports a room above its own or beside it."""
    assert [fault for path in MODULES for fault in faults(path)] == []


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("models/x.py", "from armsdb.web import base"),
        ("web/x.py", "from armsdb import api"),
        ("lib/x.py", "def f():\n    from armsdb.models import Transfer"),
        ("search/x.py", "from ..actions import put"),
        ("exporters/x.py", "import armsdb.importers.base"),
    ],
)
def test_the_test_sees_what_is_not_allowed(tmp_path, monkeypatch, place, line):
    """Upward, sideways, hidden and relative imports are all seen."""
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    path = tmp_path / place
    path.parent.mkdir()
    path.write_text(line)
    assert len(list(faults(path))) == 1
