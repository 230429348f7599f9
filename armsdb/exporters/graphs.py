"""Lists as graphs: the records that rows name are the nodes, and each row is an edge, with how it is known.

A transfer leads from who supplied to who received; its companies have edges of their own to the other side. Who is not
known is a node of that row alone: one for all would join what has nothing to do with each other.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from armsdb.models import Organisation, Ownership, Person, Record, Role, Transfer

from .base import Export

#: What an edge tells, beside its label and what sort of link it is: columns of the table of its kind.
TOLD = (
    *("id", "equipment_name", "equipment_category", "nature", "status", "ordered_edtf", "delivered_edtf", "title"),
    *("share_low", "share_high", "period_edtf", "evidence", "evidence_reason", "dataset", "dataset_licence", "page"),
)
#: Companies of these roles are on the side of who received.
_RECEIVING = {"buyer", "consignee", "maintainer"}
#: No character of XML.
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECE = 65_536


@dataclass(frozen=True)
class Node:
    """Somebody: `id` has the kind before the public id."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True)
class Edge:
    """One link of two nodes; `told` has the cells that are not empty."""

    id: str
    source: Node
    target: Node
    link: str
    label: str
    told: Mapping[str, str]


Row = Mapping[str, str]


def _party(row: Row, *columns: str, kinds: Sequence[str], side: str = "") -> Node:
    """The node of the first of some columns that tells one; else that of somebody who is not known."""
    for column, kind in zip(columns, kinds, strict=True):
        if row[column]:
            return Node(f"{kind}:{row[column]}", row[f"{column}_name"], kind)
    return Node(f"unknown:{row['id']}:{side}", row.get(f"{side}_as_stated") or "not known", "unknown")


def _told(row: Row) -> dict[str, str]:
    return {name: row[name] for name in TOLD if row.get(name)}


def _of_transfer(row: Row) -> Iterator[Edge]:
    kinds = ("organisation", "country")
    supplier, recipient = (
        _party(row, f"{side}_organisation", side, kinds=kinds, side=side) for side in ("supplier", "recipient")
    )
    yield Edge(row["id"], supplier, recipient, "transfer", row["name"], _told(row))
    for number, part in enumerate(filter(None, row["companies"].split("; ")), start=1):
        role, company = part.split(": ")
        node = Node(f"organisation:{company}", "", Organisation.TYPE)
        ends = (supplier, node) if role in _RECEIVING else (node, recipient)
        if ends[0].id != ends[1].id:
            yield Edge(f"{row['id']}:{number}", *ends, role, f"{role}: {row['name']}", _told(row))


def _of_ownership(row: Row) -> Iterator[Edge]:
    parent, child = (_party(row, end, kinds=(Organisation.TYPE,), side=end) for end in ("parent", "child"))
    yield Edge(row["id"], parent, child, "owns", row["name"], _told(row))


def _of_role(row: Row) -> Iterator[Edge]:
    person = _party(row, "person", kinds=(Person.TYPE,), side="person")
    of = Node(f"{row['of_type']}:{row['of']}", row["of_name"], row["of_type"]) if row["of"] else None
    yield Edge(row["id"], person, of or _party(row, kinds=(), side="of"), "role", row["name"], _told(row))


#: The kinds of record whose lists are graphs.
EDGES: Mapping[type[Record], Callable[[Row], Iterator[Edge]]] = {
    Transfer: _of_transfer,
    Ownership: _of_ownership,
    Role: _of_role,
}


def written(
    export: Export, node: Callable[[Node], str], edge: Callable[[Edge], str], frame: Sequence[str]
) -> Iterator[bytes]:
    """A graph as a file: its beginning, nodes, what stands between, edges, its end.

    The edges wait in a temporary file until all nodes are known; only nodes are held in memory.
    """
    names = [column.name for column in export.columns]
    edges_of, nodes = EDGES[export.model], dict[str, Node]()
    with tempfile.TemporaryFile() as waiting:
        for part in export.parts:
            rows = (dict(zip(names, cells, strict=True)) for cells in zip(*part, strict=True))
            for one in chain.from_iterable(map(edges_of, rows)):
                for end in (one.source, one.target):
                    if end.label or end.id not in nodes:
                        nodes[end.id] = end
                waiting.write(edge(one).encode())
            yield b""  # so that whoever waits for it can be let go
        yield frame[0].encode()
        for some in _labelled(nodes):
            yield "".join(map(node, some)).encode()
        yield frame[1].encode()
        waiting.seek(0)
        while piece := waiting.read(_PIECE):
            yield piece
    yield frame[2].encode()


def _labelled(nodes: Mapping[str, Node]) -> Iterator[list[Node]]:
    """The nodes in the order of their ids; companies that no row named are asked for their names."""
    listed = [nodes[key] for key in sorted(nodes)]
    for start in range(0, len(listed), 1_000):
        some = listed[start : start + 1_000]
        missing = [one.id.partition(":")[2] for one in some if not one.label]
        names: dict[str, Any] = dict(
            Organisation.objects.filter(public_id__in=missing).values_list("public_id", "name") if missing else ()
        )
        yield [one if one.label else Node(one.id, names[one.id.partition(":")[2]], one.kind) for one in some]


def text(value: str) -> str:
    """Text inside an element."""
    return escape(_NO_CHARACTER.sub("", value))


def quoted(value: str) -> str:
    """Text as an attribute, with its quotation marks."""
    return quoteattr(_NO_CHARACTER.sub("", value))
