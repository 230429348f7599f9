"""Reads what ArmsDB hands out with the program that it is meant for: run by that program's Python, not by ours.

    python reading.py PROGRAM FOLDER

FOLDER has a release, and in `lists` files of lists. What the program found is told as JSON.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

FORMS = ("csv", "jsonl", "parquet")


def tables(folder: Path) -> dict[str, int]:
    """How many rows each table has to have."""
    package = json.loads((folder / "datapackage.json").read_bytes())
    return {one["name"]: one["rows"] for one in package["resources"]}


def by_pandas(folder: Path) -> Any:
    import pandas

    read = {
        "csv": pandas.read_csv,
        "jsonl": lambda path: pandas.read_json(path, lines=True),
        "parquet": pandas.read_parquet,
    }
    return {name: [len(read[form](folder / form / f"{name}.{form}")) for form in FORMS] for name in tables(folder)}


def by_duckdb(folder: Path) -> Any:
    import duckdb

    def count(path: Path) -> int:
        return duckdb.connect().execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0]

    return {name: [count(folder / form / f"{name}.{form}") for form in FORMS] for name in tables(folder)}


def by_frictionless(folder: Path) -> Any:
    from frictionless import validate

    report = validate(str(folder / "datapackage.json"))
    return {"valid": report.valid, "errors": report.flatten(["title", "type", "message"])[:5]}


def by_datasette(folder: Path) -> Any:
    import asyncio

    from datasette.app import Datasette

    metadata = json.loads((folder / "datasette.json").read_bytes())

    async def ask() -> Any:
        site = Datasette([], immutables=[str(folder / "armsdb.sqlite")], metadata=metadata)
        counted = {}
        for name in tables(folder):
            counted[name] = (await site.client.get(f"/armsdb/{name}.json?_size=0")).json()["filtered_table_rows_count"]
        line = (await site.client.get("/armsdb/transfers/articles-t44.json?_shape=objects")).json()["rows"][0]
        page = (await site.client.get("/armsdb/transfers")).text
        return {"rows": counted, "supplier": line["supplier"], "page": page}

    told = asyncio.run(ask())
    page = told.pop("page")
    return told | {"leads": "/armsdb/countries/" in page, "notes": "The state that supplied" in page}


def by_networkx(folder: Path) -> Any:
    import networkx

    graphs = (
        networkx.read_graphml(folder / "lists/transfers.graphml"),
        networkx.read_gexf(folder / "lists/transfers.gexf"),
    )
    return [[graph.number_of_nodes(), graph.number_of_edges()] for graph in graphs]


def by_pyld(folder: Path) -> Any:
    from pyld import jsonld

    def loader(url: str, _options: Any) -> Any:
        """The words of schema.org without asking its site: each is a word below its address, as there."""
        context = {"@context": {"@vocab": "http://schema.org/"}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    jsonld.set_document_loader(loader)
    rdf = jsonld.to_rdf(json.loads((folder / "lists/transfers.jsonld").read_bytes()))["@default"]
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    types = Counter(one["object"]["value"].rpartition("/")[2] for one in rdf if one["predicate"]["value"] == kind)
    return {"triples": len(rdf), "types": types, "blank": sum(one["subject"]["type"] == "blank node" for one in rdf)}


def by_followthemoney(folder: Path) -> Any:
    """Every value is one that its property takes, every property one of its schema, every reference leads somewhere."""
    from followthemoney import model
    from followthemoney.statement.serialize import read_json_statements

    problems: list[str] = []
    schemata: dict[str, str] = {}
    entities: dict[str, dict[str, list[str]]] = {}
    for path in sorted((folder / "lists").glob("*.ftm.jsonl")):
        with path.open("rb") as file:
            for one in read_json_statements(file):
                schemata[one.entity_id] = one.schema
                entities.setdefault(one.entity_id, {}).setdefault(one.prop, []).append(one.value)
                prop = model.get(one.schema).get(one.prop)
                if prop is None or prop.type.name != one.prop_type or prop.type.clean(one.value) is None:
                    problems.append(f"{one.entity_id} {one.schema}:{one.prop} {one.value}")
                if one.id != one.generate_key():
                    problems.append(f"{one.entity_id} {one.prop}: another key")
    for entity, values in entities.items():
        schema = model.get(schemata[entity])
        problems += [f"{entity}: no {name}" for name in schema.required if name not in values]
        for name, told in values.items():
            prop = schema.get(name)
            if prop is not None and prop.type.name == "entity":
                strays = [one for one in told if not model.get(schemata.get(one, "Thing")).is_a(prop.range)]
                problems += [f"{entity}:{name} leads to {one}, no {prop.range.name}" for one in strays]
    return {"problems": problems[:20], "schemata": Counter(schemata.values())}


if __name__ == "__main__":
    program, folder = sys.argv[1:]
    try:
        found = globals()[f"by_{program}"](Path(folder))
    except ImportError as error:
        sys.exit(f"not installed: {error}")
    sys.stdout.write(json.dumps(found))
