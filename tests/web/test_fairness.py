"""Fairness to those named: what is told of somebody says how sure it is and where it stands, and how to object."""

import re
from typing import Any

import pytest

from armsdb.models import Country, Equipment, Event, Figure, Organisation, Ownership, Person, Role, Sanction, Transfer
from armsdb.models.profiles import CountryProfile, EquipmentProfile, OrganisationProfile, PersonProfile

from .reading import Block, Reading

PROFILES = {
    Country: CountryProfile,
    Organisation: OrganisationProfile,
    Person: PersonProfile,
    Equipment: EquipmentProfile,
}

KINDS = (Transfer, Figure, Sanction, Event, Ownership, Role)

#: The page of a fact, or a passage on it.
FACT = re.compile(r"/(?:transfers|figures|sanctions|events)/([^/#?]+)/(?:#.*)?")


@pytest.fixture
def facts(seeded) -> dict[str, Any]:
    """Every published fact, by its id."""
    return {fact.public_id: fact for kind in KINDS for fact in kind.objects.published().with_citations()}


def statements(page: Reading, facts: dict[str, Any]) -> list[tuple[Block, str]]:
    """The blocks of a page that tell a fact, each with the fact's id."""
    found = []
    for block in page.blocks:
        named = {match[1] for address in block.addresses if (match := FACT.fullmatch(address))}
        found += [(block, public_id) for public_id in named | {block.id} if public_id in facts]
    return found


@pytest.mark.walk
@pytest.mark.any_engine
@pytest.mark.parametrize("kind", PROFILES)
def test_every_statement_about_somebody_has_its_grade_and_the_places_that_tell_it(kind, facts, read):
    """Rows, statements and figures alike: the grade in words and a place that tells it; and no fact is left out."""
    for entity in kind.objects.published():
        told = statements(read(entity.get_absolute_url()), facts)
        own = {fact.public_id for rows in PROFILES[kind](entity)._facts for fact in rows}
        assert own <= {public_id for _block, public_id in told}, entity
        for block, public_id in told:
            fact = facts[public_id]
            assert fact.get_evidence_display() in block.text, (entity, public_id, block.text)
            places = {citation.locator for citation in fact.citations.all()}
            assert places & set(re.findall(r"\b[A-Z][0-9]+\b", block.text)), (entity, public_id, block.text)


def test_a_person_is_here_for_a_public_role_or_a_public_act(seeded):
    """A role, a deed at a public event, a statement, or a sanction: nothing else of a living person is recorded."""
    for person in Person.objects.published():
        profile = PersonProfile(person)
        assert profile.roles or profile.events or profile.told or profile.sanctions, person


def test_a_record_of_a_person_has_no_room_for_what_is_private():
    """Names, a few words, and its state: who adds a field about living persons has to come past here."""
    own = {field.name for field in Person._meta.get_fields() if field.concrete and not field.auto_created}
    names = {"public_id", "name", "name_key", "summary", "unmatched"}
    assert own == names | {"state", "state_reason", "merged_into", "created", "updated"}


@pytest.mark.parametrize(
    "address",
    [
        "/transfers/?equipment=military-equipment",
        "/relations/russia/myanmar/",
        "/countries/myanmar/",
        "/equipment/military-equipment/",
        "/sources/article-b/",
    ],
)
def test_a_short_date_keeps_the_hedge_of_its_source(address, seeded, read):
    """A line's date is told as perhaps in a month; wherever the month stands alone, the words stand below it."""
    page = read(address)
    assert 'Sep 2022\n<small class="hedge">perhaps in September 2022</small>' in re.sub(r"\n\s*", "\n", page.html)


def test_the_table_beside_the_drawing_keeps_hedges_too(seeded, read):
    rows = [block.text for block in read("/relations/russia/myanmar/").blocks if "Sep 2022" in block.text]
    assert any(row.count("perhaps in September 2022") == 2 and row.count("Sep 2022") == 2 for row in rows), rows
