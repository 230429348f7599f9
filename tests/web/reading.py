"""A page as a reader meets it: its title, headings, links, words, and what its filter form would send."""

from dataclasses import dataclass
from html.parser import HTMLParser

#: Tags that hold nothing, of HTML and of our drawings.
VOID = {"br", "circle", "input", "link", "meta", "path", "rect", "stop", "use"}

#: The classes of the blocks, rows of tables aside, that make one statement each: see templates/components.
STATEMENTS = {"st", "fig"}


@dataclass(frozen=True)
class Block:
    """One statement or row of a page: its id, the addresses that it leads to, its words.

    A fact that its text merely refers to is none that it tells: those addresses are left out.
    """

    id: str
    addresses: list[str]
    text: str


class Reading(HTMLParser):
    """What stands on a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.title = ""
        self.headings: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.blocks: list[Block] = []
        self.ids: list[str] = []
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.rows = 0
        #: What the filter form sends when nothing is changed in it.
        self.sends: list[tuple[str, str]] = []
        self._open: list[tuple[str, list[str], dict[str, str]]] = []
        self._words: list[str] = []
        self._blocks_open: list[list[str]] = []
        self._select: tuple[str, list[str], list[str]] | None = None
        self.feed(html)
        self.text = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value if value is not None else "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "meta" and "name" in values:
            self.meta[values["name"]] = values["content"]
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values["href"]
        elif tag == "tr":
            self.rows += any(name == "tbody" for name, _words, _values in self._open)
        else:
            self._take_field(tag, values)
        if tag == "a" and values.get("class") != "ref":
            for addresses in self._blocks_open:
                addresses.append(values.get("href", ""))
        if _makes_a_statement(tag, values):
            self._blocks_open.append([])
        if tag not in VOID:
            self._open.append((tag, [], values))

    def _take_field(self, tag: str, values: dict[str, str]) -> None:
        in_the_filter_form = any(attributes.get("method") == "get" for _name, _words, attributes in self._open)
        if tag == "input" and in_the_filter_form:
            if values.get("type") not in ("checkbox", "radio") or "checked" in values:
                self.sends.append((values["name"], values.get("value", "")))
        elif tag == "select":
            self._select = (values["name"], [], [])
        elif tag == "option" and self._select:
            self._select[1].append(values["value"])
            if "selected" in values:
                self._select[2].append(values["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            name, options, chosen = self._select
            self.sends += [(name, value) for value in chosen or options[:1]]
            self._select = None
        while self._open and tag not in VOID:
            name, words, values = self._open.pop()
            text = " ".join("".join(words).split())
            if name == "title" and not self.title:
                self.title = text
            elif name in ("h1", "h2", "h3"):
                self.headings.append((name, text))
            elif name == "a":
                self.links.append((values.get("href", ""), text))
            elif _makes_a_statement(name, values):
                self.blocks.append(Block(values.get("id", ""), self._blocks_open.pop(), text))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "script":
            return  # for machines
        for _name, words, _values in self._open:
            words.append(data)
        self._words.append(data)

    def link(self, text: str) -> str:
        """The address of the only link with this text."""
        (address,) = {href for href, words in self.links if words == text}
        return address

    def under(self, heading: str) -> bool:
        """Whether a section has this heading."""
        return heading in [words for _level, words in self.headings]


def _makes_a_statement(tag: str, values: dict[str, str]) -> bool:
    return tag == "tr" or bool(STATEMENTS & set(values.get("class", "").split()))
