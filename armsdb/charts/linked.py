"""Those who are linked with some in the middle, grouped by how: what pictures and lists of links have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from armsdb.lib.vocab import Grade
from armsdb.models.links import LINKS, OWNS, PART, POST, SANCTIONS, TRANSFERS, Link

#: What those are called that links of a kind lead from, or to; and those whom links between the middle ones join.
TITLES = {
    (TRANSFERS, "in"): gettext_lazy("Suppliers"),
    (TRANSFERS, "out"): gettext_lazy("Recipients"),
    (PART, "in"): gettext_lazy("Take part in transfers"),
    (PART, "out"): gettext_lazy("Countries in transfers"),
    (OWNS, "in"): gettext_lazy("Owners"),
    (OWNS, "out"): gettext_lazy("Owned"),
    (POST, "in"): gettext_lazy("Hold posts"),
    (POST, "out"): gettext_lazy("Posts in"),
    (SANCTIONS, "in"): gettext_lazy("Impose sanctions"),
    (SANCTIONS, "out"): gettext_lazy("Under sanctions"),
}
BETWEEN = gettext_lazy("Between those in the middle")


@dataclass
class Member:
    """Somebody who is linked, and by what with those in the middle; nobody where it is two of these."""

    node: Any
    links: list[Link] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Who it is; of a link between two in the middle, both of them."""
        return (
            self.node.name
            if self.node
            else _("%(source)s to %(target)s")
            % {"source": self.links[0].source.name, "target": self.links[0].target.name}
        )

    @property
    def lines(self) -> list[Link]:
        """One link for each of those in the middle: that of the dataset that tells most."""
        found: dict[tuple[Any, ...], Link] = {}
        for link in sorted(self.links, key=lambda link: -link.number):
            found.setdefault(link.ends, link)
        return list(found.values())

    @property
    def greatest(self) -> Link:
        """The link of the dataset that tells most."""
        return max(self.links, key=lambda link: link.number)

    @property
    def told(self) -> str:
        """How many there are, those that are disputed apart."""
        link = self.greatest
        return f"{link.undisputed} + {link.disputed}" if link.disputed else str(link.number)


@dataclass
class Group:
    """Those who are linked in one way, those with most first."""

    kind: str
    way: str
    members: list[Member]

    @property
    def title(self) -> str:
        return str(BETWEEN if self.way == "between" else TITLES[self.kind, self.way])

    @property
    def is_counted(self) -> bool:
        """Whether its numbers are those of transfers."""
        return self.kind in (TRANSFERS, PART)


def groups_of(centres: Sequence[Any], links: Iterable[Link]) -> list[Group]:
    """The links by kind and way; those between two in the middle by kind."""
    found: dict[tuple[str, str], dict[Any, Member]] = {}
    for link in links:
        inside = [end in centres for end in link.ends]
        way = "between" if all(inside) else "in" if inside[1] else "out"
        node = None if way == "between" else link.target if way == "out" else link.source
        found.setdefault((link.kind, way), {}).setdefault(node or link.ends, Member(node)).links.append(link)
    ways = ("between", "in", "out")
    return [
        Group(kind, way, sorted(found[kind, way].values(), key=_rank))
        for kind in LINKS
        for way in ways
        if (kind, way) in found
    ]


def _rank(member: Member) -> tuple[int, str, int]:
    return -member.greatest.number, member.name, member.links[0].source.pk


def finding_of(groups: Sequence[Group]) -> str:
    """The first of each group in a sentence, for those who cannot see the drawing."""
    told = []
    for group in groups:
        names = [f"{one.name} {one.told}" if group.is_counted else one.name for one in group.members[:3]]
        if len(group.members) > 3:
            names.append(_("and %(n)s more") % {"n": len(group.members) - 3})
        disputed = sum(link.of_grade(Grade.DISPUTED) > 0 for one in group.members for link in one.links)
        words = _("%(title)s: %(names)s.") if not disputed else _("%(title)s: %(names)s (%(n)s with disputed facts).")
        told.append(words % {"title": group.title, "names": ", ".join(names), "n": disputed})
    return " ".join(told)
