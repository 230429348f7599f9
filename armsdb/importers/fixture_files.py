"""The files of the seed: YAML, a list of records each, read strictly."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml


class FixtureError(ValueError):
    """What is wrong with the fixtures, with the file and the record that it stands in."""


class _Loader(yaml.SafeLoader):
    """Refuses a mapping with one key twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = Counter(key.value for key, _ in node.value)
        repeated = [key for key, times in keys.items() if times > 1]
        if repeated:
            raise yaml.constructor.ConstructorError(None, None, f"{repeated[0]} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


def read(path: Path) -> list[dict[str, Any]]:
    """The records of a file; FixtureError where it is not a list of records with an id each."""
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FixtureError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) and _is_id(row.get("id")) for row in rows):
        raise FixtureError(f"{path.name} is not a list of records with ids.")
    repeated = [public_id for public_id, times in Counter(row["id"] for row in rows).items() if times > 1]
    if repeated:
        raise FixtureError(f"{path.name} has the id {repeated[0]} more than once.")
    return rows


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def referred_first(name: str, rows: list[dict[str, Any]], reference: str | None) -> Iterator[dict[str, Any]]:
    """The rows of a file, each after the one of the same file that its reference names."""
    waiting = {row["id"]: row for row in rows}
    while waiting:
        ready = [row for row in waiting.values() if reference is None or str(row.get(reference)) not in waiting]
        if not ready:
            raise FixtureError(f"{name}.yaml: {', '.join(sorted(waiting))} refer to each other in a circle.")
        for row in ready:
            yield waiting.pop(row["id"])


def listed(key: str, value: Any) -> list[Any]:
    """The value of a key that has a list, or nothing."""
    if not isinstance(value, list | None):
        raise ValueError(f"{key} is a list.")
    return value or []
