"""A picture of one question as pages and files take it: drawings with their key, tables, a foot, addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import ngettext

from armsdb.charts.poster import WIDTH as POSTER
from armsdb.charts.signs import signs_of
from armsdb.exporters.works import credit_of
from armsdb.filters import TransferFilterSet
from armsdb.web.citing import Cite, of_page

if TYPE_CHECKING:
    from .base import Picture

#: Rows of tables that stand open on the page of a picture; more are folded.
SHORT = 40
#: So many datasets are drawn at once, those with most transfers.
DATASETS = 3


@dataclass(frozen=True)
class Table:
    """The numbers of one dataset as a page shows them.

    A row has its words, where it leads, and a number for each column, None where there is none to tell.
    """

    dataset: Any
    heading: str
    columns: list[str]
    groups: list[tuple[str, list[tuple[str, str, list[int | None]]]]]
    #: A sentence on the rows that the page does not show, if any.
    more: str = ""
    #: What it tells of, where a picture has several tables of a dataset.
    title: str = ""

    @property
    def named(self) -> list[tuple[str, list[tuple[str, str, list[tuple[str, int | None]]]]]]:
        """The groups, with the name of its column beside each number: on phones there are no columns."""
        return [
            (title, [(words, url, list(zip(self.columns, cells, strict=True))) for words, url, cells in rows])
            for title, rows in self.groups
        ]

    @property
    def width(self) -> int:
        """How many columns it has, with that of the words."""
        return 1 + len(self.columns)


@dataclass(frozen=True)
class Drawn:
    """A picture of one question as pages and files take it."""

    picture: "Picture"
    question: TransferFilterSet
    title: str
    #: For each dataset its drawings, by form, and its numbers in a sentence.
    panels: list[dict[str, Any]]
    key: dict[str, Any]
    tables: list[Table]
    #: The numbers as data: the names of their columns, and what gives the rows.
    columns: list[str]
    read_rows: Callable[[], list[list[Any]]]
    #: Sentences on what is not drawn, beyond what the question itself leaves out.
    not_drawn: list[str] = field(default_factory=list)
    #: Scheme and host of its addresses.
    site: str = ""
    #: What stands in it by itself, for a table of facts; and the events that guide the reader, by the number drawn.
    items: list[Any] = field(default_factory=list)
    numbered: list[tuple[str, str]] = field(default_factory=list)
    #: The datasets that are not drawn here, each with the page on which it is drawn alone.
    others: list[tuple[Any, str]] = field(default_factory=list)
    #: The datasets of what is drawn, where the drawings are not one a dataset.
    drawn_from: list[Any] = field(default_factory=list)
    #: The groups of those who are linked, for a list of links; and how many links there are, where they are counted.
    groups: list[Any] = field(default_factory=list)
    links: int | None = None
    #: The shapes of a map, by code, which its page has once.
    shapes: Mapping[str, Any] = field(default_factory=dict)
    #: What tells apart the pictures of one page, in the ids of their parts.
    id: str = "picture"

    @property
    def rows(self) -> list[list[Any]]:
        """All numbers as data, which files have."""
        return self.read_rows()

    @property
    def number(self) -> int:
        """How many transfers, or links, answer."""
        return self.question.answer.count() if self.links is None else self.links

    @property
    def datasets(self) -> list[Any]:
        return self.drawn_from or list(dict.fromkeys(panel["dataset"] for panel in self.panels))

    @property
    def is_drawn(self) -> bool:
        return any(panel["drawings"] for panel in self.panels)

    @property
    def finding(self) -> str:
        """What the picture shows, in words."""
        return " ".join(panel["finding"] for panel in self.panels)

    @property
    def is_short(self) -> bool:
        """Whether its tables are short enough to stand open."""
        return sum(len(rows) for table in self.tables for _title, rows in table.groups) <= SHORT

    @property
    def notes(self) -> list[str]:
        """What a reader should know of how it was counted, in sentences."""
        beyond = 0 if self.links is not None else self.question.kept.reaching_beyond
        words = ngettext(
            "%(n)s transfer may lie outside of the years that were asked for: its date reaches beyond them.",
            "%(n)s transfers may lie outside of the years that were asked for: their dates reach beyond them.",
            beyond,
        )
        return [words % {"n": beyond}] if beyond else []

    @property
    def left_out(self) -> list[str]:
        """What is not in the picture, in sentences."""
        undated, currency = self.question.left_out["undated"], self.question.left_out["currency"]
        told = list(self.not_drawn)
        if undated:
            words = ngettext(
                "%(n)s transfer without a date is left out by the years that were asked for.",
                "%(n)s transfers without a date are left out by the years that were asked for.",
                undated,
            )
            told.append(words % {"n": undated})
        if currency:
            words = ngettext(
                "%(n)s transfer has no value in this currency.",
                "%(n)s transfers have no value in this currency.",
                currency,
            )
            told.append(words % {"n": currency})
        return told

    @property
    def as_of(self) -> str:
        """The day on which anything that readers see last changed; a page that is remembered still says so."""
        version: Any = self.question.memory.version
        return str(version[1])[:10] if version else timezone.now().date().isoformat()

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The drawings dataset by dataset, each with an id of its own on the page."""
        return [
            {**panel, "forms": [{"id": f"{self.id}-{place}-{form}", "form": form, "drawing": drawing}
            for form, drawing in panel["drawings"].items()]}
            for place, panel in enumerate(self.panels)
        ]  # fmt: skip

    @property
    def signs(self) -> list[dict[str, Any]]:
        """What its key tells."""
        return signs_of(self.key)

    def briefly(self) -> "Drawn":
        """As much as a page has room for: of many datasets those with most transfers, and where others are drawn."""
        numbers = self.question.answer.by_dataset()
        told = list(dict.fromkeys(panel["dataset"] for panel in self.panels if panel["dataset"]))
        ranked = sorted(told, key=lambda dataset: (-numbers.get(dataset.pk, 0), dataset.name))
        first, rest = ranked[:DATASETS], ranked[DATASETS:]
        return (
            replace(
                self,
                panels=[panel for panel in self.panels if panel["dataset"] not in rest],
                tables=[table for table in self.tables if table.dataset not in rest],
                others=[(dataset, self.alone(dataset)) for dataset in rest] or self.others,
            )
            if rest and first
            else self
        )

    # Addresses

    def alone(self, dataset: Any) -> str:
        """The page of this picture with one dataset alone."""
        query = QueryDict(self._query.removeprefix("?"), mutable=True)
        query["dataset"] = dataset.public_id
        return f"{reverse(f'picture_{self.picture.name}')}?{query.urlencode()}"

    @property
    def _query(self) -> str:
        query = QueryDict(self.question.query_string, mutable=True)
        for name in ("ordering", "page_size"):
            query.pop(name, None)
        return f"?{query.urlencode()}" if query else ""

    @property
    def page(self) -> str:
        """The page of this picture alone."""
        return reverse(f"picture_{self.picture.name}") + self._query

    @property
    def address(self) -> str:
        """The same with the name of the site: it is permanent."""
        return self.site + self.page

    @property
    def transfers_url(self) -> str:
        query = QueryDict(self._query.removeprefix("?"), mutable=True)
        query.pop("around", None)
        return reverse("transfer_list") + (f"?{query.urlencode()}" if query else "")

    def file(self, extension: str) -> str:
        """Where the picture, or its numbers, stands as a file."""
        return reverse(f"picture_{self.picture.name}_file", args=[extension]) + self._query

    @property
    def data_files(self) -> list[tuple[str, str]]:
        """The forms in which the numbers may be had, each with its address."""
        return [(extension.upper(), self.file(extension)) for extension in ("csv", "json")]

    @property
    def image_files(self) -> list[tuple[str, str]]:
        """The forms in which the picture may be had, each with its address."""
        return [(extension.upper(), self.file(extension)) for extension in ("svg", "png")]

    @property
    def card(self) -> dict[str, str] | None:
        """What other sites show of a link to it; nothing where nothing is drawn."""
        words = f"{self.title}. {self.finding}"
        return {"url": self.site + self.file("png"), "alt": words} if self.is_drawn else None

    @property
    def embed(self) -> str:
        """The HTML by which another site shows the picture, with its finding and the way here."""
        words, image = escape(f"{self.title}. {self.finding}"), escape(self.site + self.file("svg"))
        return f'<a href="{escape(self.address)}"><img src="{image}" alt="{words}" width="{POSTER}"></a>'

    @property
    def cite(self) -> Cite:
        """How to cite it."""
        credit = map(credit_of, self.datasets)
        return of_page(self.picture.name, self.title, self.address, credit, self.question.memory)
