"""Every kind of page in a real browser: nothing goes wrong, whoever reads it and however wide the screen is."""

from collections.abc import Callable

import pytest

from .serving import Site
from .watching import Watched, looked_at

WITHDRAWN = "/events/articles-e22/"
#: One address of each kind of page, with its status.
PAGES = {
    "/": 200,
    "/countries/": 200,
    "/countries/myanmar/": 200,
    "/companies/": 200,
    "/companies/rosoboronexport/": 200,
    "/organisations/": 200,
    "/organisations/al-jazeera/": 200,
    "/people/": 200,
    "/people/min-aung-hlaing/": 200,
    "/equipment/": 200,
    "/equipment/su-30/": 200,
    "/transfers/": 200,
    "/transfers/?supplier=russia&recipient=burma&year_from=2015&evidence=disputed&page_size=1": 200,
    "/transfers/?q=submarine": 200,
    "/transfers/?page_size=10&page=2": 200,
    "/transfers/?suplier=russia&year_from=abc": 400,
    "/transfers/articles-t44/": 200,
    "/transfers/articles-t46/": 200,
    "/figures/": 200,
    "/figures/articles-f01/": 200,
    "/sanctions/": 200,
    "/sanctions/articles-s04/": 200,
    "/events/": 200,
    "/events/articles-e01/": 200,
    WITHDRAWN: 410,
    "/sources/": 200,
    "/sources/article-b/": 200,
    "/sources/junta-denial/": 200,
    "/datasets/": 200,
    "/datasets/articles/": 200,
    "/relations/russia/myanmar/": 200,
    "/explore/": 200,
    "/explore/years/": 200,
    "/explore/years/?recipient=myanmar&year_from=2015&undated=include": 200,
    "/explore/years/?suplier=russia": 400,
    "/explore/suppliers/?recipient=myanmar": 200,
    "/explore/categories/": 200,
    "/explore/flows/": 200,
    "/explore/timeline/": 200,
    "/explore/timeline/?country=myanmar": 200,
    "/explore/timeline/?country=myanmar&country=russia": 400,
    "/explore/compare/": 200,
    "/explore/compare/?supplier=russia&supplier=china&supplier=myanmar": 200,
    "/explore/compare/?company=rosoboronexport": 400,
    "/explore/map/": 200,
    "/explore/map/?country=myanmar": 200,
    "/search/": 200,
    "/search/?q=rosoboroneksport": 200,
    "/search/?q=%D0%91%D0%B8%D1%80%D0%BC%D0%B0": 200,
    "/search/?q=nothing-has-this-word": 200,
    "/about/": 200,
    "/about/design/": 200,
    "/data/": 200,
    "/api/": 200,
    "/no-such-page/": 404,
    "/transfers/?q=%00": 400,
}


@pytest.fixture(scope="module", autouse=True)
def withdrawn(site: Site) -> None:
    """Take one record back, so that its page can be looked at."""
    site.manage(
        "shell",
        "--no-imports",
        "--command",
        "from armsdb import actions; from armsdb.models import Event;"
        f"actions.withdraw(record=Event.objects.get(public_id='{WITHDRAWN.split('/')[2]}'), reason='Entered twice.')",
    )


@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_nothing_is_wrong_with_a_page(path: str, status: int, visit: Callable[..., Watched]) -> None:
    """Console, requests, accessibility, sideways scroll, headings; and the same words come without JavaScript."""
    watched = visit(path, status=status)
    assert len(watched.headings()) == 1
    plain = visit(path, status=status, java_script_enabled=False)
    assert (plain.headings(), plain.text()) == (watched.headings(), watched.text())
    assert [*looked_at(watched), *watched.faults, *plain.faults] == []


def test_the_watch_sees_what_goes_wrong(visit: Callable[..., Watched]) -> None:
    """Guards the test above, which would pass if nobody looked: a fault of each sort is planted on a sound page."""
    watched = visit("/about/", width=360)
    watched.page.evaluate(
        """async () => {
          document.querySelector("main").insertAdjacentHTML("beforeend",
            "<p id='wide' class='nw'>" + "wide ".repeat(99) + "</p><input><p onclick='x' style='color: red'>x</p>");
          console.warn("warned");
          setTimeout(() => { throw new Error("thrown") });
          await fetch("https://elsewhere.example/").catch(() => {});
          await fetch("/no-such-page/");
        }"""
    )
    found = "\n".join([*watched.axe(), *watched.sticking_out(), *watched.faults])
    for fault in (
        "axe label",
        "sticks out: p.nw",
        "console: warned",
        "script: thrown",
        "Content Security Policy",
        "404:",
    ):
        assert fault in found, fault


@pytest.mark.parametrize("width", [1440, 360])
def test_what_is_said_and_denied_leaves_no_holes(width: int, visit: Callable[..., Watched]) -> None:
    """Guards against lines of the template that stand on the page as empty ones."""
    page = visit("/transfers/articles-t46/", width=width).page
    gaps = page.evaluate("""() => [...document.querySelectorAll(".against .voice")].map((voice) => {
        const place = (name) => voice.querySelector(name).getBoundingClientRect();
        const said = place(".said p");
        return [said.top - place("h3").bottom, place("dl").top - place(".said").bottom, said.top];
    })""")
    assert all(0 <= gap < 30 for voice in gaps for gap in voice[:2])
    assert width == 360 or gaps[0][2] == gaps[1][2], "both begin on one line"
    table = visit("/transfers/articles-t04/", width=width).page.locator(".led.words")
    assert table.evaluate("table => getComputedStyle(table).whiteSpace") == "normal"


@pytest.mark.parametrize("width", [1440, 700, 360])
def test_whoever_says_something_is_named_at_every_width_and_places_are_links(
    width: int, visit: Callable[..., Watched]
) -> None:
    """Guards against phones on which a claim has lost its teller, and its places lead nowhere."""
    for path, tellers in {
        "/relations/russia/myanmar/": [
            "told by Justice for Myanmar",
            "told by a source of Al Jazeera who did not want",
        ],
        "/events/articles-e23/": ["Article A"],
    }.items():
        page = visit(path, width=width).page
        notes = page.locator(".ev").filter(visible=True).all()
        seen = " ".join(" ".join(note.inner_text().split()) for note in notes)
        assert [teller for teller in tellers if teller not in seen] == []
        assert [note.inner_text() for note in notes if not note.locator("a.loc").filter(visible=True).count()] == []
        assert page.locator(".ev span.loc").count() == 0


#: The marks that close what stands before them, wherever a line begins with one.
LONELY = """() => [...document.querySelectorAll("main a")].flatMap((link) => {
    const after = link.nextSibling;
    if (after?.nodeType !== Node.TEXT_NODE || !/^[,;.:)]/.test(after.data) || !link.getClientRects().length) return [];
    const range = document.createRange();
    range.setStart(after, 0);
    range.setEnd(after, 1);
    const [mark, end] = [range.getBoundingClientRect(), [...link.getClientRects()].at(-1)];
    return mark.left < end.left ? [link.textContent + after.data.slice(0, 9)] : [];
})"""


@pytest.mark.parametrize("path", ["/relations/russia/myanmar/", "/sources/article-a/", "/companies/rostec/"])
def test_a_comma_stays_with_the_place_before_it(path: str, visit: Callable[..., Watched]) -> None:
    """Guards against lines that begin with a comma: at some width any place is the last word of its line."""
    page = visit(path, width=360).page
    for width in range(320, 420, 5):
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, page.evaluate(LONELY)) == (width, [])


def test_a_passage_that_was_led_to_is_marked_as_a_whole(visit: Callable[..., Watched]) -> None:
    """Guards against patches of colour with gaps between them, where rows are blocks."""
    row = visit("/sources/article-b/#articles-t46-c1", width=360).page.locator("tr:target")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert row.evaluate(colour) != "rgba(0, 0, 0, 0)"
    assert {cell.evaluate(colour) for cell in row.locator("> *").all()} == {"rgba(0, 0, 0, 0)"}


def test_a_date_of_many_years_makes_no_list_wider_than_the_page(visit: Callable[..., Watched]) -> None:
    """Registers tell deliveries of ten years in one line."""
    watched = visit("/transfers/", width=1280)
    years = "; ".join(map(str, range(2008, 2023)))
    watched.page.locator(".led.lines td.when").first.evaluate("(cell, years) => { cell.textContent = years }", years)
    assert watched.sticking_out() == []
