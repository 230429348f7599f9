"""The desk in a real browser: the ways of editors and reviewers, what readers see at each step, and its own pages."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .serving import Site
from .watching import Watched, looked_at

DESK = "/admin/"
PASSWORD = "a long password for tests"


@pytest.fixture(scope="module", autouse=True)
def people(site: Site) -> None:
    """Reviewers, editors, who makes accounts; an import that refused a row, and what nobody has compared yet."""
    site.manage(
        "shell",
        "--no-imports",
        "--command",
        "from tests.accounts import editor, reviewer;"
        "[make(name) for make, name in ((reviewer, 'rosa'), (reviewer, 'otto'), (editor, 'edith'), (editor, 'egon'))];"
        "from django.contrib.auth.models import User;"
        f"User.objects.create_superuser('root', password='{PASSWORD}');"
        "from armsdb.models import Dataset, DatasetVersion, ImportRun;"
        "from tests.admin.test_import_runs import refusals;"
        "from tests.admin import test_matching, test_overlaps;"
        "test_matching.pair_of(); test_overlaps.pair_of();"
        "edition = DatasetVersion.objects.create(dataset=Dataset.objects.first(), label='1');"
        "told = dict(format='sipri', file_sha256='0' * 64, refusals=refusals(51),"
        " columns=['Id', 'Numbers'], counts={'refused': 60}, warnings=[[1, 'Odd.']]);"
        "ImportRun.objects.create(id=1, version=edition, file_name='rows.csv', **told);"
        "told['format'] = '';"
        "ImportRun.objects.create(id=2, meant_dataset='elsewhere', file_name='refused.csv', **told)",
    )


@pytest.fixture
def desk(visit: Callable[..., Watched]) -> Callable[..., Watched]:
    """Sign in by the form and open a page of the desk: `desk("rosa", "armsdb/transfer/add/", width=360)`."""

    def opened(name: str, path: str = "", **options: object) -> Watched:
        watched = visit(f"{DESK}login/?next={DESK}{path}", **options)
        watched.page.get_by_label("Username").fill(name)
        watched.page.get_by_label("Password").fill(PASSWORD)
        watched.page.get_by_role("button", name="Sign in").click()
        expect(watched.page).to_have_url(re.compile(re.escape(f"{DESK}{path}") + "$"))
        watched.page.wait_for_load_state()
        return watched

    return opened


def choose(page: Page, field: str, words: str) -> None:
    """Choose a record by searching: the first that is found."""
    page.locator(f"#id_{field} + .select2-container .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(words)
    option = page.locator(".select2-results__option--highlighted")
    expect(option).to_contain_text(words, ignore_case=True)
    option.click()
    expect(page.locator(f"#select2-id_{field}-container")).to_contain_text(words, ignore_case=True)


def cite(page: Page, number: int, locator: str, stance: str, basis: str) -> None:
    """Cite a place of the second article in a spare row, or in one that is added."""
    row = f"citations-{number}"
    if not page.locator(f"#{row}").is_visible():
        page.get_by_role("button", name="Add another Citation").click()
    choose(page, f"{row}-source", "Article B")
    page.locator(f"#id_{row}-locator").fill(locator)
    page.locator(f"#id_{row}-stance").select_option(stance)
    page.locator(f"#id_{row}-basis").select_option(basis)


def draft(page: Page) -> str:
    """Draft a made-up transfer that one passage supports and one denies; return its public id."""
    choose(page, "dataset", "Two articles")
    choose(page, "supplier", "India")
    choose(page, "recipient", "Japan")
    choose(page, "equipment", "Tank sights")
    page.locator("[name=delivered_edtf]").fill("2021-02/2022-12")
    page.locator("[name=delivered_text]").fill("by December 2022")
    page.locator("[name=quantity_delivered]").fill("about 160")
    expect(reading_of(page, "quantity_delivered")).to_have_text("About 160.")
    page.locator("[name=value_text]").fill("at least 24 million USD")
    expect(reading_of(page, "value")).to_contain_text("At least 24,000,000 US dollars")
    cite(page, 0, "B4", "supports", "reporting")
    cite(page, 1, "B5", "denies", "official-statement")
    save(page)
    expect(page.locator(".desk-state .state")).to_have_text("draft")
    return page.locator(".desk-state code").inner_text()


def reading_of(page: Page, field: str) -> Locator:
    return page.locator(f".read:has([name^={field}]) .read-told")


def save(page: Page) -> None:
    page.locator('.submit-row [name="_save"]').click()


def decide(page: Page, verb: str, reason: str) -> None:
    """Publish, withdraw or discard the record whose form is open."""
    page.locator(".object-tools").get_by_role("link", name=verb).click()
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name=verb).click()
    expect(page.locator(".messagelist")).to_be_visible()


def stances(page: Page) -> set[str]:
    """Which stances have a passage in the margin of a page."""
    return {name for name in ("supports", "denies", "questions") if page.locator(f".note.{name}").count()}


def test_a_transfer_from_its_draft_to_its_end(desk: Callable[..., Watched], visit: Callable[..., Watched]) -> None:
    """The whole way of a fact: readers see each step as they should, and no sooner."""
    at = desk("rosa", "armsdb/transfer/add/")
    page = at.page
    public_id = draft(page)
    address = f"/transfers/{public_id}/"
    listed = "/transfers/?supplier=india&recipient=japan"
    visit(address, status=404)
    assert public_id not in visit(listed).page.content()

    page.get_by_role("link", name="Preview").click()
    expect(page.locator("main")).to_contain_text("about 160", ignore_case=True)
    assert stances(page) == {"supports", "denies"}
    page.go_back()

    decide(page, "Publish", "Checked against the article.")
    reader = visit(address).page
    expect(reader.locator("main")).to_contain_text("disputed", ignore_case=True)
    expect(reader.locator("main")).to_contain_text("about 160", ignore_case=True)
    assert stances(reader) == {"supports", "denies"}
    assert public_id in visit(listed).page.content()

    page.locator("[name=quantity_delivered]").fill("up to 150")
    save(page)
    expect(page.locator(".desk-reason .errorlist")).to_contain_text("say why it is changed")
    page.get_by_label("Reason").fill("The report was misread.")
    save(page)
    reader = visit(address).page
    expect(reader.locator("main")).to_contain_text("up to 150", ignore_case=True)
    expect(reader.locator(".changes")).to_contain_text("Why: The report was misread.")
    expect(reader.locator(".changes del")).to_contain_text("about 160", ignore_case=True)
    expect(reader.locator(".changes ins")).to_contain_text("up to 150", ignore_case=True)
    assert "rosa" not in reader.content()

    decide(page, "Withdraw", "It never happened.")
    gone = visit(address, status=410).page
    expect(gone.locator("main")).to_contain_text("It never happened.")
    assert public_id not in visit(listed).page.content()
    assert at.faults == []


def test_an_editor_proposes_and_a_reviewer_accepts(desk: Callable[..., Watched], visit: Callable[..., Watched]) -> None:
    """What an editor saves of a published record waits, and is accepted by the form that it came from."""
    editing = desk("edith", "armsdb/country/?q=belarus")
    page = editing.page
    page.get_by_role("link", name="Belarus").first.click()
    page.get_by_label("Summary").fill("State in Eastern Europe, east of Poland.")
    page.get_by_label("Reason").fill("Says where.")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("waits for a reviewer")
    assert "east of Poland" not in visit("/countries/belarus/").text()

    reviewing = desk("rosa")
    page = reviewing.page
    page.get_by_role("link", name="Change: Belarus").click()
    expect(page.locator(".differences ins", has_text="Poland")).to_be_visible()
    page.get_by_role("link", name="Open it in its form").click()
    expect(page.get_by_label("Summary")).to_have_value("State in Eastern Europe, east of Poland.")
    save(page)
    expect(page.locator(".desk-state")).to_contain_text("published")
    reader = visit("/countries/belarus/")
    assert "east of Poland" in reader.text()
    assert "Says where." in reader.page.content()
    assert "edith" not in reader.page.content()
    assert editing.faults + reviewing.faults == []


def test_an_editor_asks_for_a_publication(desk: Callable[..., Watched], visit: Callable[..., Watched]) -> None:
    """A draft is everybody's; that readers see it is for a reviewer to decide, on the page of the proposal."""
    page = desk("edith", "armsdb/transfer/add/").page
    public_id = draft(page)
    decide(page, "Publish", "Ready.")
    visit(f"/transfers/{public_id}/", status=404)
    at = desk("rosa")
    page = at.page
    page.get_by_role("link", name=re.compile("^Publish: Tank sights, India to Japan")).click()
    contents = page.locator(".desk-contents")
    for told in ("about 160", "by December 2022", "B5", "denies"):
        expect(contents).to_contain_text(told)
    assert [*looked_at(at)] == []
    page.get_by_role("button", name="Accept: publish it").click()
    visit(f"/transfers/{public_id}/")


def test_the_second_of_two_is_told(desk: Callable[..., Watched]) -> None:
    """Nothing is overwritten, and what was typed is still there."""
    first, second = (desk(name, "armsdb/country/?q=serbia") for name in ("rosa", "otto"))
    for at in (first, second):
        at.page.get_by_role("link", name="Serbia").first.click()
        at.page.get_by_label("Reason").fill("To say it better.")
    first.page.get_by_label("Summary").fill("As Rosa has it.")
    second.page.get_by_label("Summary").fill("As Otto has it.")
    save(first.page)
    expect(first.page.locator(".messagelist")).to_contain_text("was changed successfully")
    save(second.page)
    page = second.page
    expect(page.locator(".errornote + .errorlist")).to_contain_text("Somebody else changed this record")
    expect(page.get_by_role("region", name="What was changed meanwhile")).to_contain_text("As Rosa has it.")
    expect(page.get_by_label("Summary")).to_have_value("As Otto has it.")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert first.faults + second.faults == []


def test_a_likely_pair_is_confirmed(desk: Callable[..., Watched], visit: Callable[..., Watched]) -> None:
    """From the list of likely pairs to a page on which readers see both lines beside each other."""
    at = desk("edith", "armsdb/transferoverlap/proposed/")
    page = at.page
    page.get_by_role("link", name="Land 1").first.click()
    expect(page.locator(".differences")).to_contain_text("≠ 30")
    assert [*looked_at(at)] == []
    line = page.locator(".differences a", has_text="test-").first.inner_text()
    page.get_by_label("Reason").fill("One contract.")
    page.get_by_role("button", name="One delivery: confirm").click()
    expect(page.locator(".messagelist")).to_contain_text("Confirmed")
    expect(page.locator("#content")).to_contain_text("No two lines wait")
    assert at.faults == []
    reader = visit(f"/transfers/{line}/")
    expect(reader.page.locator("main")).to_contain_text("Told differently: quantity delivered")
    assert [*looked_at(reader)] == []


def test_a_record_of_an_import_is_merged(desk: Callable[..., Watched], visit: Callable[..., Watched]) -> None:
    """From the list of what nobody compared to an old address that leads on."""
    at = desk("rosa", "armsdb/organisation/matches/")
    page = at.page
    assert [*looked_at(at)] == []
    page.get_by_role("link", name="Kestrel Works").click()
    expect(page.locator(".differences")).to_contain_text("Makes birds.")
    assert [*looked_at(at)] == []
    page.get_by_role("link", name=re.compile("^Merge test-works-kestrels into")).click()
    page.get_by_label("Reason").fill("One company.")
    page.locator(".submit-row input[type=submit]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert at.faults == []
    assert visit("/organisations/test-works-kestrels/").page.url.endswith("/test-kestrel-works/")


REFUSED = {
    "half a date": ("transfer", {"delivered_edtf": "2021-"}, "delivered", "is not a date"),
    "a quantity in words": ("transfer", {"quantity_delivered": "twenty-four"}, "quantity_delivered", "in digits"),
    "a currency without a value": ("transfer", {"value_text": "USD"}, "value", "sum"),
    "a citation without a locator": ("transfer", {"citations-0-note": "Seen."}, "citations-0-locator", "required"),
    "an address that runs": ("source", {"url": "javascript:alert(1)"}, "url", "a whole address on the web"),
}


@pytest.mark.parametrize(("kind", "typed", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_by_its_field(
    kind: str, typed: dict[str, str], field: str, sentence: str, desk: Callable[..., Watched]
) -> None:
    """Beside the field, in plain English, with everything as it was typed."""
    page = desk("edith", f"armsdb/{kind}/add/").page
    for name, words in typed.items():
        page.locator(f"[name='{name}']").fill(words)
    save(page)
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator(f"#id_{field}_error")).to_contain_text(sentence)
    page.locator(f".refused a[href='#id_{field}']").click()
    expect(page.locator(f"#id_{field}_error")).to_be_in_viewport()
    for name, words in typed.items():
        expect(page.locator(f"[name='{name}']")).to_have_value(words)


def test_the_reason_is_asked_for_beside_the_button(desk: Callable[..., Watched]) -> None:
    """A page's length between what has to be said and what it is needed for; the next key is the button."""
    at = desk("edith", "armsdb/transfer/44/change/")
    page = at.page
    reason, button = page.get_by_label("Reason"), page.get_by_role("button", name="Propose")
    expect(reason).to_be_in_viewport()
    expect(button).to_be_in_viewport()
    reason.fill("So.")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    # Whoever goes through the form with the keyboard sees what is there, above the row that stays at the bottom.
    comment = page.get_by_label("Comment:")
    comment.focus()
    row = page.locator(".submit-row").bounding_box()
    field = comment.bounding_box()
    assert row
    assert field
    assert field["y"] + field["height"] <= row["y"]


@pytest.mark.parametrize("late", ["change_form", "desk/names"], ids=["Select2 first", "Django first"])
def test_focus_lands_on_what_can_be_seen_and_operated(late: str, desk: Callable[..., Watched]) -> None:
    """A focus on the select that a list with search hides, whichever script is late: nobody sees where it is."""
    at = desk("edith")
    page = at.page

    def wait(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route(re.compile(late), wait)
    page.goto(f"{DESK}armsdb/transfer/add/")
    expect(page.get_by_role("combobox", name="Dataset")).to_be_focused()
    page.get_by_text("Supplier:", exact=True).click()
    expect(page.get_by_role("combobox", name="Supplier", exact=True)).to_be_focused()
    page.unroute_all()
    save(page)
    page.wait_for_load_state()
    page.locator(".refused").get_by_role("link", name="Equipment").click()
    box = page.get_by_role("combobox", name="Equipment")
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.type("Tank sights")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Tank sights")
    page.keyboard.press("Enter")
    expect(page.locator("#select2-id_equipment-container")).to_contain_text("Tank sights")
    assert at.faults == []


def test_a_new_row_is_where_the_keyboard_goes_on(desk: Callable[..., Watched]) -> None:
    """A focus that stays on the button, below the fields that whoever pressed it wants to fill in."""
    at = desk("edith", "armsdb/transfer/add/")
    page = at.page
    page.get_by_role("button", name="Add another Citation").click()
    expect(page.locator("#citations-1").get_by_role("combobox", name="Source")).to_be_focused()
    assert at.faults == []


def test_what_an_account_may_do_can_be_read(desk: Callable[..., Watched]) -> None:
    """The titles of what was chosen, dark on dark."""
    at = desk("root", "auth/user/2/change/")
    expect(at.page.locator(".selector-chosen-title").first).to_be_visible()
    assert [fault for fault in looked_at(at) if "color-contrast" in fault] == []


#: The desk's own pages, each with who opens it.
PAGES = {
    "first screen": ("rosa", ""),
    "list": ("rosa", "armsdb/transfer/"),
    "add form": ("rosa", "armsdb/transfer/add/"),
    "add form of an entity": ("rosa", "armsdb/country/add/"),
    "change form": ("rosa", "armsdb/transfer/44/change/"),
    "history": ("rosa", "armsdb/transfer/44/history/"),
    "imports": ("edith", "armsdb/importrun/"),
    "import": ("edith", "armsdb/importrun/1/change/"),
    "pairs": ("edith", "armsdb/transferoverlap/"),
    "import that wrote nothing": ("edith", "armsdb/importrun/2/change/"),
    "proposals": ("edith", "armsdb/proposal/"),
    "decision": ("rosa", "armsdb/transfer/withdraw/?id=44"),
    "merger": ("rosa", "armsdb/country/merge/?id=1"),
    "second factor": ("rosa", "second-factor/"),
    "set-up of a second factor": ("rosa", "second-factor/new/"),
    "password": ("rosa", "password_change/"),
}


@pytest.mark.parametrize(("name", "path"), PAGES.values(), ids=PAGES)
def test_nothing_is_wrong_with_a_page_of_the_desk(name: str, path: str, desk: Callable[..., Watched]) -> None:
    """Console, requests, accessibility, sideways scroll, headings; in light and dark, wide and narrow."""
    at = desk(name, path)
    assert (len(at.headings()), at.faults) == (1, [])
    assert [*looked_at(at)] == []


def test_nothing_is_wrong_with_the_sign_in(visit: Callable[..., Watched]) -> None:
    at = visit(f"{DESK}login/")
    assert (at.headings(), at.faults) == (["Sign in"], [])
    assert [*looked_at(at)] == []
