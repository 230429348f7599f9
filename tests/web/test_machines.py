"""What programs look for at fixed addresses."""

import re
from typing import Any

import pytest
from django.test import Client

from armsdb.models import Transfer
from tests import factories

LOC = re.compile(r"<loc>http://testserver([^<]+)</loc>")


def text(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode()


def test_robots_are_led_to_the_map_and_not_to_the_desk(seeded: None, settings: Any):
    """Guards the desk's own path: a file that everybody reads would give it away."""
    told = text("/robots.txt")
    assert settings.DESK_PATH.strip("/") not in told
    assert "Sitemap: http://testserver/sitemap.xml" in told


def test_the_map_has_every_page_of_a_record_and_no_draft(seeded: None):
    draft = factories.transfer("M1", published=False)
    parts = LOC.findall(Client().get("/sitemap.xml").content.decode())
    assert len(parts) == 10
    pages = [page for part in parts for page in LOC.findall(Client().get(part).content.decode())]
    assert len(set(pages)) == len(pages)
    assert {f"/transfers/{line.public_id}/" for line in Transfer.objects.published()} <= set(pages)
    assert draft.get_absolute_url() not in pages
    for page in pages[:: len(pages) // 10]:
        assert Client().get(page).status_code == 200


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-transfers.xml?p=99", "/sitemap-transfers.xml?p=x"])
def test_a_part_of_the_map_that_is_none_is_404(seeded: None, path: str):
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("me@arms.example.org", "Contact: mailto:me@arms.example.org"),
        ("https://a.example/", "Contact: https://a.example/"),
    ],
)
def test_security_txt_names_whom_the_setting_names(seeded: None, settings: Any, contact: str, line: str):
    settings.SITE_CONTACT = contact
    told = text("/.well-known/security.txt")
    assert line in told
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", told, re.MULTILINE)
    settings.SITE_CONTACT = ""
    assert Client().get("/.well-known/security.txt").status_code == 404


def test_llms_txt_leads_to_what_is_there(seeded: None):
    told = text("/llms.txt")
    for address in re.findall(r"\(http://testserver([^)?]+)", told):
        assert Client().get(address).status_code in (200, 400), address


def test_they_are_only_read(seeded: None):
    for path in ("/robots.txt", "/llms.txt", "/sitemap.xml"):
        assert Client().post(path).status_code == 405


def test_the_map_of_the_site_reads_no_record(seeded, queries):
    """For each of ten kinds: how many there are, and when one last changed."""
    assert queries("/sitemap.xml") == 20
