"""A page in a browser, with an eye on what goes wrong on it."""

from collections.abc import Iterator
from itertools import product
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Request, Response

WIDTHS = (1440, 360)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Where the layout changes, and the narrowest screen that a page has to fit.
TURNS = (320, 600, 759, 760, 979, 980, 1099, 1100, 1243, 1244, 1920)
#: WCAG 2.0 to 2.2, A and AA, and what axe holds to be good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.flatMap((fault) => fault.nodes.map((node) => `axe ${fault.id}: ${node.html.slice(0, 160)}`));
}"""

#: What makes the page scroll sideways: the innermost elements, by tag and class, five at most.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const sticksOut = (element) => {
    const { left, right } = element.getBoundingClientRect();
    const inside = element instanceof HTMLElement ? element.scrollWidth : 0;  // of SVG it tells nothing
    return Math.max(right, left + inside) > width + 0.5;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((element) => sticksOut(element) && ![...element.children].some(sticksOut))
    .map((element) => `sticks out: ${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`)
    .slice(0, 5);
}"""


class Watched:
    """An open page; `faults` holds what went wrong on it so far."""

    def __init__(self, page: Page, path: str, status: int = 200) -> None:
        self.page = page
        self.faults: list[str] = []
        self._status = status
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        answer = page.goto(path)
        assert answer
        assert answer.status == status, f"{path}: {answer.status}"

    def _heard(self, message: ConsoleMessage) -> None:
        """Errors and warnings; Chromium itself reports the status of the page that was asked for."""
        own_status = self._status >= 400 and message.location["url"] == self.page.url
        if message.type in ("error", "warning") and not own_status:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("data:", "http://127.0.0.1:")):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        """What went wrong on the way; what the page itself has no need of any more, as a search typed on, did not."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} ({request.failure})")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not (
            response.request.is_navigation_request() and response.status == self._status
        ):
            self.faults.append(f"{response.status}: {response.url}")

    def axe(self) -> list[str]:
        """What axe finds wrong, a line an element."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        return list(self.page.evaluate(RUN_AXE, RULES))

    def sticking_out(self) -> list[str]:
        """What makes the page scroll sideways."""
        return list(self.page.evaluate(STICKING_OUT))

    def headings(self) -> list[str]:
        """The words of every h1."""
        return self.page.locator("h1").all_inner_texts()

    def text(self) -> str:
        """The words that a reader sees."""
        return " ".join(self.page.locator("body").inner_text().split())


def looked_at(watched: Watched) -> Iterator[str]:
    """What is wrong with a page at each width and in each scheme, beside what happens when it opens."""
    for width, scheme in product(WIDTHS, SCHEMES):
        watched.page.set_viewport_size({"width": width, "height": 900})
        watched.page.emulate_media(color_scheme=scheme)
        yield from (f"{width} {scheme}: {fault}" for fault in watched.axe())
    for width in (*WIDTHS, *TURNS):
        watched.page.set_viewport_size({"width": width, "height": 900})
        yield from (f"{width}: {fault}" for fault in watched.sticking_out())
