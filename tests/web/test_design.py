"""The page of components: none is missing, and it needs no record."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from armsdb.web.design.samples import FRAME, shown

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"


@pytest.mark.walk
def test_every_component_is_shown_or_said_to_be_part_of_the_frame(db, read):
    """Guards the page against a component that it does not know; a new one gets a line in a module of samples."""
    told = set(re.findall(r"^- `([a-z_0-9]+\.html)`", (COMPONENTS / "README.md").read_text(), re.MULTILINE))
    samples = [row for _title, rows in shown() for row in rows]
    seen = {name for row in samples for name in (row.component, *row.parts)}
    assert seen | set(FRAME) == told
    assert not seen & set(FRAME)
    page = read("/about/design/").html
    assert {name for name in told if f"<code>{name}</code>" not in page} == set()


def test_parts_are_included_by_what_they_are_said_to_be_part_of():
    """Guards against a part that is named and not drawn."""
    for _title, rows in shown():
        for row in rows:
            texts = "".join((COMPONENTS / name).read_text() for name in (row.component, *row.parts))
            assert [part for part in row.parts if f'"components/{part}"' not in texts] == []


def test_no_link_leads_to_a_record_that_is_made_up(db, read):
    page = read("/about/design/")
    assert [href for href, _words in page.links if re.search(r"/sample-\d", href)] == []
    assert {href[1:] for href, _words in page.links if href.startswith("#")} <= {*page.ids, ""}
    assert len(page.ids) == len(set(page.ids))


def test_it_is_kept_out_of_search_engines_and_named_by_the_page_about_the_site(db, read):
    page = read("/about/design/")
    assert page.meta["robots"] == "noindex"
    assert [words for level, words in page.headings if level == "h1"] == ["Components"]
    assert "/about/design/" in {href for href, _words in read("/about/").links}


def test_it_needs_no_query(db, queries):
    assert queries("/about/design/") == 0
