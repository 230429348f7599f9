"""Static files and templates: what is vendored, how readable the colours are, and that a page asks no other host."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import RequestFactory
from django.views.defaults import page_not_found, server_error

from armsdb.lib.vocab import Grade
from armsdb.web import styles

ROOT = Path(settings.BASE_DIR)
VENDOR = ROOT / "static" / "vendor"
CSS = ROOT / "static" / "css"
STYLE_SHEETS = sorted(CSS.rglob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = ROOT / "templates" / "components"

#: Text, second ink, borders of controls: the least contrast with the paper behind them.
CONTRAST = {"ink": 7.0, "accent": 7.0, "ink-2": 4.5, "control": 3.0}
#: The two blocks of colours in tokens.css: light, then dark.
ROOT_BLOCK = re.compile(r":root\s*\{([^}]*)\}")
TEMPLATE_TAG = re.compile(r"\{%\s*comment.*?endcomment\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
OTHER_HOST = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


class Tags(HTMLParser):
    """The tags of a template with their attributes; what the template language writes is left out."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(TEMPLATE_TAG.sub("", path.read_text()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG 2.2 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    """The colours of tokens.css, light and dark."""
    blocks = ROOT_BLOCK.findall((ROOT / "static" / "css" / "tokens.css").read_text())
    light, dark = (dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});", block)) for block in blocks)
    return {"light": light, "dark": dark}


def test_every_vendored_file_has_the_hash_in_the_list_and_the_list_names_no_other() -> None:
    """A vendored file that was changed, added or lost unnoticed."""
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == listed


def test_every_vendored_folder_names_its_version_and_has_a_licence() -> None:
    """Somebody else's work without the terms that it comes under."""
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert re.search(r"-\d+(\.\d+)+$", folder.name), folder.name
        assert [path for path in folder.iterdir() if path.name.upper().startswith("LICEN")], folder.name


@pytest.mark.parametrize("behind", ["paper", "tint"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_from_what_is_behind_them(scheme: str, behind: str) -> None:
    """A colour that some readers cannot tell from the paper, or from the tint of a row that a link led to."""
    colours = palettes()[scheme]
    measured = {name: contrast(colours[name], colours[behind]) for name in CONTRAST}
    assert {name: ratio for name, ratio in measured.items() if ratio < CONTRAST[name]} == {}


@pytest.mark.parametrize("path", STYLE_SHEETS, ids=named)
def test_style_sheets_take_everything_from_here(path: Path) -> None:
    """A font or picture from another host, or one that is not there."""
    text = path.read_text()
    assert "@import" not in text
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
        assert not OTHER_HOST.match(address), address
        assert (path.parent / address).is_file(), address


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_load_nothing_from_another_host(path: Path) -> None:
    """A request that leaves the reader's browser for somebody else; a link that the reader follows is none."""
    asked = [(tag, value) for tag, attributes in Tags(path).found if tag != "a" for value in attributes.values()]
    assert [pair for pair in asked if OTHER_HOST.match(pair[1])] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_hold_no_style_and_no_script(path: Path) -> None:
    """Inline style or script, which the content security policy forbids, so that it would do nothing."""
    for tag, attributes in Tags(path).found:
        assert tag != "style"
        assert tag != "script" or "src" in attributes, "a script without src"
        assert [name for name in attributes if name == "style" or name.startswith("on")] == [], tag


def test_every_style_sheet_is_loaded_once_and_print_stands_last() -> None:
    """A style sheet that no page loads, or print rules that later ones override."""
    sheet, base = re.compile(r"\{% static 'css/([a-z]+\.css)' %\}"), ROOT / "templates" / "base.html"
    linked = sheet.findall(base.read_text())
    assert linked == ["site.css", "print.css"]
    loaded = [*(f"{name}.css" for name in styles.PARTS), *linked[1:]]
    of_some_pages = {name for path in TEMPLATES if path != base for name in sheet.findall(path.read_text())}
    assert sorted({*loaded, *of_some_pages}) == [path.name for path in STYLE_SHEETS if path.parent == CSS]
    assert len({*loaded}) == len(loaded)
    assert loaded[0] == "tokens.css"


def test_the_style_sheets_are_one_file_that_follows_them(tmp_path: Path, settings: Any) -> None:
    """Guards against a page that is drawn by sheets from before an update."""
    settings.VAR_DIR = tmp_path
    found = Path(finders.find(styles.SITE) or "")
    told = found.read_text()
    assert [told.index((CSS / f"{name}.css").read_text()) for name in styles.PARTS] == sorted(
        told.index((CSS / f"{name}.css").read_text()) for name in styles.PARTS
    )
    found.write_text("of an older release")
    assert Path(finders.find(styles.SITE) or "").read_text() == told
    assert [path for path, _storage in styles.Together().list([])] == [styles.SITE]


def test_every_style_sheet_of_the_desk_is_linked_there_and_nowhere_else() -> None:
    """A style sheet that the desk never loads, or that readers load for nothing."""
    desk = "".join(path.read_text() for path in [*TEMPLATES, ROOT / "armsdb/admin/fields.py"] if "admin" in path.parts)
    assert [path.name for path in STYLE_SHEETS if path.parent != CSS and f"css/desk/{path.name}" not in desk] == []
    assert "css/desk/" not in "".join(path.read_text() for path in TEMPLATES if "admin" not in path.parts)


def test_components_are_told_in_their_readme_and_no_others() -> None:
    """A component that nobody can find, or a line about one that is gone."""
    told = re.findall(r"^- `([a-z_0-9]+\.html)`", (COMPONENTS / "README.md").read_text(), re.MULTILINE)
    assert sorted(told) == sorted(path.name for path in COMPONENTS.glob("*.html"))


def test_every_grade_has_its_mark() -> None:
    """A grade of the vocabulary that would be drawn as nothing."""
    sprite = get_template("components/sprite.html").render()
    assert set(re.findall(r'id="mark-([a-z]+)"', sprite)) == set(Grade.values)


def test_the_page_for_a_fault_needs_no_request_and_no_database() -> None:
    """A 500 page that fails itself when the database is gone; a query would raise, since this test may make none."""
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert answer.content.count(b"<h1") == 1
    assert b"noindex" in answer.content


def test_the_page_for_an_unknown_address_repeats_nothing_of_it() -> None:
    """An address that puts words into our mouth."""
    answer = page_not_found(RequestFactory().get("/call-0900-now/"), Exception("no such page"))
    assert answer.status_code == 404
    assert b"call-0900-now" not in answer.content
    assert answer.content.count(b"<h1") == 1
    assert b'role="search"' in answer.content
