"""What a release tells of itself: the data package, notes for Datasette, how to cite it, and a text for people."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from armsdb.exporters.columns import Column, Kind
from armsdb.exporters.tables import Table
from armsdb.exporters.to_bibtex import ToBibtex
from armsdb.exporters.to_csl import ToCsl
from armsdb.exporters.to_ris import ToRis
from armsdb.exporters.works import Work, credit_of, of_dataset, of_ours
from armsdb.lib.vocab import OWN_LICENCE
from armsdb.models import Dataset

from .databases import NAME, refers
from .folders import PACKAGE
from .rows import by_dataset, may_be_passed_on
from .writing import FORMS, as_json, file_of, measured

TITLE = "ArmsDB, an open knowledge base of the international arms trade"
_OWN = {"name": "CC-BY-4.0", "title": OWN_LICENCE, "path": "https://creativecommons.org/licenses/by/4.0/"}
_TYPES = {
    Kind.NUMBER: "number",
    Kind.WHOLE: "integer",
    Kind.DAY: "date",
    Kind.MOMENT: "datetime",
    Kind.TRUTH: "boolean",
}
_MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True)
class Told:
    """What all that a release tells is drawn from."""

    tables: Sequence[Table]
    rows: Mapping[str, int]
    #: How many published rows each dataset has in each table, whatever its terms.
    shares: Mapping[str, Mapping[Dataset, int]]
    data_version: int
    moment: datetime
    site: str

    @property
    def given(self) -> list[Dataset]:
        """The datasets whose rows are in the release, by id."""
        found = {one.public_id: one for share in self.shares.values() for one in share if may_be_passed_on(one)}
        return [found[key] for key in sorted(found)]

    @property
    def withheld(self) -> list[dict[str, Any]]:
        """How many rows of which dataset are not in it, table by table, and why."""
        return [
            {"table": table, "dataset": one.public_id, "name": one.name, "rows": number, "licence": one.licence}
            | {"terms": one.terms, "why": str(one.get_terms_display())}
            for table, share in self.shares.items()
            for one, number in share.items()
            if not may_be_passed_on(one)
        ]

    @property
    def work(self) -> Work:
        """The release as a thing to cite."""
        credit = [credit_of(one) for one in self.given]
        return of_ours("release", TITLE, self.site + "/", self.data_version, self.moment.date(), credit)


def shares_of(tables: Sequence[Table]) -> dict[str, dict[Dataset, int]]:
    """How many published rows each dataset has in each table of facts."""
    return {table.model.COLLECTION: by_dataset(table.model) for table in tables}


def write(folder: Path, told: Told) -> None:
    """Write everything that tells of the tables in a folder."""
    (folder / "datasette.json").write_bytes(as_json(_for_datasette(told)))
    (folder / PACKAGE).write_bytes(as_json(_package(folder, told)))
    for name, text in _citations(told).items():
        (folder / name).write_text(text, encoding="utf-8")
    context = {"told": told, "title": TITLE, "licence": OWN_LICENCE, "day": told.moment.date().isoformat()}
    (folder / "README.md").write_text(render_to_string("releases/readme.md", context), encoding="utf-8")
    script = resources.files(__package__).joinpath("apply.py").read_bytes()
    (folder / "apply.py").write_bytes(script)


def moment_of(when: datetime) -> str:
    """A moment as all files write it."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _package(folder: Path, told: Told) -> dict[str, Any]:
    names = {table.model for table in told.tables}
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": "armsdb",
        "title": TITLE,
        "homepage": told.site + "/",
        "version": str(told.data_version),
        "created": moment_of(told.moment),
        "licenses": [_OWN, *map(_licence, told.given)],
        "sources": [{"title": credit_of(one)} for one in told.given],
        "resources": [_resource(folder, told, table, names) for table in told.tables],
        "database": _file(folder, NAME) | {"mediatype": "application/vnd.sqlite3", "notes": "datasette.json"},
        "withheld": told.withheld,
    }


def _resource(folder: Path, told: Told, table: Table, names: set[Any]) -> dict[str, Any]:
    name = table.model.COLLECTION
    given = [one for one in told.shares[name] if may_be_passed_on(one)]
    return {
        "name": name,
        "title": str(table.model._meta.verbose_name_plural),
        "profile": "tabular-data-resource",
        **_file(folder, file_of(table, "csv")),
        "format": "csv",
        "mediatype": _MEDIA_TYPES["csv"],
        "encoding": "utf-8",
        "rows": told.rows[name],
        "licenses": list(map(_licence, given)) or [_OWN],
        **({"sources": [{"title": credit_of(one)} for one in given]} if given else {}),
        "alternatives": [
            _file(folder, file_of(table, form)) | {"mediatype": _MEDIA_TYPES[form]} for form in FORMS if form != "csv"
        ],
        "schema": {
            "fields": list(map(_field, table.columns)),
            "primaryKey": "id",
            "missingValues": [""],
            "foreignKeys": [_key(name, one) for one in table.columns if one.refers_to in names],
        },
    }


def _file(folder: Path, name: str) -> dict[str, Any]:
    one = measured(folder, name)
    return {"path": one.name, "bytes": one.bytes, "hash": f"sha256:{one.sha256}"}


def _licence(dataset: Dataset) -> dict[str, str]:
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", dataset.licence).strip("-") or "other"
    return {"name": name, "title": f"{dataset.name}: {dataset.licence}"}


def _field(column: Column) -> dict[str, Any]:
    one: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    return (
        one | {"description": str(column.note)} | ({"constraints": {"required": True}} if column.name == "id" else {})
    )


def _key(name: str, column: Column) -> dict[str, Any]:
    table = refers(column)
    return {
        "fields": column.name,
        "reference": {"resource": "" if table == name else table, "fields": "id"},
    }


def _for_datasette(told: Told) -> dict[str, Any]:
    tables = {
        table.model.COLLECTION: {
            "title": str(table.model._meta.verbose_name_plural),
            "description": f"{told.rows[table.model.COLLECTION]} rows. {_said(told, table)}",
            "columns": {column.name: str(column.note) for column in table.columns},
            **({"label_column": "name"} if any(column.name == "name" for column in table.columns) else {}),
        }
        for table in told.tables
    }
    return {
        "title": TITLE,
        "license": OWN_LICENCE,
        "license_url": _OWN["path"],
        "source": "ArmsDB",
        "source_url": told.site + "/",
        "databases": {"armsdb": {"description": f"Data version {told.data_version}", "tables": tables}},
    }


def _said(told: Told, table: Table) -> str:
    """Whose rows a table has, and how many it has not."""
    name = table.model.COLLECTION
    credit = "; ".join(credit_of(one) for one in told.shares[name] if may_be_passed_on(one))
    withheld = sum(one["rows"] for one in told.withheld if one["table"] == name)
    return f"Credit: {credit or 'ArmsDB'}. Withheld, since their terms do not let us pass them on: {withheld}."


def _citations(told: Told) -> dict[str, str]:
    works = [told.work, *map(of_dataset, told.given)]
    return {
        "CITATION.cff": render_to_string("releases/citation.cff", {"told": told, "title": TITLE}),
        "CITATION.bib": ToBibtex().write(works),
        "CITATION.ris": ToRis().write(works),
        "CITATION.json": ToCsl().write(works),
    }
