"""GraphML: nodes and edges for yEd, Gephi, NetworkX and their like."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .base import Export
from .graphs import TOLD, Edge, Node, quoted, text, written

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


class ToGraphml:
    extension = "graphml"
    media_type = "application/graphml+xml"
    label = "GraphML"
    description = _(
        "A graph: who is named are the nodes, each row is an edge; for yEd, Gephi, NetworkX. Made whole first."
    )
    is_text = True
    is_flat = True

    def check(self, rows: int) -> None:
        """Any number will do."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        keys = "".join(_key(name, of) for of, names in (("node", _NODE), ("edge", _EDGE)) for name in names)
        about = " ".join(f"{name}: {value}" for name, value in export.about)
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_NAMESPACE}">\n<desc>{text(about)}</desc>\n'
        begin = f'{head}{keys}<graph id="armsdb" edgedefault="directed">\n'
        return written(export, _node, _edge, (begin, "", "</graph>\n</graphml>\n"))


_NODE = ("label", "kind")
_EDGE = ("label", "link", *TOLD)


def _key(name: str, of: str) -> str:
    return f'<key id="{of}-{name}" for="{of}" attr.name="{name}" attr.type="string"/>\n'


def _data(of: str, name: str, value: str) -> str:
    return f'<data key="{of}-{name}">{text(value)}</data>'


def _node(node: Node) -> str:
    told = _data("node", "label", node.label) + _data("node", "kind", node.kind)
    return f"<node id={quoted(node.id)}>{told}</node>\n"


def _edge(edge: Edge) -> str:
    cells = {"label": edge.label, "link": edge.link, **edge.told}
    told = "".join(_data("edge", name, value) for name, value in cells.items())
    ends = f"source={quoted(edge.source.id)} target={quoted(edge.target.id)}"
    return f"<edge id={quoted(edge.id)} {ends}>{told}</edge>\n"
