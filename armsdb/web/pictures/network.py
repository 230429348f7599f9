"""The picture of who is linked with whom: countries, companies, organisations and people around some in the middle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from armsdb.charts.forms import SMALL
from armsdb.charts.linked import Group, Member, groups_of
from armsdb.charts.network import network_picture
from armsdb.filters import Problem, TransferFilterSet
from armsdb.filters.networks import Network, NetworkFilterSet, asked, read
from armsdb.filters.pictured import with_most
from armsdb.lib.vocab import CompanyRole, Grade, Terms
from armsdb.models.links import PART, TRANSFERS, Link, address_of

from .base import Changed, Drawn, Picture, Sketch

#: The most in the middle, and how many are offered where none is named.
MOST, OFFERED = 5, 6
#: Rows of a group that stand open, and the most that the page has; the files have all of them.
OPEN, ROWS = 20, 60
_ROLES = {str(role): role.label for role in CompanyRole} | {"recipient": gettext_lazy("recipient")}


@dataclass(frozen=True)
class Told:
    """One link in words: the list of its transfers, or the facts that tell of it; and how many there are by grade."""

    words: str
    url: str
    grades: list[tuple[str, int]]
    facts: Sequence[Any] = ()


@dataclass(frozen=True)
class Row:
    """Somebody in the list, where to go from there, and the links."""

    name: str
    url: str
    told: list[Told]
    #: The network with this one alone in the middle, and with it added there; empty where that cannot be.
    alone: str = ""
    added: str = ""


@dataclass(frozen=True)
class Listed:
    """A group of the list: the rows that stand open, those that are folded, and how many are in the files alone."""

    title: str
    rows: list[Row]
    folded: list[Row]
    left_out: int


class NetworkPicture(Picture):
    name = "network"
    label = gettext_lazy("Network")
    by = ""
    counts = "links"
    draws = gettext_lazy(
        "Who is linked with a country, a company, another organisation or a person: by transfers, by parts in them, by "
        "ownership, posts and sanctions. A click on a name takes it into the middle as well. Filters narrow the "
        "transfers; other links stand there whatever is asked for."
    )
    apart = gettext_lazy(
        "Datasets tell some of the same deliveries, and are never added up: a line and its number are those of the "
        "dataset that tells most; the list has each."
    )
    needs = gettext_lazy("Name whom to draw it around: fill in the field Around with any known name.")

    def asked(self, query: QueryDict) -> NetworkFilterSet:
        return asked(query)

    def names_none(self, question: TransferFilterSet) -> bool:
        return not question.form.cleaned_data["around"]

    def problems(self, question: TransferFilterSet) -> list[Problem]:
        number = len(question.form.cleaned_data["around"])
        if number > MOST:
            return [Problem("around", _("At most five stand in the middle, not %(n)s.") % {"n": number})]
        return [] if number else [Problem("around", str(self.needs))]

    def examples(self, question: TransferFilterSet) -> list[tuple[str, str]]:
        return [(one.name, _around(question, address_of(one))) for one in with_most(question, OFFERED)]

    def title(self, question: TransferFilterSet) -> str:
        return question.sentence

    def drawn(self, question: Any, *, site: str, id: str = "picture") -> Drawn:  # noqa: A002
        network = read(question)
        if len(network.centres) < len(question.form.cleaned_data["around"]):
            raise Changed
        return self.of_network(question, network, site, id)

    def of_network(self, question: Any, network: Network, site: str, id: str) -> Drawn:  # noqa: A002
        """The picture of this network, which answers the question."""
        picture = network_picture(network.centres, network.links)
        _lead(picture, question, network)
        groups = groups_of(network.centres, network.links)
        return self.told(
            question,
            picture,
            tables=[],
            columns=["link", "source", "source_name", "target", "target_name", "side", "part", "dataset", "evidence",
                     "fact", "page", "number"],
            read_rows=lambda: sorted(_rows(network, site), key=str),
            not_drawn=_not_drawn(network, groups),
            drawn_from=network.datasets,
            groups=[_listed(group, question, network) for group in groups],
            links=len({link.pair for link in network.links}),
            site=site,
            id=id,
        )  # fmt: skip

    def sketch(self, question: TransferFilterSet) -> Sketch | None:
        for name, query in self.examples(question)[:1]:
            own = asked(QueryDict(query))
            if own.problems:
                return None
            network = read(own)
            return Sketch.of(network_picture(network.centres, network.links, [SMALL]), of=name)
        return None


def _around(question: TransferFilterSet, *values: str) -> str:
    """The question around these."""
    query = QueryDict(question.query_string, mutable=True)
    query.setlist("around", list(values))
    return query.urlencode()


def _addresses(question: Any, network: Network, node: Any) -> tuple[str, str]:
    """The network around a record alone, and with it added; empty where it is there, or no more may be."""
    page, own = reverse("picture_network"), address_of(node)
    there = [address_of(one) for one in network.centres]
    alone = f"{page}?{_around(question, own)}" if there != [own] else ""
    is_new = own not in there and len(there) < MOST
    return alone, f"{page}?{_around(question, *there, own)}" if is_new else ""


def _lead(picture: dict[str, Any], question: Any, network: Network) -> None:
    """Let the names in the drawings lead where a click goes: into the middle as well, else there alone."""
    nodes = {address_of(end): end for link in network.links for end in link.ends}
    for drawing in (drawing for panel in picture["panels"] for drawing in panel["drawings"].values()):
        for text in drawing["texts"]:
            node = nodes.get(text.get("node", ""))
            if node:
                alone, added = _addresses(question, network, node)
                words = _("%(words)s: add to the middle") if added else _("%(words)s: take into the middle alone")
                text |= {"url": added or alone, "says": words % {"words": text["words"]}}
                drawing["leads"] = True


# The list


def _listed(group: Group, question: Any, network: Network) -> Listed:
    rows = [_row(member, group, question, network) for member in group.members[:ROWS]]
    shown = len(rows) if len(rows) <= OPEN + 2 else OPEN
    return Listed(group.title, rows[:shown], rows[shown:], len(group.members) - len(rows))


def _row(member: Member, group: Group, question: Any, network: Network) -> Row:
    several = len(network.centres) > 1
    told = [_told(link, question, several, len(network.datasets) > 1, network) for link in member.links]
    if member.node is None:
        return Row(member.name, "", told)
    alone, added = _addresses(question, network, member.node)
    return Row(member.name, member.node.get_absolute_url(), told, alone, added)


def _told(link: Link, question: Any, several: bool, by_dataset: bool, network: Network) -> Told:
    """One link in words: how many transfers, as what, of whom, where told."""
    grades = [(grade, number) for _kind, grade, number in link.in_order()]
    others = [end for end in link.ends if end in network.centres]
    with_whom = [_("with %(name)s") % {"name": others[0].in_sentence}] if several and len(others) == 1 else []
    if link.kind not in (TRANSFERS, PART):
        return Told(", ".join(with_whom), "", grades, link.facts)
    words = [ngettext("%(n)s transfer", "%(n)s transfers", link.number) % {"n": link.number}]
    if link.kind == PART:
        names = {"country": link.target.in_sentence}
        words[0] += " " + (_("from %(country)s") if link.side == "supplier" else _("to %(country)s")) % names
        roles = [role for role in link.roles if role != "supplier" or len(link.roles) == 1]
        words.append(_("as %(roles)s") % {"roles": ", ".join(str(_ROLES[role]) for role in roles)})
    dataset = [link.dataset.name] if by_dataset else []
    return Told(", ".join([*words, *with_whom, *dataset]), _list_of(link, question), grades)


def _list_of(link: Link, question: Any) -> str:
    """The list of the transfers of a link."""
    query = QueryDict(question.query_string, mutable=True)
    query.pop("around", None)
    query["dataset"] = link.dataset.public_id
    if link.kind == PART:
        query[link.side] = link.target.public_id
        query.appendlist("organisation", link.source.public_id)
    else:
        query["supplier"], query["recipient"] = (end.public_id for end in link.ends)
    return f"{reverse('transfer_list')}?{query.urlencode()}"


# Files, and what has no link


def _rows(network: Network, site: str) -> Iterator[list[Any]]:
    """Every link as data: transfers by grade, facts one by one but for those that may not be passed on as a whole."""
    opened = {dataset.pk: dataset for dataset in network.datasets if dataset.terms == Terms.OPEN}
    for link in network.links:
        ends = list(chain(*((address_of(end), end.name) for end in link.ends)))
        if link.facts:
            for fact in (fact for fact in link.facts if fact.dataset_id in opened):
                told = [opened[fact.dataset_id].public_id, fact.evidence, fact.public_id]
                yield [link.kind, *ends, None, None, *told, site + fact.get_absolute_url(), 1]
            continue
        told = [link.side or None, "; ".join(link.roles) or None, link.dataset.public_id]
        for _kind, grade, number in link.in_order():
            yield [link.kind, *ends, *told, grade, None, None, number]


def _not_drawn(network: Network, groups: Sequence[Group]) -> list[str]:
    told = []
    if network.unknown:
        words = ngettext(
            "%(n)s transfer tells no country at the other end, and has no link.",
            "%(n)s transfers tell no country at the other end, and have no link.",
            network.unknown,
        )
        told.append(words % {"n": network.unknown})
    if network.own:
        words = _("Transfers that stay in one country, as to a group in it, have no link: %(n)s.")
        told.append(words % {"n": network.own})
    if network.unnamed:
        words = _("Ownerships, posts and sanctions that name nobody at the other end: %(n)s.")
        told.append(words % {"n": network.unnamed})
    for kind, number in network.unread.items():
        titles = ", ".join(group.title for group in groups if group.kind == kind)
        told.append(_("%(title)s: %(n)s more are not read.") % {"title": titles, "n": number})
    if any(link.of_grade(Grade.DISPUTED) for link in network.links):
        told.append(_("Disputed links stand there too: where all that tells of one is disputed, its line is double."))
    return told


NETWORK = NetworkPicture()
