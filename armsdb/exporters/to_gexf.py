"""GEXF 1.3: nodes and edges for Gephi."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from .base import Export
from .graphs import TOLD, Edge, Node, quoted, text, written


class ToGexf:
    extension = "gexf"
    media_type = "application/gexf+xml"
    label = "GEXF"
    description = _("The same graph for Gephi.")
    is_text = True
    is_flat = True

    def check(self, rows: int) -> None:
        """Any number will do."""

    def pieces(self, export: Export) -> Iterator[bytes]:
        about = " ".join(f"{name}: {value}" for name, value in export.about)
        declared = "".join(_attributes(of, names) for of, names in (("node", ("kind",)), ("edge", ("link", *TOLD))))
        begin = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
            f"<meta><creator>ArmsDB</creator><description>{text(about)}</description></meta>\n"
            f'<graph defaultedgetype="directed">\n{declared}<nodes>\n'
        )
        return written(export, _node, _edge, (begin, "</nodes>\n<edges>\n", "</edges>\n</graph>\n</gexf>\n"))


def _attributes(of: str, names: tuple[str, ...]) -> str:
    told = "".join(f'<attribute id="{name}" title="{name}" type="string"/>' for name in names)
    return f'<attributes class="{of}">{told}</attributes>\n'


def _values(**cells: str) -> str:
    told = "".join(f"<attvalue for={quoted(name)} value={quoted(value)}/>" for name, value in cells.items())
    return f"<attvalues>{told}</attvalues>"


def _node(node: Node) -> str:
    return f"<node id={quoted(node.id)} label={quoted(node.label)}>{_values(kind=node.kind)}</node>\n"


def _edge(edge: Edge) -> str:
    ends = f"source={quoted(edge.source.id)} target={quoted(edge.target.id)} label={quoted(edge.label)}"
    return f"<edge id={quoted(edge.id)} {ends}>{_values(link=edge.link, **edge.told)}</edge>\n"
