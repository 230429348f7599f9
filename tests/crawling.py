"""Walking the public addresses, as a reader does who follows every link and tries every filter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from tests.unpacking import unpacked

HOST = "http://testserver"
#: Headers that differ from answer to answer and tell nothing of the records.
VOLATILE = {"x-request-id", "date"}
#: Addresses that no link leads to, and that answer or will answer something.
UNLINKED = ("/robots.txt", "/sitemap.xml", "/sitemap-transfers.xml", "/llms.txt", "/.well-known/security.txt",
            "/api/v1/", "/api/v1/schema/", "/api/v1/changes/", "/api/v1/search/?q=test", "/nowhere/",
            "/api/v1/nowhere/", "/countries/nowhere/")  # fmt: skip
#: Far more than there are; a crawl that reaches it follows something endless.
MOST = 5000


@dataclass(frozen=True)
class Answer:
    """What an address answered, but for what differs from answer to answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def of(cls, response: Any) -> "Answer":
        kept = ((name, value) for name, value in response.items() if name.lower() not in VOLATILE)
        body = response.getvalue() if response.streaming else response.content
        return cls(response.status_code, tuple(sorted(kept)), body)

    @property
    def words(self) -> str:
        """Everything that a reader can see of it, in lower case."""
        content_type = dict(self.headers).get("Content-Type", "")
        return (str(self.headers) + unpacked(content_type, self.body)).casefold()


def ask(client: Client, address: str) -> Answer:
    """Ask once, following nothing."""
    return Answer.of(client.get(address))


def crawl(client: Client, *starts: str) -> dict[str, Answer]:
    """Every public address that links and filters lead to from these, with its answer."""
    found: dict[str, Answer] = {}
    waiting = ["/", *UNLINKED, *starts]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        assert len(found) < MOST, "the crawl finds no end"
        found[address] = ask(client, address)
        waiting += [link for link in _links(address, found[address]) if link not in found]
    return found


#: What is there only for those who sign in: the desk and its previews.
FOR_STAFF = (settings.DESK_PATH, "preview/")


def visited(addresses: Iterable[str]) -> set[str]:
    """The patterns of the addresses."""
    return {resolve(urlsplit(address).path).route for address in addresses if _is_known(address)}


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every pattern of a public address, but the API's last one, which stands for the unknown."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if route.startswith(FOR_STAFF):
            continue
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern) and not route.endswith("^.*$"):
            yield route


def _is_known(address: str) -> bool:
    try:
        resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return True


def _links(address: str, answer: Answer) -> Iterator[str]:
    text = answer.body.decode(errors="replace")
    kind = dict(answer.headers).get("Content-Type", "")
    found: list[str] = [value for name, value in answer.headers if name == "Location"]
    if "html" in kind:
        page = _Page(is_narrow=_is_narrow(address))
        page.feed(text)
        found += page.links
    elif "json" in kind:
        found += [part.partition('"')[0] for part in text.split(f'"{HOST}')[1:]]
    skipped = ["/static/", "/admin/"]
    if "html" in kind and "?" in address:
        # As what else a question can be had is followed where nothing is asked, else it would be met a thousand times.
        skipped += ["/data/", "/explore/", "/api/v1/", urlsplit(address).path + "feed/"]
    for link in found:
        parts = urlsplit(urljoin(f"{HOST}{address}", link))
        if f"{parts.scheme}://{parts.netloc}" == HOST and not parts.path.startswith(tuple(skipped)):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _is_narrow(address: str) -> bool:
    """Whether a page answers a question, or is about one record."""
    parts = urlsplit(address)
    return bool(parts.query) or (parts.path.count("/") > 2 and not parts.path.startswith("/explore/"))


class _Page(HTMLParser):
    """The links of a page, and the questions that its forms can ask with one field filled in.

    Of an answer to a question and of a record, links that robots are not to follow narrow down further, without an end:
    each is followed from the list, or the picture, that nothing narrows down.
    """

    def __init__(self, *, is_narrow: bool) -> None:
        super().__init__()
        self._skipped = "nofollow" if is_narrow else None
        self.links: list[str] = []
        self._action = self._field = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("a", "link") and values.get("href") and values.get("rel", "") != self._skipped:
            self.links.append(values["href"])
        elif tag == "form":
            self._action = values.get("action", "").partition("?")[0]
        elif tag == "select":
            self._field = values["name"]
        elif tag == "option" and values.get("value"):
            self._ask(self._field, values["value"])
        elif tag == "input" and values.get("type") in ("checkbox", "radio"):
            self._ask(values["name"], values["value"])

    def _ask(self, name: str, value: str) -> None:
        self.links.append(f"{self._action}?{urlencode({name: value})}")
