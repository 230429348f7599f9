"""Pictures in a real browser: sound on every screen, equal to their tables and the API, and to be read by keyboard."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from .serving import Site
from .watching import SCHEMES, Watched

PICTURES = {
    "years": "",
    "suppliers": "",
    "recipients": "",
    "categories": "",
    "flows": "",
    "timeline": "country=myanmar",
    "compare": "supplier=russia&supplier=china",
    "map": "country=myanmar",
    "network": "around=myanmar&around=russia",
}
#: The parameter by which the API counts what a picture of one column draws.
FACETS = {"suppliers": "supplier", "recipients": "recipient", "categories": "category"}
WIDTHS = (360, 768, 1440)


@pytest.mark.parametrize(("name", "query"), PICTURES.items())
def test_a_picture_is_sound_on_every_screen(name: str, query: str, visit: Callable[..., Watched]) -> None:
    """No fault of axe in any scheme, nothing that scrolls sideways, one drawing that is seen."""
    watched = visit(f"/explore/{name}/?{query}")
    faults = list(watched.faults)
    for scheme in SCHEMES:
        watched.page.emulate_media(color_scheme=scheme)
        faults += watched.axe()
    watched.page.emulate_media(forced_colors="active")
    faults += watched.axe()
    for width in WIDTHS:
        watched.page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{width}: {fault}" for fault in watched.sticking_out()]
        if width == min(WIDTHS):
            faults += watched.axe()
        assert watched.page.locator(".picture svg:visible:not(.world, .sign)").count() > 0
    assert faults == []


@pytest.mark.parametrize(("name", "parameter"), FACETS.items())
def test_the_table_beside_a_picture_has_the_numbers_of_the_api(
    name: str, parameter: str, visit: Callable[..., Watched]
) -> None:
    page = visit(f"/explore/{name}/?country=myanmar").page
    answer = page.request.get("/api/v1/transfers/facets/?country=myanmar").json()
    told = sorted(row["count"] for row in answer["facets"][parameter])
    cells = page.locator("table.numbers tbody tr td:nth-child(2)").all_inner_texts()
    assert sorted(int(cell.split()[-1]) for cell in cells) == told


def test_a_network_has_in_its_list_what_its_file_has(visit: Callable[..., Watched]) -> None:
    page = visit("/explore/network/?around=myanmar").page
    rows = json.loads(page.request.get("/explore/network.json?around=myanmar").text())["rows"]
    names = {row[f"{end}_name"] for row in rows for end in ("source", "target")} - {"Myanmar"}
    assert set(page.locator(".linked tbody th").all_inner_texts()) == names


def test_values_are_read_out_by_arrow_keys_and_a_key_narrows_the_question(visit: Callable[..., Watched]) -> None:
    """Guards readers without a pointer: the value is told to them as well, and Escape silences it."""
    watched = visit("/explore/suppliers/?recipient=myanmar")
    page = watched.page
    page.locator(".picture svg.broad").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".reading:visible")).to_contain_text("Russia: ")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".reading:visible")).to_contain_text("China: ")
    page.keyboard.press("Escape")
    expect(page.locator(".reading:visible")).to_have_count(0)
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("supplier=russia"))
    page.go_back()
    expect(page.locator(".told b").first).to_be_visible()
    assert watched.faults == []


def test_a_citation_is_copied_by_keyboard(context_of: Callable[..., BrowserContext]) -> None:
    context = context_of(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/transfers/articles-t44/")
    page.locator(".formats summary").first.press("Enter")
    button = page.get_by_role("button", name="Copy: APA").first
    button.press("Enter")
    expect(button).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("ArmsDB. (")


def test_filters_apply_in_place_and_back_leads_back(visit: Callable[..., Watched]) -> None:
    """Guards readers who would lose their place, and those who hear what changed: focus stays, the number is told."""
    watched = visit("/transfers/")
    page = watched.page
    page.evaluate("window.sameDocument = true")
    page.locator(".filters input[value=disputed]").check()
    page.locator(".filters .btn").click()
    page.wait_for_url("**evidence=disputed**")
    expect(page.locator("#announced")).to_contain_text("Transfers, disputed: ")
    expect(page.locator(".filters .btn")).to_be_focused()
    assert page.evaluate("window.sameDocument")
    assert watched.axe() == []
    page.go_back()
    expect(page.locator("p.told")).not_to_contain_text("disputed")
    assert watched.faults == []


def test_a_network_grows_by_a_click_and_goes_back(visit: Callable[..., Watched]) -> None:
    watched = visit("/explore/network/?around=myanmar")
    page = watched.page
    page.locator(".picture svg.broad a", has_text="Russia 29").click()
    expect(page.locator("p.told")).to_contain_text("Links of Myanmar and Russia")
    page.go_back()
    expect(page.locator("p.told")).not_to_contain_text("Russia")
    assert watched.faults == []


def test_links_of_a_network_begin_beside_the_name_that_they_are_of(visit: Callable[..., Watched]) -> None:
    """Guards against names that stand beside the last line of what is told of them."""
    page = visit("/explore/network/?around=myanmar").page
    page.set_viewport_size({"width": 1440, "height": 900})
    apart = page.eval_on_selector_all(
        ".linked tbody tr",
        """rows => rows.map(row => [".f a", ".by a"].map(one => row.querySelector(one).getClientRects()[0].top))
            .filter(([name, link]) => Math.abs(name - link) > 8).length""",
    )
    assert apart == 0


def test_without_scripts_pictures_are_the_same(context_of: Callable[..., BrowserContext], site: Site) -> None:
    page = context_of(java_script_enabled=False).new_page()
    for name, query in PICTURES.items():
        page.goto(f"/explore/{name}/?{query}")
        assert page.locator(".picture svg").count() > 0, name
    page.goto("/explore/suppliers/?recipient=myanmar")
    href = page.locator(".picture svg.broad .spots a").first.get_attribute("href") or ""
    assert "supplier=russia" in href


def test_on_paper_a_picture_is_whole(visit: Callable[..., Watched]) -> None:
    """Drawn in black on white, with its numbers and how to cite it; what can be clicked is left away."""
    page = visit("/explore/network/?around=myanmar", color_scheme="dark").page
    page.emulate_media(media="print")
    expect(page.locator("form").first).to_be_hidden()
    expect(page.locator(".linked").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.picture .box')).fill") == "rgb(255, 255, 255)"
    assert len(page.pdf()) > 20_000
