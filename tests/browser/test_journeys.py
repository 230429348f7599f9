"""The ways that readers take, with the keyboard alone; and who reads in forced colours or on paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .watching import Watched

#: How the element in focus is to be seen: its outline, and whether it lies within the screen.
FOCUS = """() => {
  const element = document.activeElement;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return {
    words: `${element.tagName.toLowerCase()} ${element.textContent.trim().slice(0, 40)} ${element.name ?? ""}`,
    page: element === document.body,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: right > 0 && bottom > 0 && left < innerWidth && top < innerHeight && right > left && bottom > top,
  };
}"""


def tab_to(page: Page, selector: str, most: int = 150) -> None:
    """Press Tab until an element that matches is in focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector} within {most} steps")


def test_the_skip_link_leads_past_the_navigation(visit: Callable[..., Watched]) -> None:
    page = visit("/transfers/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    assert page.evaluate(FOCUS)["seen"], "the skip link shows itself when it has the focus"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_country_is_found_from_the_home_page(visit: Callable[..., Watched]) -> None:
    page = visit("/").page
    tab_to(page, "main input[name=q]")
    page.keyboard.type("burma")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=burma$"))
    tab_to(page, "main a[href='/countries/myanmar/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Myanmar")


def narrow_by_keyboard(page: Page) -> None:
    """Ask for what Myanmar supplied and somebody disputes, in the form of the list."""
    tab_to(page, "input[name=evidence][value=disputed]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=supplier]")
    page.keyboard.type("Burma")
    tab_to(page, "button.btn")
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("Transfers from Myanmar, disputed: 1.")


def test_transfers_are_narrowed_and_widened_again(visit: Callable[..., Watched]) -> None:
    page = visit("/transfers/").page
    everything = page.locator(".told b").inner_text()
    narrow_by_keyboard(page)
    tab_to(page, "a[href='?']")
    page.keyboard.press("Enter")
    expect(page.locator(".told b")).to_have_text(everything)


@pytest.mark.parametrize("width", [1440, 360])
def test_the_button_of_a_long_form_is_in_sight_and_hides_no_field(width: int, visit: Callable[..., Watched]) -> None:
    page = visit("/transfers/", width=width).page
    if width == 360:
        page.locator(".filters > summary").click()
    expect(page.locator(".filters .btn")).to_be_in_viewport(ratio=1)
    for field in page.locator(".filters form input:visible").all():
        field.focus()
        end = field.bounding_box()
        bar = page.locator(".filters .go").bounding_box()
        assert end
        assert bar
        assert end["y"] + end["height"] <= bar["y"]


def test_transfers_are_narrowed_on_a_phone(visit: Callable[..., Watched]) -> None:
    """There the form is folded above the list."""
    page = visit("/transfers/", width=360).page
    expect(page.locator("input[name=supplier]")).to_be_hidden()
    tab_to(page, ".filters > summary")
    page.keyboard.press("Enter")
    narrow_by_keyboard(page)


def test_a_question_that_is_not_understood_is_mended(visit: Callable[..., Watched]) -> None:
    """The form is open at the fault, says it beside the field, and keeps the rest."""
    page = visit("/transfers/?supplier=myanmar&year_from=1o99", width=360, status=400).page
    expect(page.locator("[role=alert]")).to_contain_text("year_from")
    tab_to(page, "input[name=year_from]")
    told = page.evaluate(
        "document.activeElement.getAttribute('aria-describedby').split(' ')"
        ".map((id) => document.getElementById(id)?.textContent ?? '').join(' ')"
    )
    assert "year" in told.lower()
    page.keyboard.press("Control+A")
    page.keyboard.type("1999")
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("Transfers from Myanmar, from 1999 on")


@pytest.mark.parametrize("java_script", [True, False], ids=["scripts", "no scripts"])
def test_the_evidence_of_a_statement_opens_on_a_phone(visit: Callable[..., Watched], java_script: bool) -> None:
    """Where it is told stands there; the notes in full open, and lead to the paragraph in the document."""
    page = visit("/transfers/articles-t44/", width=360, java_script_enabled=java_script).page
    statement = page.locator(".st", has=page.locator("details")).first
    summary, note = statement.locator("summary"), statement.locator(".note").first
    expect(statement.locator(".at").get_by_role("link", name="B50")).to_be_visible()
    expect(note).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/sources/article-b/#articles-t44-"))
    row = page.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row.locator(".loc")).to_have_text("B50")
    expect(row).to_contain_text("Tank sights")


def test_on_a_wide_screen_the_evidence_stands_open(visit: Callable[..., Watched]) -> None:
    """No click, no hover: every note of the page is there to be read."""
    page = visit("/transfers/articles-t46/").page
    notes = page.locator(".ev .note")
    assert notes.count() > 5
    assert [index for index in range(notes.count()) if not notes.nth(index).is_visible()] == []


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("path", ["/", "/transfers/", "/transfers/articles-t46/", "/search/?q=burma", "/about/"])
def test_the_focus_is_always_seen(path: str, width: int, visit: Callable[..., Watched]) -> None:
    page = visit(path, width=width).page
    met: list[dict[str, Any]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUS))
        if met[-1]["page"]:
            break
    *elements, end = met
    assert end["page"], "Tab never leaves the page"
    assert len(elements) > 10, "the way with Tab ended before it began"
    assert [focus["words"] for focus in elements if not (focus["outlined"] and focus["seen"])] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_marks_rules_and_borders(scheme: str, visit: Callable[..., Watched]) -> None:
    """Readers who set their own colours lose nothing that carries meaning."""
    page = visit("/transfers/articles-t46/", color_scheme=scheme, forced_colors="active").page
    drawn = page.evaluate(
        """() => {
          const paper = getComputedStyle(document.body).backgroundColor;
          const seen = (selector, property) => [...document.querySelectorAll(selector)]
            .filter((element) => element.checkVisibility())
            .map((element) => getComputedStyle(element)[property])
            .filter((colour) => colour !== paper).length;
          return {
            marks: seen("main .mark", "fill"), halves: seen(".halves", "fill"),
            rules: seen(".note.denies", "borderLeftColor"), boxes: seen("input", "borderTopColor"),
          };
        }"""
    )
    assert {name for name, number in drawn.items() if not number} == set()


#: The numbers on paper: those that hang before a fact, and those before its notes; and what has no use there.
ON_PAPER = """() => {
  const without = (selector, pseudo) => [...document.querySelectorAll(selector)]
    .filter((element) => !getComputedStyle(element, pseudo).content.includes("counter(note)")).length;
  const shown = (selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility()).length;
  return {
    facts: document.querySelectorAll(".facts > .st:has(.ev)").length,
    unnumbered_facts: without(".facts > .st:has(.ev):not(.wide) > .v", "::before"),
    unnumbered_notes: without(".facts .notes", "::before"),
    folded: [...document.querySelectorAll(".facts .note")]
      .filter((note) => !note.getBoundingClientRect().height).length,
    useless: shown(".top nav, .find, .skip, .ev summary, .foot nav"),
  };
}"""


@pytest.mark.parametrize("width", [1440, 360])
def test_on_paper_the_notes_are_there_and_numbered(width: int, visit: Callable[..., Watched]) -> None:
    """Whatever the screen was like; a PDF of it has pages."""
    page = visit("/transfers/articles-t44/", width=width).page
    page.emulate_media(media="print")
    paper = page.evaluate(ON_PAPER)
    assert paper.pop("facts") > 5
    assert {name: number for name, number in paper.items() if number} == {}
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert 1 <= len(pages) <= 5


def type_into_head(page: Page, words: str) -> None:
    """Type into the search box of the head, a letter at a time."""
    tab_to(page, ".top input[name=q]")
    page.keyboard.type(words, delay=20)


@pytest.mark.parametrize("width", [1440, 360])
def test_the_search_box_suggests_and_leads_by_keyboard(width: int, visit: Callable[..., Watched]) -> None:
    """From the box of any page to a record by one of its names, with nothing wrong on the way."""
    watched = visit("/transfers/", width=width)
    page = watched.page
    type_into_head(page, "rosoboroneks")
    options = page.locator(".top [role=option]")
    expect(options).to_have_count(1)
    expect(options.first).to_have_text("Rosoboronexport Rosoboroneksport")
    box = page.locator(".top input[name=q]")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert watched.axe() == []
    assert watched.sticking_out() == []
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "q-suggestions-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Rosoboronexport")
    assert watched.faults == []


def test_suggestions_go_with_escape_and_the_words_stay(visit: Callable[..., Watched]) -> None:
    """Enter without a choice searches, as without suggestions; signs that begin no name ask nothing."""
    watched = visit("/")
    page = watched.page
    tab_to(page, "main input[name=q]")
    page.keyboard.type("-! \u202e", delay=20)
    page.wait_for_timeout(300)
    expect(page.locator("[role=option]")).to_have_count(0)
    page.keyboard.press("Control+A")
    page.keyboard.type("burm", delay=20)
    expect(page.locator("[role=option]").first).to_have_text("Myanmar Burma")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.locator("main input[name=q]")).to_have_value("burm")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=burm$"))
    assert watched.faults == []


def test_a_suggestion_can_be_clicked(visit: Callable[..., Watched]) -> None:
    page = visit("/transfers/").page
    type_into_head(page, "tank si")
    page.get_by_role("option", name="Tank sights").click()
    expect(page.locator("h1")).to_have_text("Tank sights")


def test_without_scripts_the_search_box_is_a_plain_form(visit: Callable[..., Watched]) -> None:
    page = visit("/transfers/", java_script_enabled=False).page
    box = page.locator(".top input[name=q]")
    assert box.get_attribute("role") is None
    box.fill("burma")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=burma$"))
